"""
Titles and reasons in plain words: counts and kinds, never a value, a ref or a file name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from watcher.assess.case import Piece
from watcher.model import Family, Match, Sign, Unread
from watcher.vocabulary import Field

# What kinds of data the signs around an identifier stand for.
KINDS = {
    Sign.VETTING: Field.VETTING,
    Sign.ADDRESS: Field.ADDRESS,
    Sign.POSTCODE: Field.POSTCODE,
    Sign.PHONE: Field.PHONE,
    Sign.BIRTH: Field.BIRTH_DATE,
    Sign.VEHICLE: Field.VEHICLE,
    Sign.INSURANCE: Field.NATIONAL_INSURANCE,
    Sign.KIN: Field.NEXT_OF_KIN,
    Sign.PHOTO: Field.PHOTO,
    Sign.SECRET: Field.PASSWORD,
}
# Data that no list of names for the public would carry.
SENSITIVE = frozenset(
    {
        Field.VETTING,
        Field.ADDRESS,
        Field.POSTCODE,
        Field.PHONE,
        Field.BIRTH_DATE,
        Field.VEHICLE,
        Field.NATIONAL_INSURANCE,
        Field.NEXT_OF_KIN,
        Field.PHOTO,
    }
)
PLAIN = {
    Field.VETTING: "vetting levels",
    Field.ADDRESS: "addresses",
    Field.POSTCODE: "postcodes",
    Field.PHONE: "phone numbers",
    Field.BIRTH_DATE: "birth dates",
    Field.VEHICLE: "vehicles",
    Field.NATIONAL_INSURANCE: "national insurance numbers",
    Field.NEXT_OF_KIN: "next of kin",
    Field.PHOTO: "photos",
}
NUMBERS = {
    "pay_number": "pay number",
    "warrant_number": "warrant number",
    "collar_number": "collar number",
}
HOME = {
    Sign.ADDRESS: "an address",
    Sign.POSTCODE: "a postcode",
    Sign.PHONE: "a phone number",
    Sign.VEHICLE: "a vehicle",
    Sign.KIN: "family",
    Sign.THREAT: "a threat",
}
# Addresses of what a document keeps out of sight, and where that is for somebody who opens it.
HIDING = (
    (r"pivotcache|_sx_db_cur/", "behind a pivot table"),
    (r"externallinks/", "in the copy of a linked workbook"),
    (r"^slide .*\(hidden\)$", "on a hidden slide"),
    (r"hidden text$", "in hidden text"),
    (r"deleted text$", "in deleted text"),
    (r"field codes$", "in field codes"),
    (r"comments of the archive$", "in comments of the archive"),
    (r"comments\d{0,9}(?:\.xml|\.bin)?$", "in comments"),
    (r"notes$", "in notes"),
    (r"\(formulas\)$", "in formulas"),
    (r"\(unused\)$", "among strings that no cell shows"),
    (r"metadata$", "in metadata"),
    (r"properties$|docprops/|(?:^|/)meta\.xml$", "in the document's properties"),
    (r"deleted rows$", "in deleted rows"),
    (r"free space$", "in free space, where deleted rows are"),
)
_ORDER = {str(field): at for at, field in enumerate(Field)}


def ordered(fields: Iterable[str]) -> tuple[str, ...]:
    """Distinct fields in the order of the vocabulary, strangers' own after them."""
    return tuple(
        sorted({str(f) for f in fields if f}, key=lambda f: (_ORDER.get(f, len(_ORDER)), f))
    )


def told(fields: Iterable[str]) -> tuple[str, ...]:
    """The same without what is said more exactly: a name in parts, a number of known kind."""
    distinct = {str(field) for field in fields}
    if distinct & {Field.SURNAME, Field.FORENAME, Field.INITIALS}:
        distinct.discard(Field.NAME)
    if not distinct.isdisjoint(NUMBERS):
        distinct.discard(Field.NUMBER)
    return ordered(distinct)


def plural(word: str) -> str:
    """`name` → `names`, `mail address` → `mail addresses`."""
    return word + ("es" if word.endswith(("s", "ch")) else "s")


def several(count: int, one: str) -> str:
    """`1 name`, `9,431 names`."""
    return f"{count:,} {one if count == 1 else plural(one)}"


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def by_chance(expected: float) -> str:
    """How many of a list's matches an innocent list would have brought."""
    return "none expected by chance" if expected < 0.5 else f"about {expected:,.0f} by chance"


def at_least(dropped: int) -> str:
    """What stands before a count of records of which some were dropped."""
    return "at least " if dropped else ""


def identifier(family: Family, matches: Iterable[Match], columns: Collection[str] = ()) -> str:
    """What one identifier of a list is called: `name`, `address`, `pay number`, `number`."""
    if family == Family.NAME:
        return "name"
    if family == Family.MAIL:
        return "mail address"
    if family != Family.NUMBER:
        return f"{family} match"
    kinds = Counter(match.field for match in matches if match.family == family)
    common = kinds.most_common(2)
    alone = len(common) == 1 or (len(common) == 2 and common[1][1] * 20 < common[0][1])
    if not common:  # no record tells: the one kind that the headings know
        known = [NUMBERS[column] for column in NUMBERS if column in columns]
        return known[0] if len(known) == 1 else "number"
    return NUMBERS.get(common[0][0], "number") if alone else "number"


def sharing(column: int | None, pieces: Sequence[Piece]) -> str:
    """` with one value of column 3`; a heading is told only if it is a known one."""
    if column is None:
        return ""
    fields = next((piece.columns for piece in pieces if piece.columns), ())
    field = fields[column].replace("_", " ") if column < len(fields) else ""
    return f" with one value of {f'the {field} column' if field else f'column {column + 1}'}"


def at_risk(count: int, *, improbable: bool) -> str:
    """`3 officers of a high-risk group`."""
    said = f"{several(count, 'officer')} of a high-risk group"
    return f"{said}, far more than chance would bring" if improbable else said


def whereabouts(piece: Piece | None) -> str:
    """` in a hidden worksheet`, ` behind a pivot table`, or nothing where the piece is open to its reader."""
    if piece is None or not piece.hidden:
        return ""
    if told := _told_place(piece):
        return f" {told}"
    if within := _within(piece):
        return f" in hidden {within} of a worksheet"
    return f" in a hidden {_kind(piece)}"


def is_hidden(piece: Piece) -> str:
    """The reason that says so."""
    if told := _told_place(piece):
        return f"hidden from a reader, {told}"
    if within := _within(piece):
        return f"the {within} are hidden"
    return f"the {'sheet' if piece.cells else _kind(piece)} is hidden"


def _told_place(piece: Piece) -> str:
    """Where what no reader sees lies, by its address; "" where that says no more than hidden."""
    last = piece.where.rpartition("!/")[2].casefold()
    return next((said for sign, said in HIDING if re.search(sign, last)), "")


def _within(piece: Piece) -> str:
    """What of a sheet is hidden where not all of it is, by its address; "" otherwise."""
    kinds = ("rows", "columns", "cells")
    return next((k for k in kinds if piece.cells and piece.where.endswith(f" (hidden {k})")), "")


def _kind(piece: Piece) -> str:
    if piece.cells:
        return "worksheet"
    return "table" if piece.columns else "part"


def unread_parts(unread: Collection[Unread]) -> str:
    """`2 parts could not be read: encrypted, limit`."""
    whys = sorted({str(each.why) for each in unread})
    return f"{several(len(unread), 'part')} could not be read: {', '.join(whys)}"
