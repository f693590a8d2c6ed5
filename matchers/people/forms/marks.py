"""
Which of a few marks a text holds: the first question, asked of every text.

Two or four bytes, so that a whole text is compared eight bytes at a time; a
search for each word would take longer than all that follows.
"""

from __future__ import annotations

import itertools
import re

import numpy as np

from matchers.people.kernel.folding import fold
from matchers.people.kernel.hints import hints, places

# Of `\ndn:` (LDIF), `vcard`, `values` (SQL), `stdin` (COPY), and the ends of `officer`, `employee`.
WORDS = (b"\ndn:", b"vcar", b"lues", b"stdi", b"name", b"icer", b"oyee")
SIGNS = (b"],", b"</", b'="', b"='", b"),")
SMALL = 1 << 14  # bytes up to which plain searches are quicker


def present(low: bytes) -> frozenset[bytes]:
    """Those of WORDS and SIGNS that stand anywhere in these bytes."""
    if len(low) <= SMALL:
        return frozenset(mark for mark in (*WORDS, *SIGNS) if mark in low)
    found: set[bytes] = set()
    for marks, size, kind in ((WORDS, 4, "<u4"), (SIGNS, 2, "<u2")):
        left = {mark: int.from_bytes(mark, "little") for mark in marks}
        for offset in range(size):
            view = np.frombuffer(low, dtype=kind, offset=offset, count=(len(low) - offset) // size)
            for mark, number in list(left.items()):
                if (view == number).any():
                    found.add(mark)
                    del left[mark]
    return frozenset(found)


# What records call the parts of a person, each by four bytes of it, and what
# may stand before and after them: `surname`, `last_name`, `collar`, `INSERT INTO`.
_HINTS: tuple[tuple[bytes, re.Pattern[bytes], re.Pattern[bytes]], ...] = (
    (
        b"name",
        re.compile(rb"(?:sur|fore|first|last|given|full|family|display)[ _-]?$"),
        re.compile(rb""),
    ),
    (b"rank", re.compile(rb"(?:^|[^a-z])$"), re.compile(rb"[^a-z]")),
    (b"llar", re.compile(rb"co$"), re.compile(rb"")),
    (b"rant", re.compile(rb"war$"), re.compile(rb"[^y]")),
    (b"roll", re.compile(rb"pay$"), re.compile(rb"")),
    (b"vett", re.compile(rb""), re.compile(rb"ing")),
    (b"vcar", re.compile(rb""), re.compile(rb"d")),
    (b"\ndn:", re.compile(rb""), re.compile(rb"")),
    (b"nser", re.compile(rb"i$"), re.compile(rb"t into")),
    (b'"sn"', re.compile(rb""), re.compile(rb"")),
    (b"payn", re.compile(rb""), re.compile(rb"")),
    (b"pay_", re.compile(rb""), re.compile(rb"n")),
    (b"pay ", re.compile(rb""), re.compile(rb"n(?:o|um)")),
)
_NEAR = 8  # bytes on each side of a mark that are looked at
_TOGETHER = 300  # bytes within which two parts of one record are named
_LOW = np.uint8(0x7F)  # without the bit of capitals
_ALONE = frozenset({b"vcar", b"\ndn:", b"nser"})  # say by themselves that records follow
_BEFORE, _BEHIND = 1 << 12, 1 << 15  # characters around a mark in which its records are looked for


def regions(text: str) -> list[tuple[int, int]]:
    """
    The stretches of whole lines, in order and apart, in which records of people may stand.

    Near two things, close together, that are called as records call them; and
    everything after what says by itself that records follow. Records that call
    nothing so are read as text, name by name: only that they are records is not
    seen.
    """
    low = fold(text) & _LOW
    plain = low.tobytes()
    found: list[tuple[int, bytes]] = []
    spans: list[tuple[int, int]] = []
    for at, which in zip(*(each.tolist() for each in places(low, _WORDS)), strict=True):
        mark, before, after = _HINTS[which]
        lead = before.search(plain[max(0, at - _NEAR) : at])
        if lead and after.match(plain[at + 4 : at + 4 + _NEAR]):
            if mark in _ALONE:
                spans.append((at, len(text)))
                break
            found.append((at, lead.group() + mark))
    found.sort()
    spans += [
        (one[0], two[0])
        for one, two in itertools.pairwise(found)
        if two[0] - one[0] <= _TOGETHER and one[1] != two[1]
    ]
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        start = text.rfind("\n", 0, max(0, first - _BEFORE)) + 1
        end = text.find("\n", last + _BEHIND) + 1 or len(text)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


_WORDS = hints(tuple(mark for mark, _, _ in _HINTS))
