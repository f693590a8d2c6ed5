"""
Sheets of OpenDocument, in a package or flat (OASIS ODF 1.3, part 3): streamed from their XML.

Numbers and dates are given by their values, but a whole number as it is shown
where that has leading zeros. Comments, validations, names and tracked changes
are lines beside the tables.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.careful import place
from watcher.read.spreadsheets.flatsheets import COLUMNS, REPEATED, ROWS, Flow, Locals, Sheet, told
from watcher.read.spreadsheets.numberform import as_is, written
from watcher.read.stream import Item, Stream
from watcher.read.sweep import parser
from watcher.read.text import pieces, windows

_CELLS = frozenset(("table-cell", "covered-table-cell"))
_ASIDE = frozenset(("annotation", "tracked-changes", "content-validations", "named-expressions"))
_BREAKS = {"s": " ", "tab": "\t", "line-break": " "}
_LENGTH = re.compile(r"([\d.]{1,12})(in|cm|mm|pt|pc|px)\Z")
_POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835, "pt": 1.0, "pc": 12.0, "px": 0.75}
_THIN = 2.0  # points
_P = "text:p"  # as every writer calls it; there is one in every cell
_COLUMNS = "table:number-columns-repeated"
_GROUPS = frozenset(("table-row-group", "table-column-group"))


def _thin(length: str) -> bool:
    found = _LENGTH.match(length)
    try:
        return bool(found) and float(found[1]) * _POINTS[found[2]] <= _THIN  # type: ignore[index]  # it is found
    except ValueError:
        return False


def _repeat(attributes: dict[str, str], name: str) -> int:
    told = attributes.get(f"table:number-{name}-repeated")
    if told is None:
        return 1
    return max(int(told), 1) if told.isdecimal() and len(told) < 8 else 1


class _Listener:
    """Hears the elements of a document with sheets."""

    def __init__(self, made: Any, flow: Flow) -> None:
        self._flow = flow
        self._locals = Locals()
        self._hidden_cells: set[str] = set()
        # Family of styles → those that show nothing.
        self._unseen: dict[str, set[str]] = {"table-cell": self._hidden_cells}
        self._style = ("", "")  # family and name of the style in hand
        self._ink = self._ground = ""
        self._sheet: Sheet | None = None
        self._row = self._column = self._at = 0
        self._cells: dict[int, str] = {}
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._aside = 0  # elements open of a kind that no cell shows
        self._folded = 0  # groups open that are folded away
        self._groups: list[bool] = []
        self._text: list[str] = []
        self._other: list[str] = []
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _P and self._cell is not None and not self._aside:
            if self._text:
                self._text.append(" ")
            return
        local = self._locals[name]
        if self._aside or self._sheet is None:
            if local in _BREAKS:
                self._data(_BREAKS[local])
            else:
                self._elsewhere(local, attributes)
        elif local == "p" and self._cell is not None:
            if self._text:
                self._text.append(" ")
        elif local in _CELLS:
            self._cell = attributes
            self._text.clear()
        elif local == "table-row":
            self._row += self._rows
            self._rows = _repeat(attributes, "rows")
            self._at = 0
            if self._folded or self._is_away(attributes, "table-row"):
                self._sheet.veil.rows.add(self._row)
        elif local in _BREAKS:
            self._data(_BREAKS[local])
        elif local != "span":
            self._elsewhere(local, attributes)

    def _elsewhere(self, local: str, attributes: dict[str, str]) -> None:
        if local in _ASIDE or self._aside:
            self._aside += 1
        if local == "table" and self._cell is None and not self._aside:
            style = attributes.get("table:style-name", "")
            away = (
                style in self._unseen.get("table", ()) or attributes.get("table:display") == "false"
            )
            name = attributes.get("table:name", "")
            self._sheet = Sheet(place(name, "hidden" if away else "visible"))
            self._row, self._rows, self._column = 0, 1, 0
        elif local == "table-column" and self._sheet is not None:
            last = self._column + _repeat(attributes, "columns") - 1
            if self._folded or self._is_away(attributes, "table-column"):
                self._sheet.veil.hide_columns(self._column, last)
            self._column = last + 1
        elif local in _GROUPS:
            self._groups.append(attributes.get("table:display") == "false")
            self._folded += self._groups[-1]
        elif local == "style":
            self._style = attributes.get("style:family", ""), attributes.get("style:name", "")
            self._ink = self._ground = ""
        elif local.endswith("-properties"):
            self._property(attributes)
        else:
            for key, value in attributes.items():
                if not key.startswith(("xmlns", "style:", "fo:", "draw:", "svg:", "number:")):
                    self._flow.say(value, hidden=bool(self._aside) or local != "a")

    def _is_away(self, attributes: dict[str, str], family: str) -> bool:
        return attributes.get("table:visibility") in ("collapse", "filter") or attributes.get(
            "table:style-name"
        ) in self._unseen.get(family, ())

    def _property(self, attributes: dict[str, str]) -> None:
        family, name = self._style
        self._ink = attributes.get("fo:color", self._ink).lower()
        self._ground = attributes.get("fo:background-color", self._ground).lower()
        ground = "#ffffff" if self._ground in ("", "transparent") else self._ground
        if (
            attributes.get("table:display") == "false"
            or _thin(attributes.get("style:row-height", ""))
            or _thin(attributes.get("style:column-width", ""))
        ):
            self._unseen.setdefault(family, set()).add(name)
        if family == "table-cell":
            styles = self._hidden_cells
            (styles.add if self._ink == ground else styles.discard)(name)

    def _data(self, data: str) -> None:
        (self._other if self._aside or self._cell is None else self._text).append(data)

    def _end(self, name: str) -> None:
        if name == _P and self._cell is not None and not self._aside:
            return
        local = self._locals[name]
        if local == "p" and self._cell is not None and not self._aside:
            return
        if self._aside:
            if local not in ("span", "a", *_BREAKS):
                self._flow.say("".join(self._other), hidden=True)
                self._other.clear()
            if local not in _BREAKS:
                self._aside -= 1
        elif local in _CELLS and self._cell is not None:
            self._take(self._cell)
            self._cell = None
        elif local == "table-row" and self._sheet is not None:
            if self._row <= ROWS:
                self._flow.row(self._sheet, self._row, self._cells, self._rows)
            self._cells = {}
        elif local == "table" and self._cell is None:
            self._sheet = None
        elif local in _GROUPS and self._groups:
            self._folded -= self._groups.pop()
        elif self._other and local not in ("span", "a", *_BREAKS):
            if local == "binary-data":
                self._flow.hold("".join(self._other))
            elif local != "config-item":
                self._flow.say("".join(self._other), hidden=False)
            self._other.clear()

    def _take(self, cell: dict[str, str]) -> None:
        text = self._text
        value = _value(cell, text[0] if len(text) == 1 else "".join(text))
        if "table:formula" in cell:
            self._flow.formula(cell["table:formula"])
        repeated = _repeat(cell, "columns") if _COLUMNS in cell else 1
        if value and self._sheet is not None:
            end = self._at + (repeated if repeated <= REPEATED else 1)
            away = cell.get("table:style-name") in self._hidden_cells
            for at in range(self._at, end if end < COLUMNS else COLUMNS):
                self._cells[at] = value
                if away:
                    self._sheet.veil.hide_cell(self._row, at)
        self._at += repeated


def _value(cell: dict[str, str], shown: str) -> str:
    kind = cell.get("office:value-type") or cell.get("calcext:value-type", "")
    if kind == "string":
        return shown or cell.get("office:string-value", "")
    if kind == "date":
        return cell.get("office:date-value", shown).removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return cell.get("office:boolean-value", shown).upper()
    number = cell.get("office:value", "")
    if number and not (shown[:1] == "0" and shown.isdecimal()):
        if as_is(number):
            return number
        try:
            return written(float(number[:100]))
        except (ValueError, OverflowError):
            return number
    return shown


def _told(stream: Stream, budget: Budget, where: str, fails: list[Why]) -> Iterator[Item]:
    made = parser()
    flow = Flow(budget)
    _Listener(made, flow)
    yield from told(stream, flow, made, where, fails=fails)


def sheets(archive: zipfile.ZipFile, budget: Budget, done: set[int]) -> Iterator[Item]:
    """The sheets of a package. Where they end early `content.xml` is left to the sweep."""
    info = archive.NameToInfo.get("content.xml")
    if info is None:
        raise Trouble(Why.BROKEN)
    fails: list[Why] = []
    budget.member()
    yield from _told(content(archive, info, budget), budget, info.filename, fails)
    if fails:
        yield Unread(where="", why=fails[0])
    else:
        done.add(info.header_offset)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A flat document. Where its XML ends early the raw text follows."""
    body = stream.whole(budget.bounds.held)
    fails: list[Why] = []
    yield from _told(Stream(io.BytesIO(body).read), budget, "document", fails)
    if fails:
        yield Unread(where="", why=fails[0])
        yield from windows(pieces(Stream(io.BytesIO(body).read, declared=stream.declared)), "raw")
