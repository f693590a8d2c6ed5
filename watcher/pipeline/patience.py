"""
How long anything is waited for when the service is told to stop.

A listing or a fetch is given up at once: nothing of it is stored yet. A
document in hand is finished, unless that takes longer than the service
manager would wait; then it is left pending, and begun anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 20.0  # seconds for the document in hand; the unit's TimeoutStopSec is 30


class StoppedError(Exception):
    """The service is stopping, and what was being waited for was given up."""


async def unless(stop: asyncio.Event, coroutine: Coroutine[Any, Any, T]) -> T:
    """What this comes to. Raises StoppedError, and cancels it, as soon as `stop` is set."""
    return await finished(stop, coroutine, grace=0.0)


async def finished(
    stop: asyncio.Event, coroutine: Coroutine[Any, Any, T], *, grace: float = GRACE
) -> T:
    """What this comes to. Raises StoppedError, and cancels it, `grace` seconds after `stop` is set."""
    wanted = asyncio.create_task(coroutine)
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({wanted, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not wanted.done() and grace:
            await asyncio.wait({wanted}, timeout=grace)
        if not wanted.done():
            raise StoppedError
        return wanted.result()
    finally:
        stopped.cancel()
        wanted.cancel()
        await asyncio.gather(wanted, stopped, return_exceptions=True)
