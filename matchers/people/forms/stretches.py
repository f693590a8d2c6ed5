"""
Which stretches of a text may hold records of people: the first question about notations.

Answered from marks of four bytes, of which most text has few. A mark that says
by itself that records follow is looked at by the reader of their notation.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from matchers.people.forms import aligned, cards, entries, objects, ruled, statements
from matchers.people.kernel.folding import fold
from matchers.people.kernel.hints import hints, places
from matchers.people.tables import Array

_NEAR = 8  # bytes on each side of a mark that are looked at
_TOGETHER = 300  # bytes within which two parts of one record are named
_BEFORE, _BEHIND = 1 << 12, 1 << 15  # characters around a mark in which its records are looked for

# What records call the parts of a person, each by four bytes of it, and what
# may stand before and after them: `surname`, `last_name`, `collar`, `INSERT INTO`.
# The group is what tells one part from another.
_NAMES = ("sur", "fore", "first", "last", "given", "full", "family", "display")
_HINTS: tuple[tuple[bytes, re.Pattern[bytes], re.Pattern[bytes]], ...] = tuple(
    (mark, re.compile(before), re.compile(after))
    for mark, before, after in (
        (b"name", f"({'|'.join(_NAMES)})[ _-]?$".encode(), rb""),
        (b"rank", rb"(?:^|[^a-z])()$", rb"[^a-z]"),
        (b"llar", rb"(co)$", rb""),
        (b"rant", rb"(war)$", rb"[^y]"),
        (b"roll", rb"(pay)$", rb""),
        (b"vett", rb"()", rb"ing"),
        (b'"sn"', rb"()", rb""),
        (b"payn", rb"()", rb""),
        (b"pay_", rb"()", rb"n"),
        (b"pay ", rb"()", rb"n(?:o|um)"),
        (b"vcar", rb"()", rb"d"),
        (b"\ndn:", rb"()", rb""),
        (b"nser", rb"(i)$", rb"t\s"),
        (b"plac", rb"(re)$", rb"e\s"),
    )
)
_WORDS = hints(tuple(mark for mark, _, _ in _HINTS))
# `name` is by far the most frequent: the two letters that may stand before it, and what between.
_LED = np.zeros(1 << 16, dtype=np.bool_)
_LED[[ord(name[-2]) << 8 | ord(name[-1]) for name in _NAMES]] = True
_LOW = np.uint8(0x7F)  # without the bit of capitals
_APART = np.zeros(256, dtype=np.uint8)
_APART[list(b" _-")] = 1

_Span = tuple[int, int]

# The marks that say by themselves that records follow, what lies before them
# of their word, and who knows where these begin and end.
_ALONE: tuple[tuple[Callable[[str, Sequence[int]], Iterable[_Span]], dict[bytes, int]], ...] = (
    (cards.stretches, {b"vcar": 0}),
    (entries.stretches, {b"\ndn:": -1}),
    (statements.stretches, {b"nser": 1, b"plac": 2}),
)
_NO_PARTS = frozenset(mark for _, marks in _ALONE for mark in marks)
# Who knows where a list of records ends that names its columns once.
_BEYOND = (statements.beyond, ruled.beyond, aligned.beyond, objects.beyond)


def regions(text: str) -> list[_Span]:
    """
    The stretches of whole lines, in order and apart, in which records of people may stand.

    Near two parts of a person, close together, that are called as records call
    them, and as far as a list goes on that names its columns once; and where
    what says by itself that records follow is right. Records that call nothing
    so are read as text, name by name: only that they are records is not seen.
    """
    letters = fold(text) & _LOW
    parts: list[tuple[int, bytes]] = []
    alone: dict[bytes, list[int]] = {}
    for at, mark, lead in _marks(letters):
        if mark in _NO_PARTS:
            alone.setdefault(mark, []).append(at)
        else:
            parts.append((at, lead + mark))
    spans = [
        (one[0], two[0])
        for one, two in itertools.pairwise(parts)
        if two[0] - one[0] <= _TOGETHER and one[1] != two[1]
    ]
    spans += [*statements.cut_off(text), *objects.cut_off(text)]
    if letters[:3].tobytes() == b"dn:":
        alone.setdefault(b"\ndn:", []).append(-1)
    for stretches, marks in _ALONE if alone else ():
        begins = sorted(at - back for mark, back in marks.items() for at in alone.get(mark, ()))
        spans += stretches(text, begins)
    return _joined(text, sorted(spans))


def _joined(text: str, spans: Iterable[_Span]) -> list[_Span]:
    """These with the text around them, in whole lines; those that meet as one."""
    near: list[_Span] = []
    for first, last in spans:
        if near and first - _BEFORE <= near[-1][1] + _BEHIND:
            if last > near[-1][1]:
                near[-1] = (near[-1][0], last)
        else:
            near.append((first, last))
    found: list[_Span] = []
    for first, last in near:
        start = text.rfind("\n", 0, max(0, first - _BEFORE)) + 1
        end = text.find("\n", last + _BEHIND) + 1 or len(text)
        if found and start <= found[-1][1]:
            before = found.pop()
            start, end = before[0], max(before[1], end)
        found.append(_followed(text, start, end))
    return found


def _followed(text: str, start: int, end: int) -> _Span:
    """A stretch with what is left of the list that it would cut."""
    if end == len(text):
        return start, end
    end = max(beyond(text, start, end) for beyond in _BEYOND)
    return start, text.find("\n", end - 1) + 1 or len(text)


def _marks(letters: Array) -> Iterator[tuple[int, bytes, bytes]]:
    """Where what hints at records stands, by which mark, and which part of a person it is."""
    found, which = places(letters, _WORDS)
    ends = found - 1
    ends -= _APART[letters[ends]]
    led = _LED[letters[ends - 1].astype(np.uint16) << 8 | letters[ends]]
    chosen = led | (which != 0)
    plain = letters.tobytes() if chosen.any() else b""
    for at, one in zip(found[chosen].tolist(), which[chosen].tolist(), strict=True):
        mark, before, after = _HINTS[one]
        lead = before.search(plain[max(0, at - _NEAR) : at])
        if lead and after.match(plain[at + 4 : at + 4 + _NEAR]):
            yield at, mark, lead[1]
