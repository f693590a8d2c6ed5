"""Officers who are met in public."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import mail, name, number, place, rank, record, roll
from watcher.assess.public import mentioned, numbered, private, unhushed
from watcher.model import Sign, Tally

ONE = frozenset({1})


def test_what_is_published_goes_and_the_rest_stays() -> None:
    """Name, rank, unit and contact; namesakes stay, and so does a number."""
    left = unhushed((name(1), rank(1), place(1, 2), mail(1), number(1), name(2)), ONE)
    assert left == (place(2), number(1), name(2))
    assert numbered((name(3), number(1), number(4, 5))) == {1, 4, 5}


@pytest.mark.parametrize(
    ("signs", "columns", "is_private"),
    [
        ({Sign.VETTING}, (), True),
        ({Sign.PHONE}, ("name", "phone", "photo"), False),
        (set(), ("name", "birth_date"), True),
        (set(), ("name", "password"), True),
    ],
)
def test_a_table_of_private_data_is_nobodys_publication(
    signs: set[Sign], columns: tuple[str, ...], *, is_private: bool
) -> None:
    assert private("S", {"S": frozenset(signs)}, {"S": columns}) is is_private
    assert not private("T", {"S": frozenset(signs)}, {"S": columns})


def test_all_whom_a_tally_may_mean_are_asked_about() -> None:
    """Those of records and of rolls; a long tally asks about everybody."""
    tally = Tally(
        records=(record(1, name(3), number(4)),), rolls=(roll([1, 0], officers=[(5, 6), ()]),)
    )
    assert set(mentioned(tally, 100)) == {3, 4, 5, 6}
    assert list(mentioned(tally, 1)) == [0]
