from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.watcher.read.made import archive, parts, unread, walked
from watcher.read.data.pagelog import pages

ROWS = [("4400123", "Sgt", "Adebayo"), ("4400124", "PC", "Quill")]


def logged(folder: Path, mode: str) -> bytes:
    """What stands in the log beside a database while its rows are written."""
    path = folder / "staff.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA page_size=1024")
        base.execute(f"PRAGMA journal_mode={mode}")
        base.execute("PRAGMA wal_autocheckpoint=0")
        base.execute("CREATE TABLE staff (number, rank, surname)")
        base.executemany("INSERT INTO staff VALUES (?, ?, ?)", ROWS)
        if mode == "wal":
            return Path(f"{path}-wal").read_bytes()
        base.execute("PRAGMA cache_spill=ON")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("PRAGMA journal_mode=PERSIST")
        base.execute("BEGIN IMMEDIATE")
        base.execute("UPDATE staff SET surname = 'nobody'")
        base.execute("PRAGMA cache_size=1")
        base.execute("COMMIT")
        return Path(f"{path}-journal").read_bytes()


def test_rows_of_a_write_ahead_log_are_read(tmp_path: Path) -> None:
    """They are in no database yet: the file beside it may hold none of them."""
    body = logged(tmp_path, "wal")
    items = walked(archive([("staff.db-wal", body)]))
    found = parts(items)["staff.db-wal!/rows of the log"]
    assert "4400123\tSgt\tAdebayo\n" in found.text
    assert found.text.count("Adebayo") == 1
    assert found.hidden
    assert parts(items)["staff.db-wal!/raw"].echo
    assert unread(items) == []


def test_pages_of_a_rollback_journal_are_read(tmp_path: Path) -> None:
    """They are what stood there before; its header is zeros once all is written."""
    body = logged(tmp_path, "delete")
    whole = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff\xff\xff\xff" + body[12:]
    if int.from_bytes(whole[24:28], "big") == 0:
        whole = whole[:20] + (512).to_bytes(4, "big") + (1024).to_bytes(4, "big") + whole[28:]
    assert "4400124\tPC\tQuill\n" in parts(walked(whole))["rows of the log"].text


@pytest.mark.parametrize("size", [0, 4, 31, 32, 40, 60])
def test_a_torn_log_is_broken(tmp_path: Path, size: int) -> None:
    """Where no page of it is left."""
    body = logged(tmp_path, "wal")[:size]
    assert list(pages(body)) in ([], [body[56:]])
    if 4 <= size < 56:
        assert unread(walked(body)) == [("", "broken")]
