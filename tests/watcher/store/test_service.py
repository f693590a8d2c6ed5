from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tests.watcher.store.books import NOW, TARGETS, alert, ref
from watcher.errors import StoreError
from watcher.store import Book, Store


async def test_verbs_are_awaited_in_one_thread(path: Path) -> None:
    """The book stays in the thread that opened it, and what a verb returns or raises comes back."""
    async with await Store.open(path, create=True) as store:
        assert await store.do(Book.pend, "s", [ref()], validators=None, now=NOW) == 1
        assert [each.ref for each in await store.do(Book.pending, "s", now=NOW)] == [
            ref(source="s")
        ]
        threads = {await store.do(lambda _: threading.get_ident()) for _ in range(5)}
        assert len(threads) == 1
        assert threading.get_ident() not in threads
        with pytest.raises(StoreError, match="no delivery"):
            await store.do(Book.delivered, "msg_0", now=NOW)


async def test_a_store_that_cannot_be_opened_says_so(path: Path) -> None:
    """And leaves no thread behind."""
    with pytest.raises(StoreError, match="no store here"):
        await Store.open(path)
    for thread in threading.enumerate():
        if thread.name.startswith("store"):
            thread.join(timeout=10)
            assert not thread.is_alive()


async def test_a_cancelled_await_tears_nothing(path: Path) -> None:
    """A verb that had begun is stored whole; one that had not is not begun."""
    async with await Store.open(path, create=True) as store:
        begun, go_on = threading.Event(), threading.Event()

        def slowly(book: Book) -> None:
            begun.set()
            go_on.wait()
            book.settle(alert("a"), now=NOW, targets=TARGETS)

        running = asyncio.create_task(store.do(slowly))
        await asyncio.to_thread(begun.wait)
        waiting = asyncio.create_task(store.do(Book.settle, alert("b"), now=NOW))
        await asyncio.sleep(0)  # let it be queued
        for task in (running, waiting):
            task.cancel()
        go_on.set()
        await asyncio.gather(running, waiting, return_exceptions=True)
        assert running.cancelled()
        assert waiting.cancelled()
        assert [row.key for row in await store.do(Book.alerts)] == ["a"]
        assert await store.do(Book.owed) == 1
        await store.do(Book.check)


async def test_closing_twice_is_closing_once(path: Path) -> None:
    """What was asked for before is done first."""
    store = await Store.open(path, create=True)
    asked = asyncio.create_task(store.do(Book.settle, alert(), now=NOW))
    await asyncio.sleep(0)  # let it be queued
    await store.close()
    await store.close()
    assert (await asked).alert_id == "A-1"
