"""The way out through a proxy."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

from aiohttp import web

from tests.watcher.fetch.inward import Names, Recorder
from tests.watcher.fetch.site import Site, fails, fetcher, site


class Proxy:
    """A real forward proxy: CONNECT is tunnelled, the rest answered as if fetched."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.lines.append(head.split("\r\n")[0])
        method, target, _ = self.lines[-1].split(" ")
        if method == "CONNECT":
            inner, outer = await asyncio.open_connection(
                "127.0.0.1", int(target.rpartition(":")[2])
            )
            writer.write(b"HTTP/1.1 200 Go ahead\r\n\r\n")
            await asyncio.gather(self.pump(reader, outer), self.pump(inner, writer))
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nby proxy\n")
            await writer.drain()
            writer.close()

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


async def test_the_proxy_resolves_and_we_do_not() -> None:
    """Through the proxy no name is looked up here; only the proxy is connected to."""
    proxy, names, recorder = Proxy(), Names(), Recorder()
    server = await asyncio.start_server(proxy.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with (
        server,
        fetcher(
            proxy=f"http://127.0.0.1:{port}", resolver=names, make_socket=recorder, allow_private=()
        ) as out,
    ):
        answer = await out.web("test").get("http://paste.example/raw/1?x=2")
        assert answer.capture.body.open().read() == b"by proxy\n"
        for inward in ("http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/",
                       "http://wiki.internal/", "http://abc.onion/"):  # fmt: skip
            assert not (await fails(out, inward)).retry
    assert proxy.lines == ["GET http://paste.example/raw/1?x=2 HTTP/1.1"]
    assert names.asked == []
    assert recorder.made == ["127.0.0.1"]


async def test_https_goes_through_the_proxy_in_a_tunnel(pem: Path) -> None:
    """CONNECT, and TLS with the site itself inside."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    place, proxy = Site(), Proxy()
    place.says("/page", b"through the tunnel")
    runner = web.ServerRunner(web.Server(place.answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    place.port = runner.addresses[0][1]
    server = await asyncio.start_server(proxy.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        async with fetcher(proxy=f"http://127.0.0.1:{port}", ca_file=pem) as out:
            answer = await out.web("test").get(f"https://127.0.0.1:{place.port}/page")
        assert answer.capture.body.open().read() == b"through the tunnel"
        assert proxy.lines == [f"CONNECT 127.0.0.1:{place.port} HTTP/1.1"]
        await runner.cleanup()


async def test_a_proxy_that_is_not_there_is_named() -> None:
    """The mend is in [network], not at the site."""
    async with site() as place:
        nobody = place.url("")
    async with fetcher(proxy=nobody) as out:
        problem = await fails(out, "http://paste.example/")
    assert problem.retry
    assert "`proxy` in [network]" in str(problem)


async def test_no_proxy_goes_straight() -> None:
    """A host listed in `no_proxy` is reached without it, and still judged."""
    async with site() as place:
        place.says("/page", b"straight")
        async with fetcher(proxy="http://127.0.0.1:9", no_proxy=("127.0.0.1", "in.example")) as out:
            answer = await out.web("test").get(place.url("/page"))
            assert answer.capture.body.open().read() == b"straight"
        names = Names("127.0.0.1")
        async with fetcher(
            proxy="http://127.0.0.1:9", no_proxy=("in.example",), resolver=names
        ) as out:
            assert "allow_private" in str(await fails(out, place.url("/page", "in.example")))
