"""Tables, a person a row."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.grid import split
from matchers.people.words import clean
from tests.matchers.people.crowd import people, recogniser
from watcher.api import CELL, ROW, Family, Part, Sign, Tally

CROWD = people(60)
READER = recogniser(CROWD)


def table(*rows: Sequence[str], **fields: object) -> Part:
    text = "".join("".join(cell + CELL for cell in row) + ROW for row in rows)
    return Part(where="s", text=text, table=True, **fields)  # type: ignore[arg-type]  # Part's own fields


def read(*rows: Sequence[str], **fields: object) -> Tally:
    return READER.match(table(*rows, **fields))


def row(i: int) -> list[str]:
    person = CROWD[i]
    return [
        person.surname,
        person.forename[:1] + person.middle[:1],
        person.rank,
        person.numbers[0][1],
    ]


HEADINGS = ["Surname", "Initials", "Rank", "Pay No"]


def test_every_row_is_found_by_name_and_number() -> None:
    tally = read(HEADINGS, *(row(i) for i in range(60)))
    assert [record.number for record in tally.records] == list(range(2, 62))
    for i, record in enumerate(tally.records):
        whom = [set(match.officers) for match in record.matches if match.bits > 0]
        assert set.intersection(*whom) == {i}
        assert {match.family for match in record.matches} >= {
            Family.NAME,
            Family.NUMBER,
            Family.RANK,
        }
        assert Sign.POLICE in record.signs
    assert {roll.family: sum(roll.hit) for roll in tally.rolls} == {
        Family.NAME: 60,
        Family.NUMBER: 60,
    }
    assert tally.rolls[0].columns == ("surname", "initials", "rank", "pay_number")
    assert tally.tried == 60


def test_names_and_two_of_id_rank_unit_vetting_are_a_staff_list() -> None:
    """Even if nobody in it is enrolled."""
    tally = read(HEADINGS, ["Nobody", "N", "PC", "A1"], ["Noone", "N", "PC", "A2"])
    assert Sign.STAFF_LIST in dict(tally.signs)["s"]
    assert not tally.records
    plain = read(["Name", "Town"], ["Una Nobody", "Leeds"])
    assert Sign.STAFF_LIST not in dict(plain.signs).get("s", frozenset())


def test_sensitive_columns_are_signs_of_the_piece_and_of_its_rows() -> None:
    tally = read(
        ["Name", "Home Address", "Date of birth", "Vetting"],
        [f"{CROWD[0].forename} {CROWD[0].surname}", "1 High St", "1/1/80", "DV"],
        [f"{CROWD[1].forename} {CROWD[1].surname}", "", "", "MV"],
    )
    assert dict(tally.signs)["s"] >= {Sign.ADDRESS, Sign.BIRTH, Sign.VETTING}
    assert tally.records[0].signs >= {Sign.ADDRESS, Sign.BIRTH, Sign.VETTING}
    assert Sign.ADDRESS not in tally.records[1].signs


def test_one_cell_with_rank_number_and_name() -> None:
    cells = [
        [f"PC {person.numbers[1][1]} {person.forename} {person.surname}"] for person in CROWD[:9]
    ]
    tally = read(["Officer"], *cells)
    assert len(tally.records) == 9
    assert all(len(record.matches) >= 3 for record in tally.records)


def test_rows_of_the_overlap_are_not_told_again() -> None:
    part = table(*(row(i) for i in range(10)))
    overlap = part.text.index(ROW, part.text.index(ROW) + 1) + 1
    again = table(*(row(i) for i in range(10)), header=tuple(HEADINGS), first=500, overlap=overlap)
    assert [record.number for record in READER.match(again).records] == list(range(502, 510))


def test_numbers_of_an_unknown_column_count_only_beside_their_owner() -> None:
    number = CROWD[0].numbers[1][1]
    stranger = read(
        ["Name", "Thing", "Town"], ["Una Nobody", number, "Leeds"], ["Ugo Nobody", "77"]
    )
    assert not stranger.records
    name = f"{CROWD[0].forename} {CROWD[0].surname}"
    ours = read(["Name", "Rank", "Thing"], [name, "", number], ["Ugo Nobody", "", "7777"])
    assert {match.family for match in ours.records[0].matches} == {Family.NAME, Family.NUMBER}


def test_a_table_that_lays_out_a_page_is_read_as_its_text() -> None:
    person = CROWD[0]
    said = f"It is said that {person.rank} {person.numbers[1][1]} {person.forename} {person.surname} left."
    tally = read(["Menu", "Welcome to the page of all the news there is"], ["Home", said])
    assert [record.number for record in tally.records] == [2]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab1 @.'\x1e\x1f\n\u0301é,"), max_size=80), st.integers(0, 90))
def test_any_table_may_be_read(text: str, overlap: int) -> None:
    """Rows of any length, cells without an end, marks in between: never an error."""
    part = Part(where="", text=text, table=True, overlap=min(overlap, len(text)))
    READER.match(part)
    ends, rows = split(part, *clean(part.text))
    assert len(ends) >= len(rows)
    assert all(len(plain) == len(folded) for plain, folded in rows)
