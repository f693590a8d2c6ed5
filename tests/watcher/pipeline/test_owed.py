"""What is owed is fetched: again where its listing says so, and not while its host, or nobody, can be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher.api import Body, Capture, FetchError, Ref, Web
from watcher.config.settings import SourceTable
from watcher.errors import LOCAL
from watcher.pipeline import Road, Visited, visit
from watcher.store import Book

TABLE = SourceTable(name="archive", kind="paste", enabled=True, options={})
LATER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pastes:
    """A listing that says of each paste which version it is."""

    url: str
    versions: tuple[str, ...]
    name: str = "archive"
    every: timedelta = timedelta(minutes=1)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        await web.get(self.url)
        for at, version in enumerate(self.versions, start=1):
            url = f"{self.url}/{at}"
            yield Ref(source=self.name, key=str(at), url=url, version=version)

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        # As a plug-in may do that knows nothing of versions.
        bare = Ref(source=ref.source, key=ref.key, url=ref.url)
        return replace((await web.get(ref.url)).capture, ref=bare)


def pastes(place: Site, *versions: str) -> Pastes:
    place.says("/list", b"x")
    return Pastes(url=place.url("/list"), versions=versions)


def asked(place: Site, path: str) -> int:
    return sum(1 for _, each, _ in place.asked if each == path)


async def alerts(road: Road) -> list[tuple[str, str]]:
    return [(row.id, row.incident) for row in reversed(await road.store.do(Book.alerts))]


async def test_an_edited_paste_is_read_again(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A clean one becomes a leak; a larger leak is another alert of the same incident."""
    place.says("/list/1", b"Tea.\n")
    async with built() as road:
        await visit(road, TABLE, pastes(place, "r1"))
        assert (await visit(road, TABLE, pastes(place, "r1"))).new == 0
        place.says("/list/1", leaked_csv(world.rows[:20]))
        now.passes(LATER)
        assert (await visit(road, TABLE, pastes(place, "r2"))).alerts == ("A-1",)
        place.says("/list/1", leaked_csv(world.rows[100:180]))
        now.passes(LATER)
        assert (await visit(road, TABLE, pastes(place, "r3"))).alerts == ("A-2",)
        assert await alerts(road) == [("A-1", "I-1"), ("A-2", "I-1")]
        place.says("/list/1", b"Nothing here.\n")
        now.passes(LATER)
        for _ in range(3):
            await visit(road, TABLE, pastes(place, "r4"))
        assert asked(place, "/list/1") == 4
        assert dict(await road.store.do(Book.counts))["alert"] == 1


async def test_the_same_bytes_are_not_read_again(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A place that says with each visit that all is new costs a request in five minutes, and no reading."""
    place.says("/list/1", leaked_csv(world.rows[:20]))
    async with built() as road:
        assert (await visit(road, TABLE, pastes(place, "t0"))).documents == 1
        for turn in range(1, 11):
            now.passes(timedelta(minutes=1))
            done = await visit(road, TABLE, pastes(place, f"t{turn}"))
            assert (done.documents, done.alerts) == (0, ())
        assert asked(place, "/list/1") == 3
        assert await alerts(road) == [("A-1", "I-1")]
        assert (await road.store.do(Book.counts))["pending"] <= 1


async def test_an_edit_that_cannot_be_had_is_tried_and_given_up(
    built: Built, place: Site, now: Now
) -> None:
    """Like any document; what was read before stays an outcome meanwhile."""
    place.says("/list/1", b"Tea.\n")
    async with built() as road:
        await visit(road, TABLE, pastes(place, "r1"))
        place.says("/list/1", status=500)
        for _ in range(12):
            now.passes(timedelta(days=1))
            await visit(road, TABLE, pastes(place, "r2"))
        assert asked(place, "/list/1") == 1 + 8
        counts = await road.store.do(Book.counts)
        assert (counts["pending"], counts["failed"]) == (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Pastes):
    """The same, on a machine that has lost its network."""

    listed: bool = False
    fetched: int = 0

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        if not self.listed:
            raise FetchError("no route", retry=True, local=True)
        async for each in Pastes.discover(self, web):
            yield each

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        raise FetchError("no route", retry=True, local=True)


async def test_no_network_is_nobodys_failure(built: Built, place: Site) -> None:
    """Neither the source's nor a document's; it is asked again in its own time."""
    place.says("/list/1", status=500)
    whole = pastes(place, "")
    cut = Cut(url=whole.url, versions=("",))
    async with built() as road:
        await road.store.do(
            Book.pend, "archive", [Ref(source="archive", key="1", url=whole.url)],
            validators=None, now=road.now(),
        )  # fmt: skip
        done: Visited = await visit(road, TABLE, cut)
        assert done.error == "no route"
        assert done.next_due - road.now() < timedelta(minutes=2)
        state = await road.store.do(Book.source, "archive")
        assert (state.failures, state.error_kind, state.last_ok) == (0, LOCAL, None)
        (pending,) = await road.store.do(Book.pending, "archive", now=road.now())
        assert pending.attempts == 0


async def test_no_network_puts_no_source_off(built: Built, place: Site) -> None:
    """Nobody was asked, so that also a place that has failed before is tried again in its own time."""
    whole = pastes(place, "")
    cut = Cut(url=whole.url, versions=("",))
    async with built() as road:
        for _ in range(6):
            await road.store.do(
                Book.visited, "archive", now=road.now(), next_due=road.now(), error="503"
            )
        done: Visited = await visit(road, TABLE, cut)
        assert done.next_due - road.now() < timedelta(minutes=2)
        assert (await road.store.do(Book.source, "archive")).failures == 6


async def test_one_place_without_a_route_is_that_documents_failure(
    built: Built, place: Site
) -> None:
    """Where the listing was reached the way out is open: a dead link is given up in the end."""
    whole = pastes(place, "")
    async with built() as road:
        await visit(road, TABLE, Cut(url=whole.url, versions=("",), listed=True))
        due = await road.store.do(Book.pending, "archive", now=road.now() + timedelta(hours=1))
        assert [each.attempts for each in due] == [1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """Names documents of a host that is being left alone, and one of another; counts what is asked for."""

    held: int
    body: bytes
    asked: list[str] = field(default_factory=list)
    name: str = "archive"
    every: timedelta = timedelta(minutes=1)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        for key in [*(f"held {number}" for number in range(self.held)), "open"]:
            yield Ref(source=self.name, key=key, url=f"https://{key[:4]}.example/{key}")

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        self.asked.append(ref.key)
        if ref.key.startswith("held"):
            raise FetchError("asked to be left alone", retry=True, after=3600.0)
        return Capture(ref=ref, taken_at=datetime.now(UTC), url=ref.url, body=Body(self.body))


async def test_a_thousand_of_a_host_that_is_held_stand_before_nobody(
    world: World, built: Built, now: Now
) -> None:
    """More than one visit takes: they are put off, and what came behind them is read."""
    source = Resting(held=1000, body=leaked_csv(world.rows[:20]))
    async with built() as road:
        first = await visit(road, TABLE, source)
        assert (first.alerts, len(source.asked)) == ((), 1000)
        second = await visit(road, TABLE, source)
        assert (second.alerts, source.asked[1000:]) == (("A-1",), ["open"])
        counts = await road.store.do(Book.counts)
        assert (counts["pending"], counts["failed"]) == (1000, 0)
        due = await road.store.do(Book.pending, "archive", now=now() + timedelta(hours=1))
        assert {each.attempts for each in due} == {0}


async def test_a_document_waits_for_its_host_a_week(built: Built, now: Now) -> None:
    """Less often the longer it has waited, and then it is given up, as what could not be had."""
    source = Resting(held=1, body=b"Tea.\n")
    async with built() as road:
        for _ in range(24 * 9):
            await visit(road, TABLE, source)
            now.passes(timedelta(hours=1))
        counts = await road.store.do(Book.counts)
        assert (counts["pending"], counts["failed"]) == (0, 1)
        assert 20 < source.asked.count("held 0") < 50


async def test_the_time_in_which_nobody_looked_is_none_that_it_waited(
    built: Built, now: Now
) -> None:
    """Ten days switched off, and then its host is held: it is put off, and nothing is given up."""
    source = Resting(held=1, body=b"Tea.\n")
    async with built() as road:
        for _ in range(2):
            await visit(road, TABLE, source)
            now.passes(timedelta(days=10))
        assert source.asked.count("held 0") == 2
        counts = await road.store.do(Book.counts)
        assert (counts["pending"], counts["failed"]) == (1, 0)
