"""Which lists a document holds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.assess.tallies import roll
from watcher.assess.counted import Counted, Hush
from watcher.assess.lists import Listed, judge
from watcher.model import Family, Roll, Tally


def judged(*rolls: Roll) -> tuple[Listed, ...]:
    return judge([Counted.of(each) for each in rolls])


def test_equal_rows_count_once() -> None:
    """The same name a hundred times is one row."""
    (one,) = judged(roll([1]))
    (many,) = judged(roll([1] * 100, keys=[1] * 100))
    assert (many.rows, many.hits, many.bits) == (1, 1, one.bits)


def test_entries_are_rows_not_windows() -> None:
    """The same name in another row is another entry."""
    (one,) = judged(roll([1] * 4, keys=[1, 2, 2, 3]))
    assert (one.rows, one.entries) == (3, 4)
    windows = Tally.total(Tally(rolls=(roll([1, 0], first=at, keys=[9, at]),)) for at in (1, 3))
    (two,) = judged(*windows.rolls)
    assert (two.rows, two.hits, two.entries) == (3, 1, 4)


def test_equal_rows_are_a_hit_if_any_is() -> None:
    (listed,) = judged(roll([0, 1, 0], keys=[5, 5, 6], chance=[0.1, 0.2, 0.3]))
    assert (listed.rows, listed.hits) == (2, 1)
    assert listed.expected == pytest.approx(0.5)


def test_every_list_tried_has_its_price() -> None:
    """Four lists cost two bits each."""
    ours = roll([1] * 12, where="a")
    others = [roll([0] * 12, where=where, family=Family.NUMBER) for where in "bcd"]
    (alone,) = judged(ours)
    among = next(each for each in judged(ours, *others) if each.hits)
    pooled = 1  # the three lists of numbers are weighed together as well
    assert among.bits == pytest.approx(alone.bits - np.log2(4 + pooled))


def test_small_lists_add_up() -> None:
    """Fifty posts of five names are one list."""
    posts = [
        roll([1] * 5, where=f"post {at:02}", first=1 + at * 5, keys=range(at * 5, at * 5 + 5))
        for at in range(50)
    ]
    found = judged(*posts)
    together = max(found, key=lambda listed: listed.bits)
    assert len(together.spans) == 50
    assert together.hits == 250
    assert together.bits > 500 > sum(each.bits for each in found if len(each.spans) == 1) / 50


def test_the_same_list_twice_is_not_more() -> None:
    """A copy in another piece adds no evidence."""
    once = judged(roll([1] * 12, where="a"))
    twice = judged(roll([1] * 12, where="a"), roll([1] * 12, where="b"))
    assert max(each.bits for each in twice) < max(each.bits for each in once)


def test_an_echo_is_heard_only_where_it_says_more() -> None:
    page = roll([1] * 12, where="page")
    assert [each.echo for each in judged(page, roll([1] * 12, where="raw", echo=True))] == [False]
    found = judged(roll([1, 0, 0], where="page"), roll([1] * 30, where="raw", echo=True))
    assert [each.where for listed in found if listed.echo for each in listed.spans] == ["raw"]


def test_hushed_hits_are_left_out() -> None:
    """A hushed row is neither hit nor miss."""
    hush = Hush(public=frozenset({1}), kept={})
    left = judge([Counted.of(roll([1, 1, 0], keys=[1, 2, 3]), hush)])
    assert [(each.rows, each.hits, each.entries) for each in left] == [(2, 1, 2)]
    assert judge([Counted.of(roll([1], officers=[(1,)]), hush)]) == ()


def test_nothing_of_ours_is_no_list() -> None:
    assert judged(roll([0] * 50)) == ()
    assert judged(roll([])) == ()


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_rows_in_a_roll_says_nothing(
    rows: list[tuple[int, bool]], random: object
) -> None:
    """Windows may come in any order: what counts is the number of each row."""
    one = roll([hit for _, hit in rows], keys=[key for key, _ in rows])
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    other = roll(
        [rows[at][1] for at in order],
        keys=[rows[at][0] for at in order],
        numbers=[at + 1 for at in order],
    )

    def told(listed: tuple[Listed, ...]) -> list[tuple[object, ...]]:
        return [(each.spans, each.rows, each.hits, each.bits) for each in listed]

    assert told(judged(one)) == told(judged(other))


@settings(max_examples=80, deadline=None)
@given(
    hits=st.lists(st.booleans(), min_size=1, max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=5),
    random=st.randoms(use_true_random=False),
)
def test_windows_say_what_the_whole_says(hits: list[bool], cuts: list[int], random: object) -> None:
    """However a list of different rows is cut into windows, and in any order of them."""
    edges = sorted({0, len(hits), *(at % len(hits) for at in cuts)})
    windows = [Tally(rolls=(roll(hits[one:two], first=one + 1),)) for one, two in pairwise(edges)]
    random.shuffle(windows)  # type: ignore[attr-defined]  # a random.Random
    (together,) = Tally.total(windows).rolls
    whole, cut = judged(roll(hits)), judged(together)
    assert len(whole) == len(cut)
    for one, other in zip(whole, cut, strict=True):
        assert (one.spans, one.rows, one.hits, one.entries) == (
            other.spans, other.rows, other.hits, other.entries,
        )  # fmt: skip
        assert (one.bits, one.expected) == pytest.approx((other.bits, other.expected))


def test_a_run_is_told_by_its_place() -> None:
    """Our people among another customer's: the rows from the first of them to the last."""
    hits = [0] * 5000
    hits[2000:2040] = [1] * 40
    (listed,) = judged(roll(hits))
    assert not listed.whole
    assert [(each.first, each.last) for each in listed.spans] == [(2001, 2040)]
    assert (listed.rows, listed.hits, listed.entries) == (40, 40, 40)
    assert listed.expected == pytest.approx(2)
