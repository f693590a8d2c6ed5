from __future__ import annotations

import gzip
import io
import random

import py7zr
import pytest

from tests.watcher.read.made import archive, parts, stream, unread, walked
from watcher.read.within import Split

LIST = b"surname,pay_no\nAdebayo,4400123\nQuill,4400124\n"


def seven() -> bytes:
    held = io.BytesIO()
    with py7zr.SevenZipFile(held, "w") as made:
        made.writestr(LIST, "list.csv")
    return held.getvalue()


PACKED = {"zip": archive([("list.csv", LIST)]), "7z": seven(), "gzip": gzip.compress(LIST)}


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("before", [b"MZ" + bytes(700), bytes(900), b"\x7fELF" + bytes(90)])
def test_an_archive_behind_a_program_is_read(kind: str, before: bytes) -> None:
    """Programs that unpack themselves, and whatever else an archive is put behind."""
    found = parts(walked(before + PACKED[kind]))
    (part,) = (part for where, part in found.items() if part.table and "inside" in where)
    assert "Adebayo\x1f4400123" in part.text


def test_what_stands_before_is_swept() -> None:
    """Its runs of text are read as those of any other bytes."""
    items = walked(b"\0\1\2\3" * 90 + b"PC Quill" + bytes(40) + PACKED["zip"])
    assert parts(items)["raw"].text == "PC Quill\n"
    assert unread(items) == []


def test_a_signature_is_found_wherever_the_bytes_are_cut() -> None:
    """However they come in."""
    body = bytes(100) + PACKED["zip"]
    for size in (1, 7, 40, 99, 101):
        held = io.BytesIO(body)
        cut = stream(b"")
        cut._more = lambda _, held=held, size=size: held.read(size)
        split = Split(cut)
        assert b"".join(split.chunks()) == bytes(100)
        rest = split.rest()
        assert rest is not None
        assert b"".join(rest.chunks()) == PACKED["zip"]


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("text", ["hello\n", "\ufeffhello\n", "a,b\nc,d\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_an_archive_behind_a_text_is_read_or_told(kind: str, text: str, codec: str) -> None:
    """However short it is: its bytes would pass for letters."""
    items = walked((text * 300).encode(codec) + PACKED[kind])
    read = any("Adebayo" in part.text for part in parts(items).values())
    assert read or unread(items) == [("", "unsupported")]


def test_chance_makes_no_archive() -> None:
    """A magic alone is not enough."""
    data = random.Random(5).randbytes(1 << 20)
    for body in (data, bytes(50) + b"PK\3\4" + data, b"PK\3\4PK\3\4" * 90, b"\x1f\x8b\x08" * 90):
        split = Split(stream(body))
        assert b"".join(split.chunks()) == body
        assert split.rest() is None
