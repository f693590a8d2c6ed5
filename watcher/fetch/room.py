"""
Room for large bodies: all sources together hold only so many at once.

A body is held from its first bytes until its document is judged. Each is
bounded; dozens of places that send as much as they may, at the same moment,
are not. Whoever comes when the room is full waits with the connection open,
so that the place waits as well, and is turned away if that takes too long.
"""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextlib import suppress

from watcher.errors import FetchError
from watcher.model import Body

SMALL = 4 << 20  # bytes; up to it a body needs no place
PLACES = 4
PATIENCE = 30.0  # seconds: half of an exchange's usual time
AGAIN = 60.0  # seconds


class Room:
    """
    So many large bodies at once, first come first served.

    `patience`: seconds that one waits for a place.
    """

    def __init__(self, places: int = PLACES, *, patience: float = PATIENCE) -> None:
        self._free = asyncio.Semaphore(places)
        self._patience = patience

    async def enter(self) -> Place:
        """
        A place, to be left when its body is gone.

        Raises FetchError, by which nothing is held against the host, where none became free.
        """
        if self._free.locked():
            gc.collect()  # what only waits for that is in nobody's hands
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise FetchError(
                "too many large answers are in hand to take another one; it is asked for again",
                retry=True,
                after=AGAIN,
                local=True,
            ) from None
        return Place(self._free, asyncio.get_running_loop())


class Place:
    """One body's place in the room."""

    def __init__(self, free: asyncio.Semaphore, loop: asyncio.AbstractEventLoop) -> None:
        self._free: asyncio.Semaphore | None = free
        self._loop = loop

    def leave(self) -> None:
        """Free the place, from whatever thread. Leaving again does nothing."""
        free, self._free = self._free, None
        if free is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(free.release)

    def leave_with(self, body: Body) -> None:
        """Free the place when this body is no longer held by anybody."""
        weakref.finalize(body, self.leave).atexit = False
