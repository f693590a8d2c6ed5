"""
What one document may cost, and how the walk through it says "no further".

`Trouble` travels inside the reading room only: the dispatcher turns it into
an `Unread` with the address at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from watcher.model import Why
from watcher.read.ocr.sight import Sight
from watcher.read.words import Words

RATIO_FROM = 64 << 20  # expansion is judged beyond this many bytes
SHARE = 64 << 20  # bytes of a document that its seconds, members and bytes are meant for
_TOGETHER = 4 * RATIO_FROM  # the same of all streams of one document together
_BEHIND = 10  # the part of what is left that a member leaves to those behind it


def shares(size: int) -> int:
    """
    How many times the limits a document of so many bytes has.

    What is fetched has them once. A larger one was given by hand: it costs more
    because there is more of it, and not because it is a bomb.
    """
    return max(1, -(-size // SHARE))


class Trouble(Exception):
    """Why the piece in hand cannot be read (any further)."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits that hold inside a worker: `settings.Read` without what the pool needs."""

    memory: int
    depth: int
    members: int
    ratio: int
    max_bytes: int

    @property
    def held(self) -> int:
        """Bytes of one body that may be held in memory for random access."""
        return self.memory // 4


def _silent(_: int) -> None:
    return


class Budget:
    """
    Limits counted down over one document, its members and their members.

    Steps are the places where a library may take the whole process with it.
    `told` hears before and after each from which step on to be careful, should
    the process die now: the next worker then walks the same way up to there.
    `words` are those of the document that may open what is encrypted in it;
    `sight` is what may be looked at of its pictures, None where OCR is off.
    `size`: bytes of the document, where it is known; see `shares`.
    """

    def __init__(
        self,
        bounds: Bounds,
        *,
        told: Callable[[int], None] = _silent,
        careful: int | None = None,
        sight: Sight | None = None,
        size: int = 0,
    ) -> None:
        self.bounds = bounds
        self._shares = shares(size)
        self._members = bounds.members * self._shares
        self._spent = 0
        # How many of its own bytes the document has shown so far, where they are counted.
        self.document: Callable[[], int] | None = None
        self._kept = (0, 0)  # members and bytes that are not for the member in hand
        self._beyond = _TOGETHER
        self._told = told
        self._careful = careful
        self._steps = 0
        self.words = Words()
        self.sight = sight

    def member(self) -> None:
        """One more member is opened. Raises Trouble beyond the limit."""
        if self._members <= self._kept[0]:
            raise Trouble(Why.LIMIT)
        self._members -= 1

    def spend(self, size: int) -> None:
        """So many bytes or characters came out of a container. Raises Trouble beyond the limit."""
        self._spent += size
        if (over := self._kept[1] - self._left()) > 0:
            self._spent -= over
            raise Trouble(Why.LIMIT)

    def _left(self) -> int:
        """Bytes that may come yet: ratios multiply where one container lies in another."""
        most = self.bounds.max_bytes * self._shares
        if self.document is not None:
            most = min(most, max(_TOGETHER, self.bounds.ratio * self.document()))
        return most - self._spent

    @contextmanager
    def inside(self) -> Iterator[None]:
        """While a member is read: a tenth of what is left is kept for what stands behind it."""
        kept = self._kept
        members, size = self._members - kept[0], self._left() - kept[1]
        self._kept = kept[0] + members // _BEHIND, kept[1] + size // _BEHIND
        try:
            yield
        finally:
            self._kept = kept

    def expanded(self, packed: int, size: int, grown: int) -> None:
        """
        A stream of `packed` bytes has grown to `size`, lately by `grown`. Raises Trouble where that is a bomb.

        What stays within the ratio may always go on: it is honest, and may stand
        behind a bomb. Of small streams beyond it, no more than some together:
        a bomb can be cut in as many as there are members.
        """
        beyond = size - self.bounds.ratio * max(packed, 1)
        if beyond <= 0:
            return
        self._beyond -= min(beyond, grown)
        if size > RATIO_FROM or self._beyond < 0:
            raise Trouble(Why.LIMIT)

    def dare(self) -> bool:
        """Whether to take the next dangerous step; False where its careful substitute is due."""
        self._steps += 1
        if self._careful is not None and self._steps >= self._careful:
            return False
        self._told(self._steps)
        return True

    def dared(self) -> None:
        """The step is behind us, well or with an exception; a death from here on is not its fault."""
        self._told(self._steps + 1)
