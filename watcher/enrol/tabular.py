"""
Text of a table → rows, strictly.

Charsets and delimiters are told as the reader of leaks tells them; but here
whatever is broken is an error: text in UTF-8, UTF-16, UTF-32 or Windows-1252
throughout, cells quoted as in RFC 4180. What the rows mean is for others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from watcher.errors import ConfigError
from watcher.read.charsets.charset import marked, patterned
from watcher.read.delimited import DELIMITERS
from watcher.vocabulary import Field, heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a record, and the line (or spreadsheet row) on which it begins, from 1."""

    line: int
    cells: tuple[str, ...] = field(repr=False)

    @property
    def empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def decoded(data: bytes, name: str) -> str:
    """The text of a roster file. Raises ConfigError if it is in no charset that we read."""
    encoding, mark = marked(data)
    encoding = encoding or patterned(data)
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return data[mark:].decode(each)
        except UnicodeDecodeError:
            continue
    raise ConfigError(
        f"{name}: this is not text in UTF-8, UTF-16 or Windows-1252; save the roster as CSV (UTF-8) or XLSX"
    )


def rows(text: str, delimiter: str, name: str) -> list[Row]:
    """All records, empty ones too. Raises ConfigError at a broken quotation."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    line = 1
    try:
        for cells in reader:
            found.append(Row(line=line, cells=tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        raise ConfigError(
            f"{name}:{line}: broken row: a quotation mark opens or closes in the wrong place, or a cell "
            f"is longer than {csv.field_size_limit():,} characters; mend the row. Nothing was enrolled"
        ) from None
    return found


def table(data: bytes, name: str, recognised: Callable[[Sequence[str]], int]) -> list[Row]:
    """
    The rows of a CSV file, with the delimiter under which its first row makes most sense.

    `recognised` counts the cells of a row that are headings. In a list of
    full names, one a line, commas delimit nothing. Raises ConfigError.
    """
    text = decoded(data, name)
    readings = {each: _reading(text, each, name) for each in DELIMITERS}
    # of equals the last, the comma: max keeps the first
    best = max(
        reversed(readings.values()), key=lambda each: (recognised(each.first), len(each.first))
    )
    whole = readings["\t"]
    if len(whole.first) == len(best.first) == 1 and heading(best.first[0]) is Field.NAME:
        best = whole
    if best.broken is not None:
        raise best.broken
    return best.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A text cut at one delimiter: its first row, and all rows or what is broken."""

    first: tuple[str, ...]
    rows: list[Row]
    broken: ConfigError | None = None


def _reading(text: str, delimiter: str, name: str) -> _Reading:
    first = _first(text, delimiter)
    try:
        return _Reading(first=first, rows=rows(text, delimiter, name))
    except ConfigError as broken:
        return _Reading(first=first, rows=[], broken=broken)


def _first(text: str, delimiter: str) -> tuple[str, ...]:
    """The first row that is not empty, of a text that may be broken further down."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((tuple(cells) for cells in reader if any(cells)), ())
    except csv.Error:
        return ()
