"""
The store's file: opened once, by one thread, and closed again.

Reading and writing go through the one door (`door`), so that what SQLite says
of the file comes as StoreError with its mend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from watcher.errors import LockedError
from watcher.store import door, schema
from watcher.store.engine import Database


class File:
    """
    What is opened. Use it in the thread that opened it, as a context manager or with `close`.

    Where another process keeps it locked the first verb waits for long, and
    those behind it fail soon, until one could write: each would wait as long,
    and nobody could tell of it.
    """

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self.path = path
        self._hasty = False

    @classmethod
    def open(cls, path: Path, *, create: bool = False, readonly: bool = False) -> Self:
        """
        Open the store, bring its tables up to date, and keep it to its owner (mode 0600).

        Raises StoreError: not there (and not `create`), not ours, damaged,
        read-only, or made by a newer version.
        """
        db = door.connect(path, create=create, readonly=readonly)
        try:
            with door.ours(path):
                schema.migrate(db, path, readonly=readonly)
        except BaseException:
            db.conn.close()
            raise
        return cls(db, path)

    def close(self) -> None:
        with door.ours(self.path):
            self._db.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with self._reading(), door.writing(self._db) as db:
            yield db
        if self._hasty:
            door.wait(self._db, door.BUSY_SECONDS)
            self._hasty = False

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with door.ours(self.path):
                yield
        except LockedError:
            if not self._hasty:
                door.wait(self._db, door.HASTY_SECONDS)
                self._hasty = True
            raise

    def _rows(self, sql: str, parameters: Iterable[str | int | None] = ()) -> list[dict[str, Any]]:
        with self._reading():
            return list(self._db.query(sql, list(parameters)))

    def _count(self, sql: str, *parameters: str | int) -> int:
        with self._reading():
            return int(self._db.execute(sql, list(parameters)).fetchone()[0] or 0)
