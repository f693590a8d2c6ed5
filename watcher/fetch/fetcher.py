"""
The polite way out, as its callers see it.

A `Fetcher` lives as long as the service and holds what all sources share: the
connections and the hosts' budgets. A `Visit` is one source's window to the
network for one visit, and keeps what the visit learned: the validators to
store with its refs, and for how long the place wants to be left alone.
"""

from __future__ import annotations

import importlib.metadata
import random as randomness
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver

from watcher.api import Secret
from watcher.config.settings import Network, SourceTable
from watcher.errors import FetchError
from watcher.fetch.address import hosts
from watcher.fetch.answer import Answer, Ask
from watcher.fetch.budget import Budget, Clock, SystemClock
from watcher.fetch.circuit import MakeSocket
from watcher.fetch.exchange import Exchanger, Leave, Pair, Question, Reply
from watcher.fetch.manners import Manners
from watcher.fetch.robots import Robots
from watcher.fetch.routes import Routes
from watcher.fetch.stream import Streamer
from watcher.fetch.way import Ways, plain_socket
from watcher.model import Capture, Ref
from watcher.outward import DAY, canonical


class Fetcher:
    """
    All requests of this process go through one of these.

    `ask` reads answers (a reading worker). `version` goes into the User-Agent,
    "" for the installed one. `sources` are those of the configuration: which
    of them go through Tor is known here, so that no caller can forget it.
    `random` gives 0 ≤ x < 1. `resolver` and `make_socket` replace name look-up
    and the making of sockets behind the guard. Raises ConfigError where
    [network] cannot be used. Closed by `close` or as an asynchronous context
    manager.
    """

    def __init__(
        self,
        network: Network,
        ask: Ask,
        *,
        sources: Mapping[str, SourceTable] = MappingProxyType({}),
        version: str = "",
        clock: Clock | None = None,
        random: Callable[[], float] = randomness.random,
        resolver: AbstractResolver | None = None,
        make_socket: MakeSocket = plain_socket,
    ) -> None:
        clock = clock or SystemClock()
        self._ask = ask
        self._max_bytes = network.max_bytes
        self._ways = Ways(
            network,
            version=version or importlib.metadata.version("leak-watcher"),
            resolver=resolver,
            make_socket=make_socket,
        )
        self._manners = Manners(sources)
        budget = self._budget = Budget(network.per_host.total_seconds(), clock=clock, random=random)
        allowed = hosts("network.allow_private", network.allow_private)
        seconds = network.timeout.total_seconds()
        slow = network.tor_timeout.total_seconds()
        routes = Routes(sources, tor=self._ways.tor)
        self._exchanger = Exchanger(
            self._ways,
            budget,
            clock,
            allowed=allowed,
            redirects=network.redirects,
            seconds=seconds,
            slow=slow,
            routes=routes,
        )
        self._streamer = Streamer(
            self._ways, budget, clock, allowed=allowed, seconds=seconds, slow=slow, routes=routes
        )
        self._robots = Robots(
            self._file, ask, budget, clock, lambda source, url: routes.circuit(source, url) or ""
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection, for good."""
        await self._ways.close()

    def asked(self) -> dict[str, tuple[float, str]]:
        """
        The hosts that asked to be left alone and are not `remembered` yet.

        For so many more seconds, and the kind of the error meanwhile.
        """
        return self._budget.asked()

    def remembered(self, asked: Mapping[str, tuple[float, str]]) -> None:
        """What these hosts `asked` is kept by now."""
        self._budget.remembered(asked)

    def restore(self, host: str, left: float, kind: str) -> None:
        """Leave this host alone for so many more seconds: it asked for that before."""
        self._budget.restore(canonical(host), left, kind)

    def web(
        self,
        source: str,
        validators: Mapping[str, Pair] | None = None,
        *,
        max_bytes: int | None = None,
        cursor: str = "",
    ) -> Visit:
        """
        A window for one visit of this source, or for one of its documents.

        `validators`: those of the last *successful* visit; None asks
        unconditionally, as is right for documents and after an error.
        `max_bytes`: of a body, instead of the configured limit. `cursor`: what
        the source reached last.
        """
        limit = self._max_bytes if max_bytes is None else max_bytes
        return Visit(
            source,
            validators or {},
            limit,
            self._exchanger,
            self._ask,
            streamer=self._streamer,
            cursor=cursor,
            pace=self._manners.pace(source),
            leave=partial(self._robots.admit, source) if self._manners.asks(source) else None,
        )

    async def capture(self, ref: Ref, *, max_bytes: int | None = None) -> Capture:
        """The document at `ref.url`, asked for unconditionally. Raises FetchError."""
        answer = await self.web(ref.source, max_bytes=max_bytes).get(ref.url)
        return replace(answer.capture, ref=ref)

    async def _file(self, source: str, url: str, limit: int) -> Capture:
        """A file of a place's rules: asked for like the rest, and without asking for leave."""
        question = Question(
            ref=Ref(source=source, key=url, url=url),
            headers={},
            validators={},
            limit=limit,
            pace=self._manners.pace(source),
        )
        return (await self._exchanger.carry_out(question)).capture


class Visit:
    """
    Implements `watcher.api.Web` for one source and one visit.

    `validators`: (etag, modified) by address, verbatim, of what this visit
    got; to be stored in the transaction that stores its refs, and only then.
    `wait`: seconds for which the place asks to be left alone (the longest
    Retry-After or freshness, at most a day), 0 if it does not. `unchanged`:
    something was answered with 304, so that what it lists is not to be counted.
    `asked`: whether anybody was asked at all. `moved`: where an address that
    was asked for has gone for good, by address.
    """

    def __init__(
        self,
        source: str,
        known: Mapping[str, Pair],
        limit: int,
        exchanger: Exchanger,
        ask: Ask,
        *,
        streamer: Streamer,
        cursor: str = "",
        pace: float = 0.0,
        leave: Leave | None = None,
    ) -> None:
        self.cursor = cursor
        self.asked = False
        self.validators: dict[str, Pair] = {}
        self.wait = 0.0
        self.unchanged = False
        self.moved: dict[str, str] = {}
        self._pace = pace
        self._leave = leave
        self._source = source
        self._known = known
        self._limit = limit
        self._exchanger = exchanger
        self._ask = ask
        self._streamer = streamer

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, conditional: bool = True
    ) -> Answer:
        """Fetch this address once (see `watcher.api.Web`). Raises FetchError."""
        before, self.asked = self.asked, True
        question = Question(
            ref=Ref(source=self._source, key=url, url=url),
            headers=headers or {},
            validators=self._known if conditional else {},
            limit=self._limit,
            pace=self._pace,
            leave=self._leave,
        )
        try:
            reply = await self._exchanger.carry_out(question)
        except FetchError as problem:
            self.asked = before or not _is_held(problem)
            self.wait = max(self.wait, problem.after or 0.0)
            raise
        self.wait = max(self.wait, reply.terms.after or 0.0)
        if not isinstance(url, Secret):
            self._remember(reply)
        return Answer(reply.capture, self._ask, unchanged=reply.unchanged, heard=self._hear)

    def _hear(self, seconds: float) -> None:
        """A feed says for how long it stays as it is."""
        self.wait = max(self.wait, min(seconds, DAY))

    async def stream(
        self, url: str, *, headers: Mapping[str, str] | None = None
    ) -> AsyncGenerator[str, None]:
        """The messages of a websocket (see `watcher.api.Web`). Raises FetchError."""
        before, self.asked = self.asked, True
        messages = self._streamer.messages(
            self._source, url, headers or {}, pace=self._pace, leave=self._leave
        )
        try:
            async with aclosing(messages):
                async for message in messages:
                    yield message
        except FetchError as problem:
            self.asked = before or not _is_held(problem)
            self.wait = max(self.wait, problem.after or 0.0)
            raise

    def _remember(self, reply: Reply) -> None:
        terms, capture = reply.terms, reply.capture
        self.wait = max(self.wait, terms.fresh)
        if reply.moved:
            self.moved[capture.ref.url] = capture.url
        if reply.unchanged:
            self.unchanged = True
            self.validators[capture.url] = self._known[capture.url]
        elif (terms.etag or terms.modified) and not capture.cut:
            # What was cut was not read to its end: the rest may be new to us.
            self.validators[capture.url] = (terms.etag, terms.modified)


def _is_held(problem: FetchError) -> bool:
    """Whether its host is being left alone, so that nobody was asked."""
    return problem.status is None and problem.after is not None
