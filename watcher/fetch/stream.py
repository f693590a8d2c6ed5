"""
A place that does not list but speaks: the messages of a websocket (RFC 6455).

The way there is that of every other question: the same judgement of its
address, the same guard where sockets are made, the same proxy, the same budget
of its host, the same time for an answer. Redirects are not followed (§4.1
leaves that to us), and compression is not offered, so that a message is never
larger than what came. While nobody asks for a message nothing is read but what
a buffer holds: a flood waits in the other side's memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping

import aiohttp
from yarl import URL

from watcher.errors import FetchError
from watcher.fetch import verdict
from watcher.fetch.address import admit, parse, shown
from watcher.fetch.budget import Budget, Clock
from watcher.fetch.exchange import Leave, checked
from watcher.fetch.routes import Routes
from watcher.fetch.terms import Terms
from watcher.fetch.way import RedirectedError, Ways, permitted
from watcher.outward import canonical

LONGEST = 1 << 20  # bytes of a message; a longer one ends the stream (§7.4.1, code 1009)
QUIET = 30.0  # seconds without a frame until the other side is asked whether it is there
CLOSING = 1.0  # seconds for its part of the closing handshake
ORDERLY = frozenset({1000, 1001})  # §7.4.1: normal closure, going away
_PLAIN = {"ws": "http", "wss": "https"}
_OURS = ("upgrade", "sec-websocket-")

_M = aiohttp.WSMsgType


class Streamer:
    """
    Opens streams.

    `allowed`: hosts (canonical) that may be private. `seconds`: until it is
    open; `slow`: the same through Tor.
    """

    def __init__(
        self,
        ways: Ways,
        budget: Budget,
        clock: Clock,
        *,
        allowed: frozenset[str],
        seconds: float,
        slow: float,
        routes: Routes,
        quiet: float = QUIET,
    ) -> None:
        self._ways = ways
        self._budget = budget
        self._clock = clock
        self._allowed = allowed
        self._seconds = seconds
        self._slow = slow
        self._routes = routes
        self._quiet = quiet

    async def messages(
        self,
        source: str,
        address: str,
        headers: Mapping[str, str],
        *,
        pace: float = 0.0,
        leave: Leave | None = None,
    ) -> AsyncGenerator[str, None]:
        """
        The messages for this source, until the other side closes in good order.

        Raises FetchError where it cannot be opened, breaks off, falls silent
        or sends what is no text of at most LONGEST bytes. `pace` and `leave`:
        as in a `Question`.
        """
        url = _address(address)
        given = checked(headers, url)
        if wrong := next((name for name in given if name.lower().startswith(_OURS)), None):
            raise FetchError(
                f"{shown(url)}: a source may not set the header {wrong.lower()}", retry=False
            )
        circuit = self._routes.circuit(source, url)
        if leave is not None:
            await leave(url)
        socket = await self._open(url, given, circuit, pace)
        try:
            while (text := await self._next(socket, url)) is not None:
                yield text
        finally:
            await _leave(socket)

    async def _open(
        self, url: URL, headers: Mapping[str, str], circuit: str | None, pace: float
    ) -> aiohttp.ClientWebSocketResponse[bool]:
        private = admit(url, self._allowed, tor=circuit is not None)
        seconds = self._seconds if circuit is None else self._slow
        host = canonical(url.raw_host or "")
        await self._budget.turn(host, pace=pace)
        session = self._ways.to(url.raw_host or "", circuit=circuit)
        with permitted(private=private) as permit:
            try:
                async with asyncio.timeout(seconds):
                    socket = await session.ws_connect(
                        url,
                        headers=headers,
                        timeout=aiohttp.ClientWSTimeout(ws_close=CLOSING),
                        autoping=False,
                        max_msg_size=LONGEST,
                    )
            except RedirectedError as problem:
                raise FetchError(
                    f"{shown(url)}: redirects ({problem.status}), which a stream does not follow; "
                    "give the new address",
                    retry=False,
                    status=problem.status,
                ) from None
            except aiohttp.WSServerHandshakeError as problem:
                raise self._refused(url, problem) from None
            except (aiohttp.ClientError, OSError, ValueError) as problem:
                raise verdict.lost(
                    self._budget, url, problem, seconds, stopped=permit.stopped
                ) from None
        self._budget.answered(host)
        return socket

    def _refused(self, url: URL, problem: aiohttp.WSServerHandshakeError) -> FetchError:
        if 100 <= problem.status < 300:
            return FetchError(
                f"{shown(url)}: answered {problem.status}, but not with a websocket",
                retry=True,
                status=problem.status,
            )
        given = problem.headers.items() if problem.headers else ()
        after = Terms.read(given, self._clock.now()).after
        return verdict.declined(self._budget, url, problem.status, after)

    async def _next(self, socket: aiohttp.ClientWebSocketResponse[bool], url: URL) -> str | None:
        """The next message; None after the other side has closed in good order. Raises FetchError."""
        asked = False
        while True:
            try:
                message = await socket.receive(timeout=self._quiet)
                if message.type is _M.PING:
                    await socket.pong(message.data)
            except TimeoutError:
                if asked:
                    raise FetchError(
                        f"{shown(url)}: the stream fell silent and answers no ping", retry=True
                    ) from None
                asked = True
                await self._ping(socket, url)
                continue
            except (aiohttp.ClientError, OSError) as problem:
                raise verdict.failed(url, problem, self._seconds, stopped=False) from None
            match message.type:
                case _M.TEXT:
                    return str(message.data)
                case _M.PING | _M.PONG:
                    asked = False
                case _M.CLOSE if message.data in ORDERLY:
                    return None
                case _M.CLOSE:
                    raise FetchError(
                        f"{shown(url)}: closed the stream (code {int(message.data or 1005)})",
                        retry=True,
                    )
                case _M.BINARY:
                    raise FetchError(
                        f"{shown(url)}: the stream sends what is not text, which is not read",
                        retry=False,
                    )
                case _M.ERROR:
                    raise FetchError(
                        f"{shown(url)}: the stream sent a message longer than {LONGEST:,} bytes, "
                        "or what is no websocket",
                        retry=True,
                    )
                case _:
                    raise FetchError(f"{shown(url)}: the stream broke off", retry=True)

    async def _ping(self, socket: aiohttp.ClientWebSocketResponse[bool], url: URL) -> None:
        try:
            await socket.ping()
        except (aiohttp.ClientError, OSError) as problem:
            raise verdict.failed(url, problem, self._seconds, stopped=False) from None


async def _leave(socket: aiohttp.ClientWebSocketResponse[bool]) -> None:
    """
    Close, whatever the other side does meanwhile.

    The client waits for the answer to its closing frame message by message:
    under a flood it would wait for ever. Cancelled, it drops the connection.
    """
    try:
        async with asyncio.timeout(CLOSING):
            await socket.close()
    except TimeoutError:
        return


def _address(text: str) -> URL:
    """The address as one of http(s), which is what a websocket begins as (§1.3). Raises FetchError."""
    scheme, colon, rest = text.partition(":")
    return parse(f"{_PLAIN.get(scheme.lower(), scheme)}{colon}{rest}")
