"""
Which lists a document holds, and how much each says.

A list is told as a whole, by a run of its rows, or by the rows that share a
value of a column, whichever says most; the lists of one kind are weighed
together as well. The weighing is in `weight` and `groups`; here is paid for
how many lists were tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log2

import numpy as np

from watcher.assess.counted import Counted
from watcher.assess.groups import Sharing, groupings, sharing
from watcher.assess.weight import NEARLY, Floats, Integers, weigh
from watcher.model import Family

NOTED = 10.0  # bits: a list that is worth counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive rows of one piece, `first` to `last`."""

    where: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    A list, or the best part of it, weighed.

    `rows` and `hits` count distinct identifiers, on which the score rests;
    `entries` are the rows themselves, in which one of them may stand again
    (of a part they are not known, and are as many as `rows`). `expected`: the
    hits that chance would bring. `bits` is the score after all that was tried
    is paid for. `whole`: it is all of the list. `column`: its rows share a
    value of this column (0-based); `members`, by piece, are those that matched.
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
    column: int | None = None
    members: Mapping[str, frozenset[int]] | None = None

    def __contains__(self, other: Listed) -> bool:
        """Whether all of the other list lies within this one."""
        mine = {span.where: span for span in self.spans}
        return all(
            span.where in mine
            and mine[span.where].first <= span.first
            and span.last <= mine[span.where].last
            for span in other.spans
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Parallel arrays: distinct hits in the order of the document. `piece` is the roll's place."""

    piece: Integers
    number: Integers
    chance: Floats
    before: Integers
    missing: Floats
    misses: int
    expected: float


def judge(counted: Iterable[Counted]) -> tuple[Listed, ...]:
    """
    Each list weighed, and all lists of a family together where that says more.

    An echo is given only if no list proper says as much.
    """
    whole = sorted((each for each in counted if each.rows), key=_place)
    proper: dict[Family, list[Counted]] = {}
    for each in whole:
        if not each.roll.echo:
            proper.setdefault(each.family, []).append(each)
    pools = [pool for pool in proper.values() if len(pool) > 1]
    grouped = sum(groupings(each) for each in whole)
    price = log2(max(1, len(whole) + len(pools) + grouped))
    found = [listed for each in whole if each.hits for listed in _told(each, price)]
    kept = [each for each in found if not each.echo]
    for pool in pools:
        together = _listed(pool, price)
        if together.bits > _most(kept, together.family):
            kept = [each for each in kept if each.family != together.family or each not in together]
            kept.append(together)
    kept.extend(
        each for each in found if each.echo and each.bits > _most(kept, each.family, default=0.0)
    )
    return tuple(each for each in kept if each.hits)


def _place(counted: Counted) -> tuple[str, Family]:
    return (counted.roll.where, counted.family)


def _most(lists: Iterable[Listed], family: Family, default: float = -inf) -> float:
    return max((each.bits for each in lists if each.family == family), default=default)


def _told(counted: Counted, price: float) -> list[Listed]:
    """The list, or those groups in it that say more than all of it."""
    listed = _listed((counted,), price)
    groups = sharing(counted, least=NOTED + price) if groupings(counted) else ()
    if not groups or listed.bits >= NEARLY * (groups[0].bits - price):
        return [listed]
    return [_shared(counted, each, price) for each in groups]


def _shared(counted: Counted, group: Sharing, price: float) -> Listed:
    number = counted.number[group.hits]
    where = counted.roll.where
    return Listed(
        family=counted.family,
        spans=(Span(where=where, first=int(number.min()), last=int(number.max())),),
        rows=group.rows,
        hits=len(group.hits),
        entries=group.rows,
        expected=group.expected,
        bits=group.bits - price,
        whole=False,
        echo=counted.roll.echo,
        column=group.column,
        members={where: frozenset(number.tolist())},
    )


def _listed(pool: Sequence[Counted], price: float) -> Listed:
    rows = _distinct(pool)
    weight = weigh(rows.chance, rows.before, rows.misses)
    cut = slice(weight.start, weight.stop)
    piece, number = rows.piece[cut], rows.number[cut]
    hits, misses, expected = len(number), rows.misses, rows.expected
    if weight.whole:
        spans = [Span(where=each.roll.where, first=each.first, last=each.last) for each in pool]
        entries = sum(each.entries for each in pool)
    else:
        spans = [
            _span(each, number[piece == at]) for at, each in enumerate(pool) if (piece == at).any()
        ]
        before, missing = rows.before[cut], rows.missing[cut]
        misses, expected = int(before[-1] - before[0]), float(missing[-1] - missing[0])
        entries = hits + misses
    return Listed(
        family=pool[0].family,
        spans=tuple(spans),
        rows=hits + misses,
        hits=hits,
        entries=entries,
        expected=float(rows.chance[cut].sum()) + expected,
        bits=weight.bits - price,
        whole=weight.whole,
        echo=pool[0].roll.echo,
    )


def _span(counted: Counted, numbers: Integers) -> Span:
    return Span(where=counted.roll.where, first=int(numbers.min()), last=int(numbers.max()))


def _distinct(pool: Sequence[Counted]) -> _Rows:
    """Hits with a key seen before count once, at the first place, with the greatest chance of them."""
    misses = np.array([each.misses for each in pool], dtype=np.int64)
    expected = np.array([each.expected for each in pool], dtype=np.float64)
    earlier, less = np.cumsum(misses) - misses, np.cumsum(expected) - expected
    key = np.concatenate([each.key for each in pool])
    rows = _Rows(
        np.repeat(np.arange(len(pool)), [each.hits for each in pool]),
        np.concatenate([each.number for each in pool]),
        np.concatenate([each.chance for each in pool]),
        np.concatenate([each.before + at for each, at in zip(pool, earlier, strict=True)]),
        np.concatenate([each.missing + at for each, at in zip(pool, less, strict=True)]),
        int(misses.sum()),
        float(expected.sum()),
    )
    order = np.argsort(key, kind="stable")
    new = np.concatenate(([True], key[order][1:] != key[order][:-1]))[: len(key)]
    if new.all():
        return rows
    starts = np.flatnonzero(new)
    first = order[starts]
    chance = rows.chance.copy()
    chance[first] = np.maximum.reduceat(rows.chance[order], starts)
    first.sort()
    return _Rows(
        rows.piece[first],
        rows.number[first],
        chance[first],
        rows.before[first],
        rows.missing[first],
        rows.misses,
        rows.expected,
    )
