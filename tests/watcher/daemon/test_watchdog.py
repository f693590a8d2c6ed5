"""Systemd hears that we live while the store gets on, also where somebody else keeps it locked."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.watcher.store.books import NOW
from watcher.daemon.watchdog import Pulse
from watcher.errors import LockedError
from watcher.store import Book, Store

PATIENCE = 30.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watcher.db"


async def test_a_store_that_another_process_keeps_locked_is_no_hang(path: Path) -> None:
    """Writes fail one after another, what asks whether it answers waits behind them: it beats."""
    async with await Store.open(path, create=True) as store:
        await store.do(lambda book: book._db.execute("PRAGMA busy_timeout = 50"))
        held = sqlite3.connect(path, isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        writes = [asyncio.create_task(store.do(Book.mark, "x", now=NOW)) for _ in range(20)]
        await asyncio.sleep(0)  # they stand in line
        pulse = Pulse(store)
        beats = [await pulse.beats(0.3)]
        while not writes[-1].done():
            beats.append(await pulse.beats(0.3))
        held.close()
        found = await asyncio.gather(*writes, return_exceptions=True)
        pulse.close()
    assert {type(each) for each in found} == {LockedError}
    assert len(beats) > 2
    assert all(beats)


async def test_a_store_that_not_even_answers_for_another_process_is_no_hang(path: Path) -> None:
    """Locked for reading as well."""
    async with await Store.open(path, create=True) as store:
        await store.do(Book.mark, "x", now=NOW)
        await store.do(lambda book: book._db.execute("PRAGMA busy_timeout = 50"))
        await store.do(lambda book: book._db.conn.close())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        handle = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
        await store.do(lambda book: setattr(book._db, "conn", handle))
        assert await Pulse(store).beats(PATIENCE)
        other.close()


async def test_a_verb_that_does_not_end_is_a_hang(path: Path) -> None:
    """Whoever waits behind it waits for ever, and only a restart helps."""
    release = threading.Event()
    async with await Store.open(path, create=True) as store:
        pulse = Pulse(store)
        assert await pulse.beats(PATIENCE)
        hangs = asyncio.create_task(store.do(lambda _: release.wait()))
        await asyncio.sleep(0)
        assert not await pulse.beats(0.05)
        assert not await pulse.beats(0.05)
        release.set()
        await hangs
        assert await pulse.beats(PATIENCE)


async def test_a_store_that_is_broken_is_not_fed(path: Path) -> None:
    """It answers with an error of its own: to begin anew may help."""
    async with await Store.open(path, create=True) as store:
        await store.do(lambda book: book._db.execute("ALTER TABLE delivery RENAME TO nowhere"))
        assert not await Pulse(store).beats(PATIENCE)
