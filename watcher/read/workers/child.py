"""One reading worker as the service sees it: start it, give it a document, hear it, end it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.model import Body, Why
from watcher.read.budget import shares
from watcher.read.workers import wire
from watcher.read.workers.frames import WORN, Kind, frames, received

if TYPE_CHECKING:
    # A worker imports this package, and no configuration.
    from watcher.config import settings

CHUNK = 1 << 18
# The loader's path is not ours to know: some interpreters do not start without it.
_PASSED_ON = ("LD_LIBRARY_PATH",)


class Lost(Exception):
    """The worker has died, does not speak our language, or was too slow. `why`: LOST or LIMIT."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is asked about one body. `skip` items were handed out before."""

    op: str
    encoding: str
    charset: str
    url: str
    argument: str = ""
    skip: int = 0
    careful: int | None = None

    def payload(self, size: int) -> bytes:
        """As the worker hears it; `size` is the body's."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({**told, "size": size}).encode()


def seconds(limits: settings.Read) -> int:
    """What one document may take, its pictures included where they are looked at."""
    return limits.seconds + (limits.ocr.seconds if limits.ocr.languages else 0)


async def chunks(body: Body) -> AsyncGenerator[bytes, None]:
    """The bytes of a body, in pieces. Raises OSError where its file has gone."""
    with body.open() as stream:
        if body.path is None:
            while data := stream.read(CHUNK):
                yield data
        else:
            while data := await asyncio.to_thread(stream.read, CHUNK):
                yield data


class Child:
    """A worker process. `idle`: it waits for a job; `documents`: how many it has had."""

    def __init__(self, process: Process, seconds: float) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._in = process.stdin
        self._out = process.stdout
        # A handle on the process itself: asyncio reaps it in its own time, and a
        # signal by number could then meet a stranger.
        self._handle = os.pidfd_open(process.pid)
        self._seconds = seconds
        self._ended = True  # the body in hand was sent to its end
        self.body_lost = False
        self.idle = True
        self.documents = 0

    @classmethod
    async def start(cls, limits: settings.Read) -> Child:
        """A new worker. It is confined before it reads anything. Raises Lost where it does not start."""
        environment = {"LANG": "C.UTF-8", "PATH": os.defpath}
        environment |= {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                "-m",
                "watcher.read.workers.worker",
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # a traceback can quote a document
                env=environment,
                cwd="/",
                start_new_session=True,  # a Ctrl-C on the terminal is the service's to hear
                limit=1 << 20,
            )
            child = cls(process, seconds(limits))
        except OSError:
            raise Lost(Why.LOST) from None
        names = ("memory", "depth", "members", "ratio", "max_bytes")
        told = {name: getattr(limits, name) for name in names} | {"seconds": seconds(limits)}
        if limits.ocr.languages:
            told["ocr"] = {name: getattr(limits.ocr, name) for name in limits.ocr.__slots__}
        child._send(Kind.LIMITS, json.dumps(told).encode())
        return child

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as is known."""
        return self._process.returncode is None and not self._out.at_eof()

    def _send(self, kind: Kind, payload: bytes = b"") -> None:
        for frame in frames(kind, payload):
            self._in.write(frame)

    async def work(self, job: Job, body: Body) -> AsyncGenerator[tuple[Kind, bytes], None]:
        """
        The worker's messages about this body, up to its DONE. Raises Lost.

        To be closed if it is not walked to its end: the worker is then not
        idle and has to be ended, as it has where it says that it is worn. The
        clock runs while we wait for the worker, not while it waits for us; a
        large body has more time (see `budget.shares`).
        """
        self.idle = False
        self.body_lost = False
        self.documents += 1
        feeding = asyncio.create_task(self._feed(job, body))
        loop = asyncio.get_running_loop()
        left = self._seconds * shares(body.size)
        try:
            while True:
                begun = loop.time()
                try:
                    async with asyncio.timeout(left):
                        kind, payload = await received(self._out, wire.MESSAGE)
                except TimeoutError:
                    raise Lost(Why.LIMIT) from None
                except (EOFError, ValueError, OSError):
                    raise Lost(await self._cause()) from None
                left -= loop.time() - begun
                if kind is Kind.DONE:
                    worn = payload == WORN
                    break
                yield kind, payload
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
        if not self._ended:
            self._send(Kind.END)
        self.idle = not worn

    async def _feed(self, job: Job, body: Body) -> None:
        """Send the job and the body. A frame is written whole or not at all, also when cancelled."""
        self._ended = False
        self._send(Kind.JOB, job.payload(body.size))
        async with aclosing(chunks(body)) as source:
            while not self._ended:
                try:
                    data = await anext(source, b"")
                except OSError:
                    self.body_lost = True
                    data = b""
                self._ended = not data
                self._send(Kind.BODY if data else Kind.END, data)
                try:
                    await self._in.drain()
                except OSError:
                    return  # the worker has died; who listens to it will know

    async def _cause(self) -> Why:
        await self.end()
        return Why.LIMIT if self._process.returncode == -signal.SIGXCPU else Why.LOST

    async def end(self) -> None:
        """Kill the process, if it is there, and wait for it to be gone."""
        self.idle = False
        if self._handle < 0:
            await self._process.wait()
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self._handle = -1
        self._in.close()
        with contextlib.suppress(OSError, RuntimeError):
            # What it had said is dropped, or its pipe would stay open.
            while await self._out.read(CHUNK):
                pass
        await self._process.wait()
