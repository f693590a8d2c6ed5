r"""
Folding, compiled: text in, one byte for each character out, its highest bit set for a capital.

By the table of `fold`. What is written as an escape (`\u00e9`, `\xe9`, `&#233;`,
`&#xe9;`, `&eacute;`, `%C3%A9`) is read: its class stands at its first character,
the rest is skipped, so that offsets stay. `\n`, `\r` and `\t` are a line's end
or a tab, unless a small letter follows (`POLICE\nsmith` is a user's name).
"""

from __future__ import annotations

import html.entities
import threading
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from matchers.people.fold import APOSTROPHE, SKIP, SPACE, table
from matchers.people.kernel.blocks import WIDTH, any_of, lowest
from matchers.people.kernel.compile import compiled, i8, inlined, inner
from matchers.people.tables import Array

BLOCK = 64  # characters that are folded at once
LONGEST_NAME = 8  # letters of the name of a character
SKIPPED = 0x200B  # a code point that is skipped
BACKSLASH, AMPERSAND, PERCENT = 92, 38, 37


class Entities(NamedTuple):
    """Names of characters (HTML 4), eight letters little-endian, sorted, and their code points."""

    name: Array  # u8
    code: Array  # u4


@lru_cache(maxsize=1)
def entities() -> Entities:
    """All of them, built once."""
    found = dict(html.entities.name2codepoint)
    found["apos"] = 0x27
    known = sorted(
        (int.from_bytes(name.encode(), "little"), code)
        for name, code in found.items()
        if len(name) <= LONGEST_NAME
    )
    return Entities(
        np.array([name for name, _ in known], dtype=np.uint64),
        np.array([code for _, code in known], dtype=np.uint32),
    )


@inlined
def _of_ascii(c: Any) -> Any:
    """As `fold.latin` says it, by arithmetic: vectors of it are six times as fast as a table."""
    folded = c
    if np.uint8(c - np.uint8(65)) < np.uint8(26):
        folded = np.uint8(c + np.uint8(160))  # 32, and the bit of capitals
    if c in (np.uint8(39), np.uint8(96)):
        folded = np.uint8(APOSTROPHE)
    if c < np.uint8(28) and c not in (np.uint8(9), np.uint8(10), np.uint8(13)):
        folded = np.uint8(SPACE)
    if c == np.uint8(127):
        folded = np.uint8(SPACE)
    return folded


@compiled
def _plain(codes: Array, found: Array) -> None:
    """The classes of ASCII."""
    for i in range(codes.size):
        found[i] = _of_ascii(codes[i])


@compiled
def _classes(codes: Array, classes: Array, found: Array) -> None:
    """The classes of code points; most are ASCII."""
    n, block = np.uint64(codes.size), np.uint64(BLOCK)
    start = np.uint64(0)  # places that cannot be negative, or there would be no vectors
    while start + block <= n:
        most = np.uint32(0)
        for i in range(block):
            most |= codes[start + i]
        if most < np.uint32(128):
            for i in range(block):
                found[start + i] = _of_ascii(np.uint8(codes[start + i]))
        else:
            for i in range(block):
                found[start + i] = classes[codes[start + i]]
        start += block
    for i in range(start, n):
        found[i] = classes[codes[i]]


@inner
def _hex(found: Array, start: int, end: int) -> int:
    """The number that these hexadecimal digits spell, −1 if they do not."""
    value = 0
    for i in range(start, end):
        c = i8(found[i]) & 0x7F
        if 48 <= c <= 57:
            value = value * 16 + c - 48
        elif 97 <= c <= 102:
            value = value * 16 + c - 87
        else:
            return -1
    return value if end > start else -1


@inner
def _decimal(found: Array, start: int, end: int) -> int:
    value = 0
    for i in range(start, end):
        c = i8(found[i])
        if not 48 <= c <= 57:
            return -1
        value = value * 10 + c - 48
    return value if end > start else -1


@inner
def _backslash(found: Array, i: int) -> tuple[int, int]:
    """Code point and length of what a backslash at `i` begins; −1: nothing."""
    n = found.size
    if i + 1 >= n:
        return -1, 0
    c = i8(found[i + 1])
    if c == 117 and i + 6 <= n:  # u
        code = _hex(found, i + 2, i + 6)
        if 0xD800 <= code < 0xDC00 and i + 12 <= n and found[i + 6] == 92 and found[i + 7] == 117:
            low = _hex(found, i + 8, i + 12)
            if 0xDC00 <= low < 0xE000:
                return 0x10000 + ((code - 0xD800) << 10) + low - 0xDC00, 12
        return code, 6
    if c == 120 and i + 4 <= n:  # x
        return _hex(found, i + 2, i + 4), 4
    if c in (110, 114, 116):  # n, r, t
        if i + 2 < n and 97 <= i8(found[i + 2]) <= 122:
            return -1, 0
        return 9 if c == 116 else 10, 2
    if c in (APOSTROPHE, 34, 47, 92):  # a quotation mark, slash or backslash is itself
        return SKIPPED, 1
    return -1, 0


@inner
def _ampersand(found: Array, i: int, names: Array, code: Array) -> tuple[int, int]:
    """Code point and length of the reference that an ampersand at `i` begins; −1: none."""
    n = found.size
    end = i + 1
    while end < n and end <= i + 9 and found[end] != 59:
        end += 1
    if end >= n or found[end] != 59 or end == i + 1:
        return -1, 0
    length = end + 1 - i
    if found[i + 1] == 35:
        if i + 2 < n and (i8(found[i + 2]) & 0x7F) == 120:
            return _hex(found, i + 3, end), length
        return _decimal(found, i + 2, end), length
    name = np.uint64(0)
    for j in range(i + 1, min(end, i + 9)):
        c = i8(found[j])
        letter = c & 0x7F if c < 0x80 else (c & 0x7F) - 32
        name |= np.uint64(letter) << np.uint64(8 * (j - i - 1))
    at = np.searchsorted(names, name)
    if at < names.size and names[at] == name:
        return i8(code[at]), length
    return -1, 0


@inner
def _percent(found: Array, i: int) -> tuple[int, int]:
    """
    Code point and length of what the percent sign at `i` begins (RFC 3986, UTF-8); −1: nothing.

    Behind a digit it is one: `50%25` is no address.
    """
    if i and 48 <= found[i - 1] <= 57:
        return -1, 0
    code = _byte(found, i)
    if code < 0x80:
        return code if code in (9, 10, 13) or code >= 32 else -1, 3
    more = 1 if code >> 5 == 6 else 2 if code >> 4 == 14 else 3 if code >> 3 == 30 else 0
    if not more:
        return -1, 0
    code &= 0x3F >> more
    for j in range(1, more + 1):
        next_one = _byte(found, i + 3 * j)
        if next_one >> 6 != 2:
            return -1, 0
        code = code << 6 | (next_one & 0x3F)
    return code, 3 * (more + 1)


@inner
def _byte(found: Array, i: int) -> int:
    """The byte that stands at `i` as a percent sign and two digits, −1 if none does."""
    if i + 3 > found.size or found[i] != PERCENT:
        return -1
    return _hex(found, i + 1, i + 3)


@compiled
def _unescape(found: Array, classes: Array, names: Array, code: Array) -> None:
    """Read escapes in place. All their characters are ASCII, which the classes keep."""
    n = i8(found.size)
    start = done = i8(0)
    while start < n:
        size = min(n - start, i8(WIDTH))
        if size == WIDTH:
            signs = any_of(found, start, BACKSLASH, AMPERSAND, PERCENT)
        else:
            signs = i8(0)
            for i in range(size):
                if found[start + i] in (BACKSLASH, AMPERSAND, PERCENT):
                    signs |= 1 << i
        while signs:
            i = start + lowest(signs)
            signs &= signs - 1
            if i < done:
                continue
            c = found[i]
            if c == BACKSLASH:
                value, length = _backslash(found, i)
            elif c == AMPERSAND:
                value, length = _ampersand(found, i, names, code)
            else:
                value, length = _percent(found, i)
            if 0 <= value < classes.size:
                found[i] = classes[value]
                for j in range(i + 1, i + length):
                    found[j] = SKIP
                done = i + length
        start += size


class _Last(threading.local):
    """
    The text that a thread folded last: several ask for the same, one after another.

    It is held, as a desk holds its last window, until the thread folds the next.
    """

    def __init__(self) -> None:
        self.text = ""
        self.classes: Array = np.empty(0, dtype=np.uint8)


_last = _Last()


def fold(text: str) -> Array:
    """
    The class of each character (u1), its highest bit set if it is a capital.

    Whoever asks for the same text again in the same thread gets the same array: nobody writes to it.
    """
    if text is not _last.text:
        _last.text, _last.classes = text, _folded(text)
    return _last.classes


def _folded(text: str) -> Array:
    found = np.empty(len(text), dtype=np.uint8)
    if text.isascii():
        _plain(np.frombuffer(text.encode("ascii"), dtype=np.uint8), found)
    else:
        # numpy's own strings are code points, and made in an eighth of the time of UTF-32
        _classes(np.array([text]).view(np.uint32), table(), found)
    if "\\" in text or "&" in text or "%" in text:
        named = entities()
        _unescape(found, table(), named.name, named.code)
    return found
