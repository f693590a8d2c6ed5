"""
One thread's arrays, and a window of text laid out on them.

A window is folded, its addresses and numbers are found and its words cut; the
readers of lists, tables and running text take it from there. Where some array
is too small the work is done again with a larger one (`Desk.until_it_fits`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from matchers.people.kernel import alone, arrays, beside, lines, pieces, rolling, rows
from matchers.people.kernel.addresses import addresses
from matchers.people.kernel.arrays import Index, Numbers
from matchers.people.kernel.digits import numbers
from matchers.people.kernel.folding import fold
from matchers.people.kernel.lines import Pieces
from matchers.people.kernel.local import local_parts
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rolling import Counted, Kept
from matchers.people.kernel.rows import Rows
from matchers.people.kernel.scratch import Scratch
from matchers.people.kernel.tokens import cut
from matchers.people.kernel.wanted import Wanted, asked, wanted
from matchers.people.tables import Array

ROWS = 1 << 12
FEW = 1 << 11
MOST_MARKS = 1 << 30  # after so many the stamps begin anew: they have 32 bits
MOST_CHOSEN = 512  # words near a number, and those that particles make of them

_T = TypeVar("_T")


class Full(Exception):
    """Some array is: what comes next would read places that were never filled."""


class Desk(Scratch):
    """The arrays of one thread; not for two at once."""

    def __init__(self, index: Index, public: Public) -> None:
        super().__init__(index)
        self.index, self.public = index, public
        self.chosen = np.zeros((3, MOST_CHOSEN), dtype=np.int32)
        self.rank = np.zeros(2, dtype=np.int32)
        self.cells: Numbers = arrays.numbers(FEW)
        self.local = np.zeros((2, 0), dtype=np.int32)
        self.rows: Rows = rows.rows(ROWS, FEW)
        self.runs: Rows = rows.rows(ROWS, 0)
        self.beside = beside.beside(FEW)
        self.wanted: Wanted = wanted(2 * ROWS)
        self.counted: Counted = rolling.counted(0)
        self.kept: Kept = rolling.kept(0, 0)
        self.seen = np.zeros(0, dtype=np.uint64)
        self.first = np.zeros(0, dtype=np.uint8)
        self._starts = np.zeros(ROWS + 1, dtype=np.int32)
        self._lines = np.zeros(ROWS, dtype=np.int32)
        self._match_room()

    def _match_room(self) -> None:
        """Arrays whose room follows from that of others."""
        few = self.mails.start.size
        if self.local.shape[1] < few:
            self.local = np.full((2, few), -1, dtype=np.int32)
        most = self.rows.number.size + self.runs.number.size + few
        if self.counted.key.size < most:
            self.counted = rolling.counted(most)
            self.kept = rolling.kept(most, 2 * most)
            self.seen = np.zeros(1 << (2 * most).bit_length(), dtype=np.uint64)
            self.first = np.zeros(most, dtype=np.uint8)

    def until_it_fits(self, work: Callable[[], _T]) -> _T:
        """What the work gives, done again with more room as often as some array was full."""
        while True:
            self.begin()
            with contextlib.suppress(Full):
                found = work()
                self.check()
                return found
            self.grow()
            self._match_room()

    def check(self) -> None:
        """Raise Full where the work so far did not fit."""
        for each in (
            self.words, self.tokens, self.names, self.numbers, self.cells, self.mails, self.rows,
            self.runs, self.beside, self.wanted,
        ):  # fmt: skip
            if each.full[0]:
                raise Full

    def begin(self) -> None:
        """Before a window: everything empty, but for the words that are remembered."""
        super().begin()
        for each in (
            self.names, self.numbers, self.cells, self.mails, self.rows, self.runs, self.beside,
            self.wanted,
        ):  # fmt: skip
            each.count[:] = 0
            each.full[0] = 0
        self.wanted.done[0] = 0
        self.rows.column.fill(-1)  # numbers of addresses stand in no column
        self.tokens.full[0] = 0
        self.words.full[0] = 0
        if self.names.mark[0] > MOST_MARKS:
            self.names.mark[0] = 0
            self.names.stamp[:] = 0

    def grow(self) -> bool:
        """Double what was full; whether anything was."""
        grown = super().grow()
        if self.cells.full[0] or self.rows.column.size < self.cells.start.size:
            self.cells = arrays.numbers(self.cells.start.size * (2 if self.cells.full[0] else 1))
            self.rows = rows.rows(self.rows.number.size, self.cells.start.size)
            grown = True
        if self.rows.full[0]:
            self.rows = rows.rows(2 * self.rows.number.size, self.cells.start.size)
            grown = True
        if self.runs.full[0]:
            self.runs = rows.rows(2 * self.runs.number.size, 0)
            grown = True
        if self.wanted.full[0]:
            self.wanted = wanted(2 * self.wanted.mode.size)
            grown = True
        if self.beside.full[0]:
            self.beside = beside.beside(2 * self.beside.number.size)
            grown = True
        return grown

    def says(self, flag: int) -> bool:
        """Whether some word of the window has this flag."""
        return bool((self.words.flags[self.tokens.word[: self.tokens.count[0]]] & flag).any())

    # ---------------------------------------------------------------- a window

    def pieces(self, cls: Array) -> tuple[Pieces, Array]:
        """Where pieces of lines begin; and the line of each, from 0."""
        while True:
            room = self._lines.size
            count = int(pieces.cut(cls, cls.size, self._starts, self._lines))
            if count <= room:
                return lines.pieces(self._starts[: count + 1]), self._lines[:count]
            self._starts = np.zeros(2 * count + 1, dtype=np.int32)
            self._lines = np.zeros(2 * count, dtype=np.int32)

    def lay_out(self, text: str, *, numbered: bool = True) -> Array:
        """
        The folded text; its addresses, words and (if asked) numbers stand on the desk.

        Raises Full where they do not fit.
        """
        cls = fold(text)
        size = cls.size
        addresses(cls, size, self.index, self.mails)
        count = int(self.mails.count[0])
        until = np.column_stack((self.mails.start[:count], self.mails.until[:count]))
        cut(cls, size, until, self.public, self.words, self.tokens)
        if numbered:
            numbers(cls, size, self.tokens, self.mails, self.index, self.numbers)
        local_parts(
            cls, self.index, self.public, self.words, self.mails, self.cells, self.wanted,
            self.chosen[0], self.local,
        )  # fmt: skip
        self.check()
        return cls

    def ask(self) -> None:
        """Answer what is wanted and was not answered. Raises Full where it does not fit."""
        self.check()
        asked(self.index, self.words, self.tokens, self.wanted, self.work, self.names)
        self.check()

    def settle(self, numbered: Numbers) -> None:
        """
        Put the answers in the place of the requests of `rows`, whose numbers stand in `numbered`.

        Raises Full where they do not fit.
        """
        count = int(self.mails.count[0])
        if count:
            request = self.local[1, :count]
            self.local[1, :count] = np.where(request >= 0, self.wanted.found[request], -1)
        alone.carriers(
            self.index, self.words, self.tokens, numbered, self.mails, self.wanted, self.names,
            self.rows,
        )  # fmt: skip
        self.check()  # of rows that did not fit the names are requests still
        rows.agree(self.index, self.names, numbered, self.mails, self.cells, self.local, self.rows)
