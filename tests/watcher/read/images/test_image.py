from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, features

from tests.watcher.read.made import MIB, archive, parts, sample, unread, walked
from watcher.model import Part, Unread

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b"<a>PC Morgan</a></x:xmpmeta><?xpacket end='w'?>"
)


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = "PC Adebayo"
    made[0x9C9D] = "Siân Quill".encode("utf-16-le")
    return made


def saved(form: str, **options: object) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (16, 16)).save(held, form, **options)  # type: ignore[arg-type]  # each format has its own
    return held.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_what_is_written_beside_the_pixels_is_read(form: str) -> None:
    """EXIF and XMP of every format that has them, as Pillow writes them; nothing is unread."""
    if form == "AVIF" and not features.check("avif"):
        pytest.skip("no writer of AVIF")
    more: dict[str, object] = {"tiffinfo": {700: XMP}} if form == "TIFF" else {"xmp": XMP}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more = {"pnginfo": info}
    if form == "TIFF":
        held = io.BytesIO()
        wanted = exif()
        wanted[700] = XMP
        Image.new("RGB", (16, 16)).save(held, "TIFF", exif=wanted)
        body = held.getvalue()
    else:
        body = saved(form, exif=exif(), **more)
    items = walked(archive([("4400123_Lloyd.jpg", body)]))
    found = parts(items)
    assert unread(items) == []
    assert "PC Adebayo" in found["4400123_Lloyd.jpg!/metadata"].text
    assert "Siân Quill" in found["4400123_Lloyd.jpg!/metadata"].text
    assert found["4400123_Lloyd.jpg!/metadata"].hidden
    assert "PC Morgan" in found["4400123_Lloyd.jpg!/XMP"].text
    assert "4400123 Lloyd" in found["names of members"].text


def test_a_picture_without_words_is_read() -> None:
    """It is not unread for want of a look at its pixels."""
    for form in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"):
        assert unread(walked(saved(form))) == []


def test_text_chunks_and_comments() -> None:
    """PNG's three kinds, JPEG's and GIF's comments."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Quill", zip=True)
    info.add_itxt("Title", "Siân", zip=True)
    info.add_text("Comment", "Adebayo")
    text = parts(walked(saved("PNG", pnginfo=info)))["metadata"].text
    assert text == "Author: Quill\nTitle: Siân\nComment: Adebayo\n"
    assert parts(walked(saved("JPEG", comment=b"Adebayo")))["metadata"].text == "Adebayo\n"
    assert parts(walked(saved("GIF", comment=b"Adebayo")))["metadata"].text == "Adebayo\n"


def test_iptc_in_photoshops_blocks() -> None:
    """Captions and bylines of press photographs, in UTF-8 or not (IPTC-IIM 4.2)."""
    for codec in ("utf-8", "cp1252"):
        text = "PC Siân Quill".encode(codec)
        data = b"\x1c\2\x78" + len(text).to_bytes(2, "big") + text
        block = b"8BIM\x04\x04\0\0" + len(data).to_bytes(4, "big") + data
        body = b"Photoshop 3.0\0" + block
        segment = b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body
        jpeg = saved("JPEG")
        assert parts(walked(jpeg[:2] + segment + jpeg[2:]))["metadata"].text == "PC Siân Quill\n"


def test_profiles_in_hexadecimal() -> None:
    """As ImageMagick writes EXIF and IPTC into a PNG."""
    data = exif().tobytes()
    info = PngImagePlugin.PngInfo()
    info.add_text("Raw profile type exif", f"\nexif\n{len(data):8}\n{data.hex()}\n", zip=True)
    assert "PC Adebayo" in parts(walked(saved("PNG", pnginfo=info)))["metadata"].text


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_what_stands_after_the_end_is_opened(form: str) -> None:
    """An archive behind a picture is the oldest of hiding places."""
    body = saved(form) + archive([("list.csv", b"Adebayo,1\nQuill,2\n")])
    assert parts(walked(body))["after the image!/list.csv"].table
    assert unread(walked(saved(form) + bytes(300))) == []


def test_a_torn_picture_is_broken_and_its_words_are_read() -> None:
    """Every kind; never silence."""
    for form in ("JPEG", "PNG", "WEBP", "GIF", "BMP"):
        assert ("", "broken") in unread(walked(saved(form)[:-8]))
    body = saved("JPEG", comment=b"Adebayo")
    items = walked(body[:-100])
    assert parts(items)["metadata"].text == "Adebayo\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_pixels_are_never_decoded() -> None:
    """A picture of 60,000 × 60,000 costs its bytes; a text of 100 MB is a limit."""
    head = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    )
    pixels = chunk(b"IDAT", zlib.compress(bytes(10 * MIB)))
    text = chunk(b"tEXt", b"Comment\0Adebayo")
    end = chunk(b"IEND", b"")
    items = walked(archive([("a.png", head + pixels + text + end)]))
    assert unread(items) == []
    assert parts(items)["a.png!/metadata"].text == "Comment: Adebayo\n"
    bomb = chunk(b"zTXt", b"Bomb\0\0" + zlib.compress(b"word " * (20 * MIB)))
    items = walked(archive([("a.png", head + bomb + text + end), ("b.txt", b"Quill")]))
    assert unread(items) == [("a.png", "limit")]
    texts = [each.text for each in items if isinstance(each, Part) and each.where.startswith("a.")]
    assert "Comment: Adebayo" in texts[-1]
    assert sum(map(len, texts)) < 10 * MIB
    assert parts(items)["b.txt"].text == "Quill"


def test_a_recorded_picture() -> None:
    """A picture with words in its pixels only is read and says nothing."""
    assert unread(walked(sample("documents/urlwatch_ocr-test.png"))) == []


SEEDS = st.sampled_from(
    [
        saved(form, **({"exif": exif()} if form != "GIF" else {}))
        for form in ("JPEG", "PNG", "WEBP", "TIFF", "GIF")
    ]
)


@settings(max_examples=150, deadline=None)
@given(body=SEEDS, at=st.integers(0, 2000), junk=st.binary(max_size=30), cut=st.booleans())
def test_whatever_comes_in_is_read_or_told(body: bytes, at: int, junk: bytes, *, cut: bool) -> None:
    """No damage makes a picture raise."""
    at %= len(body)
    items = walked(body[:at] + junk + (b"" if cut else body[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)


def test_what_stands_behind_a_tiff_is_opened() -> None:
    """It ends where the last of its directories, values and pixels does."""
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(held, "TIFF", description="A road")
    for more in (b"surname,pay_no\nAdebayo,4400123\n", archive([("a", b"Adebayo")])):
        items = walked(held.getvalue() + more)
        assert any("Adebayo" in item.text for item in parts(items).values())
    assert not [where for where in parts(walked(held.getvalue())) if "after" in where]


def test_an_archive_in_a_block_of_its_own_is_opened() -> None:
    """A chunk that no program knows, or a segment of an application's."""
    packed = archive([("list.csv", b"surname,pay_no\nAdebayo,4400123\n")])
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "PNG")
    body = held.getvalue()
    at = body.index(b"IEND") - 4
    made = struct.pack(">I", len(packed)) + b"prVt" + packed + bytes(4)
    found = parts(walked(body[:at] + made + body[at:]))
    assert "Adebayo" in found["archive inside!/list.csv"].text
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "JPEG")
    body = held.getvalue()
    segment = b"\xff\xe9" + struct.pack(">H", len(packed) + 2) + packed
    found = parts(walked(body[:2] + segment + body[2:]))
    assert "Adebayo" in found["archive inside!/list.csv"].text
