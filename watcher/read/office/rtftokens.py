"""
RTF cut into its tokens: groups, control words with their numbers, bytes, text (RTF 1.9.1, "RTF syntax").

Nothing here recurses, so groups may be as deep as they like.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import NamedTuple


class Mark(enum.Enum):
    """What a token is."""

    OPEN = enum.auto()
    CLOSE = enum.auto()
    WORD = enum.auto()
    BYTE = enum.auto()
    TEXT = enum.auto()
    BINARY = enum.auto()


class Token(NamedTuple):
    """`word` and `number` of a control word, `data` of bytes and text."""

    mark: Mark
    word: str = ""
    number: int | None = None
    data: bytes = b""


_TOKEN = re.compile(
    rb"(?P<brace>[{}])"
    rb"|\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<ends>[\r\n\0]+)"
    rb"|(?P<text>[^\\{}\r\n\0]+)"
    rb"|(?P<stray>\\)",
    re.DOTALL,
)
# Control symbols, and the words that say the same.
_SYMBOLS = {b"~": "~", b"_": "_", b"-": "-", b"*": "*", b"\r": "par", b"\n": "par", b"\t": "tab"}
_ESCAPED = (b"\\", b"{", b"}")

# Charsets of fonts (\fcharset) as code pages, as Windows numbers them.
_CHARSETS = {
    0: "cp1252", 1: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


def charset(number: int) -> str:
    """The codec of a font's charset; "" for one that says nothing."""
    return _CHARSETS.get(number, "") if number not in (0, 1) else ""


def tokens(body: bytes) -> Iterator[Token]:
    r"""The tokens, in order. What follows `\bin` is jumped over as its number says."""
    at = 0
    while found := _TOKEN.match(body, at):
        at = found.end()
        kind = found.lastgroup
        if kind == "brace":
            yield Token(Mark.OPEN if found["brace"] == b"{" else Mark.CLOSE)
        elif kind == "text":
            yield Token(Mark.TEXT, data=found["text"])
        elif kind == "byte":
            yield Token(Mark.BYTE, data=bytes.fromhex(found["byte"].decode("ascii")))
        elif kind == "symbol":
            symbol = found["symbol"]
            if symbol in _ESCAPED:
                yield Token(Mark.BYTE, data=symbol)
            elif symbol in _SYMBOLS:
                yield Token(Mark.WORD, word=_SYMBOLS[symbol])
        elif kind in ("word", "number"):
            word = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] else None
            if word == "bin" and number and number > 0:
                yield Token(Mark.BINARY, data=body[at : at + number])
                at += number
            else:
                yield Token(Mark.WORD, word=word, number=number)
