"""
Cell styles of an OOXML workbook: what of a cell is seen, and how its number is written.

A style (`s="3"` of a cell) is a place in `cellXfs` (ECMA-376, 18.8.10); it
points to a font, a fill and a number format.
"""

from __future__ import annotations

import zipfile
from typing import Any

from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.numberform import PLAIN, Form, numbered
from watcher.read.sweep import parsed, parser

MEMBER = "xl/styles.xml"
TINY = 1.0  # points: letters of this size are dots
WHITE = "FFFFFF"
# Colours by number (18.8.27) and by theme that are white, and those that are black.
_INDEXED = {"0": "000000", "1": WHITE, "8": "000000", "9": WHITE, "65": WHITE}
_THEME = {"0": WHITE, "1": "000000"}


def colour(attributes: dict[str, str]) -> str:
    """A colour as something that is equal where the colour is; "" where it is left to the program."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "indexed" in attributes:
        number = attributes["indexed"]
        return _INDEXED.get(number, "" if number == "64" else f"indexed {number}")
    if "theme" in attributes:
        number, tint = attributes["theme"], attributes.get("tint", "")
        plain = not tint.strip("-0.")
        return _THEME.get(number, f"theme {number}") if plain else f"theme {number} {tint}"
    return ""


class Styles:
    """
    Forms of cells by their style.

    `unseen`: the styles with which nothing is seen. `since_1904`: see `numberform`.
    """

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.unseen: set[int] = set()
        self.digits: dict[int, int] = {}
        self.since_1904 = False
        self.codes: dict[int, str] = {}
        self.fonts: list[tuple[str, float]] = []  # colour, points
        self.fills: list[str] = []

    def form(self, at: int) -> Form:
        """The form of a cell's number by its style."""
        return self.forms[at] if at < len(self.forms) else PLAIN

    def add(self, *, code: int, font: int, ground: str) -> None:
        """One more style: its number format, its font, and what its text stands on."""
        shape = numbered(code, self.codes)
        at = len(self.forms)
        self.forms.append(shape)
        ink, size = self.fonts[font] if font < len(self.fonts) else ("", 11.0)
        if shape.unseen or size <= TINY or (ink and ink == ground):
            self.unseen.add(at)
        if shape.digits:
            self.digits[at] = shape.digits

    def ground(self, fill: int) -> str:
        """The colour of a fill."""
        return self.fills[fill] if fill < len(self.fills) else WHITE


class _Listener:
    """Takes what a parser meets in the styles' member."""

    def __init__(self, found: Styles, made: Any) -> None:
        self._found = found
        self._inside = ""
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in ("fonts", "fills", "cellXfs", "dxfs", "cellStyleXfs"):
            self._inside = local
        elif local == "numFmt" and self._inside != "dxfs":
            self._found.codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif self._inside == "fonts":
            self._font(local, attributes)
        elif self._inside == "fills":
            self._fill(local, attributes)
        elif self._inside == "cellXfs" and local == "xf":
            self._found.add(
                code=whole(attributes.get("numFmtId")),
                font=whole(attributes.get("fontId")),
                ground=self._found.ground(whole(attributes.get("fillId"))),
            )

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == self._inside:
            self._inside = ""

    def _font(self, local: str, attributes: dict[str, str]) -> None:
        fonts = self._found.fonts
        if local == "font":
            fonts.append(("", 11.0))
        elif fonts and local == "color":
            fonts[-1] = (colour(attributes), fonts[-1][1])
        elif fonts and local == "sz":
            fonts[-1] = (fonts[-1][0], number(attributes.get("val", ""), 11.0))

    def _fill(self, local: str, attributes: dict[str, str]) -> None:
        fills = self._found.fills
        if local == "fill":
            fills.append("gradient")
        elif fills and local == "patternFill":
            kind = attributes.get("patternType", "none")
            fills[-1] = {"none": WHITE, "solid": "solid"}.get(kind, "pattern")
        elif fills and local == "fgColor" and fills[-1] == "solid":
            fills[-1] = colour(attributes) or "solid"


def number(text: str, otherwise: float) -> float:
    """A decimal number of an attribute."""
    try:
        return float(text) if len(text) < 30 else otherwise
    except ValueError:
        return otherwise


def whole(text: str | None) -> int:
    """A whole number of an attribute, 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0


def styles(archive: zipfile.ZipFile, budget: Budget) -> Styles:
    """The styles of a workbook; plain ones where they cannot be had."""
    found = Styles()
    if MEMBER in archive.NameToInfo:
        made = parser()
        _Listener(found, made)
        try:
            for _ in parsed(content(archive, archive.getinfo(MEMBER), budget), made):
                pass
        except Trouble:
            return Styles()
    return found
