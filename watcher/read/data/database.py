"""
SQLite files: the rows of their tables, and what was deleted and is still there.

The file lies in memory (`sqlite3_deserialize`), and nothing in it is run: no
view, no trigger, no virtual table, no generated column. Of a row only what is
stored is read. SQLite, "Defense Against The Dark Arts"; "Database File Format".
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.charset import Decoder
from watcher.read.data import carved, freed
from watcher.read.data.sealed import Database, decoded, shown
from watcher.read.label import label
from watcher.read.raw import Sweep, lines, runs
from watcher.read.sniff import Kind, kind
from watcher.read.stream import CHUNK, HEAD, Item, Member, Stream, chunked
from watcher.read.table import Table
from watcher.read.text import windows

_NAME = 120
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)
_TEXTS = (Kind.EMPTY, Kind.TEXT, Kind.TABLE)


class _Rows:
    """The rows of one table; values that are documents are members."""

    def __init__(self, where: str, budget: Budget) -> None:
        self._where = where
        self._budget = budget
        self._full = False

    def read(
        self, columns: Sequence[str], rows: Iterator[tuple[object, ...]], packed: int
    ) -> Iterator[Item]:
        """All rows, below the columns' names. Raises Trouble after what was read."""
        table = Table(self._where)
        yield from table.add(1, columns)
        why: Why | None = None
        given = 0
        try:
            for number, row in enumerate(rows, start=2):
                cells: list[str] = []
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes):
                        cell, item = self._blob(value, f"row {number} {column}")
                        yield from (item,) if item else ()
                    else:
                        cell = shown(value)
                    cells.append(cell)
                size = sum(map(len, cells)) + len(cells)
                given += size
                self._budget.spend(size)
                self._budget.expanded(packed, given, size)
                yield from table.add(number, cells)
        except sqlite3.OperationalError as problem:
            interrupted = problem.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
            why = Why.LIMIT if interrupted else Why.BROKEN
        except sqlite3.DataError:
            why = Why.LIMIT
        except (sqlite3.Error, OverflowError):
            why = Why.BROKEN
        except Trouble as trouble:
            why = trouble.why
        yield from table.finish()
        if why:
            raise Trouble(why)

    def _blob(self, value: bytes, place: str) -> tuple[str, Item | None]:
        """A value that is no text, as a cell: its text, or that of a member that stands for it."""
        found = kind(value[:HEAD], complete=len(value) <= HEAD)
        if found in _TEXTS:
            return _text(value), None
        if found is Kind.UNKNOWN:
            return " ".join(runs(value)), None
        if self._full:
            return "", None
        where = label(f"{self._where} {place}")
        try:
            self._budget.member()
        except Trouble as trouble:
            self._full = True
            return "", Unread(where=where, why=trouble.why)
        return "", Member(name=where, stream=chunked(iter((value,))))


def _text(value: bytes) -> str:
    """What a blob says: one with zeros in it is no UTF-8, though it may be read as such."""
    if b"\0" not in value:
        return decoded(value)
    decoder = Decoder(value[:HEAD])
    return decoder.feed(value) + decoder.finish()


def _tables(base: Database, budget: Budget, packed: int) -> Iterator[Item]:
    """The plain tables of a database, and what its schema says in words."""
    schema = base.schema()
    yield from windows((f"{sql}\n" for _, _, sql, _ in schema if sql), "schema", hidden=True)
    for what, name, sql, page in schema:
        if what != "table" or not page or _VIRTUAL.match(sql):
            continue
        where = label(name, _NAME)
        if not budget.dare():
            yield Unread(where=where, why=Why.LOST)
            continue
        try:
            columns = base.columns(name)
            if not columns:
                raise Trouble(Why.BROKEN)
            yield from _Rows(where, budget).read(columns, base.rows(name, columns), packed)
        except sqlite3.Error:
            yield Unread(where=where, why=Why.BROKEN)
        except Trouble as trouble:
            yield Unread(where=where, why=trouble.why)
        budget.dared()


def _in_use(body: bytes) -> int:
    """How many pages hold something: all but those of the free list (§1.3.9)."""
    size = int.from_bytes(body[16:18], "big")
    pages = len(body) // (65536 if size == 1 else max(size, 1))
    return pages - int.from_bytes(body[36:40], "big")


def _end(body: bytes) -> int:
    """Where a database ends by its own account (§1.3.8), or its bytes do where it gives none."""
    size = int.from_bytes(body[16:18], "big")
    pages = int.from_bytes(body[28:32], "big")
    if body[24:28] != body[92:96] or not pages:
        pages = 1  # written by an old library: at least its header
        return max(len(body), pages * size)
    return pages * (65536 if size == 1 else size)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The tables of a database, and the text in its free space; of a broken one in all of it."""
    body = stream.whole(budget.bounds.held)
    end = _end(body)
    whys = {Why.BROKEN} if end > len(body) else set()
    if not budget.dare():
        yield Unread(where="", why=Why.LOST)
        whys = {Why.LOST}
    else:
        yield from (Unread(where="", why=why) for why in whys)
        try:
            base = Database(body)
            budget.dared()
            with closing(base.connection):
                silent = True
                for item in _tables(base, budget, len(body)):
                    if isinstance(item, Unread) and item.why is not Why.LIMIT:
                        whys.add(item.why)
                    silent = False
                    yield item
                if silent and _in_use(body) > 1:
                    raise sqlite3.DatabaseError  # pages of no table that is told
        except (sqlite3.Error, OverflowError):
            if not whys:
                yield Unread(where="", why=Why.BROKEN)
            whys.add(Why.BROKEN)
    if whys:
        rest = chunked(body[at : at + CHUNK] for at in range(0, len(body), CHUNK))
        yield from windows(lines(rest, Sweep()), "raw", hidden=True)
    else:
        rows = carved.deleted(body, freed.places(body))
        gone = ("\t".join(row) + "\n" for row in rows)
        yield from windows(gone, "deleted rows", hidden=True)
        texts = (run + "\n" for place in freed.places(body) for run in runs(body[place]))
        yield from windows(texts, "free space", hidden=True)
    if body[end:].strip(b"\0"):
        budget.member()
        rest = chunked(body[at : at + CHUNK] for at in range(end, len(body), CHUNK))
        yield Member(name="after the database", stream=rest)
