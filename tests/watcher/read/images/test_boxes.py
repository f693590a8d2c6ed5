from __future__ import annotations

import io
import struct

import brotli
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.watcher.read.images.test_blocks import told
from tests.watcher.read.images.test_image import XMP, exif, saved
from tests.watcher.read.made import archive, parts, unread, walked
from watcher.model import Part, Unread
from watcher.read.images.boxes import boxed

TIFF = exif().tobytes().removeprefix(b"Exif\0\0")


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def heic() -> bytes:
    """By libheif: EXIF and XMP as items."""
    held = io.BytesIO()
    made = pillow_heif.from_pillow(Image.new("RGB", (64, 64)))
    made.save(held, exif=exif().tobytes(), xmp=XMP)
    return held.getvalue()


def avif() -> bytes:
    return saved("AVIF", exif=exif(), xmp=XMP)


HEIC, AVIF = heic(), avif()


def meta(how: int) -> bytes:
    """A picture of one item, `Exif`, in the file (0) or in the box itself (1), and what describes it."""
    held = bytes(4) + TIFF
    entry = box(
        b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 7, 0, b"Exif") + "Siân".encode() + b"\0"
    )
    items = box(b"iinf", bytes(4) + struct.pack(">H", 1) + entry)
    said = box(b"udes", bytes(4) + b"en\0Parade\0Quill, second row\0staff\0")
    said = box(b"iprp", box(b"ipco", said))
    kind = box(b"ftyp", b"mif1\0\0\0\0heic")

    def places(at: int) -> bytes:
        row = struct.pack(">HHHHII", 7, how, 0, 1, at, len(held))
        return box(b"iloc", b"\1\0\0\0" + b"\x44\0" + struct.pack(">H", 1) + row)

    inside = bytes(4) + items + said + (box(b"idat", held) if how else b"")
    size = len(kind) + len(box(b"meta", inside + places(0))) + 8
    whole = kind + box(b"meta", inside + places(0 if how else size))
    return whole + (b"" if how else box(b"mdat", held))


@pytest.mark.parametrize("body", [HEIC, AVIF], ids=["heic", "avif"])
def test_items_are_found_where_their_table_says(body: bytes) -> None:
    """EXIF and XMP as libheif and libavif write them, once each."""
    blocks, end = told(boxed(body))
    assert end == len(body)
    assert [kind for kind, _ in blocks if kind != "raw"] == ["exif", "xmp"]
    items = walked(archive([("4400123.heic", body)]))
    assert unread(items) == []
    assert "PC Adebayo" in parts(items)["4400123.heic!/metadata"].text
    assert "PC Morgan" in parts(items)["4400123.heic!/XMP"].text


@pytest.mark.parametrize("how", [0, 1])
def test_names_and_descriptions_are_words(how: int) -> None:
    """Of items, wherever their bytes lie, and of what a user wrote about the picture."""
    text = parts(walked(meta(how)))["metadata"].text
    for said in ("PC Adebayo", "Siân", "Parade", "Quill, second row", "staff"):
        assert said in text


def test_jpeg_xl_and_jpeg_2000() -> None:
    """Boxes of their own, packed or not; by the UUIDs of Adobe and the IPTC."""
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    plain = head + box(b"Exif", bytes(4) + TIFF) + box(b"xml ", XMP) + box(b"jxlc", bytes(40))
    packed = head + box(b"brob", b"Exif" + brotli.compress(bytes(4) + TIFF))
    packed += box(b"brob", b"xml " + brotli.compress(XMP)) + box(b"jxlc", bytes(40))
    head = box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    older = head + box(b"uuid", b"JpgTiffExif->JP2" + TIFF)
    older += box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP)
    for body in (plain, packed, older):
        items = walked(body)
        assert unread(items) == []
        assert "PC Adebayo" in parts(items)["metadata"].text
        assert "PC Morgan" in parts(items)["XMP"].text
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    torn = head + box(b"brob", b"xml " + brotli.compress(XMP)[:-9]) + box(b"jxlc", bytes(40))
    assert ("", "broken") in unread(walked(torn))


def test_what_stands_after_the_last_box_is_opened() -> None:
    """And a box that is longer than the file is a tear, whose words are found by their marks."""
    items = walked(HEIC + archive([("list.csv", b"Adebayo,1\nQuill,2\n")]))
    assert parts(items)["after the image!/list.csv"].table
    items = walked(meta(1)[:-9])
    assert ("", "broken") in unread(items)
    items = walked(box(b"ftyp", b"heic\0\0\0\0heic") + b"\0\0\xff\xffmdat" + b"Exif\0\0" + TIFF)
    assert ("", "broken") in unread(items)
    assert "PC Adebayo" in parts(items)["metadata"].text


def test_many_items_of_the_same_bytes_cost_no_more_than_the_file() -> None:
    """A table of places may point anywhere, as often as it likes."""
    entries = b"".join(
        box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", number, 0, b"Exif") + b"\0")
        for number in range(60_000)
    )
    rows = b"".join(struct.pack(">HHHII", number, 0, 1, 0, 1 << 31) for number in range(60_000))
    body = box(b"ftyp", b"heic\0\0\0\0heic") + box(
        b"meta",
        bytes(4)
        + box(b"iinf", bytes(4) + struct.pack(">H", 60_000) + entries)
        + box(b"iloc", bytes(4) + b"\x44\0" + struct.pack(">H", 60_000) + rows),
    )
    blocks, _ = told(boxed(body))
    assert sum(len(data) for _, data in blocks) <= len(body)


@settings(max_examples=150, deadline=None)
@given(
    body=st.sampled_from([HEIC, AVIF, meta(0), meta(1)]),
    at=st.integers(0, 2000),
    junk=st.binary(max_size=30),
    cut=st.booleans(),
)
def test_whatever_comes_in_is_read_or_told(body: bytes, at: int, junk: bytes, *, cut: bool) -> None:
    """No damage makes a walk raise or stand still."""
    at %= len(body)
    broken = body[:at] + junk + (b"" if cut else body[at + len(junk) :])
    told(boxed(broken))
    assert all(isinstance(each, Part | Unread) for each in walked(broken))


NO_BOX = b"\0\0\0\2"  # a size that no box has


def test_marks_without_what_they_mark_cost_what_their_bytes_do() -> None:
    """Packets without an end, EXIF in EXIF: each byte is looked at a few times."""
    assert told(boxed(NO_BOX + b"<x:xmpmeta>" * 100_000))[0] == []
    packet = b"<x:xmpmeta>Quill</x:xmpmeta >"
    assert told(boxed(NO_BOX + packet + packet))[0] == [("xmp", packet)] * 2
    body = NO_BOX + b"Exif\0\0II*\0" * 10_000
    blocks, end = told(boxed(body))
    assert sum(len(block) for _, block in blocks) <= 2 * len(body)
    assert end is None
