"""A real site, and the real readers of what it answers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.watcher.fetch.site import Site, fetcher, site
from watcher.config.settings import Read
from watcher.fetch import Fetcher
from watcher.read import Readers


@pytest.fixture
async def place() -> AsyncIterator[Site]:
    """A site on loopback."""
    async with site() as found:
        yield found


@pytest.fixture
async def out() -> AsyncIterator[Fetcher]:
    """The way to it, with a reading worker."""
    async with Readers(Read(workers=1)) as readers, fetcher(ask=readers.ask) as found:
        yield found


@pytest.fixture
def samples() -> Path:
    """The folder of recorded answers."""
    folder = os.environ.get("WATCHER_SAMPLES")
    if not folder:
        pytest.skip("WATCHER_SAMPLES names no folder of recorded answers")
    return Path(folder)
