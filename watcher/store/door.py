"""
The one door to SQLite: how a store file is opened, written to, and how its errors become ours.

WAL with synchronous=FULL: WAL with NORMAL loses acknowledged commits when the
power goes (sqlite.org/pragma.html#pragma_synchronous). Every write begins with
BEGIN IMMEDIATE: a deferred transaction that turns into a write fails at once
with SQLITE_BUSY_SNAPSHOT and the busy time-out is never asked.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watcher.errors import LockedError, StoreError
from watcher.store.engine import Database

BUSY_SECONDS = 30
HASTY_SECONDS = 0.1  # once another process has kept it locked for longer than that
_JOURNAL_BYTES = 16 << 20  # what a truncated write-ahead log may keep
_MENDS = {
    "SQLITE_FULL": "the disk is full: free space on its file system; nothing was half written",
    "SQLITE_BUSY": f"another process kept it locked for {BUSY_SECONDS} s: see who has it open",
    "SQLITE_LOCKED": "another process keeps it locked: see who has it open",
    "SQLITE_READONLY": "it cannot be written: run as the user who owns it, on a file system that may be written",
    "SQLITE_CANTOPEN": "it cannot be opened: run as the user who owns it, and see that its directory may be written",
    "SQLITE_PERM": "it cannot be opened: run as the user who owns it",
    "SQLITE_AUTH": "it cannot be opened: run as the user who owns it",
    "SQLITE_NOTADB": "it is not a database: name the right file in [store], or restore it from a backup",
    "SQLITE_CORRUPT": "it is damaged: stop the service and restore it from a backup",
    "SQLITE_IOERR": "the disk fails: look at the kernel's log, free space, and try again",
}


@contextmanager
def ours(path: Path) -> Iterator[None]:
    """
    Turn what SQLite says about this file into StoreError with its mend.

    Violated constraints and misuse pass: they are mistakes in this program.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.Error as problem:
        name = getattr(problem, "sqlite_errorname", None) or ""
        error = LockedError if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else StoreError
        raise error(f"{path}: {_mend(problem)}") from problem


def wait(db: Database, seconds: float) -> None:
    """From now on, wait for other processes' locks for so long."""
    db.conn.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _mend(problem: sqlite3.Error) -> str:
    name = getattr(problem, "sqlite_errorname", None) or ""
    for known, mend in _MENDS.items():
        if name == known or name.startswith(f"{known}_"):
            return mend
    return f"SQLite says {name or problem}"


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """
    One transaction that may write: all of it is stored, or nothing.

    Inside, sqlite-utils must not commit by itself: `atomic` becomes a
    savepoint, and so does every insert under it.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        with db.atomic():
            yield db
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:  # a full disk may have ended it already
            db.conn.execute("ROLLBACK")
        raise


def connect(path: Path, *, create: bool, readonly: bool) -> Database:
    """
    Open this file with our pragmas; for its owner only (mode 0600).

    `create` makes it, never its directory. Raises StoreError, also where there
    is no file and `create` is not set: a mistyped path must not look like a
    store in which nothing was ever found.
    """
    with ours(path):
        _prepare(path, create=create and not readonly, readonly=readonly)
        uri = path.absolute().as_uri()
        if not readonly:
            return _configured(_handle(f"{uri}?mode=rw"), path, readonly=False)
        try:
            return _configured(_handle(f"{uri}?mode=ro"), path, readonly=True)
        except sqlite3.OperationalError:
            # A write-ahead log needs a file beside it even to be read. Where that
            # cannot be made and no log is left, nobody is writing.
            if path.with_name(path.name + "-wal").exists():
                raise
            return _configured(_handle(f"{uri}?mode=ro&immutable=1"), path, readonly=True)


def _prepare(path: Path, *, create: bool, readonly: bool) -> None:
    """See that the file is there and nobody else may read it, before SQLite makes its companions like it."""
    try:
        if create:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StoreError(f"{path}: not a file; name the store's directory in [store]")
        if not readonly and mode & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        if create:
            raise StoreError(
                f"{path.parent}: no such directory; make it (mode 0700, for the service's user)"
                " or mend [store] directory"
            ) from None
        raise StoreError(
            f"{path}: no store here; see [store] directory (`watcher scan` and `watcher run` make it)"
        ) from None
    except OSError as problem:
        raise StoreError(
            f"{path}: {problem.strerror}; run as the user who owns the store, on a disk with space"
        ) from problem


def _handle(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _write_ahead(conn: sqlite3.Connection) -> str:
    """
    Switch to a write-ahead log; the mode that there is then.

    Two processes that make a store at once both want it for themselves here,
    and SQLite answers one of them "busy" without waiting.
    """
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return str(conn.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as problem:
            if not problem.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
        time.sleep(0.01)


def _configured(conn: sqlite3.Connection, path: Path, *, readonly: bool) -> Database:
    try:
        db = Database(conn, execute_plugins=False, recursive_triggers=False, strict=True)
        conn.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        conn.execute("PRAGMA trusted_schema = OFF")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA temp_store = MEMORY")
        if readonly:
            conn.execute("PRAGMA query_only = ON")
        else:
            if _write_ahead(conn) != "wal":
                raise StoreError(
                    f"{path}: no write-ahead log on this file system; put the store on a local disk"
                )
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute("PRAGMA secure_delete = ON")
            conn.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # is it a database at all
    except BaseException:
        conn.close()
        raise
    return db
