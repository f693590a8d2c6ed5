"""An installation where other users can get at it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World


@pytest.fixture
def open_world(founded: World) -> Iterator[World]:
    """A world of this test's own outside pytest's folders, which pytest keeps closed."""
    root = Path(tempfile.mkdtemp(prefix="watcher-test-"))
    try:
        own = founded.copy(root / "own")
        for folder in (root, own.folder.parent, own.folder):
            folder.chmod(0o755)
        yield own
    finally:
        shutil.rmtree(root)
