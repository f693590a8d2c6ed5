from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.assess.tallies import roll
from watcher.assess.lists import RUN, Listed, Weight, judge, weigh
from watcher.model import Family, Tally

ROWS = st.lists(st.tuples(st.floats(0.0001, 0.98), st.booleans()), min_size=1, max_size=60)


def of(rows: list[tuple[float, bool]]) -> Weight:
    return weigh(np.array([p for p, _ in rows]), np.array([hit for _, hit in rows]))


@pytest.mark.parametrize("rows", [1, 12, 60, 700])
@pytest.mark.parametrize("low", [True, False], ids=["rare", "mixed"])
def test_innocent_lists_score_nothing(rows: int, *, low: bool) -> None:
    """The score is an e-value: over innocent lists the mean of 2^bits is at most 1, the maximum small."""
    random = np.random.default_rng(rows)
    bits = []
    for _ in range(600):
        p = random.uniform(0.0, 0.1 if low else 0.98, rows)
        truth = p * random.uniform(0.7, 1.0, rows)  # the chance given is never too low
        bits.append(weigh(p, random.random(rows) < truth).bits)
    assert np.mean(np.exp2(bits)) <= 1.0
    assert max(bits) < 12


def test_exactly_an_e_value() -> None:
    """Over all outcomes of a short list, weighted by their probability, 2^bits is at most 1 in the mean."""
    p = np.array([0.001, 0.02, 0.3, 0.05, 0.5, 0.01, 0.1, 0.9])
    mean = 0.0
    for outcome in range(1 << len(p)):
        hit = np.array([bool(outcome >> at & 1) for at in range(len(p))])
        mean += float(np.prod(np.where(hit, p, 1 - p))) * 2 ** weigh(p, hit).bits
    assert 0.2 < mean <= 1.0


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 59))
def test_a_hit_for_a_miss_never_lowers(rows: list[tuple[float, bool]], at: int) -> None:
    at %= len(rows)
    other = [*rows[:at], (rows[at][0], True), *rows[at + 1 :]]
    assert of(other).bits >= of(rows).bits - 1e-9


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 60), chance=st.floats(0.0, 1.0))
def test_another_miss_never_raises(rows: list[tuple[float, bool]], at: int, chance: float) -> None:
    more = [*rows[:at], (chance, False), *rows[at:]]
    assert of(more).bits <= of(rows).bits + 1e-9


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 60), chance=st.floats(0.0, 1.0))
def test_another_hit_never_lowers(rows: list[tuple[float, bool]], at: int, chance: float) -> None:
    """But for what the runs that it makes possible cost: log2((n + 2) / n)."""
    more = [*rows[:at], (chance, True), *rows[at:]]
    price = np.log2((len(rows) + 2) / len(rows))
    assert of(more).bits >= of(rows).bits - price - 1e-9


@pytest.mark.parametrize(
    ("rows", "hits", "chance", "low", "high"),
    [
        (12, 12, 0.05, 35, 58),
        (20, 20, 0.05, 70, 102),
        (64, 61, 0.27, 88, 141),
        (5000, 200 + 60, 0.0125, 40, 400),
    ],
    ids=["12 full names", "20 full names", "64 initials", "200 in 5,000"],
)
def test_true_lists_score_as_measured(
    rows: int, hits: int, chance: float, low: float, high: float
) -> None:
    """The figures of the design, at the chances that rosters of 10,000 to 47,000 give."""
    hit = np.zeros(rows, dtype=np.bool_)
    hit[np.random.default_rng(7).permutation(rows)[:hits]] = True
    assert low <= weigh(np.full(rows, chance), hit).bits <= high


def test_twenty_of_one_common_surname_say_nothing() -> None:
    """Where a stranger's row would nearly always match, matches are no evidence."""
    assert weigh(np.full(20, 0.98), np.ones(20, dtype=np.bool_)).bits < 1


def test_another_mix_of_a_million_rows_is_no_list() -> None:
    hit = np.zeros(1_000_000, dtype=np.bool_)
    hit[::10] = True
    assert weigh(np.full(len(hit), 0.11), hit).bits < 0


def test_a_run_is_found_and_told() -> None:
    """Our people among another customer's: the run counts though the whole does not."""
    hit = np.zeros(5000, dtype=np.bool_)
    hit[2000:2040] = True
    weight = weigh(np.full(5000, 0.05), hit)
    assert (weight.start, weight.stop) == (2000, 2040)
    assert weight.bits > 100


def test_no_rows_no_score() -> None:
    assert weigh(np.array([]), np.array([], dtype=np.bool_)).bits == -inf
    assert judge([roll([])], {}) == ()


def test_a_hit_that_cannot_be_is_bounded() -> None:
    """A hit of chance 0 is worth no more than 20 bits."""
    assert weigh(np.array([0.0]), np.array([True])).bits <= 20


def test_equal_rows_count_once() -> None:
    """The same name a hundred times is one row."""
    (one,) = judge([roll([1])], {})
    (many,) = judge([roll([1] * 100, keys=[1] * 100)], {})
    assert (many.rows, many.hits, many.bits) == (1, 1, one.bits)


def test_entries_are_rows_not_windows() -> None:
    """The same name in another row is another entry; the same row read twice is not."""
    (one,) = judge([roll([1] * 4, keys=[1, 2, 2, 3])], {})
    assert (one.rows, one.entries) == (3, 4)
    overlap = Tally.total(Tally(rolls=(roll([1, 1], first=at),)) for at in (1, 2))
    (two,) = judge(overlap.rolls, {})
    assert (two.rows, two.entries) == (3, 3)


def test_equal_rows_are_a_hit_if_any_is() -> None:
    (listed,) = judge([roll([0, 1, 0], keys=[5, 5, 6], chance=[0.1, 0.2, 0.3])], {})
    assert (listed.rows, listed.hits) == (2, 1)
    assert listed.expected == pytest.approx(0.5)


def test_every_list_tried_has_its_price() -> None:
    """Four lists cost two bits each."""
    ours = roll([1] * 12, where="a")
    others = [roll([0] * 12, where=where, family=Family.NUMBER) for where in "bcd"]
    (alone,) = judge([ours], {})
    among = next(each for each in judge([ours, *others], {}) if each.hits)
    pooled = 1  # the three lists of numbers are weighed together as well
    assert among.bits == pytest.approx(alone.bits - np.log2(4 + pooled))


def test_small_lists_add_up() -> None:
    """Fifty posts of five names are one list."""
    posts = [
        roll([1] * 5, where=f"post {at:02}", first=1 + at * 5, keys=range(at * 5, at * 5 + 5))
        for at in range(50)
    ]
    found = judge(posts, {})
    together = max(found, key=lambda listed: listed.bits)
    assert len(together.spans) == 50
    assert together.hits == 250
    assert together.bits > 500 > sum(each.bits for each in found if len(each.spans) == 1) / 50


def test_the_same_list_twice_is_not_more() -> None:
    """A copy in another piece adds no evidence."""
    once = judge([roll([1] * 12, where="a")], {})
    twice = judge([roll([1] * 12, where="a"), roll([1] * 12, where="b")], {})
    assert max(each.bits for each in twice) < max(each.bits for each in once)


def test_an_echo_is_heard_only_where_it_says_more() -> None:
    page = roll([1] * 12, where="page")
    assert [each.echo for each in judge([page, roll([1] * 12, where="raw", echo=True)], {})] == [
        False
    ]
    found = judge([roll([1, 0, 0], where="page"), roll([1] * 30, where="raw", echo=True)], {})
    assert [each.where for listed in found if listed.echo for each in listed.spans] == ["raw"]


def test_hushed_hits_are_left_out() -> None:
    """A hushed row is neither hit nor miss; its copies in the same line go with it."""
    hushed = {("", Family.NAME): {2: 1}}
    left = judge([roll([1, 1, 0], keys=[1, 2, 3])], hushed)
    assert [(each.rows, each.hits) for each in left] == [(2, 1)]
    assert judge([roll([1], keys=[9], first=2)], hushed) == ()


def test_nothing_of_ours_is_no_list() -> None:
    assert judge([roll([0] * 50)], {}) == ()


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
    other = roll([rows[at][1] for at in order], keys=[rows[at][0] for at in order])
    for index, at in enumerate(order):
        other.numbers[index] = at + 1

    def told(listed: tuple[Listed, ...]) -> list[tuple[object, ...]]:
        return [(each.spans, each.rows, each.hits, each.bits) for each in listed]

    assert told(judge([one], {})) == told(judge([other], {}))


def test_the_price_of_a_run_is_paid() -> None:
    """A run is worth what it would be alone, less the runs that could have been."""
    n = 400
    hit = np.zeros(n, dtype=np.bool_)
    hit[100:110] = True
    alone = weigh(np.full(10, 0.05), np.ones(10, dtype=np.bool_)).bits
    assert weigh(np.full(n, 0.05), hit).bits == pytest.approx(
        alone + np.log2(8 / 7) - RUN - np.log2(n * (n + 1) / 2)
    )
