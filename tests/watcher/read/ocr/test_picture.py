from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.watcher.read.made import archive, parts, unread
from tests.watcher.read.ocr.scanned import is_list, needed, page, saved, seen, sight
from watcher.model import Part, Unread
from watcher.read.ocr.picture import LARGE, WHERE, grey

pytestmark = needed

SMALL = page((("Adebayo", "4400123"),), size=(500, 120))


def alpha(picture: Image.Image) -> Image.Image:
    """Black letters on nothing at all."""
    black = Image.new("L", picture.size, 0)
    return Image.merge("RGBA", (black, black, black, picture.point(lambda each: 255 - each)))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "JPEG2000"])
def test_words_in_pixels_are_read(form: str) -> None:
    """Of every format that Pillow decodes; they are not hidden, and their address says how they were read."""
    found = seen(archive([("wall.img", saved(page().convert("RGB"), form))]))
    part = parts(found)[f"wall.img!/{WHERE}"]
    assert is_list(part.text)
    assert not part.hidden
    assert unread(found) == []


def test_whatever_its_pixels_are() -> None:
    """Print colours, 16 bits, letters on nothing, a palette; held sideways as EXIF says."""
    rgb, sideways = page().convert("RGB"), Image.Exif()
    sideways[0x0112] = 6
    wide = page().convert("I").point(lambda each: each * 200)
    for body in (
        saved(rgb.convert("CMYK"), "JPEG"),
        saved(wide.convert("I;16")),
        saved(alpha(page())),
        saved(page().convert("P"), transparency=255),
        saved(rgb.rotate(90, expand=True), "JPEG", exif=sideways),
    ):
        assert is_list(parts(seen(body))[WHERE].text)


def test_every_page_of_a_fax_is_read() -> None:
    """A TIFF holds many (TIFF 6.0, section 2), compressed as facsimiles are."""
    first = page().convert("1")
    other = page((("Morgan", "4400125"),)).convert("1")
    body = saved(first, "TIFF", compression="group4", save_all=True, append_images=[other])
    found = parts(seen(body))
    assert is_list(found[WHERE].text)
    assert "Morgan" in found[f"page 2, {WHERE}"].text
    assert unread(seen(body, sight(pictures=1))) == [(f"page 2, {WHERE}", "limit")]


def test_a_large_picture_is_read_at_half_its_size() -> None:
    """A4 at 600 dots per inch: 35 million pixels."""
    made = grey(page().resize((4960, 7016)))
    assert made.width * made.height <= LARGE
    assert (made.width, made.height) == (2480, 3508)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_too_large_is_a_limit_and_the_next_is_read() -> None:
    """60,000 × 60,000 pixels are known by their header, and never decoded."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(10 << 20)))
    text = chunk(b"tEXt", b"Comment\0Morgan")
    bomb = b"\x89PNG\r\n\x1a\n" + head + text + pixels + chunk(b"IEND", b"")
    found = seen(archive([("a.png", bomb), ("b.png", saved(page()))]))
    assert unread(found) == [(f"a.png!/{WHERE}", "limit")]
    assert parts(found)["a.png!/metadata"].text == "Comment: Morgan\n"
    assert is_list(parts(found)[f"b.png!/{WHERE}"].text)
    assert unread(seen(saved(page()), sight(pixels=1000))) == [(WHERE, "limit")]


def test_what_cannot_be_decoded_or_is_torn_is_told() -> None:
    """A format without a decoder; of a torn picture what is there is read."""
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    assert (WHERE, "unsupported") in unread(seen(heic))
    body = saved(page())
    found = seen(body[: len(body) * 3 // 4])
    assert is_list(parts(found)[WHERE].text)
    assert unread(found) == [("", "broken")]
    body = saved(page().convert("1"), "TIFF", compression="group4")
    assert unread(seen(body[:8] + bytes(200) + body[208:]))


SEEDS = st.sampled_from([saved(SMALL, form) for form in ("PNG", "JPEG", "GIF", "TIFF", "BMP")])


@settings(max_examples=40, deadline=None)
@given(body=SEEDS, at=st.integers(0, 20_000), junk=st.binary(max_size=30), cut=st.booleans())
def test_whatever_comes_in_is_read_or_told(body: bytes, at: int, junk: bytes, *, cut: bool) -> None:
    """No damage makes a look raise."""
    at %= len(body)
    items = seen(body[:at] + junk + (b"" if cut else body[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)
