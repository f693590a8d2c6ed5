"""
How one document was judged: the same steps as `assess`, with every number kept.

For the operator who asks why a document is what it is, or why it is nothing.
Counts, places and kinds only, as in a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from watcher.assess import shown, words
from watcher.assess.beside import CONTEXT
from watcher.assess.case import Case
from watcher.assess.otherwise import law, otherwise
from watcher.assess.persons import named
from watcher.assess.places import extent
from watcher.config.settings import Matching
from watcher.model import Officer, Severity, Tally, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """
    One piece of the document that was read.

    `kind`: text or table; `size` in characters; `rows`: rows or lines;
    `hidden`: its reader would not have seen it; `again`: a second reading of
    the same bytes.
    """

    where: str
    kind: str
    size: int
    rows: int
    hidden: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """
    One list that was weighed. `what`: what one of its identifiers is called.

    `distinct` identifiers stand in `entries` rows; `ours` of them are
    enrolled, `expected` would be by chance; `bits` is the score, after the
    price of all that was tried. `whole`: it is all of a list, not a run of its
    rows; `column` (1-based): its rows share a value of this column.
    """

    what: str
    places: tuple[str, ...]
    distinct: int
    entries: int
    ours: int
    expected: float
    bits: float
    whole: bool = True
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """
    The records with two kinds of identifier.

    `tried`: all of them, ours or not; `agreeing`: those in which two point to
    one officer; `police`: those of them where police is spoken of; `sure`: the
    officers of whom that is no accident; `least`: the number of accidents that
    the least likely one lets expect in the document, None if there is none.
    """

    tried: int
    agreeing: int
    police: int
    sure: int
    least: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One thing that the document shows, with the rule that gave it its severity."""

    severity: Severity
    rule: str
    title: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    How a document was judged.

    `rules`: the strongest first, after which the finding is named, or empty;
    `told` and `grave`: bits from which a list is told, and from which
    it may be critical; `hushed`: mentions of public officers left out.
    """

    parts: tuple[PartRead, ...]
    lists: tuple[Weighed, ...]
    records: Records
    context: tuple[str, ...]
    rules: tuple[Ruled, ...]
    otherwise: tuple[str, ...]
    unread: tuple[Unread, ...]
    hushed: int
    told: float
    grave: float


def explain(
    tally: Tally,
    *,
    officers: Sequence[Officer],
    settings: Matching,
    parts: Sequence[PartRead] = (),
    unread: Sequence[Unread] = (),
    leak_listing: bool = False,
    published: Collection[str] = (),
    name: str = "",
) -> Explanation:
    """How `assess`, given the same, comes to its finding."""
    case = Case.of(tally, officers)
    signals = shown.signals(
        case,
        settings=settings,
        unread=unread,
        leak_listing=leak_listing,
        published=published,
        name=name,
    )
    lists = _lists(case)
    records = _records(case)
    return Explanation(
        parts=tuple(parts),
        lists=lists,
        records=records,
        context=tuple(sorted(str(sign) for sign in case.signs())),
        rules=tuple(
            Ruled(severity=each.severity, rule=each.rule, title=each.title, law=law(each, settings))
            for each in signals
        ),
        otherwise=otherwise(
            signals,
            settings=settings,
            most=max((each.bits for each in lists), default=None),
            least=records.least,
            unread=unread,
        ),
        unread=tuple(unread),
        hushed=case.hushed,
        told=settings.names_bits,
        grave=settings.list_bits,
    )


def _lists(case: Case) -> tuple[Weighed, ...]:
    found = []
    for listed in case.lists:
        matches = [match for row in case.rows_of(listed) for match in row.matches]
        found.append(
            Weighed(
                what=words.identifier(listed.family, matches),
                places=tuple(
                    extent(case.pieces[span.where], span.first, span.last, heading=listed.whole)
                    for span in listed.spans
                    if span.where in case.pieces
                ),
                distinct=listed.rows,
                entries=listed.entries,
                ours=listed.hits,
                expected=listed.expected,
                bits=listed.bits,
                whole=listed.whole,
                column=None if listed.column is None else listed.column + 1,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.bits, each.what, each.places)))


def _records(case: Case) -> Records:
    agreeing = [row for row in case.rows() if any(each.paired for each in row.identities)]
    people = named(case)
    return Records(
        tried=case.tried,
        agreeing=len(agreeing),
        police=sum(not row.signs.isdisjoint(CONTEXT) for row in agreeing),
        sure=sum(each.sure for each in people),
        least=min((each.chance for each in people), default=None),
    )
