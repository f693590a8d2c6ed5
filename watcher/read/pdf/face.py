"""
A font of a page: which letters its codes are, how wide they run, and which nobody can tell.

The library reads a font's maps (ISO 32000-2, 9.10). A code that neither a
ToUnicode map, nor an encoding, nor a glyph's name tells is no letter, whatever
printable sign its number happens to be: a page of them is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

UNKNOWN = "\ufffd"
_EM = 1000.0  # units of a glyph's width in the height of its font
_MEAN = 500.0  # width of a letter where nothing says it: the mean of text faces
_LEAST, _MOST = 0.1, 0.25  # of the height: half a space, in fonts that misstate theirs
# TrueType fonts of the usual makers number the glyphs of ASCII in its order: space is 3.
_SHIFT = 29
_PLAIN = range(0x20, 0x7F)
_FACES = 1000  # that are kept


class Face:
    """
    `gap` is what parts two words, in heights of the font. `guessed`: codes of
    which nothing is told are read as the glyph numbers of a TrueType font;
    they count as unknown all the same, and so do those of a font whose map
    says other letters than a page shows.
    """

    def __init__(self, font: Any, resource: Any) -> None:
        self.gap = min(max(_number(font.space_width) / 2 / _EM, _LEAST), _MOST)
        self._codec = font.encoding if isinstance(font.encoding, str) else ""
        self._letters = font.character_map
        self._told = "/ToUnicode" in resource
        self._wide = font.character_widths
        self._mean = _number(self._wide.get("default", _MEAN))
        self._unit = _EM
        if font.sub_type == "Type3":
            self._unit = _type3(resource)
        self.guessed = bool(self._codec) and not self._told and _is_identity(resource)
        self._known = font.interpretable and not self.guessed
        self._lies = not self._codec and self._told and self._lying(font, resource)
        self._texts: list[str] = []
        self._widths: list[float] = []
        if not self._codec:
            for code in range(256):
                self._texts.append(self._letter(chr(code), font.encoding.get(code, chr(code))))
                self._widths.append(self._width(chr(code)))

    def _lying(self, font: Any, resource: Any) -> bool:
        """Whether its map says other letters than those drawn: without a program it draws its encoding's."""
        descriptor = resource.get("/FontDescriptor") or {}
        if any(str(key).startswith("/FontFile") for key in descriptor):
            return False
        drawn = (font.encoding.get(code, "") for code in _PLAIN)
        return any(
            each.isalnum() and each.isascii() and self._letters.get(each, each) != each
            for each in drawn
            if isinstance(each, str) and len(each) == 1
        )

    def _letter(self, code: str, encoded: str) -> str:
        """A letter, or UNKNOWN: a glyph's name that is none of the list stands for no letter."""
        if not self._known:
            return UNKNOWN
        found = self._letters.get(encoded, encoded)
        if not isinstance(found, str):
            return UNKNOWN
        if len(found) == 1 and found < " ":
            return " " if found.isspace() else UNKNOWN
        named = len(found) > 1 and found[0] == "/"
        return UNKNOWN if named and code not in self._letters else found

    def _width(self, code: str) -> float:
        return _number(self._wide.get(code, self._mean)) / self._unit

    def letters(self, codes: bytes) -> tuple[str, float, Sequence[int]]:
        """The text of a string, its advance in heights of the font, codes that are no letters."""
        if not self._codec:
            text = "".join(map(self._texts.__getitem__, codes))
            wide = sum(map(self._widths.__getitem__, codes))
            if self._lies:
                return text, wide, [*codes]
            missed = () if UNKNOWN not in text else [c for c in codes if self._texts[c] == UNKNOWN]
            return text, wide, missed
        shown = codes.decode(self._codec, "replace" if len(codes) % 2 else "surrogatepass")
        wide = sum(map(self._width, shown))
        if self.guessed:
            return "".join(map(_guess, shown)), wide, [*map(ord, shown)]
        if not (self._told and self._letters):
            return "".join(self._letters.get(each, each) for each in shown), wide, ()
        text = "".join(self._letters.get(each, UNKNOWN) for each in shown)
        return text, wide, [ord(each) for each in shown if each not in self._letters]

    @property
    def one_byte(self) -> bool:
        """Whether a code is a byte: word spacing widens its code 32 only (9.3.3)."""
        return not self._codec


def _guess(glyph: str) -> str:
    code = ord(glyph) + _SHIFT
    return chr(code) if code in _PLAIN else UNKNOWN


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return _MEAN


def _type3(resource: Any) -> float:
    """Units of a Type 3 font's widths in a height of 1: its own matrix says (9.6.4)."""
    matrix = resource.get("/FontMatrix")
    unit = abs(_number(matrix[0])) if isinstance(matrix, list) and matrix else 0.0
    return 1 / unit if unit else _EM


def _is_identity(resource: Any) -> bool:
    """Whether codes are numbers of glyphs: any encoding but the named ones of 9.7.5.2."""
    encoding = resource.get("/Encoding")
    named = isinstance(encoding, str) and not encoding.startswith("/Identity")
    return not named


def face(resource: Any) -> Face:
    """What a font's dictionary says. Raises whatever the library does for a broken one."""
    # The library's one reader of fonts; no public name leads to it.
    from pypdf.generic._font import Font

    return Face(Font.from_font_resource(resource), resource)


class Fonts:
    """The faces of a document's fonts, each looked at once."""

    def __init__(self) -> None:
        self._faces: dict[int, Face | None] = {}

    def face(self, fonts: Any, name: Any) -> Face | None:
        """The face of what `fonts` holds under this name or place; None where it is no font."""
        try:
            number = getattr(_raw(fonts, name), "idnum", None)
        except (KeyError, IndexError):
            return None
        if number is not None and number in self._faces:
            return self._faces[number]
        try:
            found = face(fonts[name])
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001  # damaged files raise anything there is
            found = None
        if number is not None and len(self._faces) < _FACES:
            self._faces[number] = found
        return found


def _raw(held: Any, name: Any) -> Any:
    return list.__getitem__(held, name) if isinstance(held, list) else held.raw_get(name)


def plain() -> Face:
    """Latin letters, for text whose font is missing."""
    from pypdf.generic import DictionaryObject, NameObject

    told = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica",
            "/Encoding": "/WinAnsiEncoding"}  # fmt: skip
    return face(DictionaryObject({NameObject(key): NameObject(each) for key, each in told.items()}))
