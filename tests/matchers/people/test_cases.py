"""Tables of crime reports, whose people nobody enrols."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from matchers.people.cases import PARTIES, shown
from matchers.people.columns import Columns
from tests.matchers.people.crowd import people, recogniser, table
from watcher.api import Field, Sign

READER = recogniser(people(30))
PARTS = ["Victim", "Witness", "Suspect", "Aggrieved", "Injured party", "Person reporting"]


def signs(heads: Sequence[str], *rows: Sequence[str]) -> frozenset[Sign]:
    return dict(READER.match(table(heads, *rows)).signs).get("s", frozenset())


def rows(*, part: bool = True, number: bool = True) -> tuple[list[str], list[list[str]]]:
    heads = [*(["Crime Ref"] if number else []), *(["Role"] if part else [])]
    heads += ["Surname", "Forename", "DOB", "Postcode"]
    body = [
        [
            *([f"36/{at}/21"] if number else []),
            *([PARTS[at % len(PARTS)]] if part else []),
            *(f"Nobody{'abcdefghij'[at]}", "Una", "1/1/80", "NR1 1AA"),
        ]
        for at in range(10)
    ]
    return heads, body


def test_people_with_the_number_of_a_crime_and_a_part_in_it_are_police_data() -> None:
    """Nobody of them is enrolled, and no heading says police."""
    heads, body = rows()
    assert signs(heads, *body) >= {Sign.CRIME_REPORTS, Sign.POLICE_TABLE}


@pytest.mark.parametrize(("part", "number"), [(True, False), (False, True)])
def test_either_alone_is_the_shape_and_no_context(*, part: bool, number: bool) -> None:
    """An insurer has crime references as well, and a theatre has victims."""
    heads, body = rows(part=part, number=number)
    found = signs(heads, *body)
    assert Sign.CRIME_REPORTS in found
    assert Sign.POLICE_TABLE not in found


def test_a_heading_may_say_whose_column_it_is() -> None:
    heads = ["Ref", "Victim Surname", "Victim's Forename", "Victim DOB"]
    body = [[str(at), "Nobody", "Una", "1/1/80"] for at in range(6)]
    assert Sign.CRIME_REPORTS in signs(heads, *body)


@pytest.mark.parametrize(
    "heads",
    [
        ["Customer", "Role", "Surname", "Forename", "DOB", "Postcode"],
        ["Crime Ref", "Role", "Offence", "Month", "Outcome", "Ward"],
        ["Crime Ref", "Role", "Surname", "Forename", "Score", "Team"],
    ],
)
def test_others_are_not(heads: list[str]) -> None:
    """Customers with birth dates; crimes without people; people of whom nothing more is known."""
    body = [[str(at), "Member", "Nobody", "Una", "1/1/80", "x"] for at in range(10)]
    assert Sign.CRIME_REPORTS not in signs(heads, *body)


def test_an_empty_table_shows_nothing() -> None:
    columns = Columns(
        of={0: Field.CRIME_REFERENCE, 1: Field.SURNAME, 2: Field.BIRTH_DATE}, headed=True
    )
    assert shown(columns, []) == frozenset()
    assert shown(columns, [["", "Nobody", ""]]) == frozenset()
    assert "victim" in PARTIES
