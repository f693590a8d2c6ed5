"""What becomes of each document of a visit, whatever goes wrong with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.given import capture
from tests.watcher.record.captures import Custodian, records
from tests.world import World, leaked_csv
from watcher.config.settings import Evidence, SourceTable
from watcher.errors import ConfigError
from watcher.match import Matching
from watcher.model import Part, Ref, Tally
from watcher.pipeline.work import LIVES, Work
from watcher.store import Book, Brought

TABLE = SourceTable(name="test", kind="listing", enabled=True, options={})


class Broken:
    """A matcher with a fault of its own."""

    def match(self, part: Part) -> Tally:
        raise ZeroDivisionError("Quillfeather")


async def test_a_document_that_breaks_a_matcher_is_failed_and_tried_again(
    built: Built, now: Now
) -> None:
    """It is never clean; it does not keep the next document from being read; its words are not told."""
    async with built("") as road:
        road.known = replace(road.known, matching=Matching({"broken": Broken()}))
        work = Work(road, TABLE, asyncio.Event())
        given = capture(road, b"Rain and tea.\n")
        await road.store.do(Book.pend, "test", [given.ref], validators=None, now=now())
        await work.read(given)
        (missed,) = work.missed
        assert "broken" in missed.problem
        assert "Quillfeather" not in missed.problem
        counts = await road.store.do(Book.counts)
        assert (counts["clean"], counts["pending"]) == (0, 1)
        now.passes(timedelta(minutes=2))
        (pending,) = await road.store.do(Book.pending, "test", now=now())
        assert pending.attempts == 1
        road.known.matching.close()


async def test_a_document_is_given_up_in_the_end(built: Built, now: Now) -> None:
    """After the last of its tries it is stored as failed, and leaves the queue."""
    async with built("") as road:
        work = Work(road, TABLE, asyncio.Event())
        ref = Ref(source="test", key="1", url="https://paste.example/1")
        await road.store.do(Book.pend, "test", [ref], validators=None, now=now())
        tries = 0
        while (await road.store.do(Book.counts))["pending"]:
            now.passes(timedelta(days=2))
            (pending,) = await road.store.do(Book.pending, "test", now=now())
            await work.fail(ref, "500", attempts=pending.attempts)
            tries += 1
        assert tries == 8
        assert (await road.store.do(Book.counts))["failed"] == 1


async def test_nothing_is_settled_where_no_evidence_can_be_kept(
    world: World, built: Built, now: Now
) -> None:
    """The trouble is everybody's: it ends the visit, and the document stays pending."""
    async with built("") as road:
        road.config = replace(road.config, evidence=Evidence())
        work = Work(road, TABLE, asyncio.Event())
        given = capture(road, leaked_csv(world.rows[:40]))
        await road.store.do(Book.pend, "test", [given.ref], validators=None, now=now())
        with pytest.raises(ConfigError, match="custodian"):
            await work.read(given)
        counts = await road.store.do(Book.counts)
        assert (counts["documents"], counts["pending"]) == (0, 1)


async def test_a_document_that_takes_the_service_with_it_is_given_up(
    built: Built, now: Now
) -> None:
    """It goes to the end of its queue after each death, and after five it is failed."""
    async with built("") as road:
        poison, other = capture(road, b"Rain.\n", "poison"), capture(road, b"Tea.\n", "other")
        refs = [poison.ref, other.ref]
        await road.store.do(Book.pend, "test", refs, validators=None, now=now())
        for death in range(1, LIVES + 1):
            assert await road.store.do(Book.begin, poison.ref, now=now()) == death
            first, last = await road.store.do(Book.pending, "test", now=now())
            assert (first.ref, last.ref) == (other.ref, poison.ref)
        work = Work(road, TABLE, asyncio.Event())
        await work.read(poison)
        (missed,) = work.missed
        assert "5 times" in missed.problem
        counts = await road.store.do(Book.counts)
        assert (counts["failed"], counts["pending"]) == (1, 1)


async def test_a_stop_in_good_order_is_no_death(built: Built, now: Now) -> None:
    """What was left because the service was told to stop has as many lives as before."""
    async with built("") as road:
        given = capture(road, b"Rain.\n")
        await road.store.do(Book.pend, "test", [given.ref], validators=None, now=now())
        for _ in range(2 * LIVES):
            await road.store.do(Book.begin, given.ref, now=now())
            await road.store.do(Book.leave, given.ref)
        assert await road.store.do(Book.begin, given.ref, now=now()) == 1


async def test_the_record_says_that_a_source_goes_through_tor(world: World, built: Built) -> None:
    """Of what a listing carried too, which no exchange of its own brought."""
    custodian = Custodian()
    async with built("") as road:
        road.config = replace(road.config, evidence=Evidence(custodians=(custodian.key,)))
        for via, told in (("tor", b"network: tor"), ("", b"")):
            work = Work(road, replace(TABLE, via=via), asyncio.Event())
            await work.read(capture(road, leaked_csv(world.rows[:40]), f"{via}.csv"), carried=True)
            (row, *_) = await road.store.do(Book.alerts)
            info, *_ = records(custodian.open(world.data / "evidence" / row.evidence.file))
            assert (b"network" in info[1]) == bool(told)
            assert told in info[1]


async def test_what_was_brought_is_told_in_pieces_that_add_up(built: Built) -> None:
    """A visit without an end is entered lap by lap: nothing is counted twice, and nothing left out."""
    async with built("") as road:
        work = Work(road, TABLE, asyncio.Event())
        work.new += 2
        await work.read(capture(road, b"Rain and tea.\n", "a.txt"))
        assert work.brought() == Brought(new=2, kept=1)
        assert work.brought() == Brought()
        work.new += 1
        lost = Ref(source="test", key="b", url="https://paste.example/b")
        await work.fail(lost, "answered 404", attempts=0, retry=False)
        assert work.brought() == Brought(new=1, lost=1)
