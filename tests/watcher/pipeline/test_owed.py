"""What is owed is fetched: again where its listing says so, and not while nobody can be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher.api import Capture, FetchError, Ref, Web
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


async def test_one_place_without_a_route_is_that_documents_failure(
    built: Built, place: Site
) -> None:
    """Where the listing was reached the way out is open: a dead link is given up in the end."""
    whole = pastes(place, "")
    async with built() as road:
        await visit(road, TABLE, Cut(url=whole.url, versions=("",), listed=True))
        due = await road.store.do(Book.pending, "archive", now=road.now() + timedelta(hours=1))
        assert [each.attempts for each in due] == [1]
