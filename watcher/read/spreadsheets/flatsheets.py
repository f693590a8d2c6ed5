"""
Sheets out of one XML text, row by row: what OpenDocument and SpreadsheetML 2003 have in common.

A vocabulary tells a `Flow` what it meets; the rows come out as tables while
the text is parsed, and whatever else is said as lines.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.veil import Veil, tabled
from watcher.read.stream import Item, Member, Stream
from watcher.read.sweep import parsed
from watcher.read.text import Windows

COLUMNS = 16_384
ROWS = 1 << 20
REPEATED = 100  # equal rows or cells that are written out; more say nothing more
_NAMES = 10_000  # of elements and attributes, that are kept in mind
_WORDS = re.compile(r"[^\W\d_]{2}|\d{3}")
_SCHEMA = re.compile(r"(?:https?://(?:schemas|www\.w3|purl|openoffice|docs\.oasis)\b|urn:)")
_QUOTED = re.compile(r'"([^"]*)"')


class Locals(dict[str, str]):
    """Names without their prefixes; each is taken apart once."""

    def __missing__(self, name: str) -> str:
        found = name.rpartition(":")[2]
        if len(self) < _NAMES:
            self[name] = found
        return found


@dataclass(eq=False, slots=True)
class Sheet:
    """A sheet as it is met: its address, and what of it nobody sees."""

    where: str
    veil: Veil = field(default_factory=Veil)


class Flow:
    """The rows of the sheets in hand, and the lines beside them, visible or not."""

    def __init__(self, budget: Budget) -> None:
        self.done: list[tuple[Sheet, int, list[str]]] = []
        self.seen: dict[str, None] = {}
        self.hidden: dict[str, None] = {}
        self.held: list[bytes] = []
        self._budget = budget

    def row(self, sheet: Sheet, number: int, cells: dict[int, str], repeated: int = 1) -> None:
        """A row that ended, and those equal to it that follow."""
        if not cells:
            return
        row = [""] * (max(cells) + 1)
        for at, value in cells.items():
            row[at] = value
        for more in range(repeated if repeated <= REPEATED else 1):
            self._budget.spend(sum(map(len, row)) + len(row))
            if number in sheet.veil.rows:
                sheet.veil.rows.add(number + more)
            if more and (unseen := sheet.veil.cells.get(number)):
                sheet.veil.cells[number + more] = unseen
            self.done.append((sheet, number + more, row))

    def say(self, text: str, *, hidden: bool) -> None:
        """A line that stands in no cell, once."""
        line = " ".join(text.split())
        if line and _WORDS.search(line) and not _SCHEMA.match(line):
            self._budget.spend(len(line))
            (self.hidden if hidden else self.seen).setdefault(line)

    def hold(self, text: str) -> None:
        """An embedded file in base64."""
        with suppress(ValueError):
            held = base64.b64decode(text)
            self._budget.spend(len(held))
            self.held.extend((held,) if held else ())

    def formula(self, text: str) -> None:
        """The strings in a formula."""
        if '"' in text:
            for said in _QUOTED.findall(text):
                self.say(said, hidden=True)


def told(stream: Stream, flow: Flow, made: Any, where: str, *, fails: list[Why]) -> Iterator[Item]:
    """The tables of the sheets, then the lines beside them. `fails`: why the text ended early."""

    def rows() -> Iterator[tuple[Sheet, int, list[str]]]:
        for _ in parsed(stream, made):
            done, flow.done = flow.done, []
            yield from done

    try:
        for sheet, group in groupby(rows(), key=lambda each: each[0]):
            yield from tabled(sheet.where, ((each[1], each[2]) for each in group), sheet.veil)
    except Trouble as trouble:
        fails.append(trouble.why)
    for lines, name in ((flow.seen, "beside"), (flow.hidden, "behind")):
        cutter = Windows(f"{where} ({name} the cells)", hidden=lines is flow.hidden)
        for line in lines:
            yield from cutter.feed(line + "\n")
        yield from cutter.finish()
    for number, held in enumerate(flow.held, start=1):
        yield Member(name=f"embedded {number}", stream=Stream(io.BytesIO(held).read))
