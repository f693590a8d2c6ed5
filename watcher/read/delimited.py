"""
CSV, TSV and their cousins: text in which most lines have equally many cells.

The sign of a table is in the lines, not in a name or header. Rows are
numbered as a spreadsheet would number them: a blank line is a row, a quoted
cell with line ends in it is part of one. A quote that is never closed takes
no other line with it: its line is then split as it stands.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import chain

from watcher.model import CELL, ROW, Part
from watcher.read.budget import Budget
from watcher.read.stream import HEAD, Stream
from watcher.read.table import Table
from watcher.read.text import WINDOW, pieces, space, windows

DELIMITERS = "\t|;,"
SAMPLE = 500  # lines that decide
JOINED = 50  # lines that one quoted cell may span
_FIELD = 1 << 26  # the csv module refuses longer fields; a record here is shorter
LONGEST = 8 * WINDOW  # a line beyond this becomes several rows
_CODE = re.compile(
    r"[{\[<(]|(?:insert|create|update|select|values)\b|\"[^\"\n]{0,80}\"[ ]?:", re.IGNORECASE
)
_CODE_ENDS = ("{", "}", "};", "},", ");", "),", "];", "],")


def table(text: str, *, complete: bool) -> tuple[str, int] | None:
    """
    The delimiter and the usual number of cells of a text that begins so, if it is a table.

    `complete`: nothing follows; otherwise the last line is half a line.
    """
    lines = _even(text).split("\n")
    if not complete:
        lines.pop()
    lines = [line for line in lines if line.strip()][:SAMPLE]
    sample = "\n".join(lines) + "\n"
    # Most texts have too few of each to have one in every other line: counted quicker than looked for.
    likely = [each for each in DELIMITERS if sample.count(each) * 2 >= len(lines)]
    if len(lines) < 2 or not likely or sum(map(_is_code, lines)) * 2 > len(lines):
        return None
    best: tuple[float, int, str] | None = None
    for delimiter in likely:
        if sum(delimiter in line for line in lines) * 2 < len(lines):
            continue
        rows: list[list[str]] = []
        for found in _Records(iter([sample]), delimiter, 0).found():
            if isinstance(found, str):
                rows.extend(row.split(CELL)[:-1] for row in found.split(ROW)[:-1])
            else:
                rows.extend(found)
        (cells, often), *_ = Counter(map(len, rows)).most_common(1)
        share = often / len(rows)
        if cells < 2 or often < 2 or not (share >= 0.8 or (share >= 0.5 and often >= 5)):
            continue
        if _is_prose(rows, cells, delimiter):
            continue
        if best is None or (share, cells) > best[:2]:
            best = share, cells, delimiter
    return (best[2], best[1]) if best else None


def _is_code(line: str) -> bool:
    return bool(_CODE.match(line.lstrip())) or line.rstrip().endswith(_CODE_ENDS)


def _is_prose(rows: list[list[str]], cells: int, delimiter: str) -> bool:
    """Whether lines with as many commas as the next are sentences or statements all the same."""
    if delimiter == "\t":
        return False
    usual = [row for row in rows if len(row) == cells]
    if cells == 2 and all(not row[1].strip() for row in usual):
        return True  # a mark at the end of each line
    if delimiter != ",":
        return False
    if sum(row[-1].rstrip()[-1:] in (*".!?:",) for row in usual) * 2 >= len(usual):
        return True
    spaced = sum(cell[:1] == " " for row in usual for cell in row[1:])
    airy = spaced * 10 >= 9 * len(usual) * (cells - 1)
    if not (airy or cells == 2):
        return False
    words = sum(len(cell.split()) for row in usual for cell in row) / (len(usual) * cells)
    return (airy and words > 2.5) or (cells == 2 and words > 5)


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _blocks(texts: Iterable[str]) -> Iterator[str]:
    """Whole lines, all ended by a line feed. A line beyond LONGEST comes in several."""
    rest: list[str] = []
    torn = False  # the piece before ended in the middle of a CR LF
    for piece in texts:
        text = _even(piece[1:] if torn and piece[:1] == "\n" else piece)
        torn = piece[-1:] == "\r" if piece else torn
        end = text.rfind("\n") + 1
        if end:
            yield "".join((*rest, text[:end]))
            rest = [text[end:]]
            continue
        rest.append(text)
        if sum(map(len, rest)) > LONGEST:
            text = "".join(rest)
            end = space(text, len(text))
            yield text[:end] + "\n"
            rest = [text[end:]]
    if last := "".join(rest):
        yield last + "\n"


def _split(record: str, delimiter: str) -> list[str]:
    if '"' not in record:
        return record.split(delimiter)
    try:
        return next(csv.reader([record], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return record.split(delimiter)


class _Records:
    """
    The records of a text.

    `usual` cells tell a quote that closes on a later line from a stray one; 0: unknown.
    """

    def __init__(self, blocks: Iterator[str], delimiter: str, usual: int) -> None:
        self._blocks = blocks
        self._delimiter = delimiter
        self._usual = usual
        self._lines: deque[str] = deque()

    def found(self) -> Iterator[str | list[list[str]]]:
        """All records, many at a time; those without quotes as the text of a table."""
        for block in self._blocks:
            if not any(each in block for each in ('"', CELL, ROW)):
                yield block.replace(self._delimiter, CELL).replace("\n", CELL + ROW)
                continue
            lines = block.split("\n")
            lines.pop()
            if plain := self._plain(lines):
                yield plain
                continue
            self._lines.extend(lines)
            while self._lines:
                yield [self._next()]

    def _plain(self, lines: list[str]) -> list[list[str]]:
        """The records of lines none of which leaves a quote open; else nothing."""
        if any(line.count('"') & 1 for line in lines):
            return []
        try:
            rows = list(csv.reader(lines, delimiter=self._delimiter))
        except csv.Error:
            return []
        return rows if len(rows) == len(lines) else []

    def _line(self) -> str | None:
        if not self._lines and (block := next(self._blocks, None)):
            self._lines.extend(block.split("\n")[:-1])
        return self._lines.popleft() if self._lines else None

    def _next(self) -> list[str]:
        line = self._lines.popleft()
        held = [line]
        quotes = line.count('"')
        size = len(line)
        while quotes % 2 and len(held) < JOINED and size < WINDOW // 16:
            more = self._line()
            if more is None:
                break
            held.append(more)
            quotes += more.count('"')
            size += len(more)
        row = _split("\n".join(held), self._delimiter) if quotes % 2 == 0 else []
        if not row or (len(held) > 1 and self._usual and len(row) != self._usual):
            self._lines.extendleft(reversed(held[1:]))
            row = line.split(self._delimiter)
        return row


def read(stream: Stream, _: Budget) -> Iterator[Part]:
    """The table, window by window."""
    texts = pieces(stream)
    head = ""
    for text in texts:
        head += text
        if len(head) >= HEAD:
            break
    form = table(head[:HEAD], complete=stream.ended and len(head) <= HEAD)
    whole = chain((head,), texts)
    if form is None:
        # What looked like a table in its first bytes decodes to something else.
        yield from windows(whole)
        return
    csv.field_size_limit(_FIELD)
    rows = Table()
    number = 1
    for records in _Records(_blocks(whole), *form).found():
        if isinstance(records, str):
            yield from rows.fill(number, records)
            number += records.count(ROW)
        else:
            yield from rows.extend(number, records)
            number += len(records)
    yield from rows.finish()
