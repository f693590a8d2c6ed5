"""
The text of one page of a PDF, in two orders, and whether a picture is all there is.

A page is drawn in any order: a list may come column by column. So text is
read as it is drawn, and again line by line as it stands on the page, where
the two differ. Black boxes, white ink, invisible text and text beyond the
paper's edge are text like any other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_WIDTH = 0.5  # of a letter, in parts of its height: the mean of text faces
_APART = 1.0  # so many heights between two pieces are a gap between columns
_LINE = 0.5  # so many heights up or down are another line
_CURVES = frozenset((b"c", b"v", b"y"))
_OUTLINES = 200  # curves that may be letters without a text layer: some 10 words
_FEW = 200  # characters: a stamp or a header over a scanned page
_LARGE = 0.5  # of a page: a scan, not a crest
_FINE = 1e-6

Matrix = list[float]


@dataclass(slots=True)
class _Piece:
    """A run of text and where it begins, turned so that its line is level."""

    text: str = field(repr=False)
    turn: int  # degrees
    x: float
    y: float
    size: float
    number: int

    @property
    def end(self) -> float:
        return self.x + _WIDTH * self.size * len(self.text.strip())


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]  # fmt: skip


class Drawn:
    """What text extraction tells of a page while it goes through its operators."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self.covered = 0.0  # by pictures, in square points
        self.pictures = 0
        self.curves = 0
        self._forms: list[tuple[Matrix, float, list[bool]]] = []

    def _matrix(self, cm: Matrix) -> Matrix:
        return _times(cm, self._forms[-1][0]) if self._forms else cm

    def before(self, operator: bytes, _operands: Any, cm: Matrix, _tm: Matrix) -> None:
        """An operator begins. A `Do` in which others follow was a form, no picture."""
        if self._forms:
            self._forms[-1][2].append(True)
            del self._forms[-1][2][1:]
        if operator in _CURVES:
            self.curves += 1
        elif operator == b"Do":
            matrix = self._matrix(cm)
            self._forms.append((matrix, _area(matrix), []))
        elif operator == b"INLINE IMAGE":
            self._picture(_area(self._matrix(cm)))

    def after(self, operator: bytes, *_: Any) -> None:
        """An operator has ended."""
        if operator == b"Do" and self._forms:
            form = self._forms.pop()
            if not form[2]:
                self._picture(form[1])

    def _picture(self, area: float) -> None:
        self.pictures += 1
        self.covered += area

    def text(self, text: str, cm: Matrix, tm: Matrix, _font: Any, size: float) -> None:
        """A run of text that begins there."""
        if not text.strip():
            return
        a, b, c, d, e, f = _times(tm, self._matrix(cm))
        long = math.hypot(a, b)
        if not math.isfinite(long + e + f) or long < _FINE:
            a, b, long = 1.0, 0.0, 1.0
            e, f = (e, f) if math.isfinite(e + f) else (0.0, 0.0)
        along, across = (a * e + b * f) / long, (a * f - b * e) / long
        turn = round(math.degrees(math.atan2(b, a)))
        high = abs(size) * math.hypot(c, d) or 1.0
        high = high if math.isfinite(high) else 1.0
        self.pieces.append(_Piece(text, turn, along, across, high, len(self.pieces)))

    def lines(self) -> str:
        """The text line by line, from the top; pieces apart are fields between tabs."""
        return "".join(_joined(line) + "\n" for line in _lines(self.pieces))

    def is_picture(self, text: str, page: float) -> bool:
        """Whether what can be seen on a page of so many square points is no text."""
        if not text.strip():
            return bool(self.pictures) or self.curves >= _OUTLINES
        return len(text) < _FEW and self.covered > _LARGE * page > 0


def _area(matrix: Matrix) -> float:
    area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
    return area if math.isfinite(area) else 0.0


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
    for piece in sorted(line, key=lambda each: (each.x, each.number)):
        if last is not None:
            far = piece.x - last.end > _APART * piece.size
            if far or piece.number != last.number + 1:
                out.append("\t")
            elif last.text[-1:].isspace() or piece.text[:1].isspace():
                out.append(" ")
        out.append(" ".join(piece.text.split()))
        last = piece
    return "".join(out)


def same(one: str, other: str) -> bool:
    """Whether two readings of a page give the same words in the same order."""
    return "".join(one.split()) == "".join(other.split())
