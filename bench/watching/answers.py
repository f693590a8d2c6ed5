"""
How the places answer: bytes on a socket, as right or as wrong as they are meant to be.

A listing has the last `LISTED` documents; a new one comes every `FRESH`
seconds, at another moment in each place.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.reading.pastes import pastes
from bench.speed import texts
from bench.watching.mix import INWARDS

FRESH = 120.0
LISTED = 5
SLOW = 20.0  # seconds
HUGE = 20_000  # links
BULK = 150  # documents of a place that is read once
BOMB = gzip.compress(b"tea\n" * (4 << 20)) * 50  # 800 MB in less than one
FLOOD = b"Rain and tea, and a walk along the harbour wall.\n" * 5_000
SIZES = (1_000, 3_000, 5_000, 5_000, 8_000)  # of documents, in characters


@dataclass(slots=True)
class Site:
    """What the places hold: text to publish, and what was published besides, by source and key."""

    text: str = field(default_factory=lambda: texts.natural(3_000_000))
    leaks: dict[str, dict[str, bytes]] = field(default_factory=dict)
    bulk: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """One request: the place's name, what of it, and where the answer goes."""

    site: Site
    name: str
    path: str
    host: str
    port: int
    writer: asyncio.StreamWriter

    @property
    def root(self) -> str:
        return f"http://{self.host}:{self.port}/{self.name}"

    async def say(self, body: bytes, kind: str = "text/html", status: int = 200, more: str = "") -> bool:  # fmt: skip
        """A proper answer; the connection is kept."""
        head = f"HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        self.writer.write(head.encode() + body)
        await self.writer.drain()
        return True


def keys(asked: Asked) -> list[str]:
    """Those of the documents that are listed now, newest first; what was published before all."""
    shift = zlib.crc32(asked.name.encode()) % int(FRESH)
    newest = int((time.time() + shift) // FRESH)
    return [*asked.site.leaks.get(asked.name, {}), *(f"d{newest - at}" for at in range(LISTED))]


async def document(asked: Asked, key: str) -> bool:
    if leak := asked.site.leaks.get(asked.name, {}).get(key):
        return await asked.say(leak, "text/csv")
    if key.startswith("b"):
        return await asked.say(asked.site.bulk[int(key[1:])], "")
    mark = zlib.crc32(f"{asked.name} {key}".encode())
    at, size = mark % (len(asked.site.text) - 10_000), SIZES[mark % len(SIZES)]
    return await asked.say(asked.site.text[at : at + size].encode(), "text/plain; charset=utf-8")


def page(asked: Asked, found: list[str]) -> bytes:
    links = "".join(
        f'<li><a class="doc" href="{asked.root}/doc/{key}">{key}</a>\n' for key in found
    )
    return f"<!doctype html><h1>Recent pastes</h1><ul>{links}</ul>".encode()


async def archive(asked: Asked) -> bool:
    return await asked.say(page(asked, keys(asked)))


async def feed(asked: Asked) -> bool:
    items = "".join(
        f"<item><guid>{key}</guid><title>{key}</title><link>{asked.root}/doc/{key}</link></item>"
        for key in keys(asked)
    )
    text = f'<rss version="2.0"><channel><title>Recent</title>{items}</channel></rss>'
    return await asked.say(text.encode(), "application/rss+xml")


async def api(asked: Asked) -> bool:
    posts = [{"id": key, "url": f"{asked.root}/doc/{key}"} for key in keys(asked)]
    return await asked.say(json.dumps({"posts": posts}).encode(), "application/json")


async def one_page(asked: Asked) -> bool:
    return await asked.say(
        b"<h1>Recent</h1><p>" + keys(asked)[0].encode() + b"</p>" + b"tea " * 900
    )


async def drips(asked: Asked) -> bool:
    body = page(asked, keys(asked))
    asked.writer.write(f"HTTP/1.1 200 x\r\nContent-Length: {len(body)}\r\n\r\n".encode())
    step = max(1, len(body) // 20)
    for at in range(0, len(body), step):
        await asyncio.sleep(SLOW / 20)
        asked.writer.write(body[at : at + step])
        await asked.writer.drain()
    return True


async def waits(asked: Asked) -> bool:
    await asyncio.sleep(SLOW)
    return await archive(asked)


def status(number: int, more: str = "") -> Callable[[Asked], Awaitable[bool]]:
    async def answer(asked: Asked) -> bool:
        return await asked.say(b"<h1>no</h1>", status=number, more=more)

    return answer


async def resets(asked: Asked) -> bool:
    linger = struct.pack("ii", 1, 0)  # RST instead of FIN (socket(7), SO_LINGER)
    asked.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    return False


async def stalls(asked: Asked) -> bool:
    asked.writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 5000\r\n\r\n<h1>Recent")
    await asked.writer.drain()
    await asyncio.sleep(600)
    return False


async def short(asked: Asked) -> bool:
    asked.writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 5000\r\n\r\n<h1>Recent")
    return False


async def half(asked: Asked) -> bool:
    body = gzip.compress(page(asked, keys(asked)) * 20)
    return await asked.say(body[: len(body) // 2], more="Content-Encoding: gzip\r\n")


async def endless(asked: Asked) -> bool:
    asked.writer.write(b"HTTP/1.1 200 x\r\nContent-Type: text/html\r\n\r\n<h1>Recent</h1>")
    while not asked.writer.is_closing():
        asked.writer.write(FLOOD)
        await asked.writer.drain()
        await asyncio.sleep(0.01)
    return False


async def bombs(asked: Asked) -> bool:
    return await asked.say(BOMB, "text/plain", more="Content-Encoding: gzip\r\n")


async def loops(asked: Asked) -> bool:
    return await asked.say(
        b"", status=302, more=f"Location: {asked.root}/list?{time.time_ns()}\r\n"
    )


async def inwards(asked: Asked) -> bool:
    return await asked.say(b"", status=302, more=f"Location: http://{INWARDS}:1/admin\r\n")


async def headers(asked: Asked) -> bool:
    return await asked.say(b"", more="X-Long: " + "a" * 1_000_000 + "\r\n")


async def huge(asked: Asked) -> bool:
    return await asked.say(page(asked, [f"h{at}" for at in range(HUGE)]))


async def bulk(asked: Asked) -> bool:
    if not asked.site.bulk:
        asked.site.bulk = pastes("mixed", 25 * BULK)
    first = BULK * int(asked.name.rpartition("-")[2])
    return await asked.say(page(asked, [f"b{first + at}" for at in range(BULK)]))


LISTINGS: dict[str, Callable[[Asked], Awaitable[bool]]] = {
    "feed": feed, "api": api, "page": one_page, "drips": drips, "waits": waits,
    "missing": status(404), "gone": status(410), "busy": status(429, "Retry-After: 120\r\n"),
    "broken": status(500), "down": status(503), "resets": resets, "stalls": stalls,
    "short": short, "half": half, "endless": endless, "loops": loops, "inwards": inwards,
    "headers": headers, "huge": huge, "bulk": bulk,
}  # fmt: skip
DOCUMENTS = {"floods": endless, "bombs": bombs}


async def answer(asked: Asked) -> bool:
    """Answer; whether the connection is kept."""
    behaviour = asked.name.rpartition("-")[0]
    if asked.path == "/robots.txt":
        return await asked.say(b"", status=404)
    if "/doc/" not in asked.path:
        return await LISTINGS.get(behaviour, archive)(asked)
    if behaviour in DOCUMENTS:
        return await DOCUMENTS[behaviour](asked)
    return await document(asked, asked.path.rpartition("/")[2])
