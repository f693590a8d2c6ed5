"""
How much a list says, against the chance of each of its rows.

For a coverage c (the share of the list that would be ours) a hit of chance p
is worth log2((c + (1−c)p) / p) bits and a miss log2(1−c). Summed over rows
that is the logarithm of an e-value: its mean over innocent lists is at most 1
whatever their length, if no p is too low, so 2^−bits bounds the probability
of an innocent list scoring as much (Vovk and Wang, 2021, “E-values:
calibration, combination and applications”). The best of several coverages,
lists and runs of rows is taken, and paid for with the logarithm of how many
were tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log2

import numpy as np
from numpy.typing import NDArray

from watcher.model import Family, Roll

COVERAGE = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
# No single row is worth more than 20 bits: the chance of a row is an estimate.
FLOOR = 1e-6
CEILING = 1 - 1e-9
# A list is told as a whole where the whole says nearly as much as its best run.
NEARLY = 0.75
# Seven eighths of the belief rest on the list as a whole, one on a run of its rows.
WHOLE = log2(8 / 7)
RUN = 3.0

Hushed = Mapping[tuple[str, Family], Mapping[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive rows of one piece, `first` to `last`."""

    where: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    A list, or the best run of rows in it, weighed.

    `rows` and `hits` count distinct identifiers, on which the score rests;
    `entries` are the rows themselves, in which one of them may stand again.
    `expected`: the hits that chance would bring. `bits` is the score after all
    that was tried is paid for. `whole`: it is all of the list, not a run in it.
    """

    family: Family
    spans: tuple[Span, ...]
    rows: int
    hits: int
    entries: int
    expected: float
    bits: float
    whole: bool = True
    echo: bool = False

    def __contains__(self, other: Listed) -> bool:
        """Whether all of the other list lies within this one."""
        mine = {span.where: span for span in self.spans}
        return all(
            span.where in mine
            and mine[span.where].first <= span.first
            and span.last <= mine[span.where].last
            for span in other.spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The score of a list in bits, and the rows it is told by: `start` to `stop`, half open."""

    bits: float
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """Parallel arrays: distinct rows in the order of the document; `entries`: piece and number of all."""

    piece: NDArray[np.int64]
    number: NDArray[np.int64]
    chance: NDArray[np.float64]
    hit: NDArray[np.bool_]
    entries: tuple[NDArray[np.int64], NDArray[np.int64]]


def weigh(chance: NDArray[np.float64], hit: NDArray[np.bool_]) -> Weight:
    """
    The score of one list, whose rows are distinct and in order, as if nothing else was tried.

    `chance`: the probability that an innocent row matches; `hit`: whether it
    did. A list without rows scores −inf.
    """
    n = len(hit)
    best = Weight(bits=-inf, start=0, stop=n)
    if n == 0:
        return best
    p = np.clip(chance, FLOOR, CEILING)
    run_price = RUN + log2(n * (n + 1) / 2)
    most = -inf
    for c in COVERAGE:
        total = np.cumsum(np.where(hit, np.log2((c + (1 - c) * p) / p), log2(1 - c)))
        before = np.concatenate(([0.0], total[:-1]))
        most = max(most, float(total[-1]) - WHOLE)
        rise = total - np.minimum.accumulate(before)
        end = int(np.argmax(rise))
        run = float(rise[end]) - run_price
        if run > best.bits:
            start = int(np.argmin(before[: end + 1]))
            best = Weight(bits=run, start=start, stop=end + 1)
    bits = max(most, best.bits) - log2(len(COVERAGE))
    if most >= NEARLY * best.bits:
        return Weight(bits=bits, start=0, stop=n)
    return Weight(bits=bits, start=best.start, stop=best.stop)


def judge(rolls: Iterable[Roll], hushed: Hushed) -> tuple[Listed, ...]:
    """
    Each list weighed, and all lists of a family together where that says more.

    `hushed`: by piece and family, how many hits in a row (by its number) are to
    be left out. An echo is given only if no list proper says as much.
    """
    whole = sorted((roll for roll in rolls if len(roll.hit)), key=lambda r: (r.where, r.family))
    proper: dict[Family, list[Roll]] = {}
    for roll in whole:
        if not roll.echo:
            proper.setdefault(roll.family, []).append(roll)
    pools = [pool for pool in proper.values() if len(pool) > 1]
    price = log2(max(1, len(whole) + len(pools)))
    found = [_listed((roll,), hushed, price) for roll in whole]
    kept = [each for each in found if each.hits and not each.echo]
    for pool in pools:
        together = _listed(pool, hushed, price)
        if together.bits > _most(kept, together.family):
            kept = [each for each in kept if each.family != together.family or each not in together]
            kept.append(together)
    kept.extend(
        each
        for each in found
        if each.hits and each.echo and each.bits > _most(kept, each.family, default=0.0)
    )
    return tuple(kept)


def _most(lists: Iterable[Listed], family: Family, default: float = -inf) -> float:
    return max((each.bits for each in lists if each.family == family), default=default)


def _listed(rolls: Sequence[Roll], hushed: Hushed, price: float) -> Listed:
    rows = _distinct(rolls, hushed)
    weight = weigh(rows.chance, rows.hit)
    cut = slice(weight.start, weight.stop)
    piece, number = rows.piece[cut], rows.number[cut]
    whole = len(number) == len(rows.number)
    spans, entries = [], 0
    for index, roll in enumerate(rolls):
        inside = number[piece == index]
        if len(inside):
            each = rows.entries[1][rows.entries[0] == index]
            # The last rows of a list may be names that stood in it before.
            edges = each if whole else inside
            first, last = int(edges.min()), int(edges.max())
            spans.append(Span(where=roll.where, first=first, last=last))
            entries += int(((each >= first) & (each <= last)).sum())
    return Listed(
        family=rolls[0].family,
        spans=tuple(spans),
        rows=len(number),
        hits=int(rows.hit[cut].sum()),
        entries=entries,
        expected=float(rows.chance[cut].sum()),
        bits=weight.bits - price,
        whole=whole,
        echo=rolls[0].echo,
    )


def _distinct(rolls: Sequence[Roll], hushed: Hushed) -> _Rows:
    """Rows with a key seen before count once, at the first place; a hit if any is."""
    keys, numbers, chances, hits, pieces = [], [], [], [], []
    for index, roll in enumerate(rolls):
        number = np.array(roll.numbers, dtype=np.int64)
        chance = np.clip(np.array(roll.chance, dtype=np.float64), 0.0, 1.0)
        hit = np.array(roll.hit, dtype=np.bool_)
        key = np.array(roll.keys, dtype=np.uint64)
        silent = hushed.get((roll.where, roll.family), {})
        keep = _kept(number, np.where(hit, chance, np.inf), key, silent)
        keys.append(key[keep])
        numbers.append(number[keep])
        chances.append(chance[keep])
        hits.append(hit[keep])
        pieces.append(np.full(int(keep.sum()), index, dtype=np.int64))
    key, number, piece = np.concatenate(keys), np.concatenate(numbers), np.concatenate(pieces)
    chance, hit = np.concatenate(chances), np.concatenate(hits)
    if not len(key):
        return _Rows(piece, number, chance, hit, (piece, number))
    by_key = np.lexsort((number, piece, key))
    other = np.concatenate(([True], key[by_key][1:] != key[by_key][:-1]))
    starts = np.flatnonzero(other)
    # Windows that overlap count a row twice; in another row it is another entry.
    for place in (piece[by_key], number[by_key]):
        other[1:] |= place[1:] != place[:-1]
    entries = by_key[other]
    first = by_key[starts]
    chance = np.maximum.reduceat(chance[by_key], starts)
    hit = np.logical_or.reduceat(hit[by_key], starts)
    order = np.lexsort((key[first], number[first], piece[first]))
    return _Rows(
        piece[first][order],
        number[first][order],
        chance[order],
        hit[order],
        (piece[entries], number[entries]),
    )


def _kept(
    number: NDArray[np.int64],
    chance: NDArray[np.float64],
    key: NDArray[np.uint64],
    hushed: Mapping[int, int],
) -> NDArray[np.bool_]:
    """Which rows stay when so many hits of these numbers go, the weightiest first. Misses are inf."""
    keep = np.ones(len(number), dtype=np.bool_)
    if not hushed:
        return keep
    left = dict(hushed)
    gone: set[tuple[int, int]] = set()
    touched = np.flatnonzero(np.isfinite(chance) & np.isin(number, list(left)))
    for index in touched[np.lexsort((key[touched], chance[touched]))]:
        at, same = int(number[index]), (int(number[index]), int(key[index]))
        if same not in gone and left[at] > 0:
            left[at] -= 1
            gone.add(same)
        keep[index] = same not in gone
    return keep
