"""A turn that goes wrong is entered, and its place is asked no sooner for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.watcher.conftest import Built
from tests.watcher.daemon.given import FAILS, FAULT, broken
from tests.watcher.fetch.site import Site
from tests.watcher.given import configured, listing, lists
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.daemon.turn import turn
from watcher.pipeline import Road
from watcher.store import Book


async def had(road: Road, table: SourceTable, source: Source) -> datetime:
    def nothing() -> None:
        pass

    return await turn(
        road, table, source, asyncio.Event(), late=timedelta(), raised=nothing, named=nothing
    )


async def test_what_cannot_be_stored_is_not_asked_for_sooner(
    world: World, built: Built, place: Site
) -> None:
    """The place has done nothing: while the disk is full it is asked as often as ever."""
    lists(place, "/1")
    config = await configured(world, built, listing(place).replace('"1m"', '"1h"'))
    broken(config, f"INSERT ON pending {FAILS}")
    async with Road(config) as road:
        ((table, source),) = registry.enabled(config).values()
        due = await had(road, table, source)
        assert [path for _, path, _ in place.asked] == ["/list"]
        assert due - road.now() > timedelta(minutes=59)


@pytest.mark.parametrize(
    ("trigger", "words"),
    [(FAULT, "code failed with IntegrityError"), ("", "custodian")],
)
async def test_a_visit_that_could_not_be_made_is_entered(
    world: World, built: Built, place: Site, trigger: str, words: str
) -> None:
    """By our own fault, or because nobody could open its evidence: its source has failed, and says why."""
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    config = await configured(world, built, listing(place))
    if trigger:
        broken(config, f"INSERT ON pending {trigger}")
    else:
        config = replace(config, evidence=replace(config.evidence, custodians=("age1nobody",)))
    async with Road(config) as road:
        ((table, source),) = registry.enabled(config).values()
        due = await had(road, table, source)
        state = await road.store.do(Book.source, "archive")
        seen = (await road.store.do(Book.visits))["archive"]
    assert words in state.last_error
    assert (state.error_kind, state.failures, seen.ends) == ("fault", 1, ("fault",))
    assert state.next_due is not None
    assert abs(due - state.next_due) < timedelta(minutes=1)
