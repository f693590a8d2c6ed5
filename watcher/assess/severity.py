"""
How much a list weighs.

critical  a list ≥ `list_bits` with a second family in 5 rows, or sensitive data, or 20 hits
          if it is of numbers or addresses; a list ≥ `names_bits` in which people of a
          high-risk group are improbably many
medium    a list ≥ `names_bits`
info      a list ≥ 10 bits

What is hidden from a document's reader counts one step higher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import exp, lgamma

from watcher.assess import words
from watcher.assess.case import Case, Piece, Row
from watcher.assess.identity import ANCHORS, FAMILIES
from watcher.assess.lists import Listed
from watcher.assess.places import extent
from watcher.assess.signal import Signal, raised
from watcher.config.settings import Matching
from watcher.model import Family, Match, Officer, Severity, Sign
from watcher.vocabulary import Field

NOTED = 10.0  # bits: a list that is worth counting
SECOND = 5  # rows in which a second family agrees, or in which a kind of data stands
ALONE = 20  # hits of a list without names
FEW = 5  # hits below which data beside them, or numbers alone, do not make a list
IMPROBABLE = 1e-4  # share of high-risk people, hypergeometric


def list_signals(case: Case, settings: Matching) -> Iterable[Signal]:
    """A signal for every list of names, numbers or addresses worth counting."""
    for listed in case.lists:
        if listed.bits >= NOTED and listed.family in ANCHORS:
            yield _list_signal(case, listed, settings)


def improbable(officers: Sequence[Officer], listed: Collection[int]) -> bool:
    """
    Whether a list drawn from all officers would hold so many of a high-risk group once in 10,000.

    Upper tail of the hypergeometric distribution.
    """
    everybody, drawn = len(officers), len(listed)
    marked = sum(officer.high_risk for officer in officers)
    seen = sum(officers[at].high_risk for at in listed)
    if not seen or marked == everybody:
        return False

    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    lowest = max(seen, drawn - (everybody - marked))
    tail = sum(
        exp(ways(marked, k) + ways(everybody - marked, drawn - k) - ways(everybody, drawn))
        for k in range(lowest, min(marked, drawn) + 1)
    )
    return tail <= IMPROBABLE


def _list_signal(case: Case, listed: Listed, settings: Matching) -> Signal:
    pieces = [case.pieces[span.where] for span in listed.spans]
    rows = list(case.rows_of(listed))
    staff = any(Sign.STAFF_LIST in piece.signs for piece in pieces)
    # In an extract of a register rank and unit are a second column, in prose a manner of speech.
    seconds = {*(FAMILIES if staff else ANCHORS)} - {listed.family}
    own = [
        identity for row in rows for identity in row.identities if listed.family in identity.kinds
    ]
    agreed = sum(
        any(listed.family in i.kinds and not seconds.isdisjoint(i.kinds) for i in row.identities)
        for row in rows
    )
    people = frozenset(identity.officers for identity in own)
    risk = improbable(case.officers, {at for group in people if len(group) == 1 for at in group})
    hits = Counter(
        row.where for row in rows if any(listed.family in i.kinds for i in row.identities)
    )
    sensitive = _sensitive([piece for piece in pieces if hits[piece.where] >= FEW], rows)
    alone = listed.family != Family.NAME
    severity = _severity(listed, settings, agreed=agreed, sensitive=bool(sensitive), risk=risk)
    conclusive = severity > Severity.INFO
    hidden = [piece for piece in pieces if piece.hidden] if conclusive else []
    matches = [match for row in rows for match in row.matches]
    reasons = [_share(listed, matches), *_beside(case, listed, rows)]
    if staff and (ranked := sum(Family.RANK in identity.kinds for identity in own)) >= SECOND:
        reasons.append(f"the rank is right in {words.several(ranked, 'row')}")
    reasons += _data(sensitive)
    if risk and conclusive:
        reasons.append("far more of a high-risk group than chance would bring")
    reasons += [words.is_hidden(piece) for piece in hidden[:1]]
    return Signal(
        severity=raised(severity, hidden=bool(hidden)),
        rule="numbers" if alone else "list",
        title=_title(listed, matches, len(people), staff=staff, hidden=next(iter(hidden), None))
        if conclusive
        else f"A few {words.plural(words.identifier(listed.family, matches))} of ours in a list, not enough to be sure",
        reasons=tuple(reasons),
        people=people if conclusive else frozenset(),
        rows=listed.rows,
        expected=listed.expected,
        bits=listed.bits,
        fields=frozenset(
            {
                *(column for piece in pieces for column in piece.columns),
                *(m.field for m in matches if m.family == listed.family),
                *(m.field for m in matches if agreed >= SECOND and m.family in seconds),
                *sensitive,
            }
        ),
        places=tuple(
            extent(piece, span.first, span.last, heading=listed.whole)
            for piece, span in zip(pieces, listed.spans, strict=True)
        ),
        echo=listed.echo,
    )


def _severity(
    listed: Listed, settings: Matching, *, agreed: int, sensitive: bool, risk: bool
) -> Severity:
    alone = listed.family != Family.NAME
    if listed.bits >= settings.list_bits and (
        agreed >= SECOND or (sensitive and listed.hits >= FEW) or (alone and listed.hits >= ALONE)
    ):
        return Severity.CRITICAL
    if listed.bits >= settings.names_bits and (not alone or listed.hits >= FEW):
        return Severity.CRITICAL if risk else Severity.MEDIUM
    return Severity.INFO


def _sensitive(pieces: Sequence[Piece], rows: Sequence[Row]) -> set[Field]:
    """Kinds of data that a column of these pieces holds, or that stand in several of the rows."""
    signs = Counter(sign for row in rows for sign in row.signs)
    often = {sign for sign, count in signs.items() if count >= SECOND}
    shown = often.union(*(piece.signs for piece in pieces))
    columns = {column for piece in pieces for column in piece.columns}
    by_column = {field for field in words.SENSITIVE if field in columns}
    return by_column | (words.SENSITIVE & {words.KINDS[s] for s in shown if s in words.KINDS})


def _data(sensitive: Collection[Field]) -> list[str]:
    reasons = ["a column of vetting levels"] if Field.VETTING in sensitive else []
    rest = [words.PLAIN[field] for field in Field if field in sensitive and field != Field.VETTING]
    return reasons + ([f"beside them {words.joined(rest)}"] if rest else [])


def _title(
    listed: Listed, matches: Sequence[Match], people: int, *, staff: bool, hidden: Piece | None
) -> str:
    what = words.identifier(listed.family, matches)
    where = words.whereabouts(hidden)
    if staff and hidden:
        return f"Staff list{where}"
    if listed.family != Family.NAME or not people:
        return f"List of {words.several(listed.hits, what)}{where}"
    if listed.hits * 2 < listed.rows:
        return f"List of {listed.rows:,} names, {listed.hits:,} of them ours{where}"
    return f"{'Staff list' if staff else 'List'} of {words.several(people, 'officer')}{where}"


def _share(listed: Listed, matches: Sequence[Match]) -> str:
    what = words.identifier(listed.family, matches)
    return (
        f"{listed.hits:,} of {words.several(listed.rows, what)} "
        f"{'is' if listed.hits == 1 else 'are'} ours, {words.by_chance(listed.expected)}"
    )


def _beside(case: Case, listed: Listed, rows: Sequence[Row]) -> Iterable[str]:
    """How many numbers and addresses belong to the person named beside them."""
    wheres = {span.where for span in listed.spans}
    for family in (Family.NUMBER, Family.MAIL):
        pair = {Family.NAME, family}
        agreed = sum(any(pair <= identity.kinds for identity in row.identities) for row in rows)
        if not agreed or listed.family not in pair:
            continue
        other = [
            each.rows
            for each in case.lists
            if each.family == family and wheres & {span.where for span in each.spans}
        ]
        what = words.identifier(family, [match for row in rows for match in row.matches])
        verb = "belongs" if agreed == 1 else "belong"
        yield (
            f"{agreed:,} of {words.several(max([agreed, *other]), what)} "
            f"{verb} to the person named beside {'it' if agreed == 1 else 'them'}"
        )
