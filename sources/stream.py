"""
A place that does not list but speaks: a websocket of JSON messages.

    [sources.posts]
    kind = "stream"
    url = "wss://jetstream.example/subscribe?wantedCollections=app.bsky.feed.post"
    text = "commit.record.text"
    key = "join('/', [did, commit.rkey])"
    cursor = "time_us"
    rewind = 5000000

What is said within a window of seconds is one document, a line for each
message. After each window the place's own cursor is kept, so that after a break
or a crash it is asked for what came since.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

import jmespath

from sources.listed import bounded, check_address
from sources.window import Place, Window
from watcher.api import (
    Body,
    Capture,
    ConfigError,
    FetchError,
    Reached,
    Ref,
    Secret,
    SourceError,
    Web,
)

LONGEST = timedelta(minutes=5)  # of a window: what stands in it is not read before it ends
FEW = 3  # broken messages are passed over whatever their share
MUTE = 1000  # messages in a row that say nothing: they are not those that were meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """
    Expressions are JMESPath on one message: `text` is what it says (messages
    without it are passed over), `key` what a person finds it by, `cursor` its
    place in the stream. Asked for again, the place is given the last cursor as
    the query parameter `resume`, a whole number less `rewind` in its own unit;
    what was read before is not read twice. Nothing for as long as `silence`
    is an error. `headers` go to `url` only.
    """

    website: ClassVar[bool] = False  # a stream is made for programs

    name: str
    every: timedelta = timedelta(minutes=1)
    url: str
    text: str
    key: str = ""
    cursor: str = ""
    resume: str = "cursor"
    rewind: int = 0
    window: timedelta = timedelta(seconds=60)
    silence: timedelta = timedelta(minutes=5)
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        scheme, colon, rest = self.url.partition(":")
        plain = {"ws": "http", "wss": "https"}.get(scheme, "none")
        check_address("url", f"{plain}{colon}{rest}")
        for at, path in (("text", self.text), ("key", self.key), ("cursor", self.cursor)):
            try:
                jmespath.compile(path or "@")
            except jmespath.exceptions.JMESPathError as problem:
                raise ConfigError(f"{at}: `{path}` is not a JMESPath expression") from problem
        if not self.text:
            raise ConfigError("text: needs an expression that finds what a message says")
        if self.rewind < 0 or (self.rewind and not self.cursor):
            raise ConfigError("rewind: needs a `cursor`, and is not negative")
        if not timedelta() < self.window <= LONGEST:
            raise ConfigError(f"window: must be between a second and {LONGEST.seconds} seconds")
        if self.silence < self.window:
            raise ConfigError("silence: must not be shorter than `window`")

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        """Windows of the stream, each followed by how far it came. Raises SourceError, FetchError."""
        place = Place.of(web.cursor, self.rewind)
        listener = _Listener(web.stream(self._address(place.resume), headers=self.headers))
        wanted = jmespath.compile(self._expression())
        quiet, heard = asyncio.get_running_loop().time(), 0
        try:
            while True:
                window = Window(wanted, place)
                ended = await listener.fill(window, self.window.total_seconds())
                heard += window.messages
                if window.lines:
                    yield self._document(window)
                if heard and not (ended and not window.messages):
                    yield Reached(cursor=str(place))
                now = asyncio.get_running_loop().time()
                quiet = now if window.messages else quiet
                self._judge(window, place, now - quiet)
                if isinstance(ended, FetchError):
                    raise ended
                if ended and not heard:
                    raise SourceError("the stream was closed before it said anything")
                if ended:
                    return
        finally:
            await listener.close()

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """Nothing of a stream is fetched."""
        raise FetchError("what a stream has said cannot be fetched", retry=False)

    def _address(self, cursor: str) -> str:
        if not cursor:
            return self.url
        joint = "&" if urlsplit(self.url).query else "?"
        return f"{self.url}{joint}{urlencode({self.resume: cursor})}"

    def _expression(self) -> str:
        wanted = {"text": self.text, "key": self.key, "cursor": self.cursor}
        return f"{{{', '.join(f'{name}: ({path})' for name, path in wanted.items() if path)}}}"

    def _document(self, window: Window) -> Capture:
        body = Body("".join(window.lines).encode("utf-8", "replace"))
        key = window.first or f"{window.taken_at.isoformat()} {body.sha256[:16]}"
        return Capture(
            ref=Ref(source=self.name, key=bounded(key), url=self.url),
            taken_at=window.taken_at,
            url=self.url,
            body=body,
            headers=(("Content-Type", "text/plain; charset=utf-8"),),
        )

    def _judge(self, window: Window, place: Place, quiet: float) -> None:
        """Raise SourceError where this is not the stream that was meant."""
        if window.broken >= FEW and window.broken * 3 > window.messages:
            raise SourceError(
                f"{window.broken} of {window.messages} messages are not JSON, or have no place in the "
                "stream where `cursor` looks for it: it changed its form"
            )
        if place.mute >= MUTE:
            raise SourceError(
                f"none of the last {place.mute:,} messages has text where `text` looks for it"
            )
        if quiet >= self.silence.total_seconds():
            raise SourceError(f"the stream is open, but has said nothing for {quiet:.0f} s")


class _Listener:
    """Asks a stream for one message at a time, and waits for it no longer than a window lasts."""

    def __init__(self, messages: AsyncIterator[str]) -> None:
        self._messages = messages
        self._coming: asyncio.Task[str | None] | None = None

    async def fill(self, window: Window, seconds: float) -> FetchError | bool:
        """Until the window's end; whether it was the stream's as well, and by which error."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not window.full:
            # Not cancelled when the window ends: a generator that is cancelled is at its end.
            coming = self._coming = self._coming or asyncio.create_task(self._next())
            await asyncio.wait({coming}, timeout=max(0.0, end - loop.time()))
            if not coming.done():
                return False
            self._coming = None
            try:
                message = coming.result()
            except FetchError as problem:
                return problem  # what came before it is read first
            if message is None:
                return True
            window.take(message)
        return False

    async def _next(self) -> str | None:
        return await anext(self._messages, None)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        if isinstance(self._messages, AsyncGenerator):
            await self._messages.aclose()
