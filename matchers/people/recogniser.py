"""
The reading side: one part in, one tally out.

Tables are read by rows, lists by lines, everything else as prose; text whose
lines are cut by the same separator is a table as well. Pure, and safe in
threads: nothing is changed but bounded memories of words and ranks.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from matchers.people.grid import GridReader
from matchers.people.prose import ProseReader
from matchers.people.rosterlike import ListReader, is_list
from matchers.people.tools import Tools
from matchers.people.words import clean
from watcher.api import CELL, ROW, Part, Tally, headings

SEPARATORS = "\t;|,"
FEWEST_ROWS = 3
EVEN = 0.8  # share of lines that have the same number of separators


class PeopleRecogniser:
    """Recognises the enrolled people of one index."""

    def __init__(self, tools: Tools) -> None:
        self._grid = GridReader(tools)
        self._list = ListReader(tools)
        self._prose = ProseReader(tools)
        self._shapes = tools.identifiers.shapes

    def match(self, part: Part) -> Tally:
        """What this part shows."""
        if not part.text.strip():
            return Tally()
        if part.table:
            tally = self._grid.read(part)
            return self._written(_as_text(part)) if tally is None else tally
        separator = _separator(part.text)
        if separator and (tally := self._grid.read(_as_table(part, separator))) is not None:
            return tally
        return self._written(part)

    def _written(self, part: Part) -> Tally:
        text, folded = clean(part.text)
        overlap = len(clean(part.text[: part.overlap])[0]) if part.overlap else 0
        lines = folded.split(b"\n")
        if is_list(text, lines, self._shapes):
            # at newlines alone: lines of the text and of its fold must be the same
            return self._list.read(part, list(zip(text.split("\n"), lines, strict=True)), overlap)
        return self._prose.read(part, text, folded, overlap)


def _separator(text: str) -> str:
    """The character that cuts most lines into the same number (at least two) of cells, or ""."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return ""
    step = max(1, len(lines) // 400)
    sample = lines[::step]
    for separator in SEPARATORS:
        counts = Counter(_cuts(line, separator) for line in sample)
        cuts, often = counts.most_common(1)[0]
        if cuts < 1 or often < EVEN * len(sample):
            continue
        headed = bool(headings(_cells(lines[0], separator)))
        if headed or (len(lines) >= FEWEST_ROWS and cuts >= (1 if separator == "\t" else 2)):
            return separator
    return ""


def _cuts(line: str, separator: str) -> int:
    if '"' in line:
        return len(_cells(line, separator)) - 1
    return line.count(separator)


def _cells(line: str, separator: str) -> list[str]:
    if '"' not in line:
        return line.split(separator)
    try:
        return next(csv.reader(io.StringIO(line), delimiter=separator), [""])
    except csv.Error:  # a field beyond the module's limit
        return line.split(separator)


def _as_text(part: Part) -> Part:
    """A table that only lays a page out, as the lines that it holds: one a row, as long as before."""
    text = part.text.replace("\n", " ").replace(CELL, "\t").replace(ROW, "\n")
    return replace(part, text=text, table=False)


def _as_table(part: Part, separator: str) -> Part:
    """The same lines as rows: the numbers of rows are those of the lines."""
    overlap, rows = 0, []
    length = 0
    offsets: list[int] = []
    at = 0
    lines: Sequence[str] = part.text.split("\n")
    for line in lines:
        cells = [cell.replace(ROW, " ").replace(CELL, " ") for cell in _cells(line, separator)]
        row = "".join(cell + CELL for cell in cells) + ROW
        offsets.append(length)
        length += len(row)
        at += len(line) + 1
        if at <= part.overlap:
            overlap = length
        rows.append(row)
    return replace(part, text="".join(rows), table=True, rows=tuple(offsets), overlap=overlap)
