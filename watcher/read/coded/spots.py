"""
Where in a text a run of letters may begin that stands for bytes.

Plain text has none, and pays for being looked at: the signs are looked for in
classes of bytes, by searches that skip. Nothing is decoded here.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat

from watcher.read.coded.framed import BEGIN
from watcher.read.coded.wrapped import NARROWEST

RUN = 40  # letters in a row, or in narrow lines


class Kind(enum.Enum):
    """Signs of a run."""

    RUN = "letters in a row"
    NARROW = "lines of equally many letters"
    PAIRS = "pairs of digits"
    MARKED = "pairs of digits, marked"
    BEGIN = "begin"
    YENC = "=ybegin"
    FRAME = "<~"
    URI = "data:"


def _classes(*classes: tuple[bytes, bytes]) -> bytes:
    table = bytearray(b"." * 256)
    for letters, sign in classes:
        for each in letters:
            table[each] = sign[0]
    return bytes(table)


_ALNUM = bytes(each for each in range(128) if chr(each).isalnum())
# A line end is a letter here: narrow lines are then in a row as well.
_LETTERS = _classes((_ALNUM + b"+/\r\n", b"a"))
_PAIRS = _classes((b"0123456789abcdefABCDEF", b"h"), (b" :,\t\r\n-", b"s"), (b"xX", b"x"))
_ROW = b"a" * RUN
_PAIR_SIGNS = (b"hhs" * 8, b"hhhhs" * 6)
_MARK_SIGNS = (b"hxhhshxhhs", b"hxhhsshxhhs")
_WIDTHS = re.compile(rb"[\x28-\xff]|([\x08-\x27])\1\1+", re.DOTALL)
_MARKED = re.compile(r"(?:\\x[0-9A-Fa-f]{2}){8}")
_BASE64_URI = ";base64,"
# What stands alone in these lengths is a hash, unless its bytes are letters of ASCII or a known
# format's first; and what stands behind these words says that it is one (W3C, Subresource Integrity).
_HASH = re.compile(
    rb"(?:[0-9a-f]{40}|[0-9a-f]{48}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    rb"|[0-9A-F]{40}|[0-9A-F]{56}|[0-9A-F]{64}|[0-9A-F]{96}|[0-9A-F]{128})"
)
_OTHER = re.compile(
    rb"(?:[2-7][0-9A-Fa-f]){8}|504[bB]0|1[fF]8[bB]|2550|[dD]0[cC][fF]|78(?:01|5[eE]|9[cC]|[dD][aA])"
)
# Letters in a row that are one hash and ends of short words above and below it: what stands in
# most lines of a list of hashes, and nothing of it would be looked at.
_ALONE = re.compile(
    rb"(?:[^\n]{0,7}\n){0,2}(?!%b)%b(?:\n[^\n]{0,7}){0,2}" % (_OTHER.pattern, _HASH.pattern)
)
_SAID = {43: b"sha256-", 64: b"sha384-", 86: b"sha512-"}  # by their letters in base64


class Spots:
    """The signs in one text, in their order, from any place on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._data = text.encode("ascii", "replace")
        self._letters = self._data.translate(_LETTERS)
        self._pairs = self._data.translate(_PAIRS)
        self._region: list[tuple[int, Kind]] = []  # of letters in a row that are looked at
        self._region_end = 0
        finders: list[tuple[Kind, Callable[[int], int]]] = [
            *((Kind.PAIRS, partial(self._pairs.find, each)) for each in _PAIR_SIGNS),
            (Kind.BEGIN, partial(_begun, text)),
        ]
        # None of them holds this object: what is freed at once needs no collector.
        # What is rarely there is asked for by one letter first.
        if b"0x" in self._data:
            finders.extend((Kind.MARKED, partial(self._pairs.find, each)) for each in _MARK_SIGNS)
        if "=" in text and "\n=ybegin " in text:
            finders.append((Kind.YENC, partial(_after, text, "\n", "=ybegin ")))
        if "~" in text:
            finders.append((Kind.FRAME, partial(text.find, "<~")))
        if ";" in text and _BASE64_URI in text:
            finders.append((Kind.URI, partial(_after, text, _BASE64_URI, "")))
        if "\\" in text and "\\x" in text:
            finders.append((Kind.MARKED, partial(_slashed, text)))
        self._finders = finders
        self._places = [-1] * len(finders)

    def next(self, at: int) -> tuple[int, Kind] | None:
        """The first sign that stands at or after this place."""
        best = self._in_a_row(at)
        nowhere = len(self._text)
        for number, (kind, finder) in enumerate(self._finders):
            if self._places[number] < at:
                found = finder(at)
                self._places[number] = found if found >= 0 else nowhere
            place = self._places[number]
            if place < nowhere and (best is None or place < best[0]):
                best = place, kind
        return best

    def run_end(self, at: int) -> int:
        """Where the letters end that stand here in one line."""
        end = self._region_end if at < self._region_end else at
        line = self._data.find(b"\n", at, end)
        return line if line >= 0 else end

    def _in_a_row(self, at: int) -> tuple[int, Kind] | None:
        while True:
            number = bisect_left(self._region, at, key=lambda each: each[0])
            if number < len(self._region):
                return self._region[number]
            if self._region_end < 0:
                return None
            end = max(at, self._region_end)
            while True:
                begin = self._letters.find(_ROW, end)
                if begin < 0:
                    self._region, self._region_end = [], -1
                    return None
                end = self._letters.find(b".", begin)
                end = end if end >= 0 else len(self._letters)
                if not _ALONE.fullmatch(self._data, begin, end):
                    break
            self._region_end = end
            self._region = list(self._rows(begin, end))

    def _rows(self, begin: int, end: int) -> Iterator[tuple[int, Kind]]:
        """Lines that are wide enough alone, and where equally wide ones begin."""
        region = self._data[begin:end]
        if b"\n" not in region:
            if not (_is_hash([region], 0) or self._is_said(begin, end - begin)):
                yield begin, Kind.RUN
            return
        lines = region.split(b"\n")
        sizes = list(map(len, lines))
        widths = bytes(sizes) if max(sizes) < 256 else bytes(map(min, sizes, repeat(255)))
        number, at = 0, begin
        for found in _WIDTHS.finditer(widths):
            first, width = found.start(), widths[found.start()]
            narrow = width < RUN
            if narrow and (width < NARROWEST or (found.end() - first) * width < RUN):
                continue
            at += sum(sizes[number:first]) + first - number
            number = first
            if narrow:
                yield at, Kind.NARROW
            elif not (_is_hash(lines, first) or self._is_said(at, width)):
                yield at, Kind.RUN

    def _is_said(self, at: int, width: int) -> bool:
        """Whether the text says that these letters are a hash."""
        return width in _SAID and self._data.endswith(_SAID[width], 0, at)


def _is_hash(lines: list[bytes], at: int) -> bool:
    """Whether a line is a hash: alone, or one of many of which the first is looked at."""
    line = lines[at]
    if not _HASH.fullmatch(line):
        return False
    if at and len(lines[at - 1]) == len(line) and _HASH.fullmatch(lines[at - 1]):
        return True
    following = lines[at + 1] if at + 1 < len(lines) else b""
    first = len(following) == len(line) and _HASH.fullmatch(following) is not None
    return not first and not _OTHER.match(line)


def _slashed(text: str, at: int) -> int:
    while (at := text.find("\\x", at)) >= 0:
        if _MARKED.match(text, at):
            return at
        at += 2
    return -1


def _after(text: str, before: str, sign: str, at: int) -> int:
    found = text.find(before + sign, max(at - len(before), 0))
    return found + len(before) if found >= 0 else -1


def _begun(text: str, at: int) -> int:
    while (at := _after(text, "\n", "begin ", at)) >= 0:
        if BEGIN.match(text, at):
            return at
        at += 1
    return -1
