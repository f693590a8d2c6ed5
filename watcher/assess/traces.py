"""
What a document leaves to be weighed with others, if it is no list by itself.

Only documents that speak for a list rather than against one leave more than
that they were there: the others are counted, as if none of their rows were
ours, which is never to their advantage.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from watcher.assess.case import Case
from watcher.assess.counted import Counted, Floats, Integers
from watcher.assess.identity import ANCHORS
from watcher.assess.weight import bits_at
from watcher.model import Trace
from watcher.model.traces import KEPT

# Shares of a document's rows that may be ours where it is one of many: less than
# a fifth and a small error in the chance of a row would add up over thousands.
SHARES = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
LEAST = 1.0  # bits by which a document speaks for a list


class Leaving(NamedTuple):
    """`counted`: the document has rows of some kind. `traces`: by kind, where they speak for a list."""

    counted: bool = False
    traces: tuple[Trace, ...] = ()


def leaving(case: Case) -> Leaving:
    """What this document leaves. A second reading of the same bytes leaves nothing."""
    pools: dict[str, list[Counted]] = {}
    for (_, family), each in sorted(case.counted.items()):
        if family in ANCHORS and each.rows and not each.roll.echo:
            pools.setdefault(family, []).append(each)
    traces = [trace for pool in pools.values() if (trace := _trace(pool)) is not None]
    return Leaving(bool(pools), tuple(traces))


def _trace(pool: list[Counted]) -> Trace | None:
    key = np.concatenate([each.key for each in pool])
    if not key.size:
        return None
    every = np.concatenate([each.chance for each in pool])
    distinct, first, place = np.unique(key, return_index=True, return_inverse=True)
    chance = np.zeros(len(distinct), dtype=np.float64)
    np.maximum.at(chance, place, every)
    misses = sum(each.misses for each in pool)
    if bits_at(chance, misses, SHARES).max() < LEAST:
        return None
    expected = float(chance.sum()) + sum(each.expected for each in pool)
    kept = np.sort(np.argsort(chance, kind="stable")[:KEPT])
    starts, officers = _whose(pool, first[kept])
    return Trace(
        family=pool[0].family,
        keys=array("Q", distinct[kept].tolist()),
        chance=array("d", chance[kept].tolist()),
        starts=array("I", starts),
        officers=array("I", officers),
        misses=misses + len(distinct) - len(kept),
        expected=expected,
    )


def _whose(pool: list[Counted], hits: Integers) -> tuple[list[int], list[int]]:
    """Whom these hits mean, counted over all rolls of the pool."""
    ends = np.cumsum([each.hits for each in pool])
    starts, officers = [0], []
    for hit in hits.tolist():
        at = int(np.searchsorted(ends, hit, side="right"))
        local = hit - (int(ends[at - 1]) if at else 0)
        each = pool[at]
        officers += each.officers[int(each.starts[local]) : int(each.starts[local + 1])].tolist()
        starts.append(len(officers))
    return starts, officers


def scores(traces: Sequence[Trace]) -> Floats:
    """
    Bits of each document (rows) at each of SHARES (columns), in their order.

    A row that an earlier one has, or all of whose people an earlier one
    means, says nothing again.
    """
    seen: set[int] = set()
    met: set[int] = set()
    found = np.zeros((len(traces), len(SHARES)))
    for at, trace in enumerate(traces):
        fresh = []
        for hit, key in enumerate(trace.keys):
            whose = trace.officers[trace.starts[hit] : trace.starts[hit + 1]]
            if key not in seen and not (whose and met.issuperset(whose)):
                fresh.append(trace.chance[hit])
            seen.add(key)
            met.update(whose)
        found[at] = bits_at(np.array(fresh, dtype=np.float64), trace.misses, SHARES)
    return found
