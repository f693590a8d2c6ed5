"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.world import World, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An enrolled force that nobody changes. Copy it with `world`."""
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def world(founded: World, tmp_path: Path) -> World:
    """An enrolled force of this test's own."""
    return founded.copy(tmp_path / "own")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The recorded answers of real places."""
    folder = os.environ.get("WATCHER_SAMPLES", "")
    if not folder:
        pytest.skip("WATCHER_SAMPLES does not name the folder of recordings")
    return Path(folder)
