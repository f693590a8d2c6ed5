"""Pictures that say they are the size of a wall, and files of rows that a library would hold."""

from __future__ import annotations

import io
import sqlite3
import struct
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

from tests.watcher.read.bombs.bomb import LINE, MIB, Bomb


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)


@lru_cache
def _pixels() -> bytes:
    made = zlib.compressobj(1)
    return b"".join([*(made.compress(bytes(MIB)) for _ in range(256)), made.flush()])


def wall(*more: bytes) -> bytes:
    """A PNG of 60,000 × 60,000 whose pixels inflate to 256 MiB."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", _pixels()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def told_wall() -> bytes:
    """With texts that inflate to 96 MiB each."""
    text = zlib.compress(LINE * (96 * MIB // len(LINE)), 9)
    return wall(*[chunk(b"zTXt", b"Comment\0\0" + text)] * 8)


def texts() -> bytes:
    """With two hundred thousand texts of one letter."""
    return wall(chunk(b"tEXt", b"a\0x") * 200_000)


def directories() -> bytes:
    """A TIFF whose directories lead in a circle, each entry to all of the file."""
    entry = struct.pack("<HHII", 0x010E, 2, 1 << 20, 8)
    one = struct.pack("<H", 1000) + entry * 1000 + struct.pack("<I", 8)
    return b"II*\0" + struct.pack("<I", 8) + one + LINE * (MIB // len(LINE))


def frames() -> bytes:
    """A GIF of two hundred thousand comments."""
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 60_000, 60_000, 0, 0, 0)
        + b"!\xfe\x01x\0" * 200_000
        + b";"
    )


def looping() -> bytes:
    """A database whose long cell lies in pages that lead to themselves, and says it is 900 MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        book = sqlite3.connect(path)
        book.execute("PRAGMA page_size = 4096")
        book.execute("CREATE TABLE staff (surname TEXT, note TEXT)")
        book.execute("INSERT INTO staff VALUES ('Adebayo', ?)", ("x" * 900_000,))
        book.commit()
        book.close()
        body = bytearray(path.read_bytes())
    page = 2 * 4096  # the third: the first of the overflow
    for at in range(page, len(body), 4096):
        struct.pack_into(">I", body, at, 3)
    return bytes(body)


def zeros() -> bytes:
    """A table of a million rows in a view, and 64 MiB of zeros in a cell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        book = sqlite3.connect(path)
        book.execute("CREATE TABLE staff (surname TEXT, note BLOB)")
        book.execute("INSERT INTO staff VALUES ('Adebayo', zeroblob(67108864))")
        many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        book.execute(f"CREATE VIEW endless AS {many}")
        book.commit()
        book.close()
        return path.read_bytes()


def tables() -> bytes:
    """Three thousand tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        book = sqlite3.connect(path, isolation_level=None)
        book.execute("PRAGMA page_size = 512")
        book.execute("PRAGMA synchronous = OFF")
        book.execute("BEGIN")
        for at in range(3_000):
            book.execute(f"CREATE TABLE t{at} (surname TEXT)")
        book.execute("COMMIT")
        book.close()
        return path.read_bytes()


def column() -> bytes:
    """A text of 100,000 characters in every one of a million rows: 100 GB in parquet's dictionary."""
    import pyarrow
    from pyarrow import parquet

    indices = pyarrow.array([0] * 1_000_000, pyarrow.int32())
    texts = pyarrow.DictionaryArray.from_arrays(indices, ["Adebayo " * 12_500])
    held = io.BytesIO()
    parquet.write_table(pyarrow.table({"surname": texts}), held, compression="zstd")
    return held.getvalue()


BOMBS = {
    "png, 60,000 × 60,000": Bomb(name="a.png", make=wall, told=frozenset()),
    "png, texts that inflate": Bomb(name="a.png", make=told_wall),
    "png, 200,000 texts": Bomb(name="a.png", make=texts, told=frozenset()),
    "tiff, in a circle": Bomb(name="a.tif", make=directories, told=frozenset()),
    "gif, 200,000 comments": Bomb(name="a.gif", make=frames, told=frozenset()),
    "sqlite, pages in a circle": Bomb(name="a.db", make=looping, told=frozenset()),
    "sqlite, zeros and an endless view": Bomb(name="a.db", make=zeros, told=frozenset()),
    "sqlite, 3,000 tables": Bomb(name="a.db", make=tables, told=frozenset()),
    "parquet, a text in every row": Bomb(name="a.parquet", make=column),
}
