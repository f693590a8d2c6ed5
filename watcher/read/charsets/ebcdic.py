"""
EBCDIC told by its statistics: texts from mainframes, cp037, cp500 and cp1140.

In these bytes a space is 0x40, letters and digits stand above 0x80, and what
is a letter or a space in ASCII hardly comes. No other text looks so: in the
code pages of Windows and ISO, and in East Asian ones, words stand between
bytes 0x20. IBM, Character Data Representation Architecture, CPGID 00037,
00500, 01140.
"""

from __future__ import annotations

LEAST = 24  # bytes that show it

_LETTERS = bytes(
    (
        *(*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA)),
        *(*range(0xC1, 0xCA), *range(0xD1, 0xDA), *range(0xE2, 0xEA)),
        *range(0xF0, 0xFA),
    )
)
_SPACE = b"\x40"
# NEL, LF, CR, TAB; . < ( + & ! $ * ) ; - / , % _ > ? : # @ ' = "
_MARKS = bytes((0x15, 0x25, 0x0D, 0x05)) + bytes.fromhex(
    "4b4c4d4e505a5b5c5d5e60616b6c6d6e6f7a7b7c7d7e7f"
)
_FOREIGN = bytes((0x20, 0x0A, 0x22, 0x2C, 0x65, 0x61))  # space, LF, quote, comma, e, a of ASCII


def _without(data: bytes, some: bytes) -> int:
    return len(data) - len(data.translate(None, some))


def codec(head: bytes) -> str:
    """The code page of a text that begins so, "" where it is no EBCDIC."""
    if len(head) < LEAST or not is_text(head):
        return ""
    # They differ in few signs. Brackets come in pairs: 4A and 5A in one, BA and BB in the other.
    opened, closed = head.count(0x4A), head.count(0x5A)
    return "cp500" if opened and abs(opened - closed) * 4 <= opened else "cp1140"


def is_text(data: bytes) -> bool:
    """Whether these bytes are text in EBCDIC."""
    size = len(data)
    letters = _without(data, _LETTERS)
    blank = data.count(_SPACE)
    between = _without(data, _SPACE + _MARKS)
    return (
        letters * 10 >= min(size * 4, (size - blank) * 7)  # records of fixed width are mostly blank
        and letters * 20 >= size
        and (letters + between) * 100 >= size * 94
        and between * 50 >= size
        and _without(data, _FOREIGN) * 50 <= size
        and len(set(data)) >= min(8, size // 4)
    )


def goes_on(window: bytes) -> bool:
    """Whether a text in EBCDIC goes on with these bytes: fields of it may be blank."""
    size = len(window)
    return size < 2 * LEAST or is_text(window) or window.count(_SPACE) * 2 > size
