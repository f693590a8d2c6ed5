"""
Parquet files, where pyarrow is installed: the rows of the columns, and the words of the footer.

Without pyarrow a file is swept for what lies open in it, and said to be unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read import raw
from watcher.read.budget import Budget, Trouble
from watcher.read.stream import Item, Stream
from watcher.read.table import Table
from watcher.read.text import windows

ROWS = 1024  # that are decoded together


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The rows as a table below the columns' names."""
    try:
        import pyarrow  # noqa: F401  # an extra; asked for before a step is taken
    except ImportError:
        yield from raw.read_known(stream, budget)
        return
    body = stream.whole(budget.bounds.held)
    if not budget.dare():
        yield Unread(where="", why=Why.LOST)
        return
    yield from _rows(body, budget)
    budget.dared()


def _rows(body: bytes, budget: Budget) -> Iterator[Item]:
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    pa.set_memory_pool(pa.system_memory_pool())  # the others reserve more than a worker may have
    table = Table()
    why: Why | None = None
    try:
        file = parquet.ParquetFile(
            pa.BufferReader(body), memory_map=False, pre_buffer=False,
            thrift_string_size_limit=len(body), thrift_container_size_limit=1_000_000,
        )  # fmt: skip
        yield from windows(_words(file), "footer", hidden=True)
        columns = list(map(str, file.schema_arrow.names))
        yield from table.add(1, columns)
        number, given = 2, 0
        for batch in file.iter_batches(batch_size=ROWS, use_threads=False):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                cells = [_shown(value) for value in row]
                size = sum(map(len, cells)) + len(cells)
                given += size
                budget.spend(size)
                budget.expanded(len(body), given, size)
                yield from table.add(number, cells)
                number += 1
    except (MemoryError, pa.ArrowMemoryError):
        why = Why.LIMIT
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError):
        why = Why.BROKEN
    except Trouble as trouble:
        why = trouble.why
    yield from table.finish()
    if why:
        yield Unread(where="", why=why)


def _words(file: Any) -> Iterator[str]:
    """What a file says of itself: keys and values of its metadata."""
    for key, value in (file.metadata.metadata or {}).items():
        if key != b"ARROW:schema":
            yield f"{key.decode('utf-8', 'replace')}: {value.decode('utf-8', 'replace')}\n"


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") if value.isascii() else " ".join(raw.runs(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    if isinstance(value, dict):
        return " ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(_shown, value))
    return str(value)
