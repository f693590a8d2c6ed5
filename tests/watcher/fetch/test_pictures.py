"""What is a picture, by its name and by its first bytes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from watcher.fetch.pictures import LOOKED_AT, begun, named


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_shows_in_its_first_bytes(form: str) -> None:
    """Each as a real encoder writes it, whatever it is called."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, form)
    assert begun(file.getvalue()[:LOOKED_AT])


@pytest.mark.parametrize(
    "data",
    [b"\x00\x00\x00\x20ftypisom", b"\x00\x00\x00\x1cftypavif", b"RIFF\x00\x00\x00\x00AVI LIST",
     b"\x1aE\xdf\xa3\x01", b"\x00\x00\x01\xba\x44"],
)  # fmt: skip
def test_moving_pictures_too(data: bytes) -> None:
    """MP4, AVIF, AVI, WebM, MPEG."""
    assert begun(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"<!doctype html>", b"BM,WV,Audi\n1,2,3\n", b"PK\x03\x04", b"%PDF-1.7", b"RIFFLED THROUGH",
     b"GIFs and jokes", b"II. The second part", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)  # fmt: skip
def test_what_people_leak_is_none(data: bytes) -> None:
    """Pages, tables, archives, letters and workbooks are read."""
    assert not begun(data)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=8))
def test_no_plain_text_is_a_picture(text: str) -> None:
    """Unless it begins like one on purpose."""
    data = text.encode()
    marked = data.startswith((b"GIF87a", b"GIF89a")) or b"ftyp" in data[:8] or data[:4] == b"RIFF"
    assert begun(data) <= marked


def test_the_name_decides_before_the_body() -> None:
    """Media types of pictures in any case; not those that only mention one."""
    assert named("image/svg+xml")
    assert named(" Video/MP4; codecs=x")
    for other in ("", "text/html", "application/pdf", "multipart/image", "x-image/png"):
        assert not named(other)
