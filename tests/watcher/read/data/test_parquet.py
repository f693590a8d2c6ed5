from __future__ import annotations

import importlib.util
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, bounds, parts, rows, unread, walked
from watcher.model import Part, Unread

HERE = importlib.util.find_spec("pyarrow") is not None
needed = pytest.mark.skipif(not HERE, reason="no pyarrow: pip install leak-watcher[parquet]")


def made(columns: dict[str, list[object]], **options: object) -> bytes:
    import pyarrow
    from pyarrow import parquet as writer

    held = io.BytesIO()
    table = pyarrow.table(columns).replace_schema_metadata({"note": "for Morgan"})
    writer.write_table(table, held, **options)
    return held.getvalue()


LIST: dict[str, list[object]] = {
    "surname": ["Adebayo", "Siân"], "no": [4400123, None], "tags": [["PC", "x"], []],
}  # fmt: skip
BODY = made(LIST) if HERE else b""


@needed
def test_rows_below_the_columns_names() -> None:
    """Lists and empty values in their cells; the footer's words are hidden."""
    found = parts(walked(archive([("a.parquet", BODY)])))
    assert rows(found["a.parquet"]) == [
        ["surname", "no", "tags"],
        ["Adebayo", "4400123", "PC x"],
        ["Siân", "", ""],
    ]
    assert "for Morgan" in found["a.parquet!/footer"].text


@needed
def test_a_bomb_is_a_limit() -> None:
    """A column of one long value packs to nothing."""
    body = made({"a": ["Adebayo " * 1000] * 40_000}, compression="zstd")
    assert len(body) < MIB
    items = walked(archive([("a", body), ("b.txt", b"Quill")]), limits=bounds(max_bytes=100 * MIB))
    assert unread(items)[0] == ("a", "limit")
    assert parts(walked(archive([("a", body), ("b.txt", b"Quill")])))["b.txt"].text == "Quill"


@needed
def test_a_second_time_it_is_not_dared() -> None:
    """A worker that was lost over it goes round it."""
    assert unread(walked(BODY, careful=1)) == [("", "lost worker")]


def test_without_the_library_it_is_swept_and_unread() -> None:
    """Never silence. In a process that has none."""
    script = """
import sys
sys.modules["pyarrow"] = None
from tests.watcher.read.made import parts, unread, walked
items = walked(b"PAR1" + bytes(40) + b"PC Adebayo" + bytes(40) + b"PAR1")
print(unread(items), "PC Adebayo" in parts(items)["raw"].text)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[('', 'unsupported')] True\n"


@needed
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 12), st.binary(max_size=30), st.booleans())
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes, cut: bool) -> None:
    """No damage makes a file raise."""
    at %= len(BODY)
    items = walked(BODY[:at] + junk + (b"" if cut else BODY[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)
