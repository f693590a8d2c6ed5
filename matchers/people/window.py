"""A window of text on a desk, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.tables import Array
from watcher.api import Part


def before(starts: Array, *offsets: int) -> list[int]:
    """How many of these rising offsets (i4) lie before each of those: compared as i4, or all would be copied."""
    found: list[int] = np.searchsorted(starts, np.array(offsets, dtype=np.int32)).tolist()
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """
    A window of text on a desk, and what was read of it.

    `starts`: of its lines, or of pieces of lines that hold many entries;
    `lines`: the line of each piece, from 0; `members`: which are rows of a list.
    """

    part: Part
    text: str
    cls: Array
    starts: Array
    lines: Array
    members: Array
    desk: Desk
    engine: Engine

    def number(self, offset: int) -> int:
        """The number in the piece of the line in which this offset lies."""
        return self.line(before(self.starts[1:-1], offset + 1)[0])

    def line(self, piece: int) -> int:
        """The number in the piece of the document of the line that this piece of it stands in."""
        return self.part.first + int(self.lines[piece])
