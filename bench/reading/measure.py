"""Each family's file made, then read turn by turn: by our reader and by the plain libraries."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.reading import letters, packages, plain, workbooks
from bench.reading.content import prepare
from bench.reading.families import FAMILIES
from bench.reading.turn import OURS

# The modules whose makers are in the table.
MAKERS = (plain, workbooks, letters, packages)
LOST = 0.02  # of the characters of the library that gives most: fewer are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one reader made of one file: MB/s of the file, MB of text, MB held at most beyond its start."""

    rate: float
    text: float
    peak: float
    seconds: float
    missing: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A family: its file in MB, our turn, those of the libraries, and the seconds it may take."""

    key: str
    what: str
    size: float
    ours: Turn
    beside: Mapping[str, Turn] = field(default_factory=dict)
    reach: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is read in the seconds that it may take; None where none are set."""
        return None if self.reach is None else self.ours.seconds <= self.reach

    def told(self) -> dict[str, Any]:
        """As it is recorded."""
        return {**asdict(self), "met": self.met}


def measured(folder: Path, only: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the table, in its order."""
    keys = [key for key in FAMILIES if not only or key in only]
    # The makers take longer than the readers: on all cores, and before anything is measured.
    prepare()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        list(pool.map(written, keys, [folder] * len(keys)))
    for key in keys:
        yield _row(key, folder / key)


def written(key: str, folder: Path) -> None:
    """Make the file of a family."""
    (folder / key).write_bytes(FAMILIES[key].make())


def _row(key: str, path: Path) -> Row:
    family = FAMILIES[key]
    beside = {name: _turn(name, path) for name in family.beside}
    return Row(
        key=key,
        what=family.what,
        size=round(path.stat().st_size / 1e6, 3),
        ours=_turn(OURS, path),
        beside=beside,
        reach=family.reach,
    )


def _turn(name: str, path: Path) -> Turn:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading.turn", name, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    return Turn(
        rate=round(path.stat().st_size / 1e6 / told["seconds"], 2),
        text=round(told["size"] / 1e6, 3),
        peak=round(told["peak"] / 1e6, 1),
        seconds=round(told["seconds"], 4),
        missing=told["missing"],
    )


def warned(rows: Iterable[Row]) -> Iterator[str]:
    """What the table does not say: parts that were not read, slower than it should be, text that is less than a library's."""
    for row in rows:
        for missing in row.ours.missing[:3]:
            yield f"not read: {row.what}: {missing}"
        if row.met is False:
            yield f"not reached: {row.what}: {row.ours.seconds:.2f} s, at most {row.reach:g} s"
        for name, turn in row.beside.items():
            if row.ours.text < (1 - LOST) * turn.text:
                yield f"less text: {row.what}: {row.ours.text} MB, {name} gives {turn.text} MB"
