"""
Documents that are a list only together: fifty posts of five names are one list.

Each document d has an e-value E_d(c), the list's of `weight` at the coverage c
(see `traces`). If a share w of the documents of a series are pieces of a leak,

    E = Π_d (1 − w + w · E_d(c))

is an e-value as well: an innocent document, however long, costs no more than
log2(1 − w) bits. It may be looked at after every document, for it exceeds 2^b
at any time with a probability of at most 2^−b (Ville's inequality; Vovk and
Wang, 2021). The best w and c are taken and paid for with the logarithm of how
many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from watcher.assess import words
from watcher.assess.counted import Integers
from watcher.assess.lists import Listed
from watcher.assess.severity import GENERAL, graded, improbable
from watcher.assess.traces import SHARES, scores
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Officer, Severity, Trace

RULE = "accumulated"
PARTS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
DAYS = 7
# A document stands in two series, by its address and by its source; there is a list of each family.
PRICE = log2(2 * len(Family))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """The documents that are pieces of a list, by their place, and its score."""

    bits: float
    members: Integers


def together(
    own: Sequence[Trace],
    others: Sequence[Sequence[Trace]],
    *,
    quiet: int,
    officers: Sequence[Officer],
    settings: Matching,
) -> Finding | None:
    """
    The finding of a document of a series, by itself none; None if they are none together.

    `own`: its traces; `others`: those of each of the documents before it, the
    oldest first; `quiet`: how many more left none. Only a document that is a
    piece of the list itself is told.
    """
    found = [
        _of(
            [trace for each in (*others, own) for trace in each if trace.family == family],
            quiet,
            officers,
            settings,
        )
        for family in {trace.family: None for trace in own}
    ]
    return max(
        (each for each in found if each is not None),
        key=lambda each: (each.severity, each.bits),
        default=None,
    )


def _of(
    traces: Sequence[Trace], quiet: int, officers: Sequence[Officer], settings: Matching
) -> Finding | None:
    """The finding of these documents, if the last is one of those that are a list together."""
    family = traces[-1].family
    best = _best(scores(traces), quiet)
    if len(traces) - 1 not in best.members or len(best.members) < 2:
        return None
    members = [traces[at] for at in best.members.tolist()]
    people = _people(members)
    single = sorted({at for group in people if len(group) == 1 for at in group})
    keys = {key for trace in members for key in trace.keys}
    listed = Listed(
        family=family,
        spans=(),
        rows=len(keys) + sum(trace.misses for trace in members),
        hits=len(keys),
        entries=sum(trace.hits + trace.misses for trace in members),
        expected=sum(trace.expected for trace in members),
        bits=best.bits - PRICE,
    )
    severity = graded(
        listed, settings, agreed=0, sensitive=False, risk=improbable(officers, single)
    )
    if severity <= Severity.INFO:
        return None
    what = words.identifier(family, ())
    groups = tuple(
        sorted(tuple(sorted(officers[at].ref for at in each)) for each in people if len(each) > 1)
    )
    return Finding(
        severity=severity,
        rule=RULE,
        title=f"List of {words.several(listed.hits, what)} in {len(members):,} documents",
        count=len(single) + len(groups),
        rows=listed.entries,
        expected=listed.expected,
        bits=listed.bits,
        officers=tuple(officers[at].ref for at in single),
        possible=groups,
        fields=(GENERAL[family],),
        places=(),
        reasons=tuple(_reasons(listed, what, len(members), officers, single)),
    )


def _best(bits: np.ndarray[tuple[int, int], np.dtype[np.float64]], quiet: int) -> _Best:
    best = _Best(bits=-np.inf, members=np.array([], dtype=np.int64))
    for part in PARTS:
        # log2(1 − w + w·E), for each document and coverage
        each = np.logaddexp2(log2(1 - part), log2(part) + bits)
        total = each.sum(axis=0) + quiet * log2(1 - part)
        at = int(np.argmax(total))
        if total[at] > best.bits:
            likely = log2(part) + bits[:, at] > log2(1 - part)
            best = _Best(bits=float(total[at]), members=np.flatnonzero(likely))
    return _Best(bits=best.bits - log2(len(PARTS) * len(SHARES)), members=best.members)


def _people(members: Iterable[Trace]) -> frozenset[frozenset[int]]:
    return frozenset(
        frozenset(trace.officers[start:stop])
        for trace in members
        for start, stop in zip(trace.starts, trace.starts[1:], strict=False)
        if start < stop
    )


def _reasons(
    listed: Listed, what: str, documents: int, officers: Sequence[Officer], single: Sequence[int]
) -> Iterable[str]:
    risky = sum(officers[at].high_risk for at in single)
    if risky:
        yield words.at_risk(risky, improbable=improbable(officers, single))
    yield (
        f"{listed.hits:,} of {words.several(listed.rows, what)} are ours, "
        f"{words.by_chance(listed.expected)}"
    )
    yield f"with {words.several(documents - 1, 'other document')} of this source in {DAYS} days"
