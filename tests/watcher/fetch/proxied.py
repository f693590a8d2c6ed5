"""A SOCKS proxy on loopback that remembers what it was asked, and a record of all that leaves."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import sys
from base64 import b32encode
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from watcher.config.settings import SourceTable

KINDS = {1: 4, 4: 16}  # RFC 1928 §5: bytes of an address


def service(seed: str) -> str:
    """A well-formed onion name (rend-spec-v3) that nobody has."""
    key = hashlib.sha256(seed.encode()).digest()
    check = hashlib.sha3_256(b".onion checksum" + key + b"\x03").digest()[:2]
    return b32encode(key + check + b"\x03").decode().lower() + ".onion"


def table(name: str, via: str = "tor", **given: Any) -> Mapping[str, SourceTable]:
    """The configuration's sources: this one."""
    options = given.pop("options", {})
    made = SourceTable(name=name, kind="listing", enabled=True, via=via, options=options, **given)  # type: ignore[arg-type]  # a text of the two
    return {name: made}


@dataclass
class Socks:
    """
    A proxy (RFC 1928, RFC 1929). Every name leads to the port in `leads`, or is answered with a code.

    `asked` holds (user, kind of address, host, port) of every request, and
    `offered` the methods of every greeting. `method` is the one it takes;
    `silent`: it answers nothing at all. `bound`: the address in its replies.
    """

    leads: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    method: int = 2
    granted: bool = True
    silent: bool = False
    bound: bytes = b"\x01" + bytes(4)
    asked: list[tuple[bytes, int, str, int]] = field(default_factory=list)
    passwords: list[bytes] = field(default_factory=list)
    offered: list[bytes] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"socks5://127.0.0.1:{self.port}"

    @property
    def names(self) -> list[str]:
        return [host for _, _, host, _ in self.asked]

    def shut(self) -> None:
        """Nobody else gets in."""
        assert self._server is not None
        self._server.close()

    async def end(self) -> None:
        """Pull it away, with every connection through it."""
        self.shut()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            await self._talk(reader, writer)
        await close(writer)
        self._talks.discard(task)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.silent:
            await reader.read()  # to the end of the other side's patience
            return
        _, count = await reader.readexactly(2)
        self.offered.append(await reader.readexactly(count))
        writer.write(bytes((5, self.method)))
        user = b""
        if self.method == 2:
            _, length = await reader.readexactly(2)
            user = await reader.readexactly(length)
            self.passwords.append(await reader.readexactly((await reader.readexactly(1))[0]))
            writer.write(bytes((1, 0 if self.granted else 1)))
        _, _, _, kind = await reader.readexactly(4)
        data = await reader.readexactly(KINDS.get(kind) or (await reader.readexactly(1))[0])
        host = data.decode() if kind == 3 else str(ipaddress.ip_address(data))
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append((user, kind, host, port))
        code = self.codes.get(host, 0 if host in self.leads else 4)
        if code:
            writer.write(bytes((5, code, 0)) + self.bound + bytes(2))
            await writer.drain()
            return
        inner, outer = await asyncio.open_connection("127.0.0.1", self.leads[host])
        try:
            writer.write(bytes((5, 0, 0)) + self.bound + bytes(2))
            await asyncio.gather(pump(reader, outer), pump(inner, writer))
        finally:
            await close(outer)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@asynccontextmanager
async def socks(**given: Any) -> AsyncIterator[Socks]:
    proxy = Socks(**given)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.end()


class Left:
    """
    What this process connected to, sent to, and looked up, as the interpreter itself saw it.

    `tried`: (address, port) of every connection; `sought`: every name.
    """

    def __init__(self) -> None:
        self.tried: list[tuple[str, int]] = []
        self.sought: list[str] = []

    def note(self, event: str, words: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            if isinstance(words[1], tuple):
                self.tried.append(words[1][:2])
        elif event.startswith(("socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo")):
            self.sought.append(str(words[0]))


_listening: list[Left] = []


def _heard(event: str, words: tuple[Any, ...]) -> None:
    for each in _listening if event.startswith("socket.") else ():
        each.note(event, words)


sys.addaudithook(_heard)  # PEP 578; it stays, and hears nothing unless somebody listens


@contextmanager
def leaving() -> Iterator[Left]:
    """All that leaves meanwhile."""
    left = Left()
    _listening.append(left)
    try:
        yield left
    finally:
        _listening.remove(left)
