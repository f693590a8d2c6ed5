"""SOCKS 5 with a proxy, byte for byte."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.watcher.fetch.proxied import Socks, service, socks
from tests.watcher.fetch.site import site, wire
from watcher.fetch.socks import (
    FINAL,
    REPLIES,
    TorAwayError,
    TorError,
    TorMixesError,
    TorRefusedError,
    connect,
)

ONION = service("one")


@asynccontextmanager
async def joined(port: int) -> AsyncIterator[socket.socket]:
    with socket.socket() as sock:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        yield sock


async def through(tor: Socks, host: str = ONION) -> None:
    async with joined(tor.port) as sock:
        await connect(sock, host, 80, user=b"u" * 255, password=b"p")


async def test_only_credentials_are_offered() -> None:
    """A proxy cannot choose to mix the sources, because "none" is not on offer."""
    async with site() as place, socks(leads={ONION: place.port}) as tor:
        await through(tor)
        assert tor.offered == [b"\x02"]
        assert tor.asked == [(b"u" * 255, 3, ONION, 80)]
        assert tor.passwords == [b"p"]


@pytest.mark.parametrize("given", [{"method": 0}, {"method": 0xFF}, {"granted": False}])
async def test_a_proxy_that_takes_none_is_not_used(given: dict[str, Any]) -> None:
    """Nothing is asked of it: the name is not told to it either."""
    async with socks(**given) as proxy:
        with pytest.raises(TorMixesError):
            await through(proxy)
        assert proxy.asked == []


@pytest.mark.parametrize("code", sorted({*range(1, 10), *range(0xF0, 0x100)}))
async def test_every_reply_is_told_in_words(code: int) -> None:
    """RFC 1928's, Tor's own, and those that nobody has given yet."""
    async with socks(codes={ONION: code}) as tor:
        with pytest.raises(TorRefusedError) as caught:
            await through(tor)
    assert caught.value.code == code
    assert caught.value.told
    assert (f"{code:#04x}" in caught.value.told) == (code not in REPLIES)


def test_only_what_cannot_become_true_is_final() -> None:
    """An address that is none stays none; a service that is down may come back."""
    assert {0xF6} == FINAL
    assert REPLIES.keys() > FINAL


@pytest.mark.parametrize("bound", [b"\x01" + bytes(4), b"\x04" + bytes(16), b"\x03\x04host"])
async def test_what_follows_the_reply_is_left_to_the_place(bound: bytes) -> None:
    """All of the reply is taken, whatever address stands in it, and not a byte more."""
    async with (
        site() as place,
        socks(leads={ONION: place.port}, bound=bound) as tor,
        joined(tor.port) as sock,
    ):
        await connect(sock, ONION, 80, user=b"u", password=b"p")
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(sock, b"GET / HTTP/1.0\r\n\r\n")
        assert (await loop.sock_recv(sock, 9)) == b"HTTP/1.0 "


@pytest.mark.parametrize("said", [b"", b"\x05", b"HTTP/1.1 400 Bad\r\n\r\n", b"\x05\x02\x01"])
async def test_what_is_no_such_proxy_is_an_error_of_the_way(said: bytes) -> None:
    """Something else listens there, or hangs up: never taken for the place's answer."""
    async with wire(said) as url:
        port = int(url.split(":")[2].split("/")[0])
        async with joined(port) as sock:
            talk = asyncio.create_task(connect(sock, ONION, 80, user=b"u", password=b"p"))
            await asyncio.get_running_loop().sock_sendall(sock, b"\r\n\r\n")
            with pytest.raises(TorError) as caught:
                await talk
    assert isinstance(caught.value, TorAwayError | TorMixesError)


async def test_a_name_that_is_too_long_is_not_cut() -> None:
    """Or another place would be asked."""
    async with socks() as tor:
        with pytest.raises(TorRefusedError):
            await through(tor, "a" * 250 + ".onion")
        assert tor.asked == []
