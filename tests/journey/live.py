"""The daemon as a process, whom it tells, and a place that speaks over a websocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from aiohttp import web

from tests.world import SECRET, World
from watcher.demo.receiver import Receiver

PATIENCE = 40.0  # seconds until it counts as lost


def telling(world: World, receiver: Receiver) -> str:
    """The table of a signed webhook that this receiver is."""
    url, secret = world.secret("hook", receiver.address), world.secret("hook-secret", SECRET)
    return (
        '[notify.targets.ops]\nkind = "webhook"\n'
        f'url = {{ file = "{url}" }}\nsecret = {{ file = "{secret}" }}\n'
    )


class Said:
    """What the place says: more with each `say`, to whoever listens, from the cursor on."""

    def __init__(self) -> None:
        self.posts: list[str] = []
        self.more = asyncio.Condition()
        self.cursors: list[str] = []

    async def say(self, *texts: str) -> None:
        async with self.more:
            for text in texts:
                at = len(self.posts) + 1
                self.posts.append(json.dumps({"text": text, "at": at, "id": f"p{at}"}))
            self.more.notify_all()

    async def listens(self, request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        cursor = request.query.get("cursor", "")
        self.cursors.append(cursor)
        given = int(cursor or 0)
        with contextlib.suppress(ConnectionError):
            while not socket.closed:
                async with self.more:
                    while len(self.posts) <= given:
                        await self.more.wait()
                for text in self.posts[given:]:
                    await socket.send_str(text)
                given = len(self.posts)
        return socket


@contextlib.asynccontextmanager
async def running(world: World) -> AsyncIterator[asyncio.subprocess.Process]:
    daemon = await world.start("run")
    try:
        yield daemon
    finally:
        if daemon.returncode is None:
            daemon.kill()
        await daemon.communicate()


async def until(daemon: asyncio.subprocess.Process, event: str, times: int = 1) -> None:
    """The daemon has logged this so often."""
    assert daemon.stderr is not None
    said = b""
    async with asyncio.timeout(PATIENCE):
        while times:
            line = await daemon.stderr.readline()
            assert line, f"the daemon ended before {event}: {said.decode()[-2000:]}"
            said += line
            times -= event.encode() in line
