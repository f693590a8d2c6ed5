"""How tallies add up."""

from __future__ import annotations

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
from watcher.model.matching import RECORDS


def roll(where: str, hits: list[int]) -> Roll:
    return Roll.of(
        where=where,
        family=Family.NAME,
        rows=[(at, 0.1, (at,) if hit else (), 1 + at) for at, hit in enumerate(hits)],
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
        {
            each.where: (
                each.entries,
                each.hits,
                sorted(key for segment in each.segments for key in segment.keys),
            )
            for each in total.rolls
        },
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


def test_records_of_most_evidence_are_kept() -> None:
    """Those of two families before those with a sign, and these before bare ones; the rest is counted."""
    name = Match(officers=(1,), field="name", family=Family.NAME, bits=3.0)
    number = Match(officers=(1,), field="pay_number", family=Family.NUMBER, bits=9.0)
    bare = Tally(
        records=tuple(Record(where="a", number=n, matches=(name,)) for n in range(RECORDS))
    )
    signed = Record(where="b", number=7, matches=(name,), signs=frozenset({Sign.PHONE}))
    both = Record(where="b", number=8, matches=(name, number))
    total = bare + Tally(records=(signed, both))
    assert (len(total.records), total.dropped) == (RECORDS, 2)
    assert total.records[:2] == (both, signed)
    assert total.records[-1].number == RECORDS - 3
    assert (Tally() + total).dropped == 2
