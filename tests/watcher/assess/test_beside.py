"""What stands beside a person, and whether a published page shows all of it."""

from __future__ import annotations

from tests.watcher.assess.tallies import name, number, rank, record, roll, roster
from watcher.assess.beside import apart, fields_of
from watcher.assess.case import Case
from watcher.model import Sign, Tally

ANN, BEN, CAT, DAN, EVE = (frozenset({at}) for at in range(5))


def test_people_are_told_by_the_row_that_shows_most() -> None:
    """The page itself; an attachment; a second reading, only where it shows more."""
    tally = Tally(
        records=(
            *(record(1 + at, name(at), number(at), where="page") for at in (0, 1, 2)),
            record(1, name(0), number(0), where="raw", signs={Sign.POLICE}),
            record(2, name(1), number(1), where="raw", signs={Sign.BIRTH}),
            record(9, name(2), number(2), where="a.zip!/b"),
            record(10, name(3), number(3), where="a.zip!/b"),
            record(11, name(4), where="page"),
        ),
        rolls=(roll([1], where="raw", echo=True),),
    )
    case = Case.of(tally, roster())
    found = apart(case, {ANN, BEN, CAT, DAN, EVE}, {"page"})
    assert {people: (row.where, row.number, there) for people, (row, there) in found.items()} == {
        ANN: ("page", 1, True),
        BEN: ("raw", 2, False),
        CAT: ("a.zip!/b", 9, False),
    }


def test_fields_are_what_agrees_and_what_stands_around() -> None:
    """A number of somebody else is not the person's."""
    tally = Tally(
        records=(record(1, name(0), rank(0), number(7), signs={Sign.PHONE, Sign.POLICE}),)
    )
    (row,) = Case.of(tally, roster()).pieces[""].rows
    (mine, _) = row.identities
    assert fields_of([(row, mine)]) == {"name", "rank", "phone"}
