"""Lines of a text by their places: those that hold a mark, and those after one."""

from __future__ import annotations

from collections.abc import Iterator

MOST = 1_000  # lines that hold a mark and begin nothing, after which not all are looked at
LEAP = 2_000  # characters that are then left out after each: no long list is missed


class Walk:
    """
    The lines that hold a mark, one after another.

    Who walks says which of them were nothing, and how far a table reached.
    """

    def __init__(self, low: bytes, mark: bytes) -> None:
        self._low = low
        self._mark = mark
        self._at = 0
        self._left = MOST

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """Where each line begins, its first mark, and its end."""
        while (found := self._low.find(self._mark, self._at)) >= 0:
            end = self._low.find(b"\n", found)
            end = len(self._low) if end < 0 else end
            self._at = end
            yield self._low.rfind(b"\n", 0, found) + 1, found, end

    def on(self, at: int) -> None:
        """Go on from here, if that is further."""
        self._at = max(self._at, at)

    def miss(self) -> None:
        """The last line began nothing."""
        self._left -= 1
        if self._left < 0:
            self._at += LEAP


def after(text: str, start: int, most: int) -> Iterator[tuple[int, int]]:
    """Start and end of the lines from here on, so many at most."""
    for _ in range(most):
        if start >= len(text):
            return
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1
