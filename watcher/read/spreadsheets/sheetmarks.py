"""
What the XML of an OOXML worksheet says of its cells beside their values.

A quick pass over the tags, by their text: 400,000 cells in a quarter of the
time that a parser needs. What it finds decides how a value is written and
whether it is hidden, never whether it is read.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.sheetstyle import Styles, number
from watcher.read.spreadsheets.veil import LOW, NARROW, Veil
from watcher.read.stream import Stream

SHEET = re.compile(r"/?xl/worksheets/[^/]*\.xml\Z", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,40}:)?)worksheet[\s>]")
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\ss="(\d{1,6})"')
_HEIGHT = re.compile(rb'\sht="([\d.]{1,20})"')
_AWAY = re.compile(rb'\shidden="(?:1|true|on)"')
_ATTRIBUTE = re.compile(rb'\s(min|max|width|hidden)="([^"]{0,30})"')
_QUOTES = (b'"', b"&quot;", b"&#34;")
_STRING = re.compile(r'"([^"]*)"')
_TELLING = re.compile(r"[^\W\d_]{2}|\d{3}")  # a name, a number
_TAG = 200  # bytes in which such a tag fits
_OPENS = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?sheetData(?:\s[^>]{0,100})?(?<!/)>")
_CLOSES = re.compile(rb"</(?:[A-Za-z_][\w.-]{0,40}:)?sheetData\s{0,20}>")
_OPENING = 1 << 13  # bytes in which the outermost element must come
_RARE = 200  # styles that are looked for
_LONG = 8192  # characters of a formula (Excel's limit)


def column(letters: bytes) -> int:
    """A → 0, XFD → 16383."""
    found = 0
    for each in letters:
        found = found * 26 + each - 64
    return found - 1


class Marks:
    """
    `veil`: what nobody sees. `digits`: by row and column, how many a number is given.

    `used`: the shared strings that cells refer to. `said`: strings in formulas.
    """

    def __init__(self, styles: Styles) -> None:
        self.veil = Veil()
        self.digits: dict[int, dict[int, int]] = {}
        self.used: set[int] = set()
        self.said: dict[str, None] = {}
        self._styles = styles
        self._row = 0
        self._rest = b""
        self._ready = False

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the member."""
        data = self._rest + data
        if not self._ready:
            if len(data) < _OPENING and not _ROOT.search(data):
                self._rest = data
                return
            self._prepare(data)
        row, cell = data.rfind(self._row_tag), data.rfind(self._cell_tag)
        end = row if row > 0 else cell
        if end <= 0:
            if 0 in (row, cell) and len(data) < _LONG * 8:
                self._rest = data
                return
            end = max(data.rfind(b"<"), len(data) - _LONG * 8, 0)
        self._rest = data[end:]
        self._take(data[:end])

    def finish(self) -> None:
        """No more bytes follow."""
        if not self._ready:
            self._prepare(self._rest)
        self._take(self._rest)
        self._rest = b""

    def _prepare(self, data: bytes) -> None:
        self._ready = True
        found = _ROOT.search(data)
        prefix = found[1] if found else b""
        tag = re.escape(prefix)
        self._row_tag, self._cell_tag = b"<" + prefix + b"row", b"<" + prefix + b"c "
        self._rows = re.compile(rb"<" + tag + rb"row\b[^>]{0,1000}>")
        self._columns = re.compile(rb"<" + tag + rb"col\s[^>]{0,1000}>")
        self._uses = re.compile(
            rb"<"
            + tag
            + rb'c\s[^>]{0,200}\bt="s"[^>]{0,200}>\s{0,9}<'
            + tag
            + rb"v>\s{0,9}(\d{1,9})\s{0,9}<"
        )
        self._formula = re.compile(rb"<" + tag + rb"f\b[^>]{0,1000}>([^<]+)<")
        rare = sorted(self._styles.unseen | self._styles.digits.keys())[:_RARE]
        among = b"|".join(b"%d" % each for each in rare)
        self._styled = (
            re.compile(rb"<" + tag + rb'c\s[^>]{0,200}\bs="(?:' + among + rb')"[^>]{0,200}>')
            if rare
            else None
        )

    def _take(self, data: bytes) -> None:
        if not data:
            return
        if b"hidden=" in data or b" ht=" in data:
            self._hidden_rows(data)
        else:
            self._row += len(self._rows.findall(data)) if not self._numbered(data) else 0
        if b"col" in data:
            for found in self._columns.finditer(data):
                self._column(found[0])
        self.used.update(map(int, set(self._uses.findall(data))))
        for said in self._formula.findall(data):
            # Not asked of the expression, which would try each of a million quotes.
            if any(each in said for each in _QUOTES):
                self._says(said[:_LONG])
        if self._styled:
            for found in self._styled.finditer(data):
                self._cell(found[0])

    def _numbered(self, data: bytes) -> bool:
        """Whether the last row of these bytes says its number."""
        at = data.rfind(self._row_tag)
        found = _NUMBER.search(data[at : data.find(b">", at)]) if at >= 0 else None
        if found:
            self._row = max(int(found[1]), 1)
        return found is not None

    def _hidden_rows(self, data: bytes) -> None:
        for found in self._rows.finditer(data):
            tag = found[0]
            told = _NUMBER.search(tag)
            self._row = max(int(told[1]), 1) if told else self._row + 1
            low = _HEIGHT.search(tag)
            if (b"hidden" in tag and _AWAY.search(tag)) or (
                low and number(low[1].decode(), LOW + 1) <= LOW
            ):
                self.veil.rows.add(self._row)

    def _column(self, tag: bytes) -> None:
        told = {key: value.decode("latin-1") for key, value in _ATTRIBUTE.findall(tag)}
        away = told.get(b"hidden") in ("1", "true", "on")
        if away or number(told.get(b"width", ""), 9.0) <= NARROW:
            first, last = (int(number(told.get(each, ""), 0)) for each in (b"min", b"max"))
            if 1 <= first <= last:
                self.veil.hide_columns(first - 1, last - 1)

    def _cell(self, tag: bytes) -> None:
        style, place = _STYLE.search(tag), _PLACE.search(tag)
        if not style or not place:
            return
        chosen, row, at = int(style[1]), int(place[2]), column(place[1])
        if chosen in self._styles.unseen:
            self.veil.hide_cell(row, at)
        if chosen in self._styles.digits:
            self.digits.setdefault(row, {})[at] = self._styles.digits[chosen]

    def _says(self, formula: bytes) -> None:
        for said in _STRING.findall(html.unescape(formula.decode("utf-8", "replace"))):
            if _TELLING.search(said):
                self.said.setdefault(said)


def marks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, styles: Styles, budget: Budget) -> Marks:
    """The marks of one worksheet's member, as far as it can be had."""
    found = Marks(styles)
    for chunk in content(archive, info, budget).chunks():
        found.feed(chunk)
    found.finish()
    return found


def outside(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The XML of a worksheet without what stands in its `sheetData`: the rows are read elsewhere."""
    rest, inside = b"", False
    for chunk in chunks:
        data = rest + chunk
        rest = b""
        while data:
            found = (_CLOSES if inside else _OPENS).search(data)
            if found is None:
                keep = len(data) - min(len(data), _TAG)
                if keep and not inside:
                    yield data[:keep]
                rest = data[keep:]
                break
            if inside:
                data = data[found.start() :]
            else:
                yield data[: found.end()]
                data = data[found.end() :]
            inside = not inside
    if rest and not inside:
        yield rest


def cut(stream: Stream) -> Stream:
    """The same for the stream of a worksheet's member; its trouble stays with it."""
    pieces = outside(stream.chunks())

    def more(_: int) -> bytes:
        data = next(pieces, b"")
        if not data and stream.trouble:
            raise Trouble(stream.trouble)
        return data

    return Stream(more)
