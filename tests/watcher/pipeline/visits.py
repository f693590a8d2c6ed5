"""What tests of visits are given: the source `archive` visited, and what came of it."""

from __future__ import annotations

from tests.watcher.fetch.site import Site
from watcher import registry
from watcher.model import Part, Tally
from watcher.pipeline import Road, Visited, visit
from watcher.store import Book


async def visited(road: Road) -> Visited:
    table = road.config.sources["archive"]
    return await visit(road, table, registry.source(table, road.config.path))


def asked(place: Site, path: str) -> int:
    return sum(1 for _, each, _ in place.asked if each == path)


async def counts(road: Road) -> dict[str, int]:
    return dict(await road.store.do(Book.counts))


class Fragile:
    """A matcher that breaks on what holds a certain word, until it is mended."""

    def __init__(self) -> None:
        self.broken = True

    def match(self, part: Part) -> Tally:
        if self.broken and "rain" in part.text:
            raise ZeroDivisionError
        return Tally()
