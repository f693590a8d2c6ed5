"""
The logs beside a SQLite file: rows that are in no table yet, or no more.

A write-ahead log has the pages that were written last, which the database may
not hold at all; a rollback journal those that were replaced ("Database File
Format", §4 and §3). Without its file no page tells its table: records are read
by their own headers, as deleted ones are.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.data import carved
from watcher.read.raw import Sweep, lines
from watcher.read.stream import CHUNK, Item, Stream, chunked
from watcher.read.text import windows

WAL = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_HEADER, _FRAME = 32, 24  # of a log, and before each page in it
_SIZES = tuple(1 << power for power in range(9, 17))


def pages(body: bytes) -> Iterator[bytes]:
    """The pages of a log in the order in which they were written; none where its header is torn."""
    wal = body[:4] in WAL
    size = int.from_bytes(body[8:12] if wal else body[24:28], "big")
    sector = _HEADER if wal else int.from_bytes(body[20:24], "big")
    if size not in _SIZES or (not wal and sector not in _SIZES):
        return
    before, after = (_FRAME, 0) if wal else (4, 4)
    for at in range(sector + before, len(body), before + size + after):
        yield body[at : at + size]


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The rows in the pages of a log; beside them its runs of text, as far as rows go on in other pages."""
    body = stream.whole(budget.bounds.held)
    looked = 0
    seen: set[int] = set()  # most pages are written again and again

    def rows() -> Iterator[str]:
        nonlocal looked
        for page in pages(body):
            looked += len(page)
            if looked > carved.MOST_BYTES:
                return
            for row in carved.rows(page):
                said = "\t".join(row) + "\n"
                if hash(said) not in seen:
                    seen.add(hash(said))
                    budget.spend(len(said))
                    yield said

    yield from windows(rows(), "rows of the log", hidden=True)
    rest = chunked(body[at : at + CHUNK] for at in range(0, len(body), CHUNK))
    yield from windows(lines(rest, Sweep()), "raw", hidden=True, echo=True)
    if looked > carved.MOST_BYTES:
        yield Unread(where="", why=Why.LIMIT)
    elif not looked:
        yield Unread(where="", why=Why.BROKEN)
