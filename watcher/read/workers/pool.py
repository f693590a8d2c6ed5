"""
The pool of reading workers, and the one way to have a document read.

Plain text is decoded in the service; everything else is given to a worker.
A document over which a worker is lost is tried once more in a fresh worker,
from where it had come to, and then is an Unread: what was handed out before
stays, and stays once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, nullcontext
from email.message import Message
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from watcher.errors import ConfigError, ReadError
from watcher.model import Capture, Part, Unread, Why
from watcher.read import sniff
from watcher.read.charsets.charset import Decoder
from watcher.read.coded.armour import promising
from watcher.read.ocr.engine import missing
from watcher.read.refusal import REASONS
from watcher.read.stream import HEAD
from watcher.read.text import Windows
from watcher.read.workers.child import Child, Job, Lost, chunks
from watcher.read.workers.frames import Kind
from watcher.read.workers.wire import unpacked

if TYPE_CHECKING:
    # A worker imports this package, and no configuration.
    from watcher.config import settings

BRIEF = 1 << 14  # characters that are judged where they are: a thread would cost more
DOCUMENTS = 200  # that one worker reads before it is replaced
LARGE = 1 << 20  # bytes; reading them may take as long as a document is given


def _charset(capture: Capture) -> str:
    message = Message()
    message["content-type"] = capture.header("content-type").encode("ascii", "replace").decode()
    return str(message.get_param("charset", ""))


def _plain(capture: Capture) -> bool:
    return capture.encoding.strip().lower() in ("", "identity")


class Readers:
    """
    The pool of reading workers.

    `ready`: how many of them wait for work from the start (None: all); the
    others, and one for questions, are started when as many are needed side by side.
    """

    def __init__(self, limits: settings.Read, *, ready: int | None = None) -> None:
        self._limits = limits
        self._ready = limits.workers if ready is None else min(ready, limits.workers)
        self._turns = asyncio.Semaphore(limits.workers)
        # Documents may take as long as they are given, a few kilobytes of them as well. So a
        # large one never has the last worker, and what a listing says is asked beside them all.
        self._large = asyncio.Semaphore(max(1, limits.workers - 1))
        self._asking = asyncio.Semaphore(1)
        self._idle: list[Child] = []
        self._children: set[Child] = set()
        self._stopped = False
        self.replaced = 0  # workers that ended, of age or over a document

    async def start(self) -> None:
        """
        Start the workers, so that the first document does not wait for one.

        Raises ReadError where the system gives no process, ConfigError where
        OCR is switched on and is not installed.
        """
        languages = self._limits.ocr.languages
        if languages and (lacks := missing(languages)):
            raise ConfigError(f"[read.ocr] languages: {lacks.what}; {lacks.mend}")
        self._stopped = False
        try:
            while len(self._idle) < self._ready:
                self._idle.append(await self._new())
        except Lost:
            await self.stop()
            raise ReadError(
                "reading workers cannot be started: the system refuses another process "
                "(limits on processes, open files or memory)"
            ) from None

    async def stop(self) -> None:
        """End all workers. What is still being read becomes Unread; nothing more can be read."""
        self._stopped = True
        self._idle.clear()
        await asyncio.gather(*(child.end() for child in tuple(self._children)))
        self._children.clear()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def read(self, capture: Capture) -> AsyncGenerator[Part | Unread, None]:
        """
        The parts of a document, lazily. Never raises for what the document is.

        Nobody holds more than a few windows: a slow consumer makes the worker
        wait. Closing the generator frees the worker. An empty body has no parts.
        """
        try:
            head = await _head(capture) if _plain(capture) else b""
        except OSError:
            yield Unread(where="", why=Why.BROKEN)
            return
        complete = capture.body.size <= len(head)
        text = _plain(capture) and sniff.kind(head, complete=complete) is sniff.Kind.TEXT
        wrapped = False  # its text holds other documents, which a worker opens
        async with aclosing(_decoded(capture, head) if text else self._far(capture)) as items:
            async for item in items:
                wrapped = wrapped or (text and isinstance(item, Part) and await _promises(item))
                yield item
        if wrapped:
            async with aclosing(self._far(capture, op="inside")) as items:
                async for item in items:
                    yield item
        if capture.cut:
            yield Unread(where="", why=Why.SIZE)

    async def ask(self, op: str, capture: Capture, argument: str = "") -> Any:
        """
        What the body says to `text`, `select`, `find`, `entries` or `search`, as JSON.

        Raises ReadError where it cannot be read so, the worker was lost twice,
        or a limit was reached.
        """
        job = Job(
            op=op,
            encoding=capture.encoding,
            charset=_charset(capture),
            url=capture.url,
            argument=argument,
        )
        reason = "lost"
        for fresh in (False, True):
            try:
                kind, payload = await self._answered(job, capture, fresh=fresh)
                if kind is Kind.ANSWER:
                    return json.loads(payload)
                reason = payload.decode("ascii", "replace")
                break
            except Lost as lost:
                if lost.why is Why.LIMIT:
                    reason = "limit"
                    break
            except (ValueError, RecursionError):
                continue  # not JSON: no worker of ours
        raise ReadError(f"{capture.ref.source}, {op}: {REASONS.get(reason, REASONS['lost'])}")

    async def _answered(self, job: Job, capture: Capture, *, fresh: bool) -> tuple[Kind, bytes]:
        heard = Kind.REFUSED, b"lost"
        async with self._worker(capture, fresh=fresh, asking=True) as child:
            async with aclosing(child.work(job, capture.body)) as messages:
                async for message in messages:
                    heard = message
            if child.body_lost:
                return Kind.REFUSED, b"gone"
        return heard

    async def _far(
        self, capture: Capture, *, op: str = "read"
    ) -> AsyncGenerator[Part | Unread, None]:
        """The parts that a worker reads, or a second one where the first is lost."""
        delivered, careful = 0, None
        why = Why.LOST
        for fresh in (False, True):
            job = Job(
                op=op,
                encoding=capture.encoding,
                charset=_charset(capture),
                url="",
                argument=capture.name,  # it may say the password
                skip=delivered,
                careful=careful,
            )
            careful = 1
            try:
                async with (
                    self._worker(capture, fresh=fresh) as child,
                    aclosing(child.work(job, capture.body)) as messages,
                ):
                    async for kind, payload in messages:
                        if kind is Kind.STEP:
                            careful = int(payload)
                            continue
                        item = unpacked(payload)
                        delivered += 1
                        yield item
                if child.body_lost:
                    yield Unread(where="", why=Why.BROKEN)
                return
            except Lost as lost:
                why = lost.why
            except ValueError:
                why = Why.LOST  # it does not speak our language
        yield Unread(where="", why=why)

    async def _new(self) -> Child:
        """One more worker. Raises Lost if the pool was stopped: it would outlive it."""
        child = None if self._stopped else await Child.start(self._limits)
        if child is None or self._stopped:
            if child:
                await child.end()
            raise Lost(Why.LOST)
        self._children.add(child)
        return child

    @asynccontextmanager
    async def _worker(
        self, capture: Capture, *, fresh: bool, asking: bool = False
    ) -> AsyncIterator[Child]:
        """A worker to oneself. It goes back to the pool if it is idle afterwards, else it ends."""
        large = capture.body.size > LARGE
        turns = self._asking if asking and not large else self._turns
        async with self._large if large else nullcontext(), turns:
            child = None
            while self._idle and not fresh and child is None:
                child = self._idle.pop()
                if not child.alive:
                    await self._end(child)
                    child = None
            if child is None:
                child = await self._new()
            try:
                yield child
            finally:
                if child.idle and child.alive and child.documents < DOCUMENTS:
                    self._idle.append(child)
                else:
                    await self._end(child)

    async def _end(self, child: Child) -> None:
        await child.end()
        self._children.discard(child)
        self.replaced += 1


async def _promises(part: Part) -> bool:
    """Whether this window holds a run that is to be opened; an enemy's takes a second to judge."""
    if len(part.text) <= BRIEF:
        return promising(part)
    return await asyncio.to_thread(promising, part)


async def _head(capture: Capture) -> bytes:
    with capture.body.open() as stream:
        if capture.body.path is None:
            return stream.read(HEAD)
        return await asyncio.to_thread(stream.read, HEAD)


async def _decoded(capture: Capture, head: bytes) -> AsyncGenerator[Part | Unread, None]:
    """The windows of a plain text."""
    decoder = Decoder(head, _charset(capture))
    windows = Windows()
    try:
        async for data in chunks(capture.body):
            for part in windows.feed(decoder.feed(data)):
                yield part
    except OSError:
        yield Unread(where="", why=Why.BROKEN)
    for part in windows.feed(decoder.finish()):
        yield part
    for part in windows.finish():
        yield part
    if decoder.foreign:
        yield Unread(where="", why=Why.UNSUPPORTED)
