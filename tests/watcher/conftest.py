"""A road of one's own: enrolled people, a site that counts, a clock that is an argument."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.watcher.fetch.site import Site, site
from tests.world import World, loosen
from watcher.config import load
from watcher.pipeline import Road

Built = Callable[[str], AbstractAsyncContextManager[Road]]


class Now:
    """The time, which passes when a test says so."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
async def place() -> AsyncIterator[Site]:
    async with site() as running:
        yield running


@pytest.fixture
def built(world: World, now: Now) -> Built:
    """`async with built(tables) as road`: a road for this configuration."""

    @asynccontextmanager
    async def build(tables: str = "") -> AsyncIterator[Road]:
        world.configure(tables)
        loosen(world)
        async with Road(load(world.config, os.environ), now=now) as road:
            yield road

    return build
