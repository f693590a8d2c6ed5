"""
The places and the target, in a process of their own that counts: `python -m bench.watching.places FILE HOST…`.

Prints its port. A line of JSON on standard input publishes a leak: `source`,
`key`, `body`. At the end of input what was asked, published and told, each with
its time, is written to the file.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.watching.answers import Asked, Site, answer
from bench.watching.mix import TARGET

LOOK = 0.1  # seconds between two looks at our own promptness


@dataclass(slots=True)
class Account:
    """
    What happened, with its time (seconds since 1970).

    `asked`: time, host, path. `published`: key and time. `told`: time and body.
    `lag`: the longest that this process itself was late.
    """

    asked: list[tuple[float, str, str]] = field(default_factory=list)
    published: dict[str, float] = field(default_factory=dict)
    told: list[tuple[float, Any]] = field(default_factory=list)
    lag: float = 0.0


class Server:
    """All places on one port of many addresses."""

    def __init__(self) -> None:
        self.account = Account()
        self.site = Site()
        self._port = 0

    async def start(self, hosts: Sequence[str]) -> int:
        """The port."""
        first = await asyncio.start_server(self._serve, hosts[0], 0, backlog=1024)
        self._port = int(first.sockets[0].getsockname()[1])
        await asyncio.start_server(self._serve, hosts[1:], self._port, backlog=1024)
        return self._port

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._one(host, reader, writer):
                pass
        with suppress(OSError):
            writer.close()

    async def _one(
        self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        now = time.time()
        path = head.split(" ", 2)[1]
        if host == TARGET:
            lines = (line.partition(":") for line in head.splitlines())
            (size,) = (int(value) for name, _, value in lines if name.lower() == "content-length")
            self.account.told.append((now, json.loads(await reader.readexactly(size))))
            writer.write(b"HTTP/1.1 204 x\r\n\r\n")
            return True
        self.account.asked.append((now, host, path))
        name = path.split("/", 2)[1]
        site = self.site
        return await answer(Asked(site, name, path, host, self._port, writer))

    def publish(self, line: str) -> None:
        told = json.loads(line)
        body = told["body"].encode()
        self.site.leaks.setdefault(told["source"], {})[told["key"]] = body
        self.account.published[told["key"]] = time.time()

    async def attend(self) -> None:
        """Notice how late this process itself is."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK)
            self.account.lag = max(self.account.lag, time.monotonic() - before - LOOK)


async def _run(hosts: Sequence[str]) -> Account:
    server = Server()
    print(await server.start(hosts), flush=True)
    attending = asyncio.create_task(server.attend())
    while line := await asyncio.to_thread(sys.stdin.readline):
        server.publish(line)
    attending.cancel()
    return server.account


def main() -> None:
    path, hosts = Path(sys.argv[1]), sys.argv[2:]
    path.write_text(json.dumps(asdict(asyncio.run(_run(hosts)))))


if __name__ == "__main__":
    main()
