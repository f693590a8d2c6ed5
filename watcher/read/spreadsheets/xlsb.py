"""
Binary workbooks (MS-XLSB): the records of their sheets streamed as tables, all other strings swept.

Every member is a row of records: a type, a size, so many bytes (2.1.4). Cells
are read with their values as last computed; nothing is computed here.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from watcher.model import Part, Unread, Why
from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.spreadsheets import sheetxml
from watcher.read.spreadsheets.careful import place, within
from watcher.read.spreadsheets.numberform import ERRORS, written
from watcher.read.spreadsheets.recordtext import runs
from watcher.read.spreadsheets.sheetstyle import WHITE, Styles
from watcher.read.spreadsheets.veil import LOW, NARROW, Veil, tabled
from watcher.read.spreadsheets.xlsbrecords import Record, colour, records, rk, until, wide
from watcher.read.text import windows

COLUMNS = 16_384
_ROW, _CELLS, _RICH, _COLUMN = 0, range(1, 12), 62, 60
_ITEM, _FONT, _FORMAT, _FILL, _STYLE = 19, 43, 44, 45, 47
_STYLES, _STYLES_END, _SHEET, _PROPERTIES = 617, 618, 156, 153
_STATES = ("visible", "hidden", "veryHidden")
_WORKSHEET = re.compile(r"xl/worksheets/(?!binaryIndex)[^/]*\.bin\Z", re.IGNORECASE)
_CODED = re.compile(
    r"xl/(?!embeddings/|vba|activeX/|model/|media/|ctrlProps/|printerSettings/).*\.bin\Z",
    re.IGNORECASE,
)
_VOID = re.compile(r"xl/(?:calcChain|styles|worksheets/binaryIndex\d*)\.bin\Z", re.IGNORECASE)
_OPEN = re.compile(r"xl/(?:(?:worksheets|charts|drawings|tables)/|workbook)", re.IGNORECASE)


class Binary:
    """One binary workbook. `done`: where those members begin that were read here."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.done: set[int] = set()
        self._archive = archive
        self._budget = budget
        self._infos = {info.filename.lower(): info for info in archive.infolist()}
        self._strings: list[str] = []
        self._used: set[int] = set()
        self._styles = Styles()

    def read(self) -> Iterator[Part | Unread]:
        """The sheets, named by the workbook or not; then the strings of all other members."""
        listed: list[tuple[str, str, str]] = []
        with suppress(Trouble):
            listed = self._sheets()
        if not listed:
            yield Unread(where="", why=Why.BROKEN)
        for what in (self._take_styles, self._take_strings):
            try:
                what()
            except Trouble as trouble:
                yield Unread(where="", why=trouble.why)
        for name, state, member in listed:
            info = self._infos.get(member.lower())
            if info is None:
                yield Unread(where=place(name, state), why=Why.BROKEN)
            elif not within(self._budget):
                yield Unread(where="", why=Why.LIMIT)
                break
            elif _WORKSHEET.match(info.filename):
                yield from self._sheet(info, place(name, state), hidden=False)
        for info in self._archive.infolist():
            if _WORKSHEET.match(info.filename) and info.header_offset not in self.done:
                yield from self._sheet(info, label(info.filename), hidden=True)
        left = (each for at, each in enumerate(self._strings) if at not in self._used)
        lines = (line + "\n" for each in left if (line := " ".join(each.split())))
        yield from windows(lines, "xl/sharedStrings.bin (unused)", hidden=True)
        yield from self._others()

    def _records(self, name: str) -> Iterator[Record]:
        info = self._infos.get(name)
        if info:
            yield from records(content(self._archive, info, self._budget))

    def _sheets(self) -> list[tuple[str, str, str]]:
        targets = sheetxml.relations(self._archive, "xl/_rels/workbook.bin.rels", self._budget)
        found = []
        for kind, data in self._records("xl/workbook.bin"):
            if kind == _SHEET and len(data) >= 16:
                link, end = wide(data, 8)
                name, _ = wide(data, end) if end + 4 <= len(data) else ("", 0)
                found.append((name, _STATES[min(data[0], 2)], targets.get(link, "")))
            elif kind == _PROPERTIES and data:
                self._styles.since_1904 = bool(data[0] & 1)
        return found

    def _take_styles(self) -> None:
        styles, inside = self._styles, False
        for kind, data in self._records("xl/styles.bin"):
            if kind in (_STYLES, _STYLES_END):
                inside = kind == _STYLES
            elif kind == _FORMAT and len(data) >= 6:
                styles.codes[data[0] | data[1] << 8] = wide(data, 2)[0]
            elif kind == _FONT and len(data) >= 20:
                styles.fonts.append((colour(data[12:20]), (data[0] | data[1] << 8) / 20))
            elif kind == _FILL and len(data) >= 12:
                none, solid = not data[0], data[0] == 1
                ground = colour(data[4:12]) or "solid"
                styles.fills.append(ground if solid else WHITE if none else "pattern")
            elif kind == _STYLE and inside and len(data) >= 8:
                _, code, font, fill = struct.unpack_from("<4H", data)
                styles.add(code=code, font=font, ground=styles.ground(fill))

    def _take_strings(self) -> None:
        for kind, data in self._records("xl/sharedstrings.bin"):
            if kind == _ITEM and len(data) >= 5:
                text, _ = wide(data, 1)
                self._budget.spend(len(text))
                self._strings.append(text)

    def _sheet(self, info: zipfile.ZipInfo, where: str, *, hidden: bool) -> Iterator[Part | Unread]:
        self.done.add(info.header_offset)
        veil = Veil()
        others: dict[str, None] = {}
        try:
            self._budget.member()
            rows = self._rows(records(content(self._archive, info, self._budget)), veil, others)
            yield from tabled(where, rows, veil, hidden=hidden)
        except Trouble as trouble:
            yield Unread(where=where, why=trouble.why)
        yield from windows((each + "\n" for each in others), label(info.filename), hidden=hidden)

    def _rows(
        self, told: Iterator[Record], veil: Veil, others: dict[str, None]
    ) -> Iterator[tuple[int, list[str]]]:
        row: dict[int, str] = {}
        number = 1  # of cells before any row
        unseen = self._styles.unseen
        whys: list[Why] = []
        for kind, data in until(told, whys):
            if kind in _CELLS or kind == _RICH:
                if len(data) < 8:
                    continue
                at = int.from_bytes(data[:4], "little")
                style = int.from_bytes(data[4:7], "little")
                value = self._value(kind, data, style)
                if value and at < COLUMNS:
                    row[at] = value
                    if style in unseen:
                        veil.hide_cell(number, at)
            elif kind == _ROW and len(data) >= 12:
                if row:
                    yield number, self._filled(row)
                    row = {}
                number = int.from_bytes(data[:4], "little") + 1
                if data[11] & 0x10 or int.from_bytes(data[8:10], "little") <= LOW * 20:
                    veil.rows.add(number)
            elif kind == _COLUMN and len(data) >= 18:
                first, last, width = struct.unpack_from("<3I", data)
                if (data[16] & 1 or width <= NARROW * 256) and first <= last:
                    veil.hide_columns(first, last)
            elif len(data) >= 10:
                others.update(dict.fromkeys(runs(data)))
        if row:
            yield number, self._filled(row)
        if whys:
            raise Trouble(whys[0])

    def _filled(self, row: dict[int, str]) -> list[str]:
        cells = [""] * (max(row) + 1)
        for at, value in row.items():
            cells[at] = value
        self._budget.spend(sum(map(len, cells)) + len(cells))
        return cells

    def _value(self, kind: int, data: bytes, style: int) -> str:
        try:
            if kind == 7:
                at = int.from_bytes(data[8:12], "little")
                self._used.add(at)
                return self._strings[at] if at < len(self._strings) else ""
            if kind in (6, 8):
                return wide(data, 8)[0]
            if kind == _RICH:
                return wide(data, 9)[0]
            if kind in (2, 5, 9):
                number = (
                    rk(int.from_bytes(data[8:12], "little"))
                    if kind == 2
                    else float(struct.unpack_from("<d", data, 8)[0])
                )
                form = self._styles.form(style)
                return written(number, form, since_1904=self._styles.since_1904)
            if kind in (4, 10):
                return "TRUE" if data[8] else "FALSE"
            return ERRORS.get(data[8], "") if kind in (3, 11) else ""
        except (struct.error, IndexError):
            return ""

    def _others(self) -> Iterator[Part | Unread]:
        for info in self._archive.infolist():
            name = info.filename
            if not _CODED.match(name) or info.header_offset in self.done:
                continue
            self.done.add(info.header_offset)
            if _VOID.match(name):
                continue
            where = label(name)
            echo = name.lower() == "xl/sharedstrings.bin"
            whys: list[Why] = []
            yield from windows(
                self._said(info, whys), where, hidden=not (echo or _OPEN.match(name)), echo=echo
            )
            yield from (Unread(where=where, why=why) for why in whys)

    def _said(self, info: zipfile.ZipInfo, whys: list[Why]) -> Iterator[str]:
        try:
            self._budget.member()
            for _, data in records(content(self._archive, info, self._budget)):
                for text in runs(data):
                    yield text + "\n"
        except Trouble as trouble:
            whys.append(trouble.why)
