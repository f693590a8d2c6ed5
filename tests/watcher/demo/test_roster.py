"""The synthetic roster: the same people each time, and as uneven as real ones."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from watcher.demo.roster import COLUMNS, DOMAIN, csv_of, names, people, plain


def test_the_same_seed_gives_the_same_people() -> None:
    """A roster can be made again anywhere; another seed gives others."""
    assert people(7, 300) == people(7, 300)
    assert people(7, 300) != people(8, 300)
    assert people(7, 1)[0]["ref"] == "N-00001"


def test_the_lists_are_long_and_hold_no_slips() -> None:
    """About 300 forenames and 600 surnames; none is empty or holds a comma's neighbour; shares make one."""
    known = names()
    forenames = {each for community in known.communities for each in community.forenames}
    surnames = {each for community in known.communities for each in community.surnames}
    assert len(forenames) >= 280
    assert len(surnames) >= 580
    assert all(each and each == each.strip() and plain(each) for each in forenames | surnames)
    assert sum(known.shares) == pytest.approx(1, abs=0.02)
    for community in known.communities:
        assert len(set(community.forenames)) == len(community.forenames)
        assert len(set(community.surnames)) == len(community.surnames)


def test_refs_addresses_and_numbers_are_unique_and_tell_nothing() -> None:
    """No identifier is given twice, and no ref holds a number of its row."""
    rows = people(7, 2000)
    for column in ("ref", "pay_number", "warrant_number", "collar_number", "email"):
        assert len({row[column] for row in rows}) == 2000, column
    assert {len(row["pay_number"]) for row in rows} == {8}
    assert {len(row["warrant_number"]) for row in rows} == {6}
    assert {len(row["collar_number"]) for row in rows} == {4}
    assert all(row["email"].endswith(f"@{DOMAIN}") and row["email"].isascii() for row in rows)
    assert not any(row["collar_number"] in row["ref"] for row in rows)


def test_names_are_spread_as_in_a_population() -> None:
    """Most surnames are rare and few are common; some people share a full name, most do not."""
    rows = people(7, 2000)
    surnames = Counter(row["surname"] for row in rows)
    assert len(surnames) > 700
    assert 8 <= surnames.most_common(1)[0][1] <= 60
    full = Counter((row["forename"], row["surname"]) for row in rows)
    sharing = sum(count for count in full.values() if count > 1) / len(rows)
    assert 0.01 < sharing < 0.12
    drawn = {row["forename"] for row in rows}
    for community in names().communities:
        assert drawn.intersection(community.forenames)


def test_a_large_force_has_longer_collar_numbers() -> None:
    """Beyond four digits' worth of people the numbers grow; beyond the ranges it says so."""
    assert {len(row["collar_number"]) for row in people(1, 4001)} == {5}
    with pytest.raises(ValueError, match="80,000"):
        people(1, 80_001)


def test_the_csv_is_what_was_given() -> None:
    """Written and read again, every cell is as it was."""
    rows = people(3, 50)
    text = csv_of(rows).decode("utf-8")
    assert list(csv.DictReader(io.StringIO(text))) == rows
    assert text.splitlines()[0].split(",") == list(COLUMNS)
