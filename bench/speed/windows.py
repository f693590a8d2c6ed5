"""A text as the matcher gets it: in windows, cut as the readers cut them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from watcher.model import Part
from watcher.read import delimited
from watcher.read.budget import Bounds, Budget
from watcher.read.stream import Stream
from watcher.read.text import windows

BOUNDS = Bounds(memory=1 << 30, depth=8, members=10_000, ratio=200, max_bytes=1 << 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One text. `path`: the same in a file; `size` in bytes."""

    key: str
    what: str
    path: Path
    size: int
    parts: tuple[Part, ...] = field(repr=False)

    def turns(self, count: int) -> list[Workload]:
        """
        So many shares of its windows, each from all over it: no turn reads what another has read.

        `path` and `size` stay those of the whole. Raises ValueError for fewer windows than turns.
        """
        if len(self.parts) < count:
            raise ValueError(f"{self.key}: {len(self.parts)} windows are too few for {count} turns")
        return [replace(self, parts=self.parts[at::count]) for at in range(count)]

    def some(self, count: int) -> tuple[Part, ...]:
        """So many windows from all over it."""
        return tuple(islice(self.parts[:: max(1, len(self.parts) // count)], count))


def workload(key: str, what: str, text: str, folder: Path, *, table: bool = False) -> Workload:
    """Write it down, and cut it."""
    path = folder / key
    data = text.encode()
    path.write_bytes(data)
    if table:
        stream = Stream(path.open("rb").read)
        parts = tuple(
            each for each in delimited.read(stream, Budget(BOUNDS)) if isinstance(each, Part)
        )
    else:
        parts = tuple(windows([text]))
    return Workload(key=key, what=what, path=path, size=len(data), parts=parts)
