"""The file between processes: what is acknowledged is there, and a reader writes nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watcher.store.books import NOW, alert
from watcher.errors import LockedError, StoreError
from watcher.store import Book
from watcher.store.door import BUSY_SECONDS, HASTY_SECONDS

ROOT = Path(__file__).resolve().parents[3]

_WRITE = """
import sys
from pathlib import Path
from tests.watcher.store.books import NOW, TARGETS, alert, ref
from watcher.store import Book

name = sys.argv[2]
with Book.open(Path(sys.argv[1]), create=True) as book:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        key = f"{name}-{number}"
        book.pend("pastes", [ref(key)], validators={"u": (key, "")}, now=NOW)
        settled = book.settle(alert(key, officers=[key]), now=NOW, targets=TARGETS)
        print(settled.alert_id, key, flush=True)
"""


def _writer(path: Path, name: str, many: int) -> subprocess.Popen[str]:
    """A process that has the book open and writes when it is told to `_go`."""
    return subprocess.Popen(
        [sys.executable, "-c", _WRITE, str(path), name, str(many)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def _go(*writers: subprocess.Popen[str]) -> None:
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()


def test_nothing_acknowledged_is_lost_to_sigkill(path: Path) -> None:
    """Killed anywhere: what was printed is there, whole, with its delivery and its evidence."""
    acknowledged: dict[str, str] = {}
    for turn, wanted in enumerate((1, 7, 20, 33, 50)):
        with _writer(path, f"t{turn}", 100_000) as writer:
            _go(writer)
            assert writer.stdout is not None
            for _ in range(wanted):
                id_, key = writer.stdout.readline().split()
                acknowledged[id_] = key
            writer.send_signal(signal.SIGKILL)
            for line in writer.stdout:  # printed before the signal fell
                if line.endswith("\n"):
                    id_, key = line.split()
                    acknowledged[id_] = key
    assert len(acknowledged) >= 111
    with Book.open(path) as book:
        book.check()
        stored = {row.id: row.key for row in book.alerts(limit=100_000)}
        assert acknowledged.items() <= stored.items()
        assert len(stored) <= len(acknowledged) + 5
        owed = [each.alert for each in book.due(now=NOW, limit=100_000)]
        assert sorted(owed) == sorted(stored)
        waiting = book.waiting().get("pastes", 0)
        assert book.counts()["documents"] == len(stored)
        assert waiting <= 5


def test_two_processes_share_one_book(path: Path) -> None:
    """Both write at once; every write is there and the chain has one order."""
    writers = [_writer(path, name, 100) for name in ("one", "two")]
    _go(*writers)
    printed = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    ids = {word for words in printed for word in words[::2]}
    assert len(ids) == 200
    with Book.open(path) as book:
        book.check()
        assert {row.id for row in book.alerts()} == ids


def test_a_book_for_reading_writes_nothing(path: Path) -> None:
    """Not even by mistake."""
    Book.open(path, create=True).close()
    with Book.open(path, readonly=True) as book:
        assert book.alerts() == []
        with pytest.raises(StoreError, match="cannot be written"):
            book.settle(alert(), now=NOW)


def test_behind_a_lock_of_another_process_each_does_not_wait_as_long(path: Path) -> None:
    """The first waited for long; those behind it fail soon, until one can write again."""
    with Book.open(path, create=True) as book:
        held = sqlite3.connect(path, isolation_level=None)
        held.execute("BEGIN IMMEDIATE")

        def waits() -> int:
            return int(book._db.execute("PRAGMA busy_timeout").fetchone()[0])

        assert waits() == BUSY_SECONDS * 1000
        book._db.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(LockedError):
            book.mark("x", now=NOW)
        assert waits() == HASTY_SECONDS * 1000
        assert book.owed() == 0  # reading goes on, and says nothing of the lock
        assert waits() == HASTY_SECONDS * 1000
        with pytest.raises(LockedError):
            book.mark("x", now=NOW)
        held.close()
        book.mark("x", now=NOW)
        assert waits() == BUSY_SECONDS * 1000
