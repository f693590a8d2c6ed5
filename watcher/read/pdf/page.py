"""
The text of one page of a PDF, in two orders, and whether a picture is all there is.

A page is drawn in any order: a list may come column by column. So text is
read as it is drawn, and again line by line as it stands on the page, where
the two differ; of a table the lines are the first reading. Black boxes, white ink, invisible text and text beyond the
paper's edge are text like any other; what is drawn in a layer that is off is
kept apart.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_APART = 1.0  # so many heights between two pieces are a gap between columns
_BACK = 0.3  # so many heights back are kerning
_LINE = 0.5  # so many heights up or down are another line
_OUTLINES = 200  # curves that may be letters without a text layer: some 10 words
_FEW = 200  # characters: a stamp or a header over a scanned page
_LARGE = 0.5  # of a page: a scan, not a crest
_GLYPHS = 8  # different codes that are no letters: more than bullets and arrows
_WORTH = 0.1  # of a page: a picture with room for a list
_WHOLE = 0.9  # of a page: with text besides, a scan whose words were put behind it
_FINE = 1e-6
_WORDS = 3  # in a cell of a table, as half of them are
_COLUMN = re.compile(r"[ \xa0]{3,}")  # columns that are set with blanks
# One glyph for several letters, as typesetters draw them: a name is written with the letters.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LEFTWARD = ("R", "AL")

Matrix = list[float]


@dataclass(slots=True)
class _Piece:
    """A run of text from `x` to `end` at `y`, turned so that its line is level."""

    texts: list[str] = field(repr=False)
    turn: int  # degrees
    x: float
    end: float
    y: float
    size: float
    number: int

    @property
    def text(self) -> str:
        text = "".join(self.texts).strip(" \xa0")
        return _COLUMN.sub("\t", text if text.isascii() else text.translate(_LIGATURES))

    def level(self, turn: int, y: float, size: float) -> bool:
        return self.turn == turn and abs(self.y - y) <= _LINE * min(self.size, size)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Two transformations, the first one first (8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]  # fmt: skip


class Drawn:
    """What is drawn on a page, as its operators are gone through."""

    def __init__(self) -> None:
        self._pieces: tuple[list[_Piece], list[_Piece]] = ([], [])
        self._number = 0
        self.covered = 0.0  # by pictures, in square points
        self.pictures = 0
        self.curves = 0
        self.said: dict[str, None] = {}  # texts that stand for what is drawn
        self.missed = 0  # codes that are no letters
        self.unknown: set[tuple[int, int]] = set()  # such codes of each font

    def picture(self, matrix: Matrix) -> None:
        """A picture that covers the unit square under this transformation."""
        area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
        self.pictures += 1
        self.covered += area if math.isfinite(area) else 0.0

    def miss(self, codes: Iterable[tuple[int, int]]) -> None:
        """Codes were shown, each of some font, that are no letters."""
        codes = list(codes)
        self.missed += len(codes)
        self.unknown.update(codes)

    def text(
        self, text: str, matrix: Matrix, run: float, size: float, gap: float, *, off: bool = False
    ) -> None:
        """
        A run of text whose first letter stands where `matrix` begins.

        `run` and `size`: how far it goes along the line and its height, before
        the transformation; `gap`: the least between two words, in heights.
        """
        a, b, c, d, e, f = matrix
        long = math.hypot(a, b)
        if not math.isfinite(long + e + f) or long < _FINE:
            a, b, long = 1.0, 0.0, 1.0
            e, f = (e, f) if math.isfinite(e + f) else (0.0, 0.0)
        if size < 0:
            a, b, run = -a, -b, -run  # turned twice
        turn = round(math.degrees(math.atan2(b, a))) % 360
        x, y = (a * e + b * f) / long, (a * f - b * e) / long
        high = abs(size) * math.hypot(c, d) or 1.0
        high = high if math.isfinite(high) else 1.0
        end = x + run * long
        x, end = (x, end if math.isfinite(end) else x) if not end < x else (end, x)
        pieces = self._pieces[off]
        last = pieces[-1] if pieces else None
        if last is not None and last.level(turn, y, high):
            least = min(last.size, high)
            between = x - last.end
            if -_BACK * least <= between < _APART * least:
                if between >= gap * least and not _blank(last.texts[-1][-1:] + text[:1]):
                    last.texts.append(" ")
                last.texts.append(text)
                last.end = max(last.end, end)
                return
            if last.texts == [text] and abs(x - last.x) < _BACK * least:
                return  # drawn twice to look bold
        if text.strip():
            pieces.append(_Piece([text], turn, x, end, y, high, self._number))
            self._number += 1

    def reading(self, *, off: bool = False) -> str:
        """The text in the order in which it is drawn."""
        lines: list[list[_Piece]] = []
        for piece in self._pieces[off]:
            if not lines or not lines[-1][-1].level(piece.turn, piece.y, piece.size):
                lines.append([])
            lines[-1].append(piece)
        return "".join(_joined(line) + "\n" for line in lines)

    def lines(self, *, off: bool = False) -> str:
        """The text line by line, from the top; pieces apart are fields between tabs."""
        across = (
            sorted(line, key=lambda each: (each.x, each.number))
            for line in _lines(self._pieces[off])
        )
        return "".join(_joined(line) + "\n" for line in across)

    def is_garbled(self, text: str) -> bool:
        """Whether letters of a page are glyphs' numbers: its fonts do not say which letters."""
        letters = [each for each in text if not each.isspace()]
        odd = sum(1 for each in letters if not each.isprintable() or each == "\ufffd")
        many = len(letters) >= 4 and max(odd, self.missed) * 3 > len(letters)
        return many or len(self.unknown) >= _GLYPHS

    def is_picture(self, text: str, page: float) -> bool:
        """Whether what can be seen on a page of so many square points is no text."""
        if not text.strip():
            return bool(self.pictures) or self.curves >= _OUTLINES
        return len(text) < _FEW and self.covered > _LARGE * page > 0

    def has_picture(self, text: str, page: float) -> bool:
        """Whether a page with text of its own shows a picture whose words are not in that text."""
        return len(text) >= _FEW and _WORTH * page < self.covered < _WHOLE * page


def _lines(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    line: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: (each.turn, -each.y, each.number)):
        if line and (
            piece.turn != line[0].turn
            or line[0].y - piece.y > _LINE * min(piece.size, line[0].size)
        ):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _joined(line: list[_Piece]) -> str:
    out: list[str] = []
    last: _Piece | None = None
    for piece in line:
        if last is not None:
            near = abs(piece.x - last.end) < _APART * min(piece.size, last.size)
            out.append(" " if near else "\t")
        out.append(piece.text)
        last = piece
    return _logical("".join(out))


def _logical(line: str) -> str:
    """A line as it is spoken: runs of letters that are written leftwards stand the other way."""
    if line.isascii():
        return line
    out: list[str] = []
    back: list[str] = []
    rest: list[str] = []  # signs that belong to either side
    for each in line:
        if unicodedata.bidirectional(each) in _LEFTWARD:
            back += [*rest, each]
            rest = []
        elif back and not each.isalnum() and each != "\t":
            rest.append(each)
        else:
            out += [*reversed(back), *rest, each]
            back, rest = [], []
    return "".join((*out, *reversed(back), *rest))


def _blank(sides: str) -> bool:
    return any(each.isspace() for each in sides)


def is_table(lines: str) -> bool:
    """Whether lines with tabs are rows of cells, and not columns of prose that stand side by side."""
    listed = lines.splitlines()
    rows = [line.split("\t") for line in listed if "\t" in line]
    cells = sorted(len(cell.split()) for row in rows for cell in row)
    return len(rows) * 2 >= len(listed) > 1 and cells[len(cells) // 2] <= _WORDS


def same(one: str, other: str) -> bool:
    """Whether two readings of a page give the same words in the same order."""
    return "".join(one.split()) == "".join(other.split())
