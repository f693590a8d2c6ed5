from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.data.test_freed import made as deleted
from tests.watcher.read.made import archive, bounds, parts, rows, unread, walked, workbook
from watcher.model import Part, Unread


def made(*statements: str, wide: bool = False) -> bytes:
    base = sqlite3.connect(":memory:")
    if wide:
        base.execute("PRAGMA encoding='UTF-16be'")
    base.execute('CREATE TABLE "staff list" (surname TEXT, "pay no" INTEGER, photo BLOB)')
    base.execute("INSERT INTO 'staff list' VALUES ('Adebayo', 4400123, NULL), ('Siân', 1.5, 'x')")
    for statement in statements:
        base.execute(statement)
    base.commit()
    body = base.serialize()
    base.close()
    return body


def test_each_table_is_a_table() -> None:
    """Below its columns' names; in UTF-8 and UTF-16; WITHOUT ROWID as well."""
    more = (
        "CREATE TABLE other (a PRIMARY KEY, b) WITHOUT ROWID",
        "INSERT INTO other VALUES (1, 'Ffion')",
    )
    for wide in (False, True):
        items = walked(archive([("a.db", made(*more, wide=wide))]))
        found = parts(items)
        assert unread(items) == []
        assert rows(found["a.db!/staff list"]) == [
            ["surname", "pay no", "photo"],
            ["Adebayo", "4400123", ""],
            ["Siân", "1.5", "x"],
        ]
        assert rows(found["a.db!/other"])[1] == ["1", "Ffion"]


def test_a_file_in_use_is_read(tmp_path: Path) -> None:
    """One whose log lies beside it asks for it, and is read without."""
    path = tmp_path / "a.db"
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE TABLE t (a)")
    base.execute("INSERT INTO t VALUES ('Adebayo')")
    base.commit()
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    assert rows(parts(walked(path.read_bytes()))["t"]) == [["a"], ["Adebayo"]]


def test_nothing_in_it_is_run() -> None:
    """Views, triggers, virtual tables and generated columns are not; what they store is read."""
    body = made(
        "CREATE VIEW bomb AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n)"
        " SELECT x FROM n",
        "CREATE TABLE made (a, b AS (hex(zeroblob(100000000))), c AS (upper(a)) STORED)",
        "INSERT INTO made (a) VALUES ('quill')",
        "CREATE VIRTUAL TABLE docs USING fts5(body)",
        "INSERT INTO docs VALUES ('PC Morgan was there')",
    )
    items = walked(body)
    found = parts(items)
    assert unread(items) == []
    assert "bomb" not in found
    assert rows(found["made"]) == [["a", "c"], ["quill", "QUILL"]]
    assert "PC Morgan was there" in found["docs_content"].text
    assert "CREATE VIEW bomb" in found["schema"].text
    assert found["schema"].hidden


def test_a_view_that_says_it_is_a_table_is_not_run() -> None:
    """The schema of a hostile file says what it likes."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE t (a)")
    base.execute("INSERT INTO t VALUES ('Adebayo')")
    base.execute("CREATE VIEW v AS SELECT a FROM t, t, t")
    base.execute("PRAGMA writable_schema=ON")
    base.execute("UPDATE sqlite_master SET type='table', rootpage=2 WHERE name='v'")
    base.commit()
    body = base.serialize()
    base.close()
    items = walked(body)
    assert "Adebayo" in "".join(each.text for each in items if isinstance(each, Part))
    assert "v" not in parts(items)


def test_values_that_are_documents_are_opened() -> None:
    """A workbook in a column has an address of its own; bytes that are text are a cell."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE files (name, body)")
    base.execute("INSERT INTO files VALUES ('a', ?), (?, ?)", (workbook(), "b", "Siân".encode()))
    base.commit()
    body = base.serialize()
    base.close()
    found = parts(walked(body))
    assert found["files row 2 body!/List (hidden)"].hidden
    assert rows(found["files"])[2][1] == "Siân"
    items = walked(body, limits=bounds(members=0))
    assert ("files row 2 body", "limit") in unread(items)
    assert rows(parts(items)["files"])[2][1] == "Siân"


def test_deleted_rows_are_found() -> None:
    """Nobody sees them who opens the file."""
    part = parts(walked(deleted()))["free space"]
    assert "gone person 17" in part.text
    assert part.hidden


def test_a_broken_one_is_swept_and_told() -> None:
    """What a broken table does not give is found in its pages."""
    body = bytearray(deleted(rows=2000))
    body[1024 * 3 : 1024 * 3 + 8] = b"\xff" * 8
    for damaged in (
        bytes(body),
        bytes(body[:3000]),
        bytes(body[:100]) + bytes(400) + bytes(body[500:]),
    ):
        items = walked(archive([("a.db", damaged), ("b.txt", b"Quill")]))
        assert "broken" in [why for _, why in unread(items)]
        assert "kept person" in parts(items)["a.db!/raw"].text
        assert parts(items)["b.txt"].text == "Quill"


def test_a_page_that_is_read_again_and_again_is_a_limit() -> None:
    """A page whose 7,000 children are all the same leaf: half a gigabyte out of three pages."""
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA page_size=65536")
    base.execute("CREATE TABLE t (a)")
    base.executemany("INSERT INTO t VALUES (?)", (("Adebayo " * 3000,) for _ in range(6)))
    base.commit()
    body = base.serialize()
    base.close()
    size, cell = 65536, (3).to_bytes(4, "big") + b"\x81\x80\0"
    cells = [size - len(cell) * (at + 1) for at in range(7000)]
    head = b"\5\0\0" + (7000).to_bytes(2, "big") + cells[-1].to_bytes(2, "big") + b"\0\0\0\0\3"
    head += b"".join(at.to_bytes(2, "big") for at in cells)
    forged = body[:size] + head + bytes(cells[-1] - len(head)) + cell * 7000 + body[2 * size :]
    items = walked(
        archive([("a.db", forged), ("b.txt", b"Quill")]), limits=bounds(max_bytes=64 << 20)
    )
    assert ("a.db!/t", "limit") in unread(items)
    assert len([each for each in items if each.where == "a.db!/t"]) < 100


def test_what_is_cut_or_added_is_not_silent() -> None:
    """A library takes a database of half a page for an empty one."""
    body = made()
    assert unread(walked(body[:101])) == [("", "broken")]
    items = walked(body[: len(body) // 2])
    assert ("", "broken") in unread(items)
    found = parts(walked(body + b"PC Morgan was here"))
    assert found["after the database"].text == "PC Morgan was here"


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 1 << 14), st.binary(max_size=60), st.booleans())
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes, cut: bool) -> None:
    """No damage makes a database raise."""
    body = made("CREATE INDEX i ON 'staff list' (surname)")
    at %= len(body)
    items = walked(body[:at] + junk + (b"" if cut else body[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)
    assert items or at < 16


def test_a_blob_in_utf_16_is_read() -> None:
    """It would be UTF-8 as well, with a zero behind each letter."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE notes (said)")
        base.execute("INSERT INTO notes VALUES (?)", ("PC Adebayo 4400123".encode("utf-16-le"),))
        base.commit()
        body = base.serialize()
    assert "PC Adebayo 4400123" in parts(walked(body))["notes"].text
