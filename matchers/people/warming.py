"""
The compiled code made ready: once, when people are enrolled or the service starts.

Compiling takes most of a minute and is kept on disk (see `kernel.compile`).
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from functools import lru_cache

from matchers.people.engine import Engine
from matchers.people.enrolling import enrol
from matchers.people.kernel.folding import fold
from matchers.people.kernel.kept import note_of
from matchers.people.kernel.solid import solid
from matchers.people.recogniser import PeopleRecogniser
from watcher.api import CELL, ROW, Part, Person

_KEY = bytes(32)
_SOMEBODY = Person(
    ref="-",
    forename="Aaron",
    surname="Aardvark",
    numbers=(("pay_number", "A100001"), ("collar_number", "101")),
    emails=("aaron.aardvark@force.police.example",),
)
_TEXTS = (
    "PC 101 Aaron Aardvark was seen; mail a.aardvark@force.police.example’s desk about 101.\n",
    "Aardvark, Aaron A100001\nAardvark, Berta A100002\nAardvark, Cora A100003\nPC Aardvark 101\n",
)
_TABLE = "".join(
    CELL.join(cells) + CELL + ROW
    for cells in (
        ("Surname", "Forename", "Pay No", "E-mail", "Unit"),
        # so many that their units group them
        *(
            ("Aardvark", "Aaron", "A100001", "aaron.aardvark@force.police.example", unit)
            for unit in 5 * ("CID", "Roads")
        ),
    )
)


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """A compiler makes many small objects: looking through them as often as usual takes a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@lru_cache(maxsize=1)
def warm() -> None:
    """Compile what is not yet compiled, or load it; once in a process."""
    with _seldom_collected():
        halves = (0, 0)
        engine = Engine(enrol([_SOMEBODY], halves, ["force.police.example"]), _KEY)
        recogniser = PeopleRecogniser(engine)
        for text in _TEXTS:
            recogniser.match(Part(where="", text=text))
        recogniser.match(Part(where="", text=_TABLE, table=True, rows=(0,)))
        solid(fold(_TEXTS[0]))  # what the suppliers ask of a long text
    note = note_of(__file__)
    if note is not None:
        with contextlib.suppress(OSError):  # full, or not ours to write
            note.touch()


def prepare() -> None:
    """Compile what is not yet compiled, and load nothing where all is."""
    note = note_of(__file__)
    if note is None or not note.exists():
        warm()
