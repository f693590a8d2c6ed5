"""Rows become people, or the roster is refused with line and mend and without a word of its content."""

from __future__ import annotations

import pytest

from watcher.enrol.columns import layout
from watcher.enrol.people import people
from watcher.enrol.tabular import Row
from watcher.errors import ConfigError
from watcher.model import Person

HEADINGS = (
    *("ref", "surname", "forename", "pay_number", "warrant_number", "email"),
    *("risk_group", "public"),
)


def read(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> tuple[Person, ...]:
    known = layout(headings, {}, "roster.csv")
    return people(
        [Row(line=at, cells=row) for at, row in enumerate(rows, start=2)], known, "roster.csv"
    )


def refusal(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> str:
    with pytest.raises(ConfigError) as told:
        read(*rows, headings=headings)
    return str(told.value)


GOOD = ("r1", "Marlow", "Jane", "100200", "", "", "", "")


def test_a_person() -> None:
    """Several numbers and addresses in a cell; roles kept; flags understood."""
    (person,) = read(
        (
            "r1",
            " Marlow ",
            "Jane  Ann",
            "100200; 100201/100200",
            "55555.0",
            "a@b.uk; c@d.uk",
            "covert",
            "Yes",
        )
    )
    assert person == Person(
        ref="r1",
        surname="Marlow",
        forename="Jane Ann",
        numbers=(("pay_number", "100200"), ("pay_number", "100201"), ("warrant_number", "55555")),
        emails=("a@b.uk", "c@d.uk"),
        risk_group="covert",
        public=True,
    )


@pytest.mark.parametrize("text", ["", "no", "No", "0", "false", "None", "-", "N/A"])
def test_no_is_no(text: str) -> None:
    """In every way of saying it, nobody is at high risk or public."""
    (person,) = read(("r1", "Marlow", "", "", "", "", text, text))
    assert (person.risk_group, person.public) == ("", False)


def test_placeholders_are_nothing() -> None:
    """`n/a` is neither a number nor two."""
    (person,) = read(("r1", "Marlow", "-", "n/a", "TBC", "none", "", ""))
    assert (person.forename, person.numbers, person.emails) == ("", (), ())


def test_full_names_and_initials() -> None:
    """One cell with all of it, or initials where a forename would stand."""
    (one,) = read(("MARLOW, Jane Ann", "7"), headings=("name", "collar no"))
    assert (one.surname, one.forename, one.middle) == ("MARLOW", "Jane", "Ann")
    (two,) = read(("Marlow", "J.A."), headings=("Surname", "Initials"))
    assert (two.surname, two.forename, two.middle) == ("Marlow", "J", "A")


def test_a_number_of_an_unnamed_kind_is_still_a_number() -> None:
    """`Service No` says no role; readers ask for every role anyway."""
    (person,) = read(("100200",), headings=("Service No",))
    assert person.numbers == (("pay_number", "100200"),)


def test_rows_are_numbered_where_there_are_no_refs() -> None:
    """By their place below the headings, empty rows included."""
    found = read(("Marlow",), ("",), ("Roe",), headings=("surname",))
    assert [person.ref for person in found] == ["1", "3"]


BAD = {
    "broken row: 7 cells where the headings have 8; quote": (
        "r2",
        "Secretname",
        "",
        "",
        "",
        "",
        "",
    ),
    "broken row: 9 cells where": ("r2", "Secretname", "", "", "", "", "", "", "x"),
    "neither a surname nor a number; add": ("r2", "", "Secretname", "", "", "s@ecret.uk", "", ""),
    "no ref; give one": ("", "Secretname", "", "", "", "", "", ""),
    "this ref stands on line 2 too": ("r1", "Secretname", "", "", "", "", "", ""),
    "the ref repeats a number of its row": ("R-777888", "Secretname", "", "777888", "", "", "", ""),
    "the ref repeats a name of its row": ("secretname1", "Secretname", "", "", "", "", "", ""),
    "the ref repeats an address of its row": ("s.ecret", "Roe", "", "", "", "s.ecret@x.uk", "", ""),
    "the ref is longer than 64 characters": ("q" * 65, "Secretname", "", "", "", "", "", ""),
    "or holds control characters": ("q\x07q", "Secretname", "", "", "", "", "", ""),
    "pay_number: a number without a digit; mend": ("r2", "Secretname", "", "abc", "", "", "", ""),
    "email: not an address; mend": ("r2", "Secretname", "", "", "", "secret.uk", "", ""),
    "public: neither yes nor no; write `yes`": (
        "r2",
        "Secretname",
        "",
        "",
        "",
        "",
        "",
        "maybe secret",
    ),
}


@pytest.mark.parametrize(("message", "row"), BAD.items())
def test_a_bad_row_names_its_line_and_the_mend(message: str, row: tuple[str, ...]) -> None:
    """And quotes nothing of the row, the ref included."""
    told = refusal(GOOD, row, ("r3", "Poe", "", "", "", "", "", ""))
    assert told.startswith("roster.csv:3: ")
    assert message in told.splitlines()[0]
    assert "nothing was enrolled" in told
    for cell in (*row, "ecret"):
        assert len(cell) < 4 or cell not in told


def test_all_bad_rows_are_told_up_to_twenty() -> None:
    """Each on a line of its own; the rest are counted."""
    told = refusal(GOOD, *((f"r{n}", "", "", "", "", "", "", "") for n in range(2, 27)))
    lines = told.splitlines()
    assert [line.split(":")[1] for line in lines[:20]] == [str(n) for n in range(3, 23)]
    assert lines[20] == "… and 5 rows more"


def test_headings_alone_are_no_roster() -> None:
    """Nobody below them is an error, or the index would be emptied."""
    assert "nobody below them" in refusal(("", "", "", "", "", "", "", ""))
