"""A store that fails is told from memory; one that is busy for a moment is not."""

from __future__ import annotations

from datetime import timedelta

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import hearing
from tests.watcher.fetch.site import Site
from tests.world import World
from watcher.daemon.outage import PATIENCE, Outage
from watcher.pipeline import deliver


async def test_a_moment_is_nothing(world: World, built: Built, place: Site, now: Now) -> None:
    """Within the patience nobody hears of it, nor of its end."""
    tables, heard = hearing(world, place)
    async with built(tables) as road:
        outage = Outage(road)
        await outage.failed("locked")
        now.passes(PATIENCE / 2)
        await outage.failed("locked")
        await outage.works()
        await deliver(road)
        assert heard.bodies == []


async def test_who_could_not_be_told_from_memory_is_told_from_the_store(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Once there is room again: the trouble and its end, in this order; the others hear the end."""
    tables, heard = hearing(world, place)
    more, deaf = hearing(world, place, "deaf")
    deaf.status = 500
    async with built(tables + more) as road:
        outage = Outage(road)
        for _ in range(4):
            await outage.failed("the disk is full")
            now.passes(timedelta(minutes=1))
        assert heard.notices() == [("", "failing")]
        deaf.status = 200
        await outage.works()
        await deliver(road)
        assert heard.notices() == [("", "failing"), ("", "ok")]
        assert deaf.notices() == [("", "failing"), ("", "ok")]
        assert "disk is full" in str(deaf.bodies[0])
