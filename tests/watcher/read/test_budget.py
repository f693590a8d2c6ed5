from __future__ import annotations

import pytest

from tests.watcher.read.made import MIB, bounds
from watcher.read.budget import SHARE, Budget, Trouble, shares


def test_members_and_bytes_run_out() -> None:
    """A budget gives so many members and bytes, and then trouble."""
    budget = Budget(bounds(members=2, max_bytes=10))
    budget.member()
    budget.member()
    budget.spend(10)
    with pytest.raises(Trouble, match="limit"):
        budget.member()
    with pytest.raises(Trouble, match="limit"):
        budget.spend(1)


def test_a_member_leaves_something_to_those_behind_it() -> None:
    """A tenth of what it finds, however deep it takes the rest; a refusal costs nothing more."""
    budget = Budget(bounds(members=100, max_bytes=1000))
    with budget.inside():
        with budget.inside(), pytest.raises(Trouble, match="limit"):
            budget.spend(1 << 40)
        for _ in range(90):
            budget.member()
        with pytest.raises(Trouble, match="limit"):
            budget.member()
    for _ in range(10):
        budget.member()
    budget.spend(190)
    with pytest.raises(Trouble, match="limit"):
        budget.spend(1)


def test_expansion_is_judged_beyond_64_mib() -> None:
    """Small things may expand as they like; a large one at most by the ratio."""
    budget = Budget(bounds(ratio=200))
    budget.expanded(1, 64 * MIB, 64 * MIB)
    budget.expanded(MIB, 200 * MIB, MIB)
    with pytest.raises(Trouble, match="limit"):
        budget.expanded(MIB, 200 * MIB + 1, 1)


def test_all_that_comes_out_of_a_document_is_judged_by_its_size() -> None:
    """By the ratio, beyond 256 MiB: each container in a container multiplies its own."""
    budget = Budget(bounds(ratio=200))
    seen = MIB
    budget.document = lambda: seen
    budget.spend(256 * MIB)
    with pytest.raises(Trouble, match="limit"):
        budget.spend(1)
    seen = 2 * MIB
    budget.spend(144 * MIB)
    with pytest.raises(Trouble, match="limit"):
        budget.spend(1)


def test_small_bombs_are_judged_together() -> None:
    """Four of 64 MiB, and no fifth; what expands like an honest thing goes on behind them."""
    budget = Budget(bounds(ratio=200))
    for _ in range(4):
        budget.expanded(1, 64 * MIB, 64 * MIB)
    with pytest.raises(Trouble, match="limit"):
        budget.expanded(1, MIB, MIB)
    budget.expanded(MIB, 200 * MIB, 200 * MIB)


def test_a_careful_walk_dares_what_went_well_before() -> None:
    """Steps before the fatal one are taken again as they were; from it on none is."""
    told: list[int] = []
    budget = Budget(bounds(), told=told.append)
    for _ in range(3):
        assert budget.dare()
        budget.dared()
    assert told == [1, 2, 2, 3, 3, 4]
    again = Budget(bounds(), careful=2)
    assert [again.dare() for _ in range(3)] == [True, False, False]


def test_a_larger_document_has_the_limits_more_often() -> None:
    """Once for each 64 MiB that it has itself; a bomb is small."""
    assert [shares(0), shares(SHARE), shares(SHARE + 1), shares(2_000_000_000)] == [1, 1, 2, 30]
    budget = Budget(bounds(members=2, max_bytes=10), size=2 * SHARE)
    budget.spend(20)
    for _ in range(4):
        budget.member()
    with pytest.raises(Trouble, match="limit"):
        budget.member()
    with pytest.raises(Trouble, match="limit"):
        budget.spend(1)
