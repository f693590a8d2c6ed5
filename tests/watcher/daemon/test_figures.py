"""The figures of a running service."""

from __future__ import annotations

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Minded, hearing, listings
from tests.watcher.fetch.site import Site
from tests.watcher.given import capture
from tests.world import World, leaked_csv
from watcher.daemon.figures import figures
from watcher.metrics import text
from watcher.pipeline import take
from watcher.store import Book


async def test_they_say_how_things_are(world: World, built: Built, place: Site, now: Now) -> None:
    """States, documents, alerts and what is owed, as the store has them; no address and no key."""
    tables, heard = hearing(world, place)
    heard.status = 500
    async with built(tables + listings(place, "board", "other", "later")) as road:
        minded = Minded(road, now)
        await minded.visited("other", new=4)
        for _ in range(3):
            minded.passes(MINUTE)
            await minded.visited("board", "the marker is gone")
        taken = await take(road, capture(road, leaked_csv(world.rows[:50]), "secret-name.csv"))
        await road.store.do(Book.settle, taken.outcome, now=now(), targets=road.severities)
        minded.passes(MINUTE)
        found = await figures(road, minded.mind.histories)
        assert found.sources["board"].state == "blind"
        assert found.sources["later"].state == "new"
        assert found.sources["board"].failures == 3
        assert found.sources["other"].state == "ok"
        assert found.sources["other"].age == 4 * 60
        assert found.targets["ops"].owed == 1
        assert found.targets["ops"].oldest == 60
        assert found.documents["alert"] == 1
        assert sum(found.alerts.values()) == 1
        assert found.store_bytes > 0
        page = text(found).decode()
        assert "secret-name" not in page
        assert "127.0.0.1" not in page
