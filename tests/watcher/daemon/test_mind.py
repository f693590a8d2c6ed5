"""Minding the watch: each change is told once, one trouble of many as one, and to whom it helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Minded, hearing, listings, locked, minding, owes
from tests.watcher.fetch.site import Site
from tests.world import World, without_canary
from watcher import registry
from watcher.errors import LOCAL
from watcher.pipeline import deliver, visit
from watcher.store import Book


async def test_a_source_whose_markers_are_gone_is_told_once_and_its_end_too(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Visit after visit fails, look after look sees it: one notice, and one when it is over."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "board"), now) as minded:
        await minded.visited("board", new=3)
        await minded.look()
        for _ in range(6):
            minded.passes(5 * MINUTE)
            await minded.visited("board", "the marker is gone")
            await minded.look()
            await minded.look()
        assert heard.notices() == [("board", "blind")]
        assert "the marker is gone" in str(heard.bodies[0])
        assert heard.bodies[0]["data"]["leak"] is False
        for _ in range(4):
            minded.passes(5 * MINUTE)
            await minded.visited("board", new=1)
            await minded.look()
        assert heard.notices()[:1] == [("board", "blind")]
        assert [state for _, state in heard.notices()[1:]] in (["ok"], ["degraded"])


async def test_a_restart_tells_nothing_twice(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """What was told is in the store; another mind on the same store has nothing to add."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with built(tables + listings(place, "board")) as road:
        for _ in range(3):
            minded = Minded(road, now)
            await minded.mind.begin()
            for _ in range(3):
                minded.passes(5 * MINUTE)
                await minded.visited("board", "the marker is gone")
                await minded.look()
        assert heard.notices() == [("board", "blind")]


async def test_a_source_that_is_watched_no_more_is_in_no_trouble(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Nobody would ever see the end of it; watched again it begins anew."""
    without_canary(world)
    async with minding(built, listings(place, "board"), now) as minded:
        road = minded.road
        for _ in range(3):
            minded.passes(5 * MINUTE)
            await minded.visited("board", "the marker is gone")
            await minded.look()
        assert (await road.store.do(Book.condition, "source", "board")) is not None
        road.config = replace(road.config, sources={})
        await Minded(road, now).mind.begin()
        assert (await road.store.do(Book.condition, "source", "board")) is None


async def test_all_sources_at_once_are_one_notice(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Forty places that are unreachable in the same minutes are one trouble, told once and ended once."""
    without_canary(world)
    names = [f"s{n:02}" for n in range(40)]
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, *names), now) as minded:
        for name in names:
            await minded.visited(name, new=1)
        await minded.look()
        for _ in range(6):
            for name in names:
                minded.passes(timedelta(seconds=7))
                await minded.visited(name, "no answer", "unreachable")
            await minded.look()
        assert heard.notices() == [("", "blind")]
        assert "40 of 40" in heard.bodies[0]["data"]["title"]
        for _ in range(4):
            for name in names:
                minded.passes(timedelta(seconds=7))
                await minded.visited(name, new=1)
            await minded.look()
        assert heard.notices("sources") == [("", "blind"), ("", "ok")]
        assert [state for _, state in heard.notices("source")].count("blind") == 0


async def test_a_way_out_that_is_down_is_this_hosts_trouble(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A proxy that is gone makes no source blind; it is told as what it is, and so is its end."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "a", "b"), now) as minded:
        for _ in range(6):
            minded.passes(5 * MINUTE)
            for name in ("a", "b"):
                await minded.visited(name, "the proxy cannot be reached", "local")
            await minded.look()
        assert heard.notices() == [("", "cut off")]
        assert "proxy" in str(heard.bodies[0]["data"]["reasons"])
        minded.passes(5 * MINUTE)
        await minded.visited("a", new=1)
        await minded.look()
        assert heard.notices() == [("", "cut off"), ("", "ok")]


async def test_who_asks_for_no_list_cannot_tell_that_the_way_out_is_open(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Visits to a source that follows end well without a network, and bring nothing: neither counts."""
    without_canary(world)
    tables, heard = hearing(world, place)
    followed = '[sources.named]\nkind = "follow"\n'
    async with minding(built, tables + listings(place, "a", "b") + followed, now) as minded:
        for _ in range(60):
            minded.passes(timedelta(hours=12))
            for name in ("a", "b", "named"):
                await minded.visited(name)
        for _ in range(6):
            minded.passes(5 * MINUTE)
            for name in ("a", "b"):
                await minded.visited(name, "the proxy cannot be reached", "local")
            await minded.visited("named")
            await minded.look()
        assert heard.notices() == [("", "cut off")]


async def test_a_target_that_fails_is_told_to_the_others(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """One that takes nothing is not told of itself; whoever else there is hears of it once."""
    without_canary(world)
    tables, heard = hearing(world, place)
    more, deaf = hearing(world, place, "deaf")
    deaf.status = 500
    async with minding(built, tables + more, now) as minded:
        road = minded.road
        await owes(minded, world)
        for _ in range(60):
            minded.passes(5 * MINUTE)
            await minded.look()
        assert heard.notices() == [("deaf", "failing")]
        assert deaf.bodies == []
        deaf.status = 200
        minded.passes(timedelta(days=1))
        await deliver(road)
        await minded.look()
        assert heard.notices() == [("deaf", "failing"), ("deaf", "ok")]
        assert deaf.notices() == []


async def test_a_store_that_cannot_be_written_is_told_from_memory(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Another process keeps it locked: every target hears of that once, and of its end once."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        await minded.look()
        held = await locked(road)
        for _ in range(5):
            minded.passes(MINUTE)
            await minded.mind.look()
        held.close()
        assert heard.notices() == [("", "failing")]
        assert "locked" in str(heard.bodies[0])
        minded.passes(MINUTE)
        await minded.look()
        await minded.look()
        assert heard.notices() == [("", "failing"), ("", "ok")]


async def test_nobody_was_late_while_the_service_did_not_run(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Two days switched off: a source is late only by its time since the start."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "board"), now) as minded:
        await minded.visited("board", new=1)
        await minded.look()
        minded.passes(timedelta(days=2))
        again = Minded(minded.road, now)
        await again.mind.begin()
        for _ in range(2):
            again.passes(timedelta(hours=1))
            await again.look()
        assert heard.notices() == []
        again.passes(timedelta(hours=2))
        await again.look()
        assert heard.notices() == [("board", "blind")]


async def test_nothing_is_judged_by_ages_that_a_set_clock_has_made(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A trouble of minutes is none of two days because the time of day was set."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "board", "other"), now) as minded:
        await minded.visited("board", new=1)
        for _ in range(3):
            minded.passes(MINUTE)
            await minded.visited("board", "no route", kind=LOCAL)
            await minded.visited("other", new=1)
            await minded.look()
        now.passes(timedelta(days=2))
        for _ in range(10):
            minded.passes(MINUTE)
            await minded.look()
        assert heard.notices("source") == []


async def test_evidence_that_cannot_be_written_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Without it no alert would be raised, which nobody must find out by chance."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        road.config.evidence_directory.write_bytes(b"a file is in its place")
        await minded.look()
        await minded.look()
        assert heard.notices() == [("", "failing")]
        road.config.evidence_directory.unlink()
        await minded.look()
        assert heard.notices() == [("", "failing"), ("", "ok")]


async def test_an_index_that_is_refused_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Who joined since is not watched for; once it is mended that is told as well."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        sealed = road.config.index.read_bytes()
        road.config.index.write_bytes(sealed[:-1] + b"\0" * 2)
        await road.fresh()
        await minded.look()
        assert heard.notices() == [("", "refused")]
        fresh = road.config.index.with_suffix(".new")
        fresh.write_bytes(sealed)
        fresh.replace(road.config.index)
        await road.fresh()
        await minded.look()
        assert heard.notices() == [("", "refused"), ("", "ok")]


async def test_a_challenge_in_other_words_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Every document is the same page, with status 200: what there is to read is not read."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "board"), now) as minded:
        road = minded.road
        table = road.config.sources["board"]
        source = registry.source(table, road.config.path)
        for number in range(4):
            paths = [f"/{number}/{each}" for each in range(5)]
            links = "".join(f'<a href="{path}">x</a>' for path in paths)
            place.says("/board", links.encode(), headers={"Content-Type": "text/html"})
            for path in paths:
                place.says(path, b"Bitte zeigen Sie, dass Sie ein Mensch sind.")
            assert (await visit(road, table, source)).documents == len(paths)
            minded.passes(6 * MINUTE)
            await minded.look()
        minded.passes(5 * MINUTE)
        await minded.look()
        assert heard.notices() == [("board", "degraded")]
        assert "the same page" in str(heard.bodies[0])


async def test_who_goes_blind_while_many_are_is_told_also_after_a_restart(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Seven of fifteen stay blind for a week; one more is told of by its name, and those seven never."""
    without_canary(world)
    names = [f"s{n:02}" for n in range(15)]
    tables, heard = hearing(world, place)
    async with built(tables + listings(place, *names)) as road:
        minded = Minded(road, now)
        await minded.mind.begin()

        async def goes_on(rounds: int, blind: list[str]) -> None:
            for _ in range(rounds):
                minded.passes(5 * MINUTE)
                for name in names:
                    error = "the marker is gone" if name in blind else ""
                    await minded.visited(name, error, new=1)
                await minded.look()

        await goes_on(6, names)
        assert heard.notices() == [("", "blind")]
        await goes_on(6, names[:7])
        assert ("", "ok") not in heard.notices()
        minded = Minded(road, now)
        await minded.mind.begin()
        await goes_on(24, [*names[:7], names[9]])
        await goes_on(24, names[:8] + names[9:10])
        told = [each for each in heard.notices() if each[1] == "blind"]
        assert told == [("", "blind"), ("s09", "blind"), ("s07", "blind")]
        kept = await road.store.do(Book.condition, "sources", "")
        assert kept is not None
        assert kept.covers == set(names[:7])
