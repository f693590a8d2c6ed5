"""What a window's rows become."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.model import Segment
from watcher.model.segments import segment_of

ROW = st.tuples(
    st.integers(1, 12),  # key
    st.sampled_from([0.1, 0.2, 0.5]),
    st.sampled_from([(), (1,), (2, 3)]),
    st.integers(1, 40),  # number
)


def of(*rows: tuple[int, float, tuple[int, ...] | bool, int]) -> Segment:
    segment = segment_of(rows)
    assert segment is not None
    return segment


def test_hits_and_the_gaps_between_them() -> None:
    """Equal rows count once, and are a hit if any is; their chance is the greatest."""
    segment = of(
        (1, 0.1, (), 3), (2, 0.2, (7, 8), 4), (2, 0.4, (7, 8), 5), (3, 0.1, (), 6),
        (4, 0.3, (), 7), (4, 0.3, (9,), 8), (1, 0.3, (), 9), (5, 0.5, (), 10),
    )  # fmt: skip
    assert (segment.first, segment.last, segment.entries, segment.rows) == (3, 10, 8, 5)
    assert (list(segment.keys), list(segment.numbers)) == ([2, 4], [4, 8])
    assert (list(segment.chance), list(segment.gaps), segment.tail) == ([0.4, 0.3], [1, 1], 1)
    assert (list(segment.starts), list(segment.officers)) == ([0, 2, 3], [7, 8, 9])
    assert abs(segment.expected - (0.3 + 0.1 + 0.5)) < 1e-12
    assert segment_of([]) is None


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=30), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_with_different_numbers_says_nothing(
    rows: list[tuple[int, float, tuple[int, ...], int]], random: object
) -> None:
    distinct = [(key, p, who, at) for at, (key, p, who, _) in enumerate(rows)]
    shuffled = list(distinct)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert of(*shuffled) == of(*distinct)
    assert of(*distinct).rows == len({key for key, _, _, _ in rows})


def test_values_of_a_column_stand_beside_hits_and_are_counted_for_the_rest() -> None:
    segment = segment_of(
        [(1, 0.1, True, 1), (2, 0.1, (), 2), (3, 0.1, (), 3), (4, 0.1, (), 4)],
        {5: [70, 70, 80, 0]},
    )
    assert segment is not None
    (group,) = segment.groups
    assert (group.column, list(group.values)) == (5, [70])
    assert dict(zip(group.missed, group.misses, strict=True)) == {70: 1, 80: 1}
