"""A supplier on the aggregators of leak listings: one incident through all that is said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.world import World
from watcher import registry
from watcher.pipeline import Road
from watcher.scan import turn
from watcher.store import AlertRow, Book

Items = Sequence[Mapping[str, str]]

# In the forms of the two aggregators' answers.
LOOK = """
[sources.looks]
kind = "json"
every = "45m"
leak_listing = true
url = "{url}"
key = "join(' / ', [group_name, post_title][?@])"
text = "join(' · ', [post_title, description, group_name][?@])"
"""
LIVE = """
[sources.live]
kind = "json"
every = "30m"
leak_listing = true
url = "{url}"
key = "join(' / ', [group, victim][?@])"
text = "join(' · ', [victim, website, description, group][?@])"
"""


def watches(world: World, *suppliers: str) -> None:
    text = world.config.read_text()
    assert text.count("\nsuppliers = []") == 1
    names = ", ".join(json.dumps(each) for each in suppliers)
    world.config.write_text(text.replace("\nsuppliers = []", f"\nsuppliers = [{names}]"))


def says(place: Site, path: str, items: Items) -> str:
    return place.says(
        path, json.dumps(items).encode(), headers={"Content-Type": "application/json"}
    )


def post(title: str, description: str = "", group: str = "lockbit3") -> dict[str, str]:
    return {
        "post_title": title,
        "group_name": group,
        "discovered": "2026-11-18 16:27:16.109251",
        "description": description,
    }


def victim(name: str, description: str = "", website: str = "") -> dict[str, str]:
    return {
        "victim": name,
        "group": "lockbit3",
        "website": website,
        "discovered": "2026-11-18 17:00:00",
        "description": description,
    }


async def alerts(road: Road) -> list[AlertRow]:
    await turn(road, registry.enabled(road.config))
    return list(reversed(await road.store.do(Book.alerts)))


async def test_from_the_first_listing_to_the_files(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Medium when it is named, by two aggregators in two spellings; high when its data is out; one incident."""
    watches(world, "Example Card Ltd | examplecard.example", "Northgate Uniforms")
    look = says(place, "/look", [post("Acme Foods"), post("EXAMPLE-CARD LIMITED (UK)")])
    live = says(place, "/live", [victim("Acme Foods")])
    async with built(LOOK.format(url=look) + LIVE.format(url=live)) as road:
        (first,) = await alerts(road)
        assert (str(first.finding.severity), first.finding.rule) == ("medium", "supplier")
        assert first.finding.reasons == ("names Example Card Ltd",)

        says(place, "/live", [victim("examplecard", website="https://examplecard.example")])
        now.passes(timedelta(hours=1))
        _, second = await alerts(road)
        assert (second.incident, str(second.finding.severity)) == (first.incident, "medium")
        assert "another place of I-1" in second.context[0]

        threat = "They have 3 days. All data will be published"
        says(place, "/look", [post("EXAMPLE-CARD LIMITED (UK)", threat), post("Other")])
        now.passes(timedelta(hours=1))
        third = (await alerts(road))[-1]
        assert (third.incident, str(third.finding.severity)) == (first.incident, "medium")

        says(place, "/look", [post("EXAMPLE-CARD LIMITED (UK)", "All data published, 41 GB")])
        now.passes(timedelta(days=3))
        fourth = (await alerts(road))[-1]
        assert (fourth.incident, str(fourth.finding.severity)) == (first.incident, "high")
        assert "published" in fourth.finding.title
        assert "an update: the same place was told of as A-1" in fourth.context

        says(place, "/live", [victim("Northgate Uniforms plc")])
        now.passes(timedelta(hours=1))
        other = (await alerts(road))[-1]
        assert other.incident != first.incident


async def test_as_it_was_recorded(world: World, built: Built, place: Site, samples: Path) -> None:
    """Two posts of one victim, one of them escaped twice, are two places of one incident."""
    watches(world, "VV&A", "Rick Ramos Law", "arkopharma.example | Arkopharma", "Newton Media")
    recorded = (samples / "ransomware" / "ransomwatch_posts_tail_2023-09.json").read_bytes()
    url = place.says("/look", recorded, headers={"Content-Type": "application/json"})
    async with built(LOOK.format(url=url)) as road:
        found = await alerts(road)
        assert len(found) == 5
        by_title = {each.key.partition(" / ")[2]: each.incident for each in found}
        assert by_title["VV&amp;amp;A"] == by_title["VVandA"]
        assert len(set(by_title.values())) == 4


async def test_a_title_that_the_aggregator_cut(world: World, built: Built, place: Site) -> None:
    """Ninety characters of it are enough."""
    watches(world, "Example Identity and Access Card Services of the Northern Counties")
    title = "Breach of contractor of 2026: Example Identity and Access Card Services of the Northern Counties"
    assert title[:90].endswith("of the Northern Co")
    url = says(place, "/look", [post(title[:90]), post(title[:60])])
    async with built(LOOK.format(url=url)) as road:
        assert len(await alerts(road)) == 1
