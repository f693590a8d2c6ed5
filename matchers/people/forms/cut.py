"""
Takes the records out of a text, and makes them tables.

The cheapest questions come first: text without records, which is nearly all
text, is asked about a dozen marks and left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter

from matchers.people.forms import (
    aligned,
    cards,
    elements,
    entries,
    objects,
    pairs,
    ruled,
    statements,
)
from matchers.people.forms.found import Found, Row, Source
from matchers.people.forms.left import apart, joined, left, spoken
from matchers.people.forms.worth import judged
from watcher.api import CELL, ROW, Part

FEWEST_CHARACTERS = 4  # of a record, in a line without end
_MARKS = {ord(CELL): " ", ord(ROW): " ", ord("\n"): " ", ord("\r"): " "}
_END = CELL + ROW

# In this order: what one has taken the next does not see.
_READERS: tuple[Callable[[Source], Iterable[Found]], ...] = (
    cards.find,
    entries.find,
    statements.find,
    objects.find,
    elements.find,
    ruled.find,
    pairs.find,
    aligned.find,
)

_start = attrgetter("start")

_Table = tuple[list[str], list[Row]]


def tables(part: Part) -> tuple[list[Part], Part | None]:
    """
    The tables of people that this part's text holds, and what is left of the text.

    Each table has the part's address; its headings, if the text says them, are
    its first row, and `numbers` are the lines where its rows begin (where
    several begin in one line they count on, so that no two rows have one
    number). Rows that end within the part's overlap lie within the table's.

    What is left is the text without its records, in lines numbered as before;
    None if nothing is, the part itself if it holds no records. Sentences in a
    cell whose column we do not know (a message, a note) are not in the table
    but stay in the text, at the line of their record; where they have lines of
    their own they are a text part beside the tables.
    """
    if part.table or not part.text:
        return [], part
    source = Source.of(part.text, begun=bool(part.overlap or part.begun), repeated=part.repeated)
    found: list[_Table] = []
    spans: list[tuple[int, int]] = []
    for reader in _READERS:
        taken = []
        for each in reader(source):
            if (header := judged(each)) is not None:
                each.rows.sort(key=_start)
                found.append((header, each.rows))
                taken.extend(each.spans)
                taken.extend((row.start, row.end) for row in each.rows)
        if taken:
            spans.extend(taken)
            source = source.without(joined(source.text, taken))
    if not found:
        return [], part
    numbers = _numbers(part, found)
    free: dict[int, list[str]] = {}
    made = []
    for header, rows in found:
        kept = spoken(header, rows, free)
        if rows[-1].end > part.overlap:
            made.append(_made(part, header, kept, numbers))
    ends = {row.start: row.end for _, rows in found for row in rows if row.start in free}
    made.extend(apart(part, free, ends, numbers))
    return made, left(part, spans, free)


def _numbers(part: Part, found: Iterable[_Table]) -> dict[int, int]:
    """By the place of each record, its number."""
    numbers: dict[int, int] = {}
    line, at = part.first, 0
    # Rows of the windows before, if they were in the line that goes on here, had lower numbers.
    number = part.first - 1 + part.begun // FEWEST_CHARACTERS
    for start in sorted({row.start for _, rows in found for row in rows}):
        line += part.text.count("\n", at, start)
        at = start
        number = max(number + 1, line)
        numbers[start] = number
    return numbers


def _made(part: Part, header: list[str], rows: list[Row], numbers: dict[int, int]) -> Part:
    lines = [CELL.join(row.cells) + _END for row in rows]
    text = "".join(lines)
    cells = sum(len(row.cells) or 1 for row in rows)
    if "\n" in text or "\r" in text or text.count(CELL) != cells or text.count(ROW) != len(rows):
        lines = [CELL.join(cell.translate(_MARKS) for cell in row.cells) + _END for row in rows]
    places = [numbers[row.start] for row in rows]
    for index in range(1, len(places)):  # several rows of one record
        places[index] = max(places[index], places[index - 1] + 1)
    seen = sum(row.end <= part.overlap for row in rows)
    if header:
        lines.insert(0, CELL.join(cell.translate(_MARKS) for cell in header) + _END)
        places.insert(0, places[0])
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return replace(
        part,
        text="".join(lines),
        table=True,
        rows=tuple(offsets[:-1]),
        first=places[0],
        numbers=tuple(places),
        overlap=offsets[seen + bool(header)] if seen else 0,
        begun=0,
        repeated=0,
    )
