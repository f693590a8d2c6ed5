from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS
from watcher.read.budget import Budget
from watcher.read.office.vba import source, unpacked

# The examples of MS-OVBA 3.2.1 to 3.2.3.
PLAIN = bytes.fromhex(
    "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E".replace(
        " ", ""
    )
)
NORMAL = bytes.fromhex(
    "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E"
    "6F 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C".replace(" ", "")
)
MOST = bytes.fromhex("0103B002614500")


def test_the_examples_of_the_specification_are_unpacked() -> None:
    """Literals, copies, and copies of themselves."""
    budget = Budget(BOUNDS)
    assert unpacked(PLAIN, budget) == b"abcdefghijklmnopqrstuv."
    assert unpacked(NORMAL, budget) == b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert unpacked(MOST, budget) == b"a" * 73


def packed(text: bytes) -> bytes:
    """A container of literals, in chunks."""
    made = b"\1"
    for at in range(0, len(text), 3000):
        piece = text[at : at + 3000]
        chunk = b"".join(b"\0" + piece[n : n + 8] for n in range(0, len(piece), 8))
        made += (len(chunk) - 1 | 0xB000).to_bytes(2, "little") + chunk
    return made


@given(st.text(max_size=9000))
def test_a_source_is_found_behind_compiled_code(said: str) -> None:
    """Whatever stands before it, the source is found and read."""
    text = 'Attribute VB_Name = "M"\r\n' + said.replace("\r", "")
    stream = b"\1\x16\1\0compiled" + packed(text.encode())
    assert source(stream, "utf-8", Budget(BOUNDS)) == text.replace("\r\n", "\n")
    assert source(said.encode("utf-8"), "utf-8", Budget(BOUNDS)) == ""


@given(st.binary(max_size=600))
def test_any_bytes_unpack_to_some(data: bytes) -> None:
    """Bytes that were never packed make no fault, and no chunk grows beyond its size."""
    assert len(unpacked(b"\1" + data, Budget(BOUNDS))) <= 4096 * (len(data) // 3 + 1)
