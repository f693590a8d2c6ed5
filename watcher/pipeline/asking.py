"""
A visit to a source that asks a third party about enrolled people.

It sees the hashes of the index in use, also where a round of questions outlasts
an index: who is no longer enrolled is not asked about any more. How far it came
may hold what the hashes are of, and is sealed before it is stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import cast

from watcher import log
from watcher.api import Asker, Capture, Part, Ranges, Reached, Ref, Source, SourceError, Tally, Web
from watcher.index import open_cursor, seal_cursor
from watcher.pipeline.road import Road

_log = log.get(__name__)


class Asking:
    """Implements `watcher.api.Ranges` for one such source."""

    def __init__(self, road: Road, source: Asker) -> None:
        self._road = road
        self._source = source

    @classmethod
    def of(cls, road: Road, source: Source) -> Asking | None:
        """That of this source, if it is one that asks."""
        return cls(road, cast("Asker", source)) if getattr(source, "asks", "") else None

    def listing(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        """What the source yields in the place of a listing."""
        return self._source.ask(web, self)

    def cursor(self, stored: str) -> str:
        """What the source reached; "" where that was sealed by somebody else: it begins anew."""
        try:
            return open_cursor(stored, self._road.known.cursors, about=self._source.name)
        except ValueError as problem:
            _log.error("cursor.refused", source=self._source.name, reason=str(problem))
            return ""

    async def reached(self, said: Reached) -> Reached:
        """The same, sealed. A new index is taken up here."""
        known = await self._road.fresh()
        # A megabyte, where half of a large force is known to the service.
        cursor = await asyncio.to_thread(
            seal_cursor, said.cursor, known.cursors, about=self._source.name
        )
        return Reached(cursor=cursor)

    def after(self, prefix: str) -> Sequence[str]:
        """See `watcher.api.Ranges`. Raises SourceError where nobody is enrolled for it."""
        return self._ranges.after(prefix)

    def ours(self, prefix: str, suffixes: Iterable[str]) -> Sequence[str]:
        """See `watcher.api.Ranges`. Raises SourceError where nobody is enrolled for it."""
        return self._ranges.ours(prefix, suffixes)

    def match(self, part: Part) -> Tally:
        """See `watcher.api.Ranges`. Raises SourceError where nobody is enrolled for it."""
        return self._ranges.match(part)

    @property
    def _ranges(self) -> Ranges:
        asked = self._road.known.asked.get(self._source.asks)
        if asked is None:
            raise SourceError(
                f"nobody is enrolled for it: `watcher enrol --{self._source.asks} ROSTER` does that,"
                " and says what it means; or switch this source off"
            )
        return asked.ranges
