"""What a document names is fetched one hop further, by the same way as everything."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from sources.follow import Follow
from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import listing, lists
from tests.world import World, leaked_csv
from watcher import registry
from watcher.model import Part, Ref
from watcher.pipeline import Road, visit
from watcher.pipeline.naming import BRIEF, Naming
from watcher.scan import turn
from watcher.store import AlertRow, Book


def follows(place: Site, *, options: str = "") -> str:
    return f"""
[sources.linked]
kind = "follow"
{options}
[sources.linked.templates]
"paste.example" = "{place.url("/raw/")}{{key}}"
"""


def asked(place: Site) -> list[str]:
    return [path for _, path, _ in place.asked]


async def turned(road: Road) -> None:
    await turn(road, registry.enabled(road.config))


async def alerts(road: Road) -> list[AlertRow]:
    return list(reversed(await road.store.do(Book.alerts)))


def test_what_the_windows_of_a_document_name_is_named_once() -> None:
    """In their order, and no more than one document may."""
    naming = Naming([Follow(name="f", per_document=3), Follow(name="g", without=("paste.ee",))])
    for text in ("paste.ee/p/1 paste.ee/p/2", "", "paste.ee/p/2 paste.ee/p/3 paste.ee/p/4"):
        naming.note(Part(where="", text=text))
    (named,) = naming.named()
    assert (named.source, named.per_day) == ("f", 200)
    assert [ref.key for ref in named.refs] == ["paste.ee 1", "paste.ee 2", "paste.ee 3"]
    assert Naming([]).named() == ()


class Slow:
    """A follower that takes its time, and remembers in which threads."""

    name, per_document, per_day = "slow", 9, 9

    def __init__(self) -> None:
        self.threads: list[int] = []

    def named(self, part: Part) -> list[Ref]:
        self.threads.append(threading.get_ident())
        return [Ref(source="slow", key=part.where, url="https://paste.example/")]


async def test_a_long_window_is_searched_in_a_thread() -> None:
    """So that nobody else waits for it; what is found stays in the order of the document."""
    slow = Slow()
    naming = Naming([slow])
    for where, size in (("a", BRIEF), ("b", BRIEF + 1), ("c", 3 * BRIEF), ("d", 1)):
        await naming.look(Part(where=where, text="x" * size))
    here = [each == threading.get_ident() for each in slow.threads]
    assert here == [True, False, False, True]
    assert [ref.key for ref in naming.named()[0].refs] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "named",
    [
        "https://paste.example/p/k1",
        "paste[.]example/k1",
        "<a href='hxxps://paste.example/k1'>x</a>",
    ],
)
async def test_a_leak_behind_a_named_address_is_found(
    world: World, built: Built, place: Site, named: str
) -> None:
    """And says where its address was found; nothing of the naming document is told."""
    lists(place, "/1")
    place.says("/1", f"tea: {named} and rain\n".encode(), headers={"Content-Type": "text/html"})
    place.says("/raw/k1", leaked_csv(world.rows[:40]))
    async with built(listing(place) + follows(place)) as road:
        await turned(road)
        (row,) = await alerts(road)
        assert (row.source, row.key) == ("linked", "paste.example k1")
        assert row.named_by == ("archive", "")
        assert row.context == (
            "its address was named in a document that is no alert (source archive)",
        )
        await turned(road)
        assert asked(place).count("/raw/k1") == 1


async def test_one_hop_and_no_further(world: World, built: Built, place: Site) -> None:
    """What was followed names in vain."""
    lists(place, "/1")
    place.says("/1", b"paste.example/a\n")
    place.says("/raw/a", b"paste.example/b\n")
    async with built(listing(place) + follows(place)) as road:
        await turned(road)
        await turned(road)
        assert "/raw/a" in asked(place)
        assert "/raw/b" not in asked(place)
        assert await road.store.do(Book.waiting) == {}


async def test_the_same_list_behind_a_link_is_the_same_incident(
    world: World, built: Built, place: Site
) -> None:
    """Part of the list in a post, all of it behind the address beside it."""
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]) + b"all: https://paste.example/k1\n")
    place.says("/raw/k1", leaked_csv(world.rows[:45]))
    async with built(listing(place) + follows(place)) as road:
        await turned(road)
        first, second = await alerts(road)
        assert (first.source, second.source) == ("archive", "linked")
        assert second.incident == first.incident
        assert second.named_by == ("archive", first.id)
        (said,) = world.run("show", second.id, "--json").objects
        assert said["named_by"] == {"source": "archive", "alert": first.id}
        shown = " ".join(world.run("show", second.id).out.split())
        assert f"named in the document of {first.id} (source archive)" in shown
        (said,) = world.run("show", first.id, "--json").objects
        assert said["named_by"] is None


async def test_nothing_is_lost_between_naming_and_fetching(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """What was named waits in the store for another process, and for a place that fails."""
    lists(place, "/1")
    place.says("/1", b"paste.example/k1\n")
    place.says("/raw/k1", status=500)
    tables = listing(place) + follows(place)
    async with built(tables) as road:
        table = road.config.sources["archive"]
        await visit(road, table, registry.source(table, road.config.path))
        assert await road.store.do(Book.waiting) == {"linked": 1}
    async with built() as road:
        await turned(road)
        assert (await alerts(road), await road.store.do(Book.waiting)) == ([], {"linked": 1})
        place.says("/raw/k1", leaked_csv(world.rows[:40]))
        now.passes(timedelta(hours=1))
        await turned(road)
        assert len(await alerts(road)) == 1


async def test_the_same_checks_as_everything(built: Built, place: Site) -> None:
    """A private address is not fetched because a stranger names it, nor is an onion without Tor."""
    onion = f"{'a' * 56}.onion"
    lists(place, "/1")
    place.says("/1", f"http://10.1.2.3/x and http://{onion}/x\n".encode())
    options = f'hosts = ["10.1.2.3", "{onion}"]'
    async with built(listing(place) + follows(place, options=options)) as road:
        await turned(road)
        counts = await road.store.do(Book.counts)
        assert counts["clean"] == 1
        assert counts["failed"] + counts["pending"] == 2
        assert asked(place) == ["/list", "/1"]


async def test_what_a_leak_listing_names_is_read_as_one(built: Built, place: Site) -> None:
    """The file tree behind the address that thieves give is of the listing's incident."""
    lists(place, "/1")
    place.says("/1", b"Example Card Ltd\n41 GB, tree: paste.example/tree\n")
    place.says("/raw/tree", b"EXAMPLE-CARD\nwarrant_cards/0001.jpg\n")
    tables = listing(place).replace("every =", "leak_listing = true\nevery =") + follows(place)
    async with built(tables) as road:
        text = road.config.path.read_text().replace(
            "\nsuppliers = []", '\nsuppliers = ["Example Card Ltd"]'
        )
        road.config.path.write_text(text)
    async with built() as road:
        await turned(road)
        first, tree = await alerts(road)
        assert [str(each.finding.severity) for each in (first, tree)] == ["medium", "high"]
        assert tree.incident == first.incident
        assert tree.context == (
            f"another place of {first.incident}, which was first told of as {first.id}",
            f"its address was named in the document of {first.id} (source archive)",
        )


async def test_without_a_follower_nobody_looks(built: Built, place: Site) -> None:
    """It is the operator's choice."""
    lists(place, "/1")
    place.says("/1", b"paste.ee/p/1\n")
    off = follows(place, options="enabled = false")
    async with built(listing(place) + off) as road:
        assert road.followers == {}
        await turned(road)
        assert await road.store.do(Book.waiting) == {}


@pytest.mark.parametrize(("said", "rules"), [("leak_listing = true", ["supplier"]), ("", [])])
async def test_what_a_leak_listing_names_is_judged_as_of_one(
    world: World, built: Built, place: Site, said: str, rules: list[str]
) -> None:
    """A supplier in what it names is a victim; in what anybody else names it is a name."""
    text = world.config.read_text()
    world.config.write_text(text.replace("\nsuppliers = []", '\nsuppliers = ["Acme Cards Ltd"]'))
    lists(place, "/1")
    place.says("/1", b"tea: https://paste.example/k1\n")
    place.says("/raw/k1", b"Acme Cards Ltd\n")
    async with built(f"{listing(place)}{said}\n{follows(place)}") as road:
        await turned(road)
        assert [each.finding.rule for each in await alerts(road)] == rules
