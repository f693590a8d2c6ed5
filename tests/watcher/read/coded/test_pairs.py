from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import parts, walked
from watcher.read.coded import pairs
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.letters import Hexadecimal

LIST = b"".join(b"Adebayo,%d,PC\n" % at for at in range(100))


def xxd(data: bytes) -> str:
    rows = []
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        groups = " ".join(row[each : each + 2].hex() for each in range(0, len(row), 2))
        shown = "".join(chr(each) if 32 <= each < 127 else "." for each in row)
        rows.append(f"{at:08x}: {groups:<40} {shown}\n")
    return "".join(rows)


def hexdump(data: bytes) -> str:
    rows: list[str] = []
    before = b""
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        if row == before:
            if rows[-1] != "*\n":
                rows.append("*\n")
            continue
        before = row
        shown = "".join(chr(each) if 32 <= each < 127 else "." for each in row)
        rows.append(f"{at:08x}  {row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}  |{shown}|\n")
    return "".join((*rows, f"{len(data):08x}\n"))


@given(data=st.binary(min_size=1, max_size=400), more=st.integers(0, 5))
def test_a_dump_gives_its_bytes(data: bytes, more: int) -> None:
    """Those of xxd and of hexdump, with rows that repeat; the text below is not part of it."""
    data += b"abcdefghijklmnop" * more
    for made in (xxd(data), hexdump(data)):
        cursor = Cursor(made + "and so on\n")
        assert b"".join(pairs.dumped(cursor)) == data
        assert cursor.text[cursor.at :] == "and so on\n"


@pytest.mark.skipif(not shutil.which("hexdump") and not shutil.which("xxd"), reason="no dumper")
def test_real_dumps() -> None:
    """What the tools themselves write is read."""
    for command in (["hexdump", "-C"], ["xxd"]):
        if shutil.which(command[0]):
            made = subprocess.run(command, input=LIST, capture_output=True, check=True).stdout
            assert any(each.startswith("hexadecimal") for each in parts(walked(made)))


@given(data=st.binary(min_size=2, max_size=200), width=st.integers(1, 20))
def test_pairs_with_signs_between_them(data: bytes, width: int) -> None:
    """Blanks, colons, line ends; and as a program's source has them."""
    rows = [data[at : at + width] for at in range(0, len(data), width)]
    plain = "\n".join(row.hex(" ") for row in rows)
    source = "{" + ",\n  ".join(", ".join(f"0x{each:02x}" for each in row) for row in rows) + "}"
    for text, start, read in ((plain, 0, pairs.bare), (source, 1, pairs.marked)):
        letters = Hexadecimal()
        found = b"".join(map(letters.feed, read(Cursor(text + "\n(zz)", start)))) + letters.finish()
        assert found == data


@pytest.mark.parametrize("digits", ["41", "4164 ", "41 "])
def test_a_long_row_that_is_no_dump_is_told_at_once(digits: str) -> None:
    """There is one way to cut its digits into groups: a log of hashes is not tried in all others."""
    row = "12345678: " + digits * 60
    assert pairs.is_dump(row.strip() + "  text")
    assert not pairs.is_dump(row.strip() + " z")
    assert not pairs.is_dump(row.strip() + "z")


def test_repeated_rows_cost_what_is_read() -> None:
    """`*` up to an offset far away is a bomb; no more is made than is taken."""
    text = "00000000  " + "41 " * 8 + " " + "41 " * 8 + " |AAAAAAAAAAAAAAAA|\n*\n7ffffffffff0\n"
    made = pairs.dumped(Cursor(text))
    assert len(next(made)) == 16
    assert len(next(made)) <= 1 << 16
