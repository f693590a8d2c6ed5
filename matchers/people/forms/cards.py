"""
vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350): one card, one row.

The parts of N get columns of their own; a card that is not closed ends where
the next one begins.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator

from matchers.people.forms.entries import decoded
from matchers.people.forms.found import Builder, Found, Path, Source

LONGEST = 1 << 18  # characters of a card: portraits stand in it
VALUE = 4000  # characters of a value that are told
EDGE = 80  # characters of the line before the word in its first or last line

_EDGE = re.compile(r"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_SOFT = re.compile(r"=[ \t]*\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r"\s*(?:[A-Za-z0-9-]{1,40}\.)?([A-Za-z][A-Za-z0-9-]{0,40})((?:;(?:\"[^\"]{0,200}\"|[^:\";]){0,300})*):(.*)"
)
_CHARSET = re.compile(r"CHARSET=\"?([\w-]{1,40})", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([nN\\,;:])")
_PARTS = re.compile(r"(?<!\\);")
_NAME = ("surname", "forename", "middle names", "title", "honours")
# What a property is called where headings are understood.
_CALLED = {
    "FN": "full name",
    "NICKNAME": "known as",
    "EMAIL": "email",
    "TEL": "phone",
    "ADR": "address",
    "LABEL": "address line 1",
    "BDAY": "date of birth",
    "TITLE": "job title",
    "ROLE": "role",
    "ORG": "department",
    "NOTE": "note",
    "PHOTO": "photo",
    "GENDER": "gender",
    "CATEGORIES": "categories",
    "URL": "url",
}
_POSTCODE = 5  # the place of the code among the parts of ADR


def find(source: Source) -> Iterator[Found]:
    """One table of the cards."""
    if b"vcar" not in source.marks:
        return
    text = source.text
    builder = Builder()
    start = inside = -1
    for edge in _EDGE.finditer(text):
        if start >= 0:
            _add(builder, text, start, inside, edge)
        start, inside = (edge.start(), edge.end()) if edge[1].upper() == "BEGIN" else (-1, -1)
    if 0 <= start < source.whole:
        _add(builder, text, start, inside, None)
    yield from builder.found()


def stretches(text: str, marks: Iterable[int]) -> list[tuple[int, int]]:
    """Where the cards stand whose edges hold these marks."""
    found: list[tuple[int, int]] = []
    start = -1
    for at in marks:
        line = text.rfind("\n", max(0, at - EDGE), at) + 1
        edge = _EDGE.match(text, line) if at - line <= EDGE else None
        if edge is None:
            continue
        if start >= 0:
            found.append((start, min(edge.end(), start + LONGEST)))
        start = edge.start() if edge[1].upper() == "BEGIN" else -1
    if start >= 0:
        found.append((start, min(len(text), start + LONGEST)))
    return found


def _add(builder: Builder, text: str, start: int, inside: int, edge: re.Match[str] | None) -> None:
    last = edge.start() if edge else len(text)
    end = edge.end() if edge and edge[1].upper() == "END" else last
    if fields := _fields(text[inside : min(last, inside + LONGEST)]):
        builder.add(start, end, fields)


def _fields(card: str) -> dict[Path, str]:
    fields: dict[Path, str] = {}

    def put(name: str, value: str) -> None:
        if value := value.strip()[:VALUE]:
            place = (name,)
            fields[place] = f"{fields[place]} ; {value}" if fields.get(place) else value

    for name in (*_NAME, "full name", "department", "job title", "email", "phone"):
        fields[(name,)] = ""
    if "quoted-printable" in card.lower():
        card = _SOFT.sub("", card)
    for line in _FOLD.sub("", card).split("\n"):
        match = _LINE.match(line)
        if match is None:
            continue
        name, terms, value = match[1].upper(), match[2].upper(), match[3].strip()
        if name in ("PHOTO", "LOGO", "SOUND", "KEY"):
            put(_CALLED.get(name, name.lower()), "…" if value else "")
            continue
        value = _decoded(value, terms)
        if name == "N":
            for part, said in zip(_NAME, _PARTS.split(value), strict=False):
                put(part, _plain(said))
        elif name == "ADR":
            parts = [_plain(part) for part in _PARTS.split(value)]
            put("postcode", "".join(parts[_POSTCODE : _POSTCODE + 1]))
            put("address", ", ".join(filter(None, parts)))
        elif name not in ("VERSION", "PRODID", "REV", "UID"):
            said = " ; ".join(filter(None, map(_plain, _PARTS.split(value))))
            put(_CALLED.get(name, name.lower().removeprefix("x-")), said)
    return fields if any(fields.values()) else {}


def _decoded(value: str, terms: str) -> str:
    if "QUOTED-PRINTABLE" in terms:
        charset = _CHARSET.search(terms)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            return raw.decode(charset[1] if charset else "utf-8", "replace")
        except LookupError:
            return raw.decode("utf-8", "replace")
    if "ENCODING=B" in terms or "BASE64" in terms:
        return decoded(value)
    return value


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value).strip()
