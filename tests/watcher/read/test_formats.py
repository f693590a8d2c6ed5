"""What the page tells of formats."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

from watcher.read.dispatch import READERS
from watcher.read.formats import FORMATS, table

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"


def test_every_reader_has_its_row() -> None:
    """And no row tells of a reader that is not there."""
    told = Counter(kind for each in FORMATS for kind in each.kinds)
    assert set(told) == set(READERS)
    assert set(told.values()) == {1}


def test_every_reader_is_there() -> None:
    """They are loaded by their names."""
    for module, name in READERS.values():
        assert callable(getattr(import_module(f"watcher.read.{module}"), name))


def test_the_page_has_the_table() -> None:
    """`python -m watcher.read.formats` prints it."""
    assert table() in PAGE.read_text(encoding="utf-8")
