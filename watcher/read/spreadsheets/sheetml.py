"""
SpreadsheetML 2003, a workbook in one XML text (Microsoft, "XML Spreadsheet Reference").

Whether a sheet is hidden stands behind its rows, so the text is looked
through once before it is parsed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.spreadsheets.careful import place
from watcher.read.spreadsheets.flatsheets import COLUMNS, ROWS, Flow, Locals, Sheet, told
from watcher.read.spreadsheets.numberform import PLAIN, Form, as_is, form, written
from watcher.read.spreadsheets.sheetstyle import WHITE, number
from watcher.read.spreadsheets.veil import LOW
from watcher.read.stream import Item, Stream
from watcher.read.sweep import parser
from watcher.read.text import pieces, windows

_STATES = re.compile(rb"<(?:\w{1,20}:)?(?:(Worksheet)[\s>]|Visible>\s{0,99}Sheet(Very)?Hidden)")
_TRUE = ("1", "true")


def states(body: bytes) -> list[str]:
    """Whether each sheet is visible, hidden or veryHidden, in their order."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        body = body.decode("utf-16", "replace").encode()
    found: list[str] = []
    for each in _STATES.finditer(body):
        if each[1]:
            found.append("visible")
        elif found:
            found[-1] = "veryHidden" if each[2] else "hidden"
    return found


class _Listener:
    """Hears the elements of a workbook."""

    def __init__(self, made: Any, flow: Flow, shown: list[str]) -> None:
        self._flow = flow
        self._locals = Locals()
        self._shown = iter(shown)
        self._forms: dict[str, Form] = {}
        self._unseen: set[str] = set()
        self._style = self._ink = self._ground = ""
        self._sheet: Sheet | None = None
        self._row = self._column = self._at = 0
        self._cells: dict[int, str] = {}
        self._cell: dict[str, str] | None = None
        self._kind = ""
        self._comment = 0
        self._text: list[str] = []
        self._other: list[str] = []
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data

    def _start(self, name: str, raw: dict[str, str]) -> None:
        local = self._locals[name]
        if local == "Cell" and not raw:
            self._at = self._at + 1 if self._at < COLUMNS else COLUMNS
            self._cell, self._kind = raw, ""
            self._text.clear()
            return
        if local == "Data" and self._cell is not None and not self._comment:
            self._kind = raw.get("ss:Type") or self._plain(raw).get("Type", "String")
            return
        told = self._plain(raw) if raw else raw
        if local == "Cell":
            self._at = self._placed(told, self._at, COLUMNS)
            self._cell, self._kind = told, ""
            self._text.clear()
            if told:
                self._flow.formula(told.get("Formula", ""))
                self._flow.say(told.get("HRef", ""), hidden=True)
        elif local == "Row":
            self._row = self._placed(told, self._row, ROWS)
            self._at = 0
            if self._sheet and self._is_away(told, "Height"):
                self._sheet.veil.rows.add(self._row)
        elif local == "Column" and self._sheet is not None:
            first = self._placed(told, self._column, COLUMNS)
            self._column = first + int(number(told.get("Span", ""), 0.0))
            if self._is_away(told, "Width"):
                self._sheet.veil.hide_columns(first - 1, self._column - 1)
        elif local == "Worksheet":
            self._sheet = Sheet(place(told.get("Name", ""), next(self._shown, "visible")))
            self._row = self._column = 0
        elif local in ("Style", "Font", "Interior", "NumberFormat"):
            self._styled(local, told)
        else:
            self._comment += local == "Comment"
            for value in told.values():
                self._flow.say(value, hidden=True)

    def _plain(self, raw: dict[str, str]) -> dict[str, str]:
        names = self._locals
        return {names[key]: value for key, value in raw.items()}

    def _placed(self, told: dict[str, str], before: int, last: int) -> int:
        """The place of a row, column or cell: said, or the next."""
        said = told.get("Index") if told else None
        if said is None:
            return before + 1 if before < last else last
        place = int(said) if said.isdecimal() and len(said) < 8 else before + 1
        return min(max(place, 1), last)

    def _is_away(self, told: dict[str, str], size: str) -> bool:
        return told.get("Hidden") in _TRUE or number(told.get(size, ""), LOW + 1) <= LOW

    def _styled(self, local: str, told: dict[str, str]) -> None:
        if local == "Style":
            self._style, self._ink, self._ground = told.get("ID", ""), "", WHITE
        elif local == "Font":
            self._ink = told.get("Color", "").lstrip("#").upper()
        elif local == "Interior" and told.get("Pattern", "") not in ("", "None"):
            self._ground = told.get("Color", "").lstrip("#").upper() or "solid"
        elif local == "NumberFormat":
            shape = form(told.get("Format", ""))
            named = "date" in told.get("Format", "").lower()
            self._forms[self._style] = Form(date=True) if named else shape
        shape = self._forms.get(self._style, PLAIN)
        if shape.unseen or (self._ink and self._ink == self._ground):
            self._unseen.add(self._style)
        else:
            self._unseen.discard(self._style)

    def _data(self, data: str) -> None:
        if self._kind and not self._comment:
            self._text.append(data)
        elif self._other or not data.isspace():  # before it, it is the layout of the file
            self._other.append(data)

    def _end(self, name: str) -> None:
        local = self._locals[name]
        if local == "Data" and not self._comment:
            self._take()
            self._kind = ""
        elif local == "Cell":
            self._cell = None
        elif local == "Row" and self._sheet is not None:
            self._flow.row(self._sheet, self._row, self._cells)
            self._cells = {}
        elif local == "Worksheet":
            self._sheet = None
        elif self._other and not self._kind:
            self._flow.say("".join(self._other), hidden=True)
            self._other.clear()
        self._comment -= local == "Comment"

    def _take(self) -> None:
        style = (self._cell or {}).get("StyleID", "")
        value = _value(self._kind, "".join(self._text), self._forms.get(style, PLAIN))
        self._text.clear()
        if value and self._sheet is not None:
            self._cells[self._at - 1] = value
            if style in self._unseen:
                self._sheet.veil.hide_cell(self._row, self._at - 1)


def _value(kind: str, text: str, shape: Form) -> str:
    if kind == "DateTime":
        return text.partition("T00:00:00")[0].replace("T", " ").removesuffix(".000")
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    if kind == "Number":
        if shape is PLAIN and as_is(text):
            return text
        try:
            return written(float(text[:100]), shape)
        except (ValueError, OverflowError):
            return text
    return text


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """Such a workbook. Where its XML ends early the raw text follows."""
    body = stream.whole(budget.bounds.held)
    fails: list[Why] = []
    made = parser()
    flow = Flow(budget)
    _Listener(made, flow, states(body))
    yield from told(Stream(io.BytesIO(body).read), flow, made, "workbook", fails=fails)
    if fails:
        yield Unread(where="", why=fails[0])
        yield from windows(pieces(Stream(io.BytesIO(body).read, declared=stream.declared)), "raw")
