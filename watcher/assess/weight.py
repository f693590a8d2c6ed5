"""
How much a list says, against the chance of each of its rows.

For a coverage c (the share of the list that would be ours) a hit of chance p
is worth log2((c + (1−c)p) / p) bits and a miss log2(1−c). Summed over rows
that is the logarithm of an e-value: its mean over innocent lists is at most 1
whatever their length, if no p is too low, so 2^−bits bounds the probability
of an innocent list scoring as much (Vovk and Wang, 2021, “E-values:
calibration, combination and applications”). The best of several coverages and
runs of rows is taken, and paid for with the logarithm of how many were tried.
Nothing here is as long as the rows: a miss says the same whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log2

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# From twelve of ours in a million rows to a list that is all ours.
COVERAGE = (0.00001, 0.0001, 0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
# No single row is worth more than 20 bits: the chance of a row is an estimate.
FLOOR = 1e-6
CEILING = 1 - 1e-9
# A list is told as a whole where the whole says nearly as much as its best part.
NEARLY = 0.75
# Rounds in which the share of a list that is ours is found, and when it is.
ROUNDS, CLOSE = 200, 1e-6
# Seven eighths of the belief rest on the list as a whole, one on a run of its rows.
WHOLE = log2(8 / 7)
RUN = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The score of a list in bits, and the hits it is told by: `start` to `stop`, half open."""

    bits: float
    start: int
    stop: int
    whole: bool = True


def weigh(chance: Floats, before: Integers, misses: int) -> Weight:
    """
    The score of one list, whose rows are distinct and in order, as if nothing else was tried.

    `chance`: of each hit, the probability that an innocent row matches;
    `before`: how many rows that did not match stand before it; `misses`: how
    many there are. A run begins and ends with a hit. A list without rows
    scores −inf.
    """
    hits = len(chance)
    n = hits + misses
    if n == 0:
        return Weight(bits=-inf, start=0, stop=0)
    likely = 1 / np.clip(chance, FLOOR, CEILING)
    run_price = RUN + log2(n * (n + 1) / 2)
    most = -inf
    best = Weight(bits=-inf, start=0, stop=hits)
    for c in COVERAGE:
        missed = log2(1 - c)
        gain = np.log2(c * likely + (1 - c))
        most = max(most, float(gain.sum()) + misses * missed - WHOLE)
        if not hits:
            continue
        total = np.cumsum(gain) + missed * before
        behind = total - gain
        rise = total - np.minimum.accumulate(behind)
        end = int(np.argmax(rise))
        run = float(rise[end]) - run_price
        if run > best.bits:
            start = int(np.argmin(behind[: end + 1]))
            best = Weight(bits=run, start=start, stop=end + 1, whole=False)
    bits = max(most, best.bits) - log2(len(COVERAGE))
    everything = best.stop - best.start == hits and not (
        hits and (before[0] or before[-1] < misses)
    )
    if most >= NEARLY * best.bits or everything:
        return Weight(bits=bits, start=0, stop=hits)
    return Weight(bits=bits, start=best.start, stop=best.stop, whole=False)


def weigh_groups(chance: Floats, place: Integers, misses: Integers) -> Floats:
    """
    The score of each of several lists without runs, as if nothing else was tried.

    `place`: to which list (0-based) each hit belongs; `misses`: how many rows
    that did not match each has.
    """
    likely = 1 / np.clip(chance, FLOOR, CEILING)
    most = np.full(len(misses), -inf)
    for c in COVERAGE:
        gain = np.bincount(place, weights=np.log2(c * likely + (1 - c)), minlength=len(misses))
        np.maximum(most, gain + misses * log2(1 - c), out=most)
    return most - log2(len(COVERAGE))


def bits_at(chance: Floats, misses: int, shares: Sequence[float]) -> Floats:
    """What a list of these hits and misses says at each of these coverages, nothing paid for."""
    likely = 1 / np.clip(chance, FLOOR, CEILING)
    return np.array([np.log2(c * likely + (1 - c)).sum() + misses * log2(1 - c) for c in shares])


def certain(chance: Floats, misses: int, *, least: float) -> NDArray[np.bool_]:
    """
    Which hits are ours with a probability of at least `least`, and no accidents.

    A hit of chance p is ours with c / (c + (1 − c) p) where c is the share of the
    list that is; c is estimated from the list itself, by expectation and
    maximisation (Dempster, Laird and Rubin, 1977).
    """
    p = np.clip(chance, FLOOR, CEILING)
    rows = len(p) + misses
    c = len(p) / max(1, rows)
    for _ in range(ROUNDS):
        before, c = c, float((c / (c + (1 - c) * p)).sum()) / max(1, rows)
        if abs(before - c) < CLOSE:
            break
    return np.asarray(c / (c + (1 - c) * p) >= least)
