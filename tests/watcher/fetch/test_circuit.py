"""The connector that knows the way to Tor and no other."""

from __future__ import annotations

import socket
import ssl

import aiohttp
import pytest

from tests.watcher.fetch.inward import Recorder
from tests.watcher.fetch.proxied import leaving, service, socks
from tests.watcher.fetch.site import site
from watcher.fetch.circuit import Circuit
from watcher.fetch.socks import TorAwayError
from watcher.fetch.way import plain_socket

TLS = ssl.create_default_context()


@pytest.mark.parametrize("host", [service("one"), "paste.example", "10.1.2.3", "localhost"])
async def test_nothing_but_the_proxy_is_connected_to(host: str) -> None:
    """Asked directly, past every other check, for whatever host: one address, and no look-up."""
    recorder = Recorder()
    async with site() as place, socks(leads={host: place.port}) as tor:
        place.says("/", b"here")
        connector = Circuit(("127.0.0.1", tor.port), tls=TLS, make_socket=recorder)
        async with aiohttp.ClientSession(connector=connector) as session:
            with leaving() as left:
                async with session.get(f"http://{host}/") as response:
                    assert await response.read() == b"here"
            assert recorder.made == ["127.0.0.1"]
            assert left.tried[0] == ("127.0.0.1", tor.port)
            assert left.sought == []
        assert tor.names == [host]


async def test_a_proxy_that_is_away_is_told_as_that() -> None:
    """Not as an error of the place, and its sockets are closed."""
    made: list[socket.socket] = []

    def make(info: aiohttp.AddrInfoType) -> socket.socket:
        made.append(plain_socket(info))
        return made[-1]

    async with socks() as tor:
        pass
    connector = Circuit(("127.0.0.1", tor.port), tls=TLS, make_socket=make)
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(TorAwayError):
            await session.get("http://paste.example/")
    assert [each.fileno() for each in made] == [-1]


async def test_a_connection_is_kept_for_its_own_circuit_only() -> None:
    """Two pages of a place take one connection; another connector has one of its own."""
    async with site() as place, socks(leads={"paste.example": place.port}) as tor:
        place.says("/", b"here")
        for _ in range(2):
            connector = Circuit(("127.0.0.1", tor.port), tls=TLS, make_socket=plain_socket)
            async with aiohttp.ClientSession(connector=connector) as session:
                for _ in range(2):
                    async with session.get("http://paste.example/") as response:
                        await response.read()
        assert len(tor.asked) == len(set(tor.asked)) == 2
