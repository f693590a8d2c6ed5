"""
A source's own way through Tor: connections to the proxy, and to nothing else.

The connector has no resolver, so there is no name that it could look up, and
one address that it connects to. Its credentials are drawn anew for each: they
say which streams belong together and not whose they are.
"""

from __future__ import annotations

import secrets
import socket
import ssl
from collections.abc import Callable

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from watcher.fetch import socks
from watcher.outward import canonical

MakeSocket = Callable[[aiohttp.AddrInfoType], socket.socket]


class Circuit(aiohttp.BaseConnector):
    """
    Connections of one source. Nobody else's streams share its circuits.

    `proxy`: numeric address and port. Requests through it raise `socks.TorError`
    for what is Tor's, and aiohttp's own errors for what is the place's.
    """

    allowed_protocol_schema_set = frozenset({"http", "https"})

    def __init__(
        self, proxy: tuple[str, int], *, tls: ssl.SSLContext, make_socket: MakeSocket
    ) -> None:
        super().__init__()
        self._proxy = proxy
        self._tls = tls
        self._make_socket = make_socket
        self._user = secrets.token_hex(16).encode()
        self._password = secrets.token_hex(16).encode()

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109  # the connector's shape is aiohttp's
    ) -> ResponseHandler:
        """What aiohttp asks of a connector: a connection for this request."""
        host, port = canonical(req.url.raw_host or ""), req.url.port
        assert port is not None
        secure = req.url.scheme == "https"
        sock = await self._dial()
        try:
            await socks.connect(sock, host, port, user=self._user, password=self._password)
            _, protocol = await self._loop.create_connection(
                self._factory,
                sock=sock,
                ssl=self._tls if secure else None,
                server_hostname=host if secure else None,
            )
        except ssl.SSLError as problem:
            raise aiohttp.ClientConnectorSSLError(req.connection_key, problem) from problem
        except BaseException:
            sock.close()
            raise
        return protocol

    async def _dial(self) -> socket.socket:
        """A connection to the proxy. Raises TorAwayError."""
        family = socket.AF_INET6 if ":" in self._proxy[0] else socket.AF_INET
        kind = socket.SOCK_STREAM
        try:
            sock = self._make_socket((family, kind, socket.IPPROTO_TCP, "", self._proxy))
        except OSError:
            raise socks.TorAwayError from None
        try:
            sock.setblocking(False)  # noqa: FBT003  # the standard library's shape
            await self._loop.sock_connect(sock, self._proxy)
        except OSError:
            sock.close()
            raise socks.TorAwayError from None
        except BaseException:
            sock.close()
            raise
        return sock
