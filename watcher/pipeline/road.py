"""
What the road is built of: store, index, readers, matchers, the ways out.

Built once by the daemon or by a scan, taken down in the opposite order. The
master key is used here to open the index and then forgotten; no plug-in and no
reading worker sees it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from random import Random
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from watcher import canary, index, keys, log, registry
from watcher.api import Follower, Ranges
from watcher.config.settings import Config
from watcher.errors import ConfigError, PluginError, WatcherError
from watcher.match import Matching, recognisers
from watcher.model import Officer, Person, Severity
from watcher.notify import Teller
from watcher.read import Readers
from watcher.store import Book, Store

if TYPE_CHECKING:
    from watcher.fetch import Fetcher  # with the web client, 0.15 s; see `__aenter__`

_log = log.get(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one matcher has enrolled for questions to a third party, and itself as a reader."""

    ranges: Ranges
    matching: Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    One opened index: who is enrolled, and what recognises them. Never mixed with another.

    `traces` is the key of what documents leave under it, and `roster` by what
    that is told from what others left (see `index.traces`). `canary`: the
    made-up officer, if it is enrolled; `people` does not count it. `asked`:
    by their matchers' names, what a third party is asked about, in ranges of
    hashes; `cursors` is the key of how far that came.
    """

    version: int
    officers: tuple[Officer, ...]
    matching: Matching
    traces: bytes = field(repr=False)
    roster: str
    canary: Person | None = field(default=None, repr=False)
    asked: Mapping[str, Asked] = field(default_factory=dict, repr=False)
    cursors: bytes = field(default=b"", repr=False)

    def only(self, matcher: str) -> Known:
        """The same, where nobody reads but the matcher of this name. Raises PluginError."""
        if matcher not in self.asked:
            raise PluginError(f"nobody is enrolled for {matcher!r} any more")
        return replace(self, matching=self.asked[matcher].matching)

    @property
    def people(self) -> int:
        """How many are enrolled."""
        return len(self.officers) - (self.canary is not None)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Road:
    """
    All that `take`, `visit` and `deliver` need. Use as an async context manager.

    With `stored` false the store is neither opened nor made (`--no-store`);
    with `telling` false there is nobody to tell, and no secret is needed; with
    `fetching` false nothing is fetched, and the web client is not loaded.
    Raises ConfigError, CustodyError or StoreError where something cannot be
    opened; nothing is left running then.
    """

    def __init__(
        self,
        config: Config,
        *,
        stored: bool = True,
        telling: bool = True,
        fetching: bool = True,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.config = config
        self.now = now
        self.random = Random()  # noqa: S311  # spreads visits and retries, guards nothing
        self.index_refused = ""  # why a new index was not taken up
        self.software = f"leak-watcher/{version('leak-watcher')}"
        self._stored = stored
        self._telling = telling
        self._fetching = fetching
        self._stack = AsyncExitStack()
        self._store: Store | None = None
        self._teller: Teller | None = None
        self._fetcher: Fetcher | None = None
        self._file: tuple[int, int] | None = None
        self._followers: Mapping[str, Follower] | None = None

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            if self._stored:
                self._store = await Store.open(self.config.store, create=True)
                stack.push_async_callback(self._store.close)
            # The workers start up on another core while the index is opened here.
            # Where nothing is fetched documents come one after another, and need one.
            ready = None if self._fetching else 1
            self.readers = await stack.enter_async_context(Readers(self.config.read, ready=ready))
            self.known = await self._open_index()
            stack.callback(self._end_matching)
            if self._fetching:
                from watcher.fetch import Fetcher

                self._fetcher = await stack.enter_async_context(
                    Fetcher(self.config.network, self.readers.ask, sources=self.config.sources)
                )
                await self._restore_holds(self._fetcher)
            if self._telling:
                self._teller = await stack.enter_async_context(
                    Teller(self.config.network, self.config.notify)
                )
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def _restore_holds(self, fetcher: Fetcher) -> None:
        """Leave alone whom we were asked to leave alone before we were started."""
        now = self.now()
        for each in await self._store.do(Book.holds, now=now) if self._store else ():
            fetcher.restore(each.host, (each.until - now).total_seconds(), each.kind)

    def _end_matching(self) -> None:
        self.known.matching.close()  # of the index as it is by then
        for each in self.known.asked.values():
            each.matching.close()

    @property
    def store(self) -> Store:
        """The store. Only a road without one (`--no-store`) must not be asked."""
        assert self._store is not None
        return self._store

    @property
    def fetcher(self) -> Fetcher:
        """The way out to read. Only a road that fetches nothing must not be asked."""
        assert self._fetcher is not None
        return self._fetcher

    @fetcher.setter
    def fetcher(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    @property
    def followers(self) -> Mapping[str, Follower]:
        """The sources that follow what documents name, by name. Raises PluginError or ConfigError."""
        if self._followers is None:
            self._followers = registry.followers(self.config)
        return self._followers

    @property
    def teller(self) -> Teller:
        """The way to the targets. Only a road that tells nobody must not be asked."""
        assert self._teller is not None
        return self._teller

    @property
    def severities(self) -> Mapping[str, Severity]:
        """Each target's name and the least severity it is told of."""
        return {name: target.severity for name, target in self.config.notify.targets.items()}

    async def fresh(self) -> Known:
        """
        The index as it is on disk now; a new one is taken up between two documents.

        One that cannot be opened is told of once (and by `doctor` until it is
        mended), and the service watches on with what it knows.
        """
        if self._stamp() != self._file:
            try:
                self.known = await self._open_index()
            except WatcherError as problem:
                self.index_refused = str(problem)
                _log.error("index.refused", reason=self.index_refused)
            else:
                self.index_refused = ""
                known = self.known
                _log.info("index.opened", version=known.version, people=known.people)
        return self.known

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.config.index)  # noqa: PTH116  # no Path is made for every document
        except OSError:
            return self._file  # an index that is being replaced is looked at next time
        return (found.st_ino, found.st_mtime_ns)

    async def _open_index(self) -> Known:
        at_least = await self._store.do(Book.index_version) if self._store else 0
        self._file = self._stamp()
        return await asyncio.to_thread(self._load_index, at_least)

    def _load_index(self, at_least: int) -> Known:
        config = self.config
        master = keys.load(config.key, config.data)
        opened = index.open(config.index, master, at_least=at_least)
        matchers = registry.matchers(config.matching.matchers, config.watch)
        if not matchers:
            raise ConfigError(f"{config.path}: matching.matchers: is empty; nothing would be found")
        known = recognisers(matchers, opened.tables, lambda name: opened.key(master, name))
        disclosing = recognisers(
            registry.disclosing(opened.tables),
            opened.tables,
            lambda name: opened.key(master, name),
        )
        own = canary.person(master)
        return Known(
            version=opened.version,
            officers=opened.officers,
            matching=Matching(known, threads=2),
            traces=index.traces_key(master, opened.salt),
            roster=index.roster_mark(opened.salt),
            canary=own if any(each.ref == own.ref for each in opened.officers) else None,
            asked={
                name: Asked(ranges=cast("Ranges", each), matching=Matching({name: each}, threads=1))
                for name, each in disclosing.items()
            },
            cursors=index.cursor_key(master),
        )
