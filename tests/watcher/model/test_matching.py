"""How tallies add up."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from watcher.model import (
    Family,
    Match,
    Record,
    Roll,
    Sign,
    Tally,
)


def roll(where: str, hits: list[int]) -> Roll:
    return Roll(
        where=where,
        family=Family.NAME,
        keys=array("Q", range(len(hits))),
        chance=array("d", [0.1] * len(hits)),
        hit=array("B", hits),
        numbers=array("Q", range(1, len(hits) + 1)),
    )


def tally(where: str, hits: list[int]) -> Tally:
    match = Match(officers=(1,), field="surname", family=Family.NAME, bits=3.0)
    return Tally(
        records=tuple(
            Record(where=where, number=n, matches=(match,)) for n, hit in enumerate(hits) if hit
        ),
        rolls=(roll(where, hits),),
        tried=len(hits),
        signs=((where, frozenset({Sign.POLICE})),) if any(hits) else (),
    )


tallies = st.lists(
    st.builds(tally, st.sampled_from(["", "a", "b"]), st.lists(st.integers(0, 1), max_size=4)),
    max_size=6,
)


def sums(total: Tally) -> object:
    return (
        len(total.records),
        {each.where: sorted(zip(each.keys, each.hit, strict=True)) for each in total.rolls},
        total.tried,
        dict(total.signs),
    )


@given(tallies, st.randoms(use_true_random=False))
def test_tallies_add_up_in_any_order(parts: list[Tally], dice: object) -> None:
    """A document's sum does not depend on the order or the grouping of its windows."""
    shuffled = list(parts)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    stepwise = Tally()
    for each in shuffled:
        stepwise = stepwise + each
    assert sums(stepwise) == sums(Tally.total(parts))
