"""How long anything is waited for when the service is told to stop."""

from __future__ import annotations

import asyncio

import pytest

from watcher.pipeline.patience import StoppedError, finished, unless


async def test_without_a_stop_it_is_the_answer() -> None:
    """A result is a result, an exception the exception."""

    async def answer() -> int:
        return 42

    async def fails() -> int:
        raise ZeroDivisionError

    assert await unless(asyncio.Event(), answer()) == 42
    with pytest.raises(ZeroDivisionError):
        await unless(asyncio.Event(), fails())


async def test_a_stop_cancels_what_is_waited_for() -> None:
    """At once for what can be begun anew; what was begun is told that it ends."""
    stop, begun, told = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def waits() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            told.set()

    running = asyncio.create_task(unless(stop, waits()))
    await begun.wait()
    stop.set()
    with pytest.raises(StoppedError):
        await running
    assert told.is_set()


async def test_what_is_in_hand_is_finished_within_its_grace() -> None:
    """A stop that comes meanwhile does not cut it short."""
    stop, go_on = asyncio.Event(), asyncio.Event()

    async def work() -> str:
        await go_on.wait()
        return "done"

    running = asyncio.create_task(finished(stop, work(), grace=60))
    stop.set()
    asyncio.get_running_loop().call_soon(go_on.set)
    assert await running == "done"


async def test_grace_has_an_end() -> None:
    """What takes longer than the service manager would wait is given up."""
    stop = asyncio.Event()
    stop.set()
    with pytest.raises(StoppedError):
        await finished(stop, asyncio.Event().wait(), grace=0.01)


async def test_cancelling_the_waiter_cancels_what_it_waits_for() -> None:
    """Nothing goes on unseen."""
    begun, told = asyncio.Event(), asyncio.Event()

    async def waits() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            told.set()

    running = asyncio.create_task(unless(asyncio.Event(), waits()))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert told.is_set()
