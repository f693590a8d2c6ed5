from __future__ import annotations

import io
import struct

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from watcher.read.images.exif import DIRECTORIES, is_tiff, read


def made(*, order: str = "<") -> bytes:
    """The EXIF block that Pillow writes, fields of several kinds in it."""
    exif = Image.Exif()
    exif.endian = order
    exif[0x010E] = "PC Adebayo at the gate"
    exif[0x013B] = "Siân Quill".encode()
    exif[0x9C9C] = "Ffion, 4400123".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "Éamon".encode(
        "utf-16" + ("le" if order == "<" else "be")
    )
    exif.get_ifd(0x8769)[0x927C] = b"\0\1\0\2Owner Morgan\0\0\3"
    return exif.tobytes()[6:]


def test_text_fields_are_lines() -> None:
    """ASCII that is UTF-8, Windows' own fields, comments with a charset, a maker's notes."""
    for order in ("<", ">"):
        body = made(order=order)
        assert is_tiff(body)
        found = read(body)
        assert not found.broken
        assert set(found.lines) == {
            "ImageDescription: PC Adebayo at the gate\n",
            "Artist: Siân Quill\n",
            "XPComment: Ffion, 4400123\n",
            "UserComment: Éamon\n",
            "Owner Morgan\n",
        }


def test_blocks_of_other_kinds_are_handed_on() -> None:
    """XMP and IPTC in a TIFF file, all of whose pages are looked at."""
    held = io.BytesIO()
    pages = [Image.new("1", (8, 8)) for _ in range(3)]
    pages[0].save(
        held, "TIFF", save_all=True, append_images=pages[1:], tiffinfo={700: b"<x/>", 270: "one"}
    )
    found = read(held.getvalue())
    assert ("xmp", b"<x/>") in found.blocks
    assert "ImageDescription: one\n" in found.lines


def test_a_value_that_fields_share_is_read_once() -> None:
    """Values that lie over one another are a bomb: twice the bytes there are, and no more."""
    text = b"PC Adebayo " * 1000
    for step, full in ((0, False), (1, True)):
        places = [8 + 2 + 12 * 500 + 4 + step * at for at in range(500)]
        fields = [struct.pack("<HHII", 0x010E, 2, len(text) - 500, place) for place in places]
        body = b"II*\0" + struct.pack("<IH", 8, 500) + b"".join(fields) + bytes(4) + text
        found = read(body)
        assert found.full is full
        assert 10_000 < sum(map(len, found.lines)) < 2 * len(body) + 500


def test_directories_that_point_at_themselves_are_read_once() -> None:
    """A circle, a million entries, and more directories than a scan has pages."""
    circle = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    assert not read(circle).broken
    assert read(b"II*\0\x08\0\0\0\xff\xff").broken
    chain = b"II*\0\x08\0\0\0" + b"".join(
        struct.pack("<HI", 0, 8 + 6 * at) for at in range(1, DIRECTORIES * 3)
    )
    assert not read(chain).broken


@given(st.integers(0, 400), st.binary(max_size=20))
def test_whatever_comes_in_is_read(at: int, junk: bytes) -> None:
    """No bytes make it raise."""
    body = made()
    read(body[:at] + junk + body[at + len(junk) :])
    read(b"MM\0+" + junk)
