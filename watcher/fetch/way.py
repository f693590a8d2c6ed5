"""
The ways out: straight, through the proxy, and through Tor. One session each, for Tor one a source.

No session knows cookies, the environment's proxies or credentials,
follows redirects, asks twice, or undoes a content encoding. On the straight way a guard
stands where sockets are made: it sees the numeric address each connection is
about to go to, so that literals, odd spellings, names that resolve inwards and
names that change their mind are all stopped in one place, before a packet.
What goes through Tor has a connector that knows the way to Tor only (`circuit`).
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
from aiohttp.abc import AbstractResolver

from watcher import outward
from watcher.config.settings import Network
from watcher.errors import ConfigError
from watcher.fetch.address import special
from watcher.fetch.circuit import Circuit, MakeSocket


class NotAdmittedError(OSError):
    """A connection to a special address was about to be made."""


class RedirectedError(aiohttp.ClientError):
    """An answer redirects where nobody follows. Its status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"redirected ({status})")
        self.status = status


class LostError(aiohttp.ClientError):
    """A connection broke before anything was answered. `problem` says how."""

    def __init__(self, problem: aiohttp.ClientError) -> None:
        super().__init__(type(problem).__name__)
        self.problem = problem


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """
    The client would ask again at once, past every budget; whoever is here asks once.

    It does so for two kinds of errors, and here they are of another.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as problem:
        raise LostError(problem) from None


@dataclass(slots=True)
class Permit:
    """One request's leave: whether it may go inwards, and how many connections it was refused."""

    private: bool
    refused: int = 0
    made: int = 0

    @property
    def stopped(self) -> bool:
        """Every address it tried was refused."""
        return self.refused > 0 and not self.made


# Without a permit nothing inwards is admitted. A context variable, because the
# connector hands its socket factory the address only, not for whom it is.
_permit: ContextVar[Permit | None] = ContextVar("permit", default=None)


@contextmanager
def permitted(*, private: bool) -> Iterator[Permit]:
    """Requests made inside may reach private addresses, or may not."""
    permit = Permit(private=private)
    token = _permit.set(permit)
    try:
        yield permit
    finally:
        _permit.reset(token)


def plain_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """The socket that the connector would have made itself."""
    family, kind, protocol, _, _ = info
    return socket.socket(family=family, type=kind, proto=protocol)


def guarded(make: MakeSocket) -> MakeSocket:
    """`make`, but only for addresses that the request at hand may reach."""

    def factory(info: aiohttp.AddrInfoType) -> socket.socket:
        permit = _permit.get()
        if not (permit and permit.private) and special(str(info[4][0])):
            if permit:
                permit.refused += 1
            raise NotAdmittedError("a special address is not connected to")
        if permit:
            permit.made += 1
        return make(info)

    return factory


async def _stay(_: object, __: object, told: aiohttp.TraceRequestRedirectParams) -> None:
    """Websockets have no `allow_redirects`: what would be followed is stopped here."""
    told.response.close()
    raise RedirectedError(told.response.status)


async def _left(
    _: object, context: SimpleNamespace, __: aiohttp.TraceRequestHeadersSentParams
) -> None:
    """Tell whoever asked (`trace_request_ctx`) that the request leaves now."""
    if context.trace_request_ctx is not None:
        context.trace_request_ctx()


class Ways:
    """
    Sessions, opened when first needed, inside a running loop.

    `tor`: whether there is a way through Tor. Raises ConfigError where `proxy`,
    `tor`, `ca_file` or `contact` cannot be used.
    """

    def __init__(
        self,
        network: Network,
        *,
        version: str,
        resolver: AbstractResolver | None = None,
        make_socket: MakeSocket = plain_socket,
    ) -> None:
        self._network = network
        self._proxy = outward.proxy(network)
        self._socks = outward.tor(network)
        self._tls = outward.tls(network)
        self._agent = _agent(version, network.contact)
        self._unsaid = _agent(version, "")
        self._resolver = resolver
        self._make_socket = make_socket
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._circuits: dict[str, aiohttp.ClientSession] = {}
        self._closed = False

    @property
    def tor(self) -> bool:
        return self._socks is not None

    def to(self, host: str, *, circuit: str | None) -> aiohttp.ClientSession:
        """
        The session through which this host is reached.

        `circuit`: the source whose way through Tor it is; None for the ways in
        clear, which no onion name takes. Raises RuntimeError after `close`, and
        where there is no such way.
        """
        if self._closed:
            raise RuntimeError("the ways out are closed")
        if circuit is not None:
            session = self._circuits.get(circuit)
            if session is None:
                session = self._circuits[circuit] = self._through_tor()
            return session
        if outward.onion(host):
            raise RuntimeError("an onion name has no way in clear")
        proxied = bool(self._proxy) and not outward.direct(self._network, host)
        session = self._sessions.get(proxied)
        if session is None:
            session = self._sessions[proxied] = self._open(proxied=proxied)
        return session

    async def close(self) -> None:
        """Close every connection, for good."""
        self._closed = True
        while self._sessions:
            await self._sessions.popitem()[1].close()
        while self._circuits:
            await self._circuits.popitem()[1].close()

    def _open(self, *, proxied: bool) -> aiohttp.ClientSession:
        # Through the proxy the only address connected to is the proxy's own,
        # which the operator wrote and which is nearly always private.
        make = self._make_socket if proxied else guarded(self._make_socket)
        connector = aiohttp.TCPConnector(
            ssl=self._tls,
            use_dns_cache=False,
            resolver=self._resolver or aiohttp.ThreadedResolver(),
            socket_factory=make,
        )
        return _session(connector, self._agent, proxy=self._proxy if proxied else None)

    def _through_tor(self) -> aiohttp.ClientSession:
        if self._socks is None:
            raise RuntimeError("there is no way through Tor")
        connector = Circuit(self._socks, tls=self._tls, make_socket=self._make_socket)
        # Without the contact: a thief need not learn whose people they have.
        return _session(connector, self._unsaid)


def _session(
    connector: aiohttp.BaseConnector, agent: str, *, proxy: str | None = None
) -> aiohttp.ClientSession:
    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_stay)
    trace.on_request_headers_sent.append(_left)
    return aiohttp.ClientSession(
        connector=connector,
        trace_configs=[trace],
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
        auto_decompress=False,
        middlewares=(_once,),
        trust_env=False,
        proxy=proxy,
    )


def _agent(version: str, contact: str) -> str:
    if not (contact.isascii() and (contact.isprintable())):
        raise ConfigError("network.contact: goes into a header; use plain ASCII on one line")
    return f"leak-watcher/{version} (+{contact})" if contact else f"leak-watcher/{version}"
