"""
What one document may cost, and how the walk through it says "no further".

`Trouble` travels inside the reading room only: the dispatcher turns it into
an `Unread` with the address at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from watcher.model import Why
from watcher.read.ocr.sight import Sight
from watcher.read.words import Words

RATIO_FROM = 64 << 20  # expansion is judged beyond this many bytes
SHARE = 64 << 20  # bytes of a document that its seconds, members and bytes are meant for


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
        self._members = bounds.members * shares(size)
        self._bytes = bounds.max_bytes * shares(size)
        self._told = told
        self._careful = careful
        self._steps = 0
        self.words = Words()
        self.sight = sight

    def member(self) -> None:
        """One more member is opened. Raises Trouble beyond the limit."""
        if not self._members:
            raise Trouble(Why.LIMIT)
        self._members -= 1

    def spend(self, size: int) -> None:
        """So many bytes or characters came out of a container. Raises Trouble beyond the limit."""
        self._bytes -= size
        if self._bytes < 0:
            raise Trouble(Why.LIMIT)

    def expanded(self, packed: int, size: int) -> None:
        """A stream of `packed` bytes has grown to `size`. Raises Trouble where that is a bomb."""
        if size > RATIO_FROM and size > self.bounds.ratio * max(packed, 1):
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
