"""
LDIF (RFC 2849): the entries of a directory.

An entry begins with its `dn`, and ends at an empty line or where the next one
begins. Folded lines are joined, `::` values decoded from base64. Display names
such as `SMITH, John (Unit)` stay in one cell.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from matchers.people.forms.found import Builder, Found, Path, Source

LONGEST = 1 << 16  # characters of an entry
VALUE = 4000  # characters of a value that are told

_BEGINS = re.compile(r"^dn::?", re.IGNORECASE | re.MULTILINE)
_ENDS = re.compile(r"\n[ \t]*\r?\n|\Z")
_FOLD = re.compile(r"\r?\n ")
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,63})(?:;[A-Za-z0-9;-]{1,60})?:(:|<)?[ \t]*(.*)")
# What an entry is to a directory says nothing about the person.
_DROPPED = frozenset(
    """
    objectclass changetype version control objectguid objectsid ntsecuritydescriptor
    useraccountcontrol msexchmailboxguid usnchanged usncreated whencreated whenchanged instancetype
    """.split()  # noqa: SIM905  # reads better than quoted words
)

# What means something in a directory only.
_CALLED = {
    "sn": "surname",
    "cn": "common name",
    "title": "job title",
    "l": "town",
    "ou": "department",
}


def find(source: Source) -> Iterator[Found]:
    """One table of the entries, or several where they are of several kinds."""
    if b"\ndn:" not in source.marks and not source.low.startswith(b"dn:"):
        return
    text = source.text
    builder = Builder()
    begins = [match.start() for match in _BEGINS.finditer(text)]
    for start, following in pairwise((*begins, len(text))):
        last = min(following, start + LONGEST)
        ended = _ENDS.search(text, start, last)
        end = ended.start() if ended else last
        if end == len(text) and start >= source.whole:
            break  # the next window has all of it
        fields = _fields(text[start:end])
        if len(fields) > 1:
            builder.add(start, end, fields)
    yield from builder.found()


def stretches(text: str, marks: Sequence[int]) -> list[tuple[int, int]]:
    """Where the entries stand before which the line ends at these marks."""
    found = []
    for start, following in pairwise((*marks, len(text))):
        last = min(following, start + LONGEST)
        blank = text.find("\n\n", start + 1, last)
        found.append((start, blank if blank >= 0 else last))
    return found


def _fields(entry: str) -> dict[Path, str]:
    fields: dict[Path, str] = {}
    for line in _FOLD.sub("", entry).split("\n"):
        match = _LINE.match(line)
        if match is None or match[1].lower() in _DROPPED:
            continue
        value = match[3].strip()[:VALUE]
        if match[2]:
            value = decoded(value) if match[2] == ":" else ""
        place = (_CALLED.get(match[1].lower(), match[1]),)
        fields[place] = f"{fields[place]} ; {value}" if place in fields else value
    return fields


def decoded(value: str) -> str:
    """The text of a base64 value; a mark that there was something if it is no text."""
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, ValueError):
        return "…"
