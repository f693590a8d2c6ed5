from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, parts, rows
from tests.watcher.read.sheets import compound, record
from watcher.read.budget import Budget
from watcher.read.dispatch import document
from watcher.read.spreadsheets.xlspivot import read
from watcher.read.stream import Stream


def said(text: str) -> bytes:
    return record(0xCD, struct.pack("<HB", len(text), 0) + text.encode("latin-1"))


def field(name: str, items: int) -> bytes:
    told = struct.pack("<7H", 1 if items else 0, 0, 0, items, 0, 0, items)
    return record(0xC7, told + struct.pack("<HB", len(name), 0) + name.encode())


CACHE = (
    record(0xC6, bytes(20))
    + field("Surname", 2)
    + said("Adebayo")
    + said("Quill")
    + field("Pay no", 0)
    + field("Joined", 1)
    + record(0xCE, struct.pack("<2H4B", 2020, 1, 2, 0, 0, 0))
    + record(0xC8, b"\1\0")
    + record(0xC9, struct.pack("<d", 44123.0))
    + record(0xC8, b"\0\0")
    + record(0xCC, struct.pack("<h", 12))
    + record(0x0A, b"")
)


def test_the_rows_of_a_cache_are_a_hidden_table() -> None:
    """Places point to the values of their field; the others follow (MS-XLS 2.4.277)."""
    import io

    body = compound(
        {"Workbook": record(0x809, bytes(4)) + record(0x0A, b""), "_SX_DB_CUR/0001": CACHE}
    )
    found = parts(document(Stream(io.BytesIO(body).read), "", Budget(BOUNDS)))
    part = found["_SX_DB_CUR/0001"]
    assert part.hidden
    assert rows(part) == [
        ["Surname", "Pay no", "Joined"],
        ["Quill", "44123", "2020-01-02"],
        ["Adebayo", "12", "2020-01-02"],
    ]


def test_values_without_rows_are_told_too() -> None:
    """A cache whose rows were not kept gives its fields and what they hold."""
    (part,) = read(field("Surname", 1) + said("Quill"), "c", Budget(BOUNDS))
    assert rows(part) == [["Surname", "Quill"]]  # type: ignore[arg-type]  # a part


@given(st.lists(st.tuples(st.integers(0xC6, 0xCF), st.binary(max_size=30)), max_size=30))
def test_any_records_make_no_fault(told: list[tuple[int, bytes]]) -> None:
    """Whatever the records say."""
    list(read(b"".join(record(kind, data) for kind, data in told), "c", Budget(BOUNDS)))
