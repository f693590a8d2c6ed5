"""
A SQLite file in memory, in which nothing can be run: it is read, and no more.

No view, no trigger, no virtual table, no function, no generated column; limits
on what one statement may hold and do. SQLite, "Defense Against The Dark Arts".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from watcher.read.charsets.charset import Decoder

_VERSIONS = slice(18, 20)  # of the file format for writing and reading: 2 asks for a log beside it
_LENGTH = 1 << 26  # bytes of one value or row
_STEPS = 1000  # instructions of its machine between two looks
_MOST = 1_000_000  # such looks at one table
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (sqlite3.SQLITE_LIMIT_COLUMN, 2000),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 2),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 50_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 8),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)
_STORED = (0, 3)  # what `table_xinfo` says of plain columns, and of those generated and stored
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_PRAGMAS = ("table_xinfo",)


def _may(
    action: int, first: str | None, _second: str | None, _base: str | None, inside: str | None
) -> int:
    """What a statement may do: read, and ask for a table's columns. No function, no view."""
    if inside:
        return sqlite3.SQLITE_DENY
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Database:
    """A database in memory, of which plain tables can be read. Raises sqlite3.Error."""

    def __init__(self, body: bytes) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        if body[_VERSIONS] != b"\1\1":
            body = body[: _VERSIONS.start] + b"\1\1" + body[_VERSIONS.stop :]
        self.connection.deserialize(body)
        for what, most in _LIMITS:
            self.connection.setlimit(what, most)
        for line in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
            self.connection.execute(f"PRAGMA {line}")
        # A word of the schema that is no SQL shall cost its own table only.
        self.connection.execute("PRAGMA writable_schema=ON")
        self.connection.execute("PRAGMA temp_store=MEMORY")
        self.connection.text_factory = decoded
        self.connection.set_authorizer(_may)
        self._looks = 0
        self.connection.set_progress_handler(self._look, _STEPS)

    def _look(self) -> int:
        self._looks += 1
        return int(self._looks > _MOST)

    def schema(self) -> list[tuple[str, str, str, int]]:
        """Kind, name, SQL and root page of everything in it."""
        rows = self.connection.execute("SELECT type, name, sql, rootpage FROM sqlite_master")
        return [
            (shown(what), shown(name), shown(sql), page if isinstance(page, int) else 0)
            for what, name, sql, page in rows
        ]

    def columns(self, table: str) -> list[str]:
        """The names of a table's stored columns."""
        found = self.connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
        return [shown(row[1]) for row in found if row[6] in _STORED]

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The rows of a table, as they come."""
        self._looks = 0
        names = ", ".join(map(_quoted, columns))
        # No index: a false one shall hide no row.
        query = f"SELECT {names} FROM {_quoted(table)} NOT INDEXED"  # noqa: S608  # quoted, and nothing but reading is allowed
        yield from self.connection.execute(query)


def decoded(data: bytes) -> str:
    """Text that says it is UTF-8 and may be what a program took for it."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        decoder = Decoder(data)
        return decoder.feed(data) + decoder.finish()


def shown(value: object) -> str:
    """A stored value as the text of a cell; whole numbers without a point."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    return "" if value is None else str(value)
