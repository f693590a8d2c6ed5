"""
Tables that lie on their side: a person in each column, and what is what in the first.
"""

from __future__ import annotations

from dataclasses import replace

from matchers.people.forms.worth import says_who
from watcher.api import CELL, ROW, Part, headings

MOST_ROWS = 40  # fields of a person
FEWEST = 3  # people
SHARE = 0.5  # of the first cells that are known headings


def upright(part: Part) -> Part:
    """
    The table with one person a row, as it is if it has that already.

    A column's number stands for its row's. One that is cut into windows is left as it is.
    """
    if not part.table or part.header or part.overlap:
        return part
    rows = part.text.count(ROW)
    if not 2 <= rows <= MOST_ROWS:
        return part
    cells = [row.split(CELL)[:-1] for row in part.text.split(ROW)[:-1]]
    width = max(map(len, cells))
    if width <= max(FEWEST, rows):
        return part
    first = [row[0] if row else "" for row in cells]
    fields = headings(first)
    if len(fields) < SHARE * rows or not says_who(set(fields.values())):
        return part
    if len(headings(cells[0])) >= SHARE * len(cells[0]):
        return part  # headings over columns as well, and not one of many people called Post
    turned = [
        [row[column] if column < len(row) else "" for row in cells] for column in range(width)
    ]
    lines = [CELL.join(row) + CELL + ROW for row in turned]
    offsets = [0]
    for line in lines[:-1]:
        offsets.append(offsets[-1] + len(line))
    return replace(part, text="".join(lines), rows=tuple(offsets), cells=False, numbers=())
