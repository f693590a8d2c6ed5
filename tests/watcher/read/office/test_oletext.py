from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.office.oletext import letters, slides, table_of

TEXT = 0x800  # where the first piece stands
PIECES = (
    ("Si\xe2n\rAdebayo\x074400123\x07\x07".encode("cp1252"), True),
    ("Łukasz\rsecret\r".encode("utf-16-le"), False),
)


def letter() -> tuple[bytes, bytes]:
    """A Word file's two streams: a line, a row of two cells, and in UTF-16 a line and a hidden one."""
    word = bytearray(TEXT)
    struct.pack_into("<HH", word, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    places: list[tuple[int, int, int]] = []
    for body, narrow in PIECES:
        at = len(word)
        places.append(
            (at * 2 | 0x40000000 if narrow else at, len(body) // (1 if narrow else 2), at)
        )
        word += body
    struct.pack_into("<I", word, 0x4C, sum(number for _, number, _ in places))
    word += bytes(-len(word) % 512)
    first, second = places[0][2], places[1][2]
    end = second + len(PIECES[1][0])
    row = first + PIECES[0][0].rindex(b"\x07")
    paragraphs = len(word) // 512
    word += _page(
        [first, row, row + 1, end], [b"", b"\0\0" + struct.pack("<HB", 0x2417, 1), b""], 13
    )
    characters = len(word) // 512
    veiled = second + 2 * len("Łukasz\r")
    word += _page([first, veiled, end], [b"", struct.pack("<HB", 0x083C, 1)], 1)
    cps = [0]
    for _, number, _ in places:
        cps.append(cps[-1] + number)
    plc = struct.pack(f"<{len(cps)}I", *cps)
    plc += b"".join(struct.pack("<HIH", 0, place, 0) for place, _, _ in places)
    table = b"\2" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", word, 0x01A2, 0, len(table))
    for offset, page in ((0x00FA, characters), (0x0102, paragraphs)):
        struct.pack_into("<II", word, offset, len(table), 12)
        table += struct.pack("<III", first, end, page)
    return bytes(word), table


def _page(starts: list[int], looks: list[bytes], width: int) -> bytes:
    """A formatted page (MS-DOC 2.9.32, 2.9.175)."""
    page = bytearray(512)
    page[511] = len(looks)
    struct.pack_into(f"<{len(starts)}I", page, 0, *starts)
    at = 400
    for number, each in enumerate(looks):
        if each:
            page[4 * len(starts) + width * number] = at // 2
            body = (
                bytes([len(each)]) + each if width == 1 else bytes([0, (len(each) + 1) // 2]) + each
            )
            page[at : at + len(body)] = body
            at += len(body) + len(body) % 2
    return bytes(page)


def _atom(kind: int, body: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(body)) + body


def presentation() -> bytes:
    """A slide with two texts, and a page of notes."""
    slide = _atom(0x0FA8, b"Adebayo 4400123") + _atom(0x0FA0, "Łukasz".encode("utf-16-le"))
    notes = _atom(0x0FA8, b"Quill")
    return _atom(0x03EE, slide, 0xF) + _atom(0x03F0, notes, 0xF)


def test_a_page_of_formats_is_read_once() -> None:
    """However often it is named: what is hidden is the same, and nothing grows."""
    word, table = letter()
    many = bytearray(word)
    for offset in (0x00FA, 0x0102):
        (start,) = struct.unpack_from("<I", word, offset)
        first, end, page = struct.unpack_from("<III", table, start)
        number = 200_000
        struct.pack_into("<II", many, offset, len(table), 4 + 8 * number)
        table += struct.pack("<I", first) + struct.pack("<I", end) * number
        table += struct.pack("<I", page) * number
    assert list(letters(bytes(many), table)) == list(letters(*letter()))


def test_pieces_are_read_in_their_order_with_rows_as_lines() -> None:
    """Cells end with a tab, rows with a line feed, whatever width their letters have."""
    word, table = letter()
    assert table_of(word) == "1Table"
    said = list(letters(word, table))
    shown = "".join(each.text for each in said if not each.hidden)
    assert shown == "Siân\nAdebayo\t4400123\t\nŁukasz\n"
    assert [each.text for each in said if each.hidden] == ["secret\n"]


def test_an_older_or_a_locked_file_is_told() -> None:
    """Word before 1997 has another layout."""
    for body, why in (
        (struct.pack("<HH6xH", 0xA5DC, 0x65, 0), Why.UNSUPPORTED),
        (struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100), Why.ENCRYPTED),
        (b"", Why.BROKEN),
    ):
        with pytest.raises(Trouble) as caught:
            table_of(body)
        assert caught.value.why is why


def test_slides_and_notes_are_told_apart() -> None:
    """By the container in which their texts stand."""
    said = [(each.story, each.text) for each in slides(presentation())]
    assert said == [("", "Adebayo 4400123\n"), ("", "Łukasz\n"), ("notes", "Quill\n")]


def test_a_torn_presentation_says_so() -> None:
    """Also bytes that are no records: they are not silence."""
    with pytest.raises(Trouble) as caught:
        list(slides(presentation()[:-1]))
    assert caught.value.why is Why.BROKEN
    with pytest.raises(Trouble):
        list(slides(b"Adebayo, Quill 4400123"))


@given(word=st.binary(max_size=900), table=st.binary(max_size=200))
def test_any_bytes_are_text_or_trouble(word: bytes, table: bytes) -> None:
    """Nothing else is raised."""
    with suppress(Trouble):
        list(slides(word))
    with suppress(Trouble):
        list(letters(word.ljust(0x300, b"\1"), table))
