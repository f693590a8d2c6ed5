"""The ways out, and the guard where sockets are made."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.watcher.fetch.inward import INWARDS, Names, Recorder
from tests.watcher.fetch.site import site
from watcher.config.settings import Network
from watcher.errors import ConfigError
from watcher.fetch.way import Ways, permitted


@pytest.mark.parametrize("url", [url for url in INWARDS if any(c.isdigit() for c in url)])
async def test_the_guard_alone_stops_every_literal(url: str) -> None:
    """A session asked directly, past every other check, makes no socket for an inward address."""
    recorder = Recorder()
    ways = Ways(Network(), version="1", make_socket=recorder, resolver=Names("127.0.0.1"))
    with suppress(aiohttp.ClientError), permitted(private=False):
        await ways.to("host", circuit=None).get(url, timeout=aiohttp.ClientTimeout(total=5))
        pytest.fail("an inward address answered")
    await ways.close()
    assert recorder.made == []


async def test_without_a_permit_nothing_inwards_is_reached() -> None:
    """Forgetting to ask for leave is safe."""
    recorder = Recorder()
    async with site() as place:
        ways = Ways(Network(), version="1", make_socket=recorder)
        with pytest.raises(aiohttp.ClientConnectorError):
            await ways.to("127.0.0.1", circuit=None).get(place.url("/"))
        await ways.close()
    assert recorder.made == []


async def test_a_permit_holds_for_its_own_request_only() -> None:
    """Two requests side by side: the one with leave gets through, the other does not."""
    async with site() as place:
        place.says("/", b"inside")
        ways = Ways(Network(), version="1", resolver=Names("127.0.0.1"))

        async def ask(host: str, *, private: bool) -> str:
            with permitted(private=private) as permit:
                try:
                    async with ways.to(host, circuit=None).get(place.url("/", host)) as response:
                        return await response.text()
                except aiohttp.ClientError:
                    return f"stopped: {permit.stopped}"

        told = await asyncio.gather(
            ask("allowed.example", private=True), ask("evil.example", private=False)
        )
        await ways.close()
    assert told == ["inside", "stopped: True"]


async def test_one_public_address_among_refused_ones_is_tried() -> None:
    """What fails then failed for another reason, and may be tried again."""
    recorder = Recorder()

    def refuse(info: aiohttp.AddrInfoType) -> socket.socket:
        recorder.made.append(str(info[4][0]))
        raise ConnectionRefusedError(111, "nobody there")

    ways = Ways(Network(), version="1", make_socket=refuse, resolver=Names("10.0.0.1", "192.0.1.1"))
    with permitted(private=False) as permit, pytest.raises(aiohttp.ClientConnectorError):
        await ways.to("h.example", circuit=None).get("http://h.example/")
    await ways.close()
    assert set(recorder.made) == {"192.0.1.1"}
    assert not permit.stopped


async def test_what_is_closed_stays_closed() -> None:
    """A late task does not open connections that nobody would close."""
    ways = Ways(Network(), version="1")
    await ways.close()
    with pytest.raises(RuntimeError):
        ways.to("site.example", circuit=None)


async def test_ways_do_not_mix() -> None:
    """A session a source through Tor, none of them one in clear; no way in clear for an onion name."""
    ways = Ways(Network(), version="1")
    one, two = (ways.to("paste.example", circuit=name) for name in ("one", "two"))
    assert len({one, two, ways.to("paste.example", circuit=None)}) == 3
    assert ways.to("other.example", circuit="one") is one
    for host in ("abc.onion", "ABC.Onion.", "onion"):
        with pytest.raises(RuntimeError):
            ways.to(host, circuit=None)
    await ways.close()
    none = Ways(Network(tor=""), version="1")
    assert not none.tor
    with pytest.raises(RuntimeError):
        none.to("paste.example", circuit="one")
    await none.close()


async def test_no_proxy_and_the_domains_below() -> None:
    """A name stands for itself, a leading dot for all below; both go straight."""
    ways = Ways(
        Network(proxy="http://10.0.0.1:8080", no_proxy=("foi.example", ".inner.example")),
        version="1",
    )
    straight = ways.to("foi.example", circuit=None)
    proxied = ways.to("paste.example", circuit=None)
    assert straight is not proxied
    assert ways.to("A.inner.example.", circuit=None) is straight
    for host in ("inner.example", "x.foi.example", "notinner.example"):
        assert ways.to(host, circuit=None) is proxied
    await ways.close()


def test_a_wrong_setting_names_its_key(tmp_path: Path) -> None:
    """A proxy, an authority or a contact that cannot be used is a ConfigError with the address."""
    (tmp_path / "ca.pem").write_text("no certificate")
    for network, key in (
        (Network(proxy="proxy.example:8080"), "network.proxy"),
        (Network(proxy="socks5://proxy.example"), "network.proxy"),
        (Network(proxy="http://[::1"), "network.proxy"),
        (Network(ca_file=tmp_path / "none.pem"), "network.ca_file"),
        (Network(ca_file=tmp_path / "ca.pem"), "network.ca_file"),
        (Network(contact="ops\r\nX: y"), "network.contact"),
        (Network(contact="Siân"), "network.contact"),
        (Network(tor="socks5://tor.example:9050"), "network.tor"),
    ):
        with pytest.raises(ConfigError, match=key):
            Ways(network, version="1")
