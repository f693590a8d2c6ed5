from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from watcher.store import Book


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watcher.db"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.open(path, create=True) as opened:
        yield opened
