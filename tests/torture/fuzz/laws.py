"""What holds for whatever comes out of reading, whatever came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from watcher.model import CELL, ROW, Part, Unread
from watcher.plain import clean
from watcher.read.label import LONGEST, STEP
from watcher.read.stream import Item, Member
from watcher.read.text import OVERLAP, WINDOW
from watcher.read.workers.wire import MESSAGE, packed, unpacked

STEP_LONGEST = LONGEST + 100  # a label, and what a reader says of it
TEXT = 2 * (WINDOW + 2 * OVERLAP)  # a window, and the cells before a long one
ECHOES = 8  # readings of the same bytes that one document may give


class Broken(Exception):
    """A law that a reading did not keep."""


def _wanted(law: bool, told: str) -> None:
    if not law:
        raise Broken(told)


def kept(items: Iterable[Item], steps: int) -> Iterator[Item]:
    """The items as they are, each looked at. Raises Broken. An address has at most so many steps."""
    for item in items:
        if isinstance(item, Member):
            _address(item.name, steps)
        else:
            _wanted(isinstance(item, Part | Unread), f"{type(item)} came out")
            _address(item.where, steps)
            _carried(item)
        if isinstance(item, Part):
            _placed(item)
        yield item


def bounded(parts: Iterable[Part], size: int, limit: int) -> None:
    """So many bytes gave no more text than they are themselves and the limit allows. Raises Broken."""
    total = sum(len(part.text) for part in parts)
    _wanted(total <= ECHOES * (size + limit), f"{total} characters from {size} bytes")


def _address(where: str, steps: int) -> None:
    _wanted(clean(where) == where, "an address with a character that steers")
    found = where.split(STEP)
    _wanted(max(map(len, found)) <= STEP_LONGEST, "a step of an address that is too long")
    _wanted(len(found) <= steps, "an address with too many steps")


def _carried(item: Part | Unread) -> None:
    """What the service gets over the pipe is what the worker had."""
    message = packed(item)
    _wanted(len(message) <= MESSAGE, "a message that no pipe takes")
    if isinstance(item, Part):
        item = replace(item, text=item.text.encode("utf-8", "replace").decode())
    _wanted(unpacked(message) == item, "what comes out of the pipe is another part")


def _placed(part: Part) -> None:
    """Offsets lie in the text, in order, each where a row begins."""
    text, rows = part.text, part.rows
    _wanted(len(text) <= TEXT, "a window that is too long")
    _wanted(part.first >= 1 and part.begun >= 0, "a place before the first")
    _wanted(0 <= part.overlap <= len(text), "an overlap beyond the text")
    _wanted(0 <= part.repeated <= len(text), "a repetition beyond the text")
    _wanted(len(part.numbers) in (0, len(rows)), "rows without numbers")
    _wanted(part.table or not (rows or part.header), "rows outside a table")
    if not part.table:
        return
    whole = rows[:1] == (0,) and text.endswith(CELL + ROW)
    _wanted(whole or not text, "a table that is not whole")
    _wanted(text.count(ROW) == len(rows), "marks of rows that are no rows")
    for at in rows[1:]:
        _wanted(0 < at < len(text) and text[at - 1] == ROW, "an offset where no row begins")
