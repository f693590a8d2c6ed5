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
from watcher.assess.identity import ANCHORS, FAMILIES, holding
from watcher.assess.lists import NOTED, Listed
from watcher.assess.places import extent
from watcher.assess.signal import Reason, Signal, Topic, raised
from watcher.assess.weight import certain
from watcher.config.settings import Matching
from watcher.model import Family, Match, Officer, Severity, Sign
from watcher.vocabulary import Field

SECOND = 5  # rows in which a second family agrees, or in which a kind of data stands
ALONE = 20  # hits of a list without names
FEW = 5  # hits below which data beside them, or numbers alone, do not make a list
CERTAIN = 0.995  # that a row of a list is ours, from which on the officer is named
IMPROBABLE = 1e-4  # share of high-risk people, hypergeometric

GENERAL = {Family.NAME: Field.NAME, Family.NUMBER: Field.NUMBER, Family.MAIL: Field.EMAIL}

_Kinds = frozenset[Family]
_Together = Counter[tuple[_Kinds, ...]]  # kinds of the people of a row → rows


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
    listing = holding(listed.family)
    agreeing = frozenset(kinds for kinds in listing if not seconds.isdisjoint(kinds))
    together = _together(rows)
    agreed = _count(together, agreeing)
    own = [each for row in rows for each in row.identities if each.kinds in listing]
    least = min(settings.names_bits, settings.list_bits)
    people: frozenset[frozenset[int]] = frozenset()
    doubtful = people
    if listed.bits >= least:
        people, doubtful = _people(case, listed, rows)
    risk = improbable(case.officers, {at for group in people if len(group) == 1 for at in group})
    telling = {where for where, _, hits in case.hits_of(listed) if len(hits) >= FEW}
    sensitive = _sensitive([piece for piece in pieces if piece.where in telling], rows)
    alone = listed.family != Family.NAME
    severity = graded(listed, settings, agreed=agreed, sensitive=bool(sensitive), risk=risk)
    conclusive = severity > Severity.INFO
    hidden = [piece for piece in pieces if piece.hidden] if conclusive else []
    matches = [match for row in rows for match in row.matches]
    columns = [column for piece in pieces for column in piece.columns]
    what = words.identifier(listed.family, matches, columns)
    reasons = [_share(listed, what, pieces), *_beside(case, listed, together, matches)]
    if staff and (ranked := sum(Family.RANK in identity.kinds for identity in own)) >= SECOND:
        reasons.append(Reason(Topic.SHAPE, f"the rank is right in {words.several(ranked, 'row')}"))
    reasons += _data(sensitive)
    reasons += [Reason(Topic.HIDDEN, words.is_hidden(piece)) for piece in hidden[:1]]
    return Signal(
        severity=raised(severity, hidden=bool(hidden)),
        rule="numbers" if alone else "list",
        title=_title(listed, what, len(people), staff=staff, hidden=next(iter(hidden), None))
        if conclusive
        else f"A few {words.plural(what)} of ours in a list, not enough to be sure",
        reasons=tuple(reasons),
        people=people if conclusive else frozenset(),
        doubtful=doubtful if conclusive else frozenset(),
        rows=listed.entries,
        expected=listed.expected,
        bits=listed.bits,
        fields=frozenset(
            {
                *columns,
                GENERAL[listed.family],
                *_fields(matches, {listed.family, *(seconds if agreed >= SECOND else ())}),
                *sensitive,
            }
        ),
        places=tuple(
            extent(piece, span.first, span.last, heading=listed.whole)
            for piece, span in zip(pieces, listed.spans, strict=True)
        ),
        echo=listed.echo,
        improbable=risk and conclusive,
    )


def _people(
    case: Case, listed: Listed, rows: Iterable[Row]
) -> tuple[frozenset[frozenset[int]], frozenset[frozenset[int]]]:
    """
    Whom a list names, and those of them who may be there by accident.

    As far as records tell them apart, and whom its other hits mean. Where much
    of a list is not ours a row that only matches may be a namesake's.
    """
    sure: set[frozenset[int]] = set()
    doubtful: set[frozenset[int]] = set()
    certainly: dict[str, set[int]] = {}
    for where, counted, hits in case.hits_of(listed):
        kept = certain(counted.chance[hits], listed.rows - listed.hits, least=CERTAIN)
        numbers = certainly[where] = set(counted.number[hits[kept]].tolist())
        for number, group in case.unrecorded(where, counted, hits):
            (sure if number in numbers else doubtful).add(group)
    listing = holding(listed.family)
    others = frozenset(ANCHORS) - {listed.family}
    for row in rows:
        for identity in row.identities:
            if identity.kinds in listing:
                # Equal rows are one hit, at the first of them: it speaks for all.
                agrees = not others.isdisjoint(identity.kinds)
                told = agrees or row.number in certainly.get(row.where, ())
                (sure if told else doubtful).add(identity.officers)
    return frozenset(sure | doubtful), frozenset(doubtful - sure)


def _fields(matches: Sequence[Match], families: Collection[Family]) -> set[str]:
    """The roster's columns that matches of these families have met."""
    fields: set[str] = set()
    for match in matches:
        if match.field not in fields and match.family in families:
            fields.add(match.field)
    return fields


def graded(
    listed: Listed, settings: Matching, *, agreed: int, sensitive: bool, risk: bool
) -> Severity:
    """The severity of a list; `agreed`: rows in which a second family agrees, `risk`: see `improbable`."""
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


def _data(sensitive: Collection[Field]) -> list[Reason]:
    reasons = ["a column of vetting levels"] if Field.VETTING in sensitive else []
    rest = [words.PLAIN[field] for field in Field if field in sensitive and field != Field.VETTING]
    reasons += [f"beside them {words.joined(rest)}"] if rest else []
    return [Reason(Topic.DATA, reason) for reason in reasons]


def _title(listed: Listed, what: str, people: int, *, staff: bool, hidden: Piece | None) -> str:
    where = words.whereabouts(hidden)
    if staff and hidden:
        return f"Staff list{where}"
    if listed.family != Family.NAME or not people:
        return f"List of {words.several(listed.hits, what)}{where}"
    if listed.hits * 2 < listed.rows:
        return f"List of {listed.rows:,} names, {listed.hits:,} of them ours{where}"
    return f"{'Staff list' if staff else 'List'} of {words.several(people, 'officer')}{where}"


def _share(listed: Listed, what: str, pieces: Sequence[Piece]) -> Reason:
    said = words.several(listed.rows, what)
    if listed.entries > listed.rows:
        row = "row" if any(piece.columns or piece.cells for piece in pieces) else "place"
        names = what if listed.rows == 1 else words.plural(what)
        said = f"{listed.rows:,} different {names} in {words.several(listed.entries, row)}"
    return Reason(
        Topic.SHARE,
        f"{listed.hits:,} of {said}{words.sharing(listed.column, pieces)} {'is' if listed.hits == 1 else 'are'} ours, "
        f"{words.by_chance(listed.expected)}",
        frozenset({listed.family}),
    )


def _together(rows: Iterable[Row]) -> _Together:
    return Counter(
        tuple([each.kinds for each in row.identities])
        if len(row.identities) < 2
        else tuple({each.officers: each.kinds for each in row.identities}.values())
        for row in rows
    )


def _count(together: _Together, wanted: Collection[_Kinds]) -> int:
    """How many people of the rows are met in one of these kinds: a line may hold a whole list."""
    return sum(count * sum(each in wanted for each in kinds) for kinds, count in together.items())


def _beside(
    case: Case, listed: Listed, together: _Together, matches: Sequence[Match]
) -> Iterable[Reason]:
    """How many numbers and addresses belong to the person named beside them."""
    wheres = {span.where for span in listed.spans}
    for family in (Family.NUMBER, Family.MAIL):
        if listed.family not in (Family.NAME, family):
            continue
        agreed = _count(together, holding(Family.NAME, family))
        if not agreed:
            continue
        other = [
            each.rows
            for each in case.lists
            if each.family == family and wheres & {span.where for span in each.spans}
        ]
        columns = [
            c for each in case.lists for s in each.spans for c in case.pieces[s.where].columns
        ]
        what = words.identifier(family, matches, columns)
        verb = "belongs" if agreed == 1 else "belong"
        yield Reason(
            Topic.BESIDE,
            f"{words.at_least(case.dropped)}{agreed:,} of {words.several(max([agreed, *other]), what)} "
            f"{verb} to the person named beside {'it' if agreed == 1 else 'them'}",
            frozenset({family}),
        )
