from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from watcher.read.images import blocks as imageblocks
from watcher.read.images.blocks import Block, Walk


def told(walk: Walk) -> tuple[list[Block], int | None]:
    blocks: list[Block] = []
    while True:
        try:
            blocks.append(next(walk))
        except StopIteration as done:
            return blocks, done.value


def saved(form: str, **options: object) -> bytes:
    held = io.BytesIO()
    Image.effect_noise((40, 40), 60).save(held, form, **options)  # type: ignore[arg-type]  # each format has its own
    return held.getvalue()


def png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Quill")
    info.add_text("Title", "Adebayo", zip=True)
    info.add_itxt("Comment", "Siân")
    info.add_itxt("XML:com.adobe.xmp", "<x/>", zip=True)
    return saved("PNG", pnginfo=info)


def test_png() -> None:
    """All three kinds of text chunks."""
    blocks, end = told(imageblocks.png(png() + b"more"))
    assert end == len(png())
    assert ("text Author", b"Quill") in blocks
    assert ("text Comment", "Siân".encode()) in blocks
    assert [kind for kind, _ in blocks if kind.startswith("inflate")] == [
        "inflate Title",
        "inflate XML:com.adobe.xmp",
    ]


def test_jpeg() -> None:
    """Comments and XMP, in a progressive picture with several scans as well."""
    for progressive in (False, True):
        body = saved("JPEG", comment=b"a note", xmp=b"<x/>", progressive=progressive)
        blocks, end = told(imageblocks.jpeg(body + b"\xff\xd9 more"))
        assert end == len(body)
        assert {("text", b"a note"), ("xmp", b"<x/>")} <= set(blocks)


def test_extended_xmp_is_put_together() -> None:
    """Its pieces come in any order."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + (6).to_bytes(4, "big")
    pieces = b"".join(
        b"\xff\xe1" + (len(head) + 9).to_bytes(2, "big") + head + at.to_bytes(4, "big") + data
        for at, data in ((3, b"def"), (0, b"abc"))
    )
    assert told(imageblocks.jpeg(b"\xff\xd8" + pieces + b"\xff\xd9"))[0] == [("xmp", b"abcdef")]


def test_gif_and_webp() -> None:
    """A comment; EXIF and XMP."""
    body = saved("GIF", comment=b"by Quill")
    assert told(imageblocks.gif(body + b"x")) == ([("text", b"by Quill")], len(body))
    body = saved("WEBP", xmp=b"<x/>", exif=b"Exif\0\0II*\0abc")
    blocks, end = told(imageblocks.webp(body + b"x"))
    assert end == len(body)
    assert set(blocks) == {("xmp", b"<x/>"), ("exif", b"II*\0abc")}


def test_a_torn_picture_has_no_end() -> None:
    """Of each kind; what stood before the tear is told."""
    for walk, body in (
        (imageblocks.png, png()),
        (imageblocks.jpeg, saved("JPEG", comment=b"a note")),
        (imageblocks.gif, saved("GIF", comment=b"a note")),
        (imageblocks.webp, saved("WEBP")),
    ):
        assert told(walk(body[:-9]))[1] is None


def test_marks_without_what_they_mark_cost_what_their_bytes_do() -> None:
    """Fill bytes before no marker: each byte is looked at a few times."""
    assert told(imageblocks.jpeg(b"\xff" * 1_000_000 + b"\0")) == ([], None)
    assert told(imageblocks.jpeg(b"\xff\xd8" + b"\xff" * 9 + b"\xd9"))[1] == 12


@pytest.mark.parametrize(
    "walk", [imageblocks.png, imageblocks.jpeg, imageblocks.gif, imageblocks.webp]
)
@given(body=st.binary(max_size=300))
def test_whatever_comes_in_is_walked(walk: object, body: bytes) -> None:
    """No bytes make it raise or stand still."""
    for start in (b"", b"GIF89a\1\0\1\0\x80\0\0", b"RIFF\xff\0\0\0WEBP", b"\xff\xd8\xff"):
        told(walk(start + body))  # type: ignore[operator]  # one of the four
