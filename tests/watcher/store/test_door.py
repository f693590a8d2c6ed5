from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.watcher.store.books import NOW, alert, ref
from watcher.errors import LockedError, StoreError
from watcher.store import Book
from watcher.store.door import connect, ours, writing


def test_every_connection_has_the_pragmas(path: Path) -> None:
    """Durable, deleting for good, with references kept, and trusting no schema."""
    db = connect(path, create=True, readonly=False)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
    }
    assert {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    db.conn.close()


def test_the_store_is_for_its_owner_only(path: Path) -> None:
    """Mode 0600 for the file and its companions; a wider one is narrowed."""
    with Book.open(path, create=True) as book:
        book.pend("s", [ref()], validators=None, now=NOW)
        files = [path, *path.parent.glob("watcher.db-*")]
        assert len(files) == 3
        assert {each.stat().st_mode & 0o777 for each in files} == {0o600}
    path.chmod(0o644)
    Book.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_store_that_is_not_there_is_said(path: Path) -> None:
    """A mistyped directory must not look like a store in which nothing was found."""
    with pytest.raises(StoreError, match=r"watcher\.db: no store here; see \[store\] directory"):
        Book.open(path)
    assert not path.exists()
    with pytest.raises(StoreError, match=r"nowhere: no such directory; make it"):
        Book.open(path.parent / "nowhere" / "watcher.db", create=True)


def test_a_file_that_is_no_database_is_said(path: Path) -> None:
    """The file is named, left as it was, and the mend is told."""
    path.write_bytes(b"officers, one a line\n" * 100)
    with pytest.raises(StoreError, match="not a database: name the right file"):
        Book.open(path)
    assert path.read_bytes().startswith(b"officers")


def test_a_directory_is_no_store(tmp_path: Path) -> None:
    """Said by name, not by SQLite's number."""
    with pytest.raises(StoreError, match="not a file"):
        Book.open(tmp_path)


def test_an_exception_rolls_everything_back(path: Path) -> None:
    """Inserts of sqlite-utils do not commit by themselves inside a transaction."""
    db = connect(path, create=True, readonly=False)
    db.execute("CREATE TABLE t (a INTEGER) STRICT")

    def broken() -> Iterator[dict[str, int]]:
        yield from ({"a": each} for each in range(100))
        raise RuntimeError

    with pytest.raises(RuntimeError), writing(db):
        db.table("t").insert_all(broken(), batch_size=10)
    assert not db.conn.in_transaction
    assert db.table("t").count == 0
    db.conn.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [("BEGIN IMMEDIATE", "kept it locked for 30 s"), ("SELECT 1", "SQLite says")],
)
def test_what_sqlite_says_becomes_ours(path: Path, statement: str, said: str) -> None:
    """A lock held too long names the mend; anything else is still a StoreError of this file."""
    one = connect(path, create=True, readonly=False)
    two = connect(path, create=False, readonly=False)
    two.conn.execute("PRAGMA busy_timeout = 1")
    one.conn.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=said) as caught, ours(path):
        two.conn.execute(statement if statement != "SELECT 1" else "SELECT nothing")
    assert isinstance(caught.value, LockedError) == ("locked" in said)
    one.conn.close()
    two.conn.close()


def _as_nobody(program: str, path: Path) -> subprocess.CompletedProcess[str]:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    # All that it needs is loaded before: a developer's interpreter may lie where only root goes.
    loaded = "from pathlib import Path; from watcher.store import Book; Path('/').as_uri()\n"
    user = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    return subprocess.run(
        [sys.executable, "-c", f"{loaded}{user}{program}", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def open_directory(tmp_path: Path) -> Iterator[Path]:
    """A directory that any user may enter; pytest's own are closed."""
    widened = [each for each in (tmp_path, *tmp_path.parents) if each.stat().st_uid == os.geteuid()]
    before = {each: each.stat().st_mode for each in widened}
    for each, mode in before.items():
        each.chmod(mode & 0o7777 | 0o055)
    yield tmp_path
    for each, mode in before.items():
        each.chmod(mode & 0o7777)


def test_somebody_elses_store_names_the_owner_as_the_mend(open_directory: Path) -> None:
    """Another user may neither read nor write it, and is told whom to run as."""
    path = open_directory / "watcher.db"
    Book.open(path, create=True).close()
    program = (
        "import sys; from pathlib import Path; from watcher.errors import LockedError, StoreError\n"
        "for readonly in (False, True):\n"
        "    try: Book.open(Path(sys.argv[1]), readonly=readonly)\n"
        "    except StoreError as problem: print(problem)\n"
        "try: Book.open(Path(sys.argv[1]).parent / 'new.db', create=True)\n"
        "except StoreError as problem: print(problem)\n"
    )
    ended = _as_nobody(program, path)
    lines = ended.stdout.splitlines()
    assert len(lines) == 3, ended.stderr
    assert all("run as the user who owns" in line for line in lines)


def test_a_copy_that_nobody_may_write_can_be_read(open_directory: Path) -> None:
    """A closed store in a read-only directory is read by anyone whom the file allows."""
    path = open_directory / "watcher.db"
    with Book.open(path, create=True) as book:
        book.settle(alert(), now=NOW)
    path.chmod(0o444)
    program = (
        "import sys; from pathlib import Path\n"
        "with Book.open(Path(sys.argv[1]), readonly=True) as book:\n"
        "    book.check(); print([row.id for row in book.alerts()])\n"
    )
    ended = _as_nobody(program, path)
    assert ended.stdout == "['A-1']\n", ended.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode != 0:
        pytest.skip("may not mount a small tmpfs here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_stored(small_disk: Path) -> None:
    """The error says to free space; what was acknowledged stays, and work goes on when there is room."""
    path, ballast, stored = small_disk / "watcher.db", small_disk / "ballast", 0
    with Book.open(path, create=True) as book:
        ballast.write_bytes(bytes(100_000))
        with pytest.raises(StoreError, match="disk is full: free space"):  # noqa: PT012  # until it is full
            for number in range(10_000):
                book.settle(alert(f"k{number}", officers=(str(number),)), now=NOW)
                stored += 1
        assert stored > 0
        assert len(book.alerts(limit=10_000)) == stored
        ballast.unlink()
        assert book.settle(alert("last", officers=("x",)), now=NOW).alert_id == f"A-{stored + 1}"
        book.check()


def test_constraints_pass_as_what_they_are(path: Path) -> None:
    """A violated constraint is a mistake in this program, not a sick disk."""
    with pytest.raises(sqlite3.IntegrityError), ours(path):
        raise sqlite3.IntegrityError
