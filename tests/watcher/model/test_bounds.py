"""How many of a list's rows are kept one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.model.test_segments import ROW
from watcher.model import Family, Roll, Segment, Tally
from watcher.model.bounds import bounded, grouped
from watcher.model.segments import segment_of


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(ROW, min_size=1, max_size=40),
    limit=st.integers(0, 8),
    cut=st.integers(0, 40),
    random=st.randoms(use_true_random=False),
)
def test_the_hits_that_stay_do_not_depend_on_the_order(
    rows: list[tuple[int, float, tuple[int, ...], int]],
    limit: int,
    cut: int,
    random: object,
) -> None:
    """The same rows in windows of any order leave the same hits; no row is lost, no chance either."""
    windows = [
        segment
        for start in range(0, len(rows), 5)
        if (
            segment := segment_of(
                (k, p, w, start + i) for i, (k, p, w, _) in enumerate(rows[start : start + 5])
            )
        )
    ]
    shuffled = list(windows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    at_once = bounded(windows, limit)
    stepwise = bounded((*bounded(shuffled[:cut], limit), *bounded(shuffled[cut:], limit)), limit)

    def hits(segments: tuple[Segment, ...]) -> list[tuple[float, int]]:
        return sorted(
            pair for each in segments for pair in zip(each.chance, each.keys, strict=True)
        )

    assert hits(at_once) == hits(stepwise) == hits(tuple(windows))[:limit]
    assert sum(each.rows for each in at_once) == sum(each.rows for each in windows)
    total = sum(each.expected + sum(each.chance) for each in windows)
    assert abs(sum(each.expected + sum(each.chance) for each in stepwise) - total) < 1e-9


def test_a_hit_that_goes_is_a_miss_in_its_place() -> None:
    """Whom the others mean stays with them, and its value counts among the missed."""
    segment = segment_of(
        [(1, 0.1, (5,), 1), (2, 0.9, (6, 7), 2), (3, 0.1, (), 3), (4, 0.2, (8, 9), 4)],
        {2: [70, 80, 80, 80]},
    )
    assert segment is not None
    (less,) = bounded([segment], 2)
    assert (list(less.keys), list(less.gaps), less.tail) == ([1, 4], [0, 2], 0)
    assert (list(less.starts), list(less.officers)) == ([0, 1, 3], [5, 8, 9])
    (group,) = less.groups
    assert list(group.values) == [70, 80]
    assert dict(zip(group.missed, group.misses, strict=True)) == {80: 2}


def test_a_column_of_too_many_values_groups_nobody() -> None:
    """Nor does it come back with a later window."""

    def window(first: int, values: list[int]) -> Segment:
        segment = segment_of(
            [(first + at, 0.1, at == 0, first + at) for at in range(len(values))], {1: values}
        )
        assert segment is not None
        return segment

    same = [window(1, [5, 6, 7, 8]), window(11, [5, 6, 7, 8])]
    merged, gone = grouped(same, (), limit=3)
    assert not gone
    counted = {
        v: n
        for each in merged
        for g in each.groups
        for v, n in zip(g.missed, g.misses, strict=True)
    }
    assert counted == {6: 2, 7: 2, 8: 2}
    left, gone = grouped([*same, window(21, [5, 9, 10, 11])], (), limit=3)
    assert gone == {1}
    assert not any(each.groups for each in left)
    again, _ = grouped(same[:1], gone, limit=3)
    assert not again[0].groups


def test_a_roll_remembers_what_it_gave_up() -> None:
    def roll(first: int, **more: tuple[int, ...]) -> Roll:
        segment = segment_of(
            [(first, 0.1, True, first), (first + 1, 0.1, False, first + 1)], {1: [5, 6]}
        )
        assert segment is not None
        return Roll(where="", family=Family.NAME, segments=(segment,), **more)

    (joined,) = Tally.total(
        [Tally(rolls=(roll(1),)), Tally(rolls=(roll(3, ungrouped=(1,)),))]
    ).rolls
    assert joined.ungrouped == (1,)
    assert not any(each.groups for each in joined.segments)
