"""
What a document shows besides enrolled people: a staff list's shape, suppliers, secrets, gaps.

These hold even where nobody in the document is enrolled: the roster may be
stale, or the people another force's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from watcher.assess import words
from watcher.assess.beside import CONTEXT
from watcher.assess.case import Case, Piece, Row
from watcher.assess.identity import Identity
from watcher.assess.places import extent, places_of
from watcher.assess.signal import Reason, Signal, Topic, raised
from watcher.model import Family, Severity, Sign, Unread, Why
from watcher.vocabulary import Field, police_words

# What a reader of the document could have read and we could not. A picture or
# a broken member counts only where its name promises people.
OPAQUE = frozenset({Why.ENCRYPTED, Why.LIMIT, Why.SIZE, Why.IMAGE_ONLY, Why.LOST})
# Numbers that nobody but police has, and rows that speak of police, from which
# on a table is about them.
POLICE_COLUMNS = frozenset({Field.WARRANT_NUMBER, Field.COLLAR_NUMBER})
SPOKEN = 5
NAMED = 5  # suppliers that a reason names
SHARE = 0.3  # of them: one or two departments of a cleaning firm may be called after the police
_WORD = re.compile(r"[a-z]+")
_PEOPLE = re.compile(
    r"staff|personnel|payroll|roster|nominal.{0,2}roll|officers|warrant.{0,2}card", re.I
)


def context_signals(
    case: Case, unread: Sequence[Unread], *, leak_listing: bool, name: str = ""
) -> Iterable[Signal]:
    """All signals that need no enrolled person. `name`: what the document's file is called."""
    yield from _structures(case, name)
    yield from _suppliers(case, leak_listing=leak_listing)
    yield from _secrets(case)
    yield from _unread(case, unread, name)
    yield from _mentions(case)


def _is_of_police(piece: Piece, name: str) -> bool:
    """
    Whether a table is about police: more than a word of it somewhere in a cell.

    Its headings or title say so, or what it is called, or rows enough do.
    """
    if Sign.POLICE_TABLE in piece.signs or not POLICE_COLUMNS.isdisjoint(piece.columns):
        return True
    words_of = _WORD.findall(f"{name} {piece.where}".casefold())
    if not police_words.isdisjoint(words_of):
        return True
    spoken = {row.number for row in piece.rows if not row.signs.isdisjoint(CONTEXT)}
    return len(spoken) >= max(SPOKEN, SHARE * len(piece.rows))


def _structures(case: Case, name: str) -> Iterable[Signal]:
    force = Sign.FORCE in case.signs()
    for piece in case.pieces.values():
        shapes = []
        if Sign.STAFF_LIST in piece.signs:
            shapes.append(Reason(Topic.SHAPE, "headings of a staff list"))
        if Sign.VETTING in piece.signs:
            shapes.append(Reason(Topic.DATA, "a column of vetting levels"))
        crimes = Sign.CRIME_REPORTS in piece.signs
        if crimes:
            shapes.insert(
                0, Reason(Topic.SHAPE, "people of crime reports and what is known of each")
            )
        # Who hides victims need not say police besides: the crimes' numbers are theirs alone.
        of_police = force or _is_of_police(piece, name)
        if not shapes or not (of_police or (crimes and piece.hidden)):
            continue
        yield Signal(
            severity=raised(Severity.MEDIUM, hidden=piece.hidden),
            rule="structure",
            title=_shape(piece) + words.whereabouts(piece),
            reasons=(
                *shapes,
                *([Reason(Topic.CONTEXT, "police is spoken of")] if of_police else []),
                *([Reason(Topic.HIDDEN, words.is_hidden(piece))] if piece.hidden else []),
            ),
            rows=piece.people,
            fields=frozenset(
                {*piece.columns, *(words.KINDS[s] for s in piece.signs if s in words.KINDS)}
            ),
            places=_whole(piece),
        )


def _shape(piece: Piece) -> str:
    if Sign.CRIME_REPORTS in piece.signs:
        return "Victims, witnesses or suspects of crime reports"
    staff = Sign.STAFF_LIST in piece.signs
    return "Table shaped like a staff list" if staff else "Column of vetting levels"


def _suppliers(case: Case, *, leak_listing: bool) -> Iterable[Signal]:
    rows = [row for row in case.rows() if any(m.family == Family.SUPPLIER for m in row.matches)]
    if rows:
        files = any(Sign.STAFF_FILES in case.pieces[row.where].signs for row in rows)
        out = any(Sign.PUBLISHED in row.signs for row in rows)
        listed = "Supplier named on a leak listing"
        listed += " that lists files of staff" if files else ""
        listed += " that says its data is published" if out and not files else ""
        met = [m for row in rows for m in row.matches if m.family == Family.SUPPLIER]
        called = frozenset(m.called for m in met if m.called)
        named = f"names {_few(called)}" if called else "a watched supplier is named"
        named += ", with files or folders called after staff or cards" if files else ""
        named += ", and its data is said to be published" if out else ""
        yield Signal(
            severity=(Severity.HIGH if files or out else Severity.MEDIUM)
            if leak_listing
            else Severity.INFO,
            rule="supplier",
            title=listed if leak_listing else "Supplier named",
            reasons=(Reason(Topic.OTHER, named),),
            rows=len(rows),
            bits=max(m.bits for m in met),
            places=places_of(case.pieces, rows),
            suppliers=frozenset(m.supplier for m in met if m.supplier),
            called=called,
        )


def _few(names: Collection[str]) -> str:
    """The first of these names in the order of the alphabet, and how many are left."""
    told = ", ".join(sorted(names)[:NAMED])
    return f"{told} and {len(names) - NAMED:,} more" if len(names) > NAMED else told


def _secrets(case: Case) -> Iterable[Signal]:
    beside = [row for row in case.rows() if Sign.SECRET in row.signs]
    enrolled = [
        (row, identity)
        for row in beside
        for identity in row.identities
        if _is_address(row, identity)
    ]
    if enrolled:
        rows = [row for row, _ in enrolled]
        people = frozenset(identity.officers for _, identity in enrolled)
        one = len(people) == 1
        hidden = [piece for row in rows if (piece := case.pieces[row.where]).hidden]
        yield Signal(
            severity=raised(Severity.HIGH, hidden=bool(hidden)),
            rule="secret",
            title="Officer's mail address with a password beside it"
            if one
            else f"{len(people):,} officers' mail addresses with passwords beside them",
            reasons=(
                Reason(
                    Topic.DATA,
                    f"a password stands beside {words.several(len(people), 'enrolled mail address')}",
                ),
                *(Reason(Topic.HIDDEN, words.is_hidden(piece)) for piece in hidden[:1]),
            ),
            people=people,
            rows=len({(row.where, row.number) for row in rows}),
            fields=frozenset({Field.EMAIL, Field.PASSWORD}),
            places=places_of(case.pieces, rows),
        )
    strangers = [
        row
        for row in beside
        if Sign.FORCE in row.signs and not any(_is_address(row, each) for each in row.identities)
    ]
    if strangers:
        yield Signal(
            severity=Severity.MEDIUM,
            rule="secret",
            title="Address at a watched domain with a password beside it",
            reasons=(
                Reason(
                    Topic.OTHER,
                    f"passwords beside addresses at a watched domain, not enrolled, in {words.several(len(strangers), 'row')}",
                ),
            ),
            rows=len(strangers),
            fields=frozenset({Field.EMAIL, Field.PASSWORD}),
            places=places_of(case.pieces, strangers),
        )


def _is_address(row: Row, identity: Identity) -> bool:
    """Whether these people's address stands in the row: `4471@` of their force is theirs as well."""
    return Family.MAIL in identity.kinds or (
        Family.NUMBER in identity.kinds and Sign.MAILBOX in row.signs
    )


def _unread(case: Case, unread: Sequence[Unread], name: str) -> Iterable[Signal]:
    reasons = []
    signs = case.signs()
    if Sign.FORCE in signs:
        reasons.append("the document names the force or a watched domain")
    if any(m.family == Family.SUPPLIER for row in case.rows() for m in row.matches):
        reasons.append("the document names a watched supplier")
    if Sign.STAFF_LIST in signs:
        reasons.append("the document has headings of a staff list")
    if any(_PEOPLE.search(each) for each in (name, *case.pieces)):
        reasons.append("the name of the document, or of a part of it, promises a staff list")
    promising = [each for each in unread if _PEOPLE.search(each.where)]
    gaps = [each for each in unread if each.why in OPAQUE] if reasons else []
    if promising:
        reasons.append("the name of what could not be read promises a staff list")
    parts = list(dict.fromkeys([*gaps, *promising]))
    if parts:
        yield Signal(
            severity=Severity.MEDIUM,
            rule="unread",
            title="Part that could not be read, in a document that may concern the force",
            reasons=tuple(Reason(Topic.OTHER, reason) for reason in reasons),
            places=tuple(sorted({each.where for each in parts if each.where})),
        )


def _mentions(case: Case) -> Iterable[Signal]:
    enrolled = [
        (row, identity)
        for row in case.rows()
        for identity in row.identities
        if _is_address(row, identity)
    ]
    at_domain = [row for row in case.rows() if Sign.FORCE in row.signs]
    rows = [row for row, _ in enrolled] + at_domain
    alone = {  # addresses of which only a list tells
        group
        for (where, family), counted in case.counted.items()
        if family == Family.MAIL and counted.hits
        for _, group in case.unrecorded(where, counted, counted.within(0, counted.last))
    }
    if rows or alone or Sign.FORCE in case.signs():
        yield Signal(
            severity=Severity.INFO,
            rule="mention",
            title="Mail address of an officer" if enrolled or alone else "Watched domain mentioned",
            reasons=(
                Reason(
                    Topic.OTHER,
                    "an enrolled mail address"
                    if enrolled or alone
                    else "a watched domain or an address at one",
                ),
            ),
            people=frozenset(identity.officers for _, identity in enrolled) | alone,
            rows=len({(row.where, row.number) for row in rows}) + len(alone),
            fields=frozenset({Field.EMAIL} if enrolled or alone else ()),
            places=places_of(case.pieces, rows),
        )


def _whole(piece: Piece) -> tuple[str, ...]:
    if piece.last:
        return (extent(piece, piece.first, piece.last, heading=True),)
    return (piece.where,) if piece.where else ()
