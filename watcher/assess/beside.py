"""
What stands beside a person in a row, and whether a published page shows all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from watcher.assess import words
from watcher.assess.case import Case, Row
from watcher.assess.identity import Identity
from watcher.model import Sign

# Where the record itself speaks of police.
CONTEXT = frozenset({Sign.POLICE, Sign.FORCE})


def apart(
    case: Case, people: Collection[frozenset[int]], published: Collection[str]
) -> dict[frozenset[int], tuple[Row, bool]]:
    """
    By which row each of these people is told, and whether that is a published one.

    Where the same people stand elsewhere with anything more beside them they
    are told by that. A second reading of a page is no such place unless it
    shows more. Those whom no published piece shows are left out.
    """
    there: dict[frozenset[int], Row] = {}
    visible: dict[frozenset[int], set[str]] = {}
    elsewhere: dict[frozenset[int], list[tuple[Row, frozenset[str]]]] = {}
    for row in case.rows():
        for identity in row.identities:
            officers = identity.officers
            if officers not in people or not identity.paired:
                continue
            beside = fields_of([(row, identity)]) | (row.signs - CONTEXT)
            if row.where in published:
                there.setdefault(officers, row)
                visible.setdefault(officers, set()).update(beside)
            else:
                elsewhere.setdefault(officers, []).append((row, beside))
    found: dict[frozenset[int], tuple[Row, bool]] = {}
    for officers, shown in there.items():
        more = [
            row
            for row, beside in elsewhere.get(officers, ())
            if beside - visible[officers] or not case.pieces[row.where].echo
        ]
        found[officers] = (more[0], False) if more else (shown, True)
    return found


def fields_of(found: Iterable[tuple[Row, Identity]]) -> frozenset[str]:
    """The identifiers that agree, and the kinds of data in their rows."""
    fields: set[str] = set()
    signs: set[frozenset[Sign]] = set()
    for row, identity in found:
        signs.add(row.signs)
        for match in row.matches:
            if match.field not in fields and match.family in identity.kinds:
                fields.add(match.field)
    shown = frozenset[Sign]().union(*signs)
    return frozenset(fields | {words.KINDS[sign] for sign in shown if sign in words.KINDS})
