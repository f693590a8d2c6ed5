from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import (
    mail,
    name,
    names_list,
    number,
    rank,
    record,
    roll,
    roster,
)
from watcher.assess.case import Case
from watcher.model import Family, Sign, Tally


def test_records_of_one_row_become_one() -> None:
    """What two matchers found in a row joins by its place."""
    tally = Tally(
        records=(
            record(4, name(1), where="a", signs={Sign.POLICE}),
            record(4, number(1), where="a", signs={Sign.PHONE}),
            record(4, name(2), where="b"),
        )
    )
    case = Case.of(tally, roster())
    (row,) = case.pieces["a"].rows
    assert row.signs == {Sign.POLICE, Sign.PHONE}
    assert [each.officers for each in row.identities] == [{1}]
    assert len(case.pieces["b"].rows) == 1


def test_a_piece_knows_its_shape() -> None:
    tally = Tally(
        rolls=(
            roll([1, 0], where="s", first=5, columns=("surname", "rank"), cells=True, hidden=True),
            roll([0] * 3, where="s", first=2, family=Family.NUMBER),
        ),
        signs=(("s", frozenset({Sign.VETTING})),),
    )
    piece = Case.of(tally, roster()).pieces["s"]
    assert piece.columns == ("surname", "rank")
    assert (piece.cells, piece.hidden) == (True, True)
    assert (piece.first, piece.last, piece.people) == (2, 6, 3)
    assert piece.around() == {Sign.VETTING}


def test_public_officers_are_not_met_by_name() -> None:
    """Name, rank, unit and published contact of a public officer are left out, and counted."""
    tally = Tally(
        records=(record(1, name(0), rank(0), mail(0), signs={Sign.PHONE}), record(2, name(1))),
        rolls=(roll([1, 1, 0]),),
    )
    case = Case.of(tally, roster(public=[0]))
    assert [at for row in case.rows() for each in row.identities for at in each.officers] == [1]
    assert [(each.rows, each.hits) for each in case.lists] == [(2, 1)]
    assert case.hushed == 2  # name and address


@pytest.mark.parametrize(
    "sign",
    [Sign.ADDRESS, Sign.POSTCODE, Sign.BIRTH, Sign.VEHICLE, Sign.KIN, Sign.THREAT, Sign.SECRET],
)
def test_public_officers_count_with_home_data(sign: Sign) -> None:
    case = Case.of(
        Tally(records=(record(1, name(0), signs={sign}),), rolls=(roll([1]),)), roster(public=[0])
    )
    assert case.hushed == 0
    assert [each.hits for each in case.lists] == [1]


def test_public_officers_count_with_their_number() -> None:
    case = Case.of(Tally(records=(record(1, name(0), number(0)),)), roster(public=[0]))
    assert [each.officers for row in case.rows() for each in row.identities] == [{0}]


def test_public_officers_count_in_a_table_of_private_data() -> None:
    for tally in (
        names_list(3, columns=("name", "vetting")),
        names_list(3, columns=("name", "next_of_kin")),
        names_list(3, piece={Sign.VETTING}),
    ):
        assert Case.of(tally, roster(public=[0, 1, 2])).hushed == 0
    assert Case.of(names_list(3, columns=("name", "phone")), roster(public=[0, 1, 2])).hushed == 3


def test_a_namesake_of_a_public_officer_remains() -> None:
    tally = Tally(records=(record(1, name(0, 5)),), rolls=(roll([1], officers=[(0, 5)]),))
    case = Case.of(tally, roster(public=[0]))
    assert [each.officers for row in case.rows() for each in row.identities] == [{5}]
    assert case.hushed == 0
    assert [each.hits for each in case.lists] == [1]


def test_hits_without_a_record_are_rows_of_their_own() -> None:
    """Whom they mean stands in the roll; a record of the same row knows better."""
    people = [(1, 2), (3, 4), (5,), (6,), (7,)]
    tally = Tally(
        records=(
            record(1, name(1, 2), number(1)),  # tells the namesakes apart
            record(2, mail(4)),  # narrows the name that the roll tells
            record(3, number(8)),  # “Con Name 1234”: a rank and a surname
            record(4, signs={Sign.POLICE}),
        ),
        rolls=(roll([1] * 5, officers=people),),
    )
    case = Case.of(tally, roster())
    (listed,) = case.lists
    ((where, counted, hits),) = case.hits_of(listed)
    assert list(case.unrecorded(where, counted, hits)) == [(2, {4}), (4, {6}), (5, {7})]


def test_every_name_of_a_line_is_heard() -> None:
    """A record tells of one of several in a line."""
    tally = Tally(
        records=(record(1, name(1), number(1)),),
        rolls=(roll([1] * 3, numbers=[1] * 3, officers=[(1, 2), (3,), (4, 5)]),),
    )
    case = Case.of(tally, roster())
    (listed,) = case.lists
    ((where, counted, hits),) = case.hits_of(listed)
    assert list(case.unrecorded(where, counted, hits)) == [(1, {3}), (1, {4, 5})]


def test_public_officers_are_not_met_in_a_roll() -> None:
    """Where no record tells of the row either; with private data beside them they count."""
    rolls = (roll([1, 1, 1, 0], officers=[(0,), (0, 5), (6,), ()]),)
    officers = roster(public=[0, 6])
    case = Case.of(Tally(rolls=rolls), officers)
    assert [(each.rows, each.hits) for each in case.lists] == [(2, 1)]
    assert case.hushed == 2
    private = Tally(rolls=rolls, records=(record(3, name(6), signs={Sign.ADDRESS}),))
    assert [each.hits for each in Case.of(private, officers).lists] == [2]


def test_rows_of_a_list_are_those_of_its_place() -> None:
    tally = names_list(5, where="a", first=3) + Tally(
        records=(record(99, name(7), where="a"), record(4, name(8), where="b"))
    )
    case = Case.of(tally, roster())
    (listed,) = case.lists
    assert [row.number for row in case.rows_of(listed)] == [3, 4, 5, 6, 7]
