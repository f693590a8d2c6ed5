"""
Workbooks before 2007 (MS-XLS), BIFF5 and BIFF8: their sheets as tables, all else that is text as lines.

The stream is read once from its beginning to its end. A sheet that the list
of sheets does not name is in the file all the same and read as well. Pictures
of cells in a chart are lines of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import groupby

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets import codepage
from watcher.read.spreadsheets import biff
from watcher.read.spreadsheets.careful import place
from watcher.read.spreadsheets.flatsheets import Flow, Sheet
from watcher.read.spreadsheets.numberform import ERRORS, written
from watcher.read.spreadsheets.recordtext import runs
from watcher.read.spreadsheets.sheetstyle import Styles
from watcher.read.spreadsheets.veil import LOW, NARROW, tabled
from watcher.read.spreadsheets.xlsbrecords import rk
from watcher.read.text import windows

FILEPASS = 0x2F
_STATES = ("visible", "hidden", "veryHidden")
_SHEETS = (0x10, 0x40)  # worksheets and macro sheets; 0x20 is a chart
_SHARED, _BOUND, _PAGE, _1904 = 0xFC, 0x85, 0x42, 0x22
_ROW, _COLUMN = 0x208, 0x7D
_STRING, _FORMULA, _MULRK = 0x207, 0x06, 0xBD
_STYLES = (0x31, 0x41E, 0xE0)
_NOTE = 0x19  # the type of an object that is a comment (2.5.143)
_OBJECT, _TEXT = 0x5D, 0x1B6
# Shown with the sheet or on paper: text boxes, headers, footers, links, words in charts.
_SEEN = frozenset((_TEXT, 0x14, 0x15, 0x1B8, 0x100D, 0x203, 0x204))
# Nothing of a person's: styles, themes, windows, printers, indexes, drawings.
_NOTHING = frozenset((
    0x293, 0x892, 0x896, 0x87D, 0x87C, 0x88E, 0x88D, 0x89A, 0x89B, 0x8A3, 0x8C0, 0x92, 0x4D,
    0xD7, 0xFF, 0x20B, 0xEB, 0x13D, 0xC1, 0xE1, 0xE2, 0x8C, 0x3D, 0x23E, 0x1D, 0x41,
    0x9C, 0x5C, 0x1AF, 0x863, 0x201, 0xBE, 0x200, 0xA1, 0x225, 0x55, 0x99, 0x809, 0x0A,
))  # fmt: skip


class Workbook:
    """One workbook stream."""

    def __init__(self, body: bytes, budget: Budget) -> None:
        self._body = body
        self._budget = budget
        self._flow = Flow(budget)
        self._styles = Styles()
        self._strings: list[str] = []
        self._used: set[int] = set()
        self._listed: dict[int, tuple[str, str]] = {}
        self._codec = ""  # of BIFF5
        self._pending: tuple[int, int] | None = None  # where the string of a formula belongs
        self._note = False
        self._whys: list[Why] = []

    def read(self) -> Iterator[Part | Unread]:
        """Its sheets, the strings that no cell uses, and the words in other records."""
        try:
            for sheet, group in groupby(self._rows(), key=lambda each: each[0]):
                yield from tabled(sheet.where, ((each[1], each[2]) for each in group), sheet.veil)
        except Trouble as trouble:
            self._whys.append(trouble.why)
        yield from (Unread(where="", why=why) for why in dict.fromkeys(self._whys))
        left = (each for at, each in enumerate(self._strings) if at not in self._used)
        lines = (line + "\n" for each in left if (line := " ".join(each.split())))
        yield from windows(lines, "shared strings (unused)", hidden=True)
        yield from windows((each + "\n" for each in self._flow.seen), "beside the cells")
        hidden = (each + "\n" for each in self._flow.hidden)
        yield from windows(hidden, "behind the cells", hidden=True)

    def _rows(self) -> Iterator[tuple[Sheet, int, list[str]]]:
        sheet: Sheet | None = None
        row, cells = 0, dict[int, str]()
        depth = 0
        last, continued = 0, list[bytes]()
        for kind, at, data in self._records():
            if kind == biff.CONTINUE:
                if continued:
                    continued.append(data)
                elif last not in _NOTHING:
                    self._say(last, data)
                continue
            if continued:
                self._share(continued)
                continued = []
            last = kind
            if kind == biff.BOF:
                depth += 1
                if depth == 1:
                    sheet = self._begun(at, data)
            elif kind == biff.EOF:
                depth = max(depth - 1, 0)
                if not depth and sheet:
                    yield from self._ended(sheet, row, cells)
                    sheet, row, cells = None, 0, {}
            elif kind == _SHARED:
                continued = [data]
            elif sheet is None or depth > 1:
                self._global(kind, data)
            elif kind == _ROW and len(data) >= 14:
                if data[12] & 0x20 or (data[6] | (data[7] & 0x7F) << 8) <= LOW * 20:
                    sheet.veil.rows.add((data[0] | data[1] << 8) + 1)
            elif kind == _COLUMN and len(data) >= 10:
                first, end, width, _, flags = struct.unpack_from("<5H", data)
                if (flags & 1 or width <= NARROW * 256) and first <= end:
                    sheet.veil.hide_columns(first, end)
            else:
                for number, column, value, style in self._cells(kind, data):
                    if number != row:
                        yield from self._ended(sheet, row, cells)
                        row, cells = number, {}
                    if value:
                        cells[column] = value
                        if style in self._styles.unseen:
                            sheet.veil.hide_cell(number, column)
        if sheet:
            yield from self._ended(sheet, row, cells)
            self._whys.append(Why.BROKEN)  # it has no end

    def _records(self) -> Iterator[biff.Record]:
        """The records as far as they go."""
        try:
            yield from biff.records(self._body)
        except Trouble as trouble:
            self._whys.append(trouble.why)

    def _ended(
        self, sheet: Sheet, row: int, cells: dict[int, str]
    ) -> list[tuple[Sheet, int, list[str]]]:
        self._flow.row(sheet, row, cells)
        done, self._flow.done = self._flow.done, []
        return done

    def _begun(self, at: int, data: bytes) -> Sheet | None:
        version, kind = struct.unpack_from("<2H", data) if len(data) >= 4 else (0, 0)
        self._codec = "" if version == biff.BIFF8 else self._codec or "cp1252"
        name, state = self._listed.get(at, ("", ""))
        if kind not in _SHEETS:
            return None
        if not state:
            return Sheet(f"at {at} (in no list, hidden)")
        return Sheet(place(name, state))

    def _share(self, segments: list[bytes]) -> None:
        try:
            for each in biff.shared(segments, self._budget):
                self._strings.append(each)  # those before a fault are kept
        except Trouble as trouble:
            self._whys.append(trouble.why)

    def _global(self, kind: int, data: bytes) -> None:
        if kind == _BOUND and len(data) >= 8:
            name = biff.text(data, 6, width=1, codec=self._codec)
            state = _STATES[min(data[4] & 3, 2)]
            self._listed[int.from_bytes(data[:4], "little")] = name, state
        elif kind == _PAGE and self._codec:
            self._codec = codepage.page(int.from_bytes(data[:2], "little"))
        elif kind == _1904:
            self._styles.since_1904 = data[:1] == b"\1"
        elif kind == FILEPASS:
            raise Trouble(Why.ENCRYPTED)
        elif kind in _STYLES:
            biff.style(self._styles, kind, data, self._codec)
        else:
            self._say(kind, data)

    def _say(self, kind: int, data: bytes) -> None:
        """The words in a record of which no more is known."""
        if kind == _OBJECT:
            self._note = data[4:6] == bytes((_NOTE, 0))
        if kind in _NOTHING:
            return
        for said in runs(data):
            self._flow.say(said, hidden=kind not in _SEEN or (kind == _TEXT and self._note))

    def _cells(self, kind: int, data: bytes) -> Iterator[tuple[int, int, str, int]]:
        """Row from 1, column from 0, value and style of each cell in a record."""
        if kind == _STRING and self._pending:
            yield *self._pending, biff.text(data, 0, width=2, codec=self._codec), 0
            self._pending = None
            return
        if kind not in _CELLS or len(data) < 10 - 2 * (kind in (0x204, 0x205)):
            self._say(kind, data)
            return
        row, column, style = struct.unpack_from("<3H", data)
        if kind == _MULRK:
            for number, at in enumerate(range(4, len(data) - 7, 6)):
                style, value = struct.unpack_from("<HI", data, at)
                yield row + 1, column + number, self._number(rk(value), style), style
        else:
            yield row + 1, column, self._value(kind, data, row, column, style), style

    def _value(self, kind: int, data: bytes, row: int, column: int, style: int) -> str:
        if kind == 0xFD:
            at = int.from_bytes(data[6:10], "little")
            self._used.add(at)
            return self._strings[at] if at < len(self._strings) else ""
        if kind == 0x27E:
            return self._number(rk(int.from_bytes(data[6:10], "little")), style)
        if kind in (0x204, 0xD6):
            return biff.text(data, 6, width=2, codec=self._codec)
        if kind == 0x205:
            return ERRORS.get(data[6], "") if data[7] else "TRUE" if data[6] else "FALSE"
        if kind == _FORMULA and b"\x17" in data[22:]:
            for said in runs(data[22:]):
                self._flow.say(said, hidden=True)
        if kind == _FORMULA and data[12:14] == b"\xff\xff":
            if data[6] == 0:
                self._pending = row + 1, column
            shown = {1: "TRUE" if data[8] else "FALSE", 2: ERRORS.get(data[8], "")}
            return shown.get(data[6], "")
        return self._number(struct.unpack_from("<d", data, 6)[0], style) if len(data) >= 14 else ""

    def _number(self, value: float, style: int) -> str:
        return written(value, self._styles.form(style), since_1904=self._styles.since_1904)


_CELLS = frozenset((0xFD, 0x203, 0x27E, _MULRK, 0x204, 0xD6, 0x205, _FORMULA))


def sealed(body: bytes) -> bool:
    """Whether a workbook's stream is encrypted: its second record or one soon after says so."""
    for number, (kind, _, _) in enumerate(biff.records(body)):
        if kind == FILEPASS:
            return True
        if kind == biff.EOF or number > 100:
            break
    return False
