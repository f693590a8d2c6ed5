"""`watcher scan` with arguments."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher import registry
from watcher.errors import StoreError
from watcher.model import Severity
from watcher.pipeline import Road
from watcher.scan import Scanned, files, scan, turn
from watcher.store import Book


async def scanned(
    road: Road, *arguments: str, keep: bool = True, notify: bool = False
) -> list[Scanned]:
    return [each async for each in scan(road, arguments, keep=keep, notify=notify)]


def test_a_folder_is_its_files_in_order(tmp_path: Path) -> None:
    """Folders are walked deep and in order; links out of them are not followed."""
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in ("in/z.txt", "in/a.txt", "in/b/c.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "out.txt").write_text("x")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out.txt")
    walked = [Path(each).relative_to(tmp_path).as_posix() for each in files([str(tmp_path / "in")])]
    assert walked == ["in/a.txt", "in/z.txt", "in/b/c.txt"]
    assert list(files(["-", "https://x.example/"])) == ["-", "https://x.example/"]


async def test_the_same_file_twice_is_one_alert(world: World, built: Built, tmp_path: Path) -> None:
    """A second scan finds the same, stores nothing more and names the same alert."""
    leak = tmp_path / "leak.csv"
    leak.write_bytes(leaked_csv(world.rows[:40]))
    async with built("") as road:
        (first,) = await scanned(road, str(leak))
        (second,) = await scanned(road, str(leak))
        assert first.alert == second.alert == "A-1"
        assert first.evidence == second.evidence
        assert len(list((world.data / "evidence").rglob("*.age"))) == 1
        assert (await road.store.do(Book.counts))["alerts"] == 1


async def test_the_same_people_elsewhere_are_the_same_incident(
    world: World, built: Built, tmp_path: Path
) -> None:
    """Re-ordered and thinned, in another form, it is another alert of one incident."""
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "one.csv").write_bytes(leaked_csv(world.rows[:40]))
    thinned = list(reversed(world.rows[:40]))[:32]
    lines = [f"{row['forename']} {row['surname']} {row['pay_number']}" for row in thinned]
    (drop / "two.txt").write_text("\n".join(lines))
    (drop / "other.csv").write_bytes(leaked_csv(world.rows[100:140]))
    async with built("") as road:
        one, other, two = await scanned(road, str(drop))
        assert one.incident == two.incident == "I-1"
        assert other.incident == "I-2"
        assert len({one.alert, two.alert, other.alert}) == 3


async def test_a_file_that_cannot_be_read_hides_no_other(
    world: World, built: Built, tmp_path: Path
) -> None:
    """It is told of as a problem, and the next is read."""
    (tmp_path / "leak.csv").write_bytes(leaked_csv(world.rows[:40]))
    async with built("") as road:
        missing, leak = await scanned(road, str(tmp_path / "no.csv"), str(tmp_path / "leak.csv"))
        assert "No such file" in missing.problem
        assert leak.alert == "A-1"


async def test_an_address_is_fetched_with_the_services_manners(
    world: World, built: Built, place: Site
) -> None:
    """The page is asked for once, under our name; a refusal is a problem, not a clean page."""
    place.says("/leak.csv", leaked_csv(world.rows[:40]))
    async with built("") as road:
        leak, gone = await scanned(road, place.url("/leak.csv"), place.url("/gone"))
        assert leak.finding is not None
        assert leak.finding.severity is Severity.CRITICAL
        assert "404" in gone.problem
        assert [path for _, path, _ in place.asked] == ["/leak.csv", "/gone"]
        assert "leak-watcher/" in place.asked[0][2]["User-Agent"]


async def test_one_turn_visits_every_source_and_delivers(
    world: World, built: Built, place: Site
) -> None:
    """What each listed is read, what is found is told, and a sick source is said to be sick."""
    place.says("/list", b'<a href="/leak">x</a>', headers={"Content-Type": "text/html"})
    place.says("/leak", leaked_csv(world.rows[:40]))
    place.says("/hook")
    hook = world.secret("hook", place.url("/hook"))
    tables = f"""
[sources.good]
kind = "listing"
url = "{place.url("/list")}"
item = "a"
[sources.sick]
kind = "listing"
url = "{place.url("/nothing")}"
item = "a"
[notify.targets.ops]
kind = "slack"
url = {{ file = "{hook}" }}
"""
    async with built(tables) as road:
        done = await turn(road, registry.enabled(road.config))
        assert done.alerts == ("A-1",)
        assert done.told == 1
        assert {each.source: bool(each.error) for each in done.visits} == {
            "good": False,
            "sick": True,
        }


async def test_where_one_visit_cannot_go_on_none_is_left_running(built: Built, place: Site) -> None:
    """A store that fails ends the turn; who waits for a slow place is not waited for."""
    from aiohttp import web

    waits = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        waits.set()
        return await asyncio.Future()

    async def fails(request: web.Request) -> web.StreamResponse:
        await waits.wait()
        return web.Response(text="<a href='/1'>x</a>", content_type="text/html")

    place.pages["/slow"], place.pages["/bad"] = slow, fails
    tables = "".join(
        f'[sources.{name}]\nkind = "listing"\nurl = "{place.url(f"/{name}")}"\nitem = "a"\n'
        for name in ("slow", "bad")
    )
    async with built(tables) as road:
        await road.store.do(
            lambda book: book._db.execute(
                "CREATE TRIGGER broken BEFORE INSERT ON pending WHEN new.source = 'bad'"
                " BEGIN INSERT INTO nowhere VALUES (1); END"
            )
        )
        before = asyncio.all_tasks()
        with pytest.raises(StoreError):
            await turn(road, registry.enabled(road.config))
        assert not [each for each in asyncio.all_tasks() - before if "visit" in repr(each)]
