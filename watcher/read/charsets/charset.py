"""
Bytes → text, by a ladder in which each rung is sure of itself.

    byte order mark → the pattern of NULs (UTF-16, UTF-32) → the statistics of EBCDIC
    → strict UTF-8, and UTF-7 in it where it is declared → the declared charset, if it is a usual one → Windows-1252

Dumps are put together from many hands, so the lower rungs are climbed again
for each block of lines, and line by line where a block is no UTF-8. A
detector that guesses is wrong on short names with an accent: none is used.
Where a body turns into something else on its way, so does the ladder (`turns`).
"""

from __future__ import annotations

import codecs
import re

from watcher.read.charsets import seven
from watcher.read.charsets.turns import EBCDIC, LINES, NOTHING, Turns, opening, patterned

__all__ = [
    "ALLOWED",
    "BLOCK",
    "MARKS",
    "Decoder",
    "allowed",
    "declared_inside",
    "marked",
    "patterned",
]

BLOCK = 1 << 20  # bytes without a line end that are decoded together at most

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Charsets that a header may declare. All hold ASCII as it is, so that lines can be cut first.
ALLOWED = frozenset(
    codecs.lookup(name).name
    for name in (
        *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
        *(f"cp{number}" for number in (437, 850, 852, 866, 874, *range(1250, 1259))),
        *("koi8-r", "koi8-u", "mac-roman", "shift_jis", "cp932", "euc-jp", "euc-kr", "cp949"),
        *("gb2312", "gbk", "gb18030", "big5", "tis-620"),
    )
)

# The WHATWG reading of Windows-1252: its five holes are C1 controls, so no byte is refused.
WINDOWS = "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in range(256))

# Unicode's mandatory breaks (UAX #14) that stand for a line feed in some systems' files.
_OTHER_ENDS = ("\x85", "\u2028", "\u2029")
_ENOUGH = 1 << 12  # characters that tell for themselves how their lines end

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_:.-]{1,40})""")


def marked(head: bytes) -> tuple[str, int]:
    """The charset that a byte order mark names and the mark's length; ("", 0) without one."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, len(mark)
    return "", 0


def allowed(name: str) -> str:
    """The codec of a declared charset, "" where it is unknown, unusual or says no more than UTF-8."""
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return codec if codec in ALLOWED else ""


def declared_inside(head: bytes) -> str:
    """The charset that a page or XML file declares in its first kilobyte, if it is allowed."""
    if head.lstrip()[:1] != b"<":
        return ""
    found = _DECLARED.search(head[:1024])
    return allowed(found[1].decode("ascii")) if found else ""


def _ends_otherwise(text: str, *, fewest: int) -> bool:
    """Whether lines end with one of the other marks, and hardly ever with a line feed."""
    marks = sum(map(text.count, _OTHER_ENDS)) if not text.isascii() else 0
    marks += text.count("\r")
    return marks >= fewest and marks > 10 * text.count("\n")


def _windows(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", WINDOWS)[0]


class Decoder:
    """
    Text out of bytes that arrive in pieces. Never fails; a mark is not text.

    `head` is the beginning of what will be fed, or all of it. Where lines end
    with CR, NEL, U+2028 or U+2029 instead of a line feed, these are given as
    line feeds, one for one. `foreign`: some of the bytes were no text; in
    their place is a line end.
    """

    def __init__(self, head: bytes, declared: str = "") -> None:
        name, self._skip = marked(head)
        kind = name or opening(head)
        kind = kind if kind.startswith(("utf-16", "utf-32", *EBCDIC)) else LINES
        self._seven = seven.declared(declared) or seven.inside(head)
        self._declared = allowed(declared) or declared_inside(head)
        self._rest = b""
        self._turns = Turns(kind)
        self._kind = LINES
        self._wide: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-16-le")("replace")
        self._begun = True
        sample = head[self._skip :]
        self._other = _ends_otherwise(
            sample.decode(kind, "replace") if kind else self._decoded(sample), fewest=1
        )

    @property
    def foreign(self) -> bool:
        """Whether something that is no text was met so far."""
        return self._turns.foreign

    def feed(self, data: bytes) -> str:
        """The text that is complete so far."""
        if self._skip:
            cut = min(self._skip, len(data))
            data, self._skip = data[cut:], self._skip - cut
        return self._text(data, last=False)

    def finish(self) -> str:
        """What is left at the end."""
        return self._text(b"", last=True)

    def _text(self, data: bytes, *, last: bool) -> str:
        texts: list[str] = []
        for kind, run in self._turns.feed(data, last=last):
            if kind != self._kind:
                texts.append(self._ended())
                self._turn(kind)
            texts.append(self._run(run))
        if last:
            texts.append(self._ended())
        return self._even("".join(texts))

    def _turn(self, kind: str) -> None:
        self._kind = kind
        self._begun = kind in (LINES, NOTHING)
        if not self._begun:
            self._wide = codecs.getincrementaldecoder(kind)("replace")

    def _run(self, data: bytes) -> str:
        if self._kind == LINES:
            return self._lines(data)
        if self._kind == NOTHING:
            return ""
        text = self._wide.decode(data)
        if text and not self._begun:
            self._begun = True
            return text.removeprefix("\ufeff")
        return text

    def _ended(self) -> str:
        """What is left of a run, and the line end that stands for what was no text."""
        if self._kind == NOTHING:
            return "\n"
        if self._kind != LINES:
            return self._wide.decode(b"", final=True)
        rest, self._rest = self._rest, b""
        return self._decoded(rest)

    def _lines(self, data: bytes) -> str:
        end = data.rfind(b"\n") + 1
        if not end and len(self._rest) + len(data) <= BLOCK:
            self._rest += data
            return ""
        block = self._rest + data[:end] if end else self._rest + data
        if not end:
            end = len(block) - _unfinished(block)
            self._rest, block = block[end:], block[:end]
        else:
            self._rest = data[end:]
        return self._decoded(block)

    def _even(self, text: str) -> str:
        if len(text) >= _ENOUGH:
            self._other = _ends_otherwise(text, fewest=10)
        if self._other:
            for each in ("\r", *_OTHER_ENDS):
                text = text.replace(each, "\n")
        return text

    def _decoded(self, block: bytes) -> str:
        try:
            text = block.decode("utf-8")
            return seven.text(text) if self._seven else text
        except UnicodeDecodeError as problem:
            torn = problem.reason == "unexpected end of data"
            if torn and not block[: problem.start].isascii():
                # UTF-8 so far, and the body was cut inside its last character.
                return block.decode("utf-8", "replace")
        if self._declared:
            return block.decode(self._declared, "replace")
        return "".join(_line(each) for each in block.splitlines(keepends=True))


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(data)


def _unfinished(block: bytes) -> int:
    """How many bytes at the end of a long line to keep back, so that no character is torn."""
    space = max(block.rfind(each) for each in (b" ", b"\t", b",", b";"))
    if len(block) - space <= BLOCK // 2 and space >= 0:
        return len(block) - space - 1
    for back in range(1, min(4, len(block)) + 1):
        byte = block[-back]
        if byte & 0xC0 != 0x80:
            return back if byte >= 0xC0 else 0
    return 0
