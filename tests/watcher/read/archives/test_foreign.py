from __future__ import annotations

import base64

import cabarchive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, parts, unread, walked
from tests.watcher.read.packed import libarchived, pressed, tarred
from watcher.model import Part, Unread
from watcher.read.archives.foreign import _library

pytestmark = pytest.mark.skipif(
    _library() is None, reason="no libarchive: install Debian's libarchive13"
)


def cabinet(*files: tuple[str, bytes]) -> bytes:
    made = cabarchive.CabArchive()
    for name, body in files:
        made[name] = cabarchive.CabFile(body)
    return bytes(made.save(compress=True))


CAB = cabinet(("staff/list.txt", b"PC Adebayo " * 5000), ("Quill_4400123.txt", b"Quill"))


def test_members_of_a_cabinet_and_of_a_disc_are_read() -> None:
    """With their names."""
    items = walked(archive([("x.cab", CAB), ("x.iso", libarchived("iso9660"))]))
    found = parts(items)
    assert found["x.cab!/staff/list.txt"].text.startswith("PC Adebayo")
    assert found["x.iso!/d/Quill_4400123.txt"].text == "Sian Quill"
    assert "Quill 4400123" in found["x.cab!/names of members"].text
    assert unread(items) == []


# `jlha aq` of eight lines; `arj a` of the same.
LZH = base64.b64decode(
    "JwAtbGg1LSYAAACoAAAAVwwDayACgw4ABQAAYf4IAAFhLnR4dAAAABRDby8jXYArDABFkuEKCRIpeh8cvj32AAJVBOah+6Q+NuXmB+gA"
)
ARJ = base64.b64decode(
    "YOopACILAQIQAALAWAwDa1gMA2sAAAAAAAAAAAAAAAAAAAAAAABzLmFyagAAFmzd4gAAYOo1AC4LAQIQAQBYVwwDayYAAACoAAAAcgKNYAAA"
    "pBEAAAAAAABYDANrVwwDawAAAABhLnR4dAAA7J3/KgAAABRDby8jX+AKwwA8WS50KCRIpKDHJj3zAAEmQdZ19lCGmlxM8/Rg6gAA"
)


def test_members_of_lha_are_read() -> None:
    """Compressed as its own program does it."""
    items = walked(archive([("x.lzh", LZH)]))
    assert parts(items)["x.lzh!/a.txt"].text.count("Quill") == 8
    assert unread(items) == []
    assert "broken" in {why for _, why in unread(walked(LZH[:-20]))}


def test_what_has_no_reader_is_unsupported() -> None:
    """Whatever a sweep finds in it: it is never clean."""
    assert ("", "unsupported") in unread(walked(ARJ))


@pytest.mark.parametrize("form", ["compress", "lzip", "lz4"])
def test_compressed_streams_are_the_document_itself(form: str) -> None:
    """Also around an archive; a bomb is a limit and the next is read; what is torn is broken."""
    packed = pressed(form, tarred())
    items = walked(archive([("x.tar.z", packed)]))
    assert parts(items)["x.tar.z!/a.txt"].text.startswith("PC Adebayo")
    assert unread(items) == []
    bomb = pressed(form, bytes(80 * MIB))
    items = walked(archive([("bomb", bomb), ("end.txt", b"Quill")]))
    assert ("bomb", "limit") in unread(items)
    assert parts(items)["end.txt"].text == "Quill"
    torn = unread(walked(packed[: len(packed) // 2]))
    assert {why for _, why in torn} & {"broken", "unsupported"}


def test_damage_and_bombs_are_told_and_the_rest_goes_on() -> None:
    """A member that cannot be read, or not to its end, costs no other archive."""
    bomb = cabinet(("zero.txt", b"word " * (16 * MIB)))
    items = walked(archive([("torn.cab", CAB[:-30]), ("bomb.cab", bomb), ("end.txt", b"Quill")]))
    told = unread(items)
    assert ("torn.cab", "broken") in told
    assert ("bomb.cab!/zero.txt", "limit") in told
    assert parts(items)["end.txt"].text == "Quill"


def test_where_the_library_took_the_process_it_is_not_asked_again() -> None:
    """The worker that comes after says so instead."""
    assert unread(walked(CAB, careful=1)) == [("", "lost worker")]


@settings(max_examples=60, deadline=None)
@given(at=st.integers(4, len(CAB)), junk=st.binary(max_size=20), cut=st.booleans())
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes, *, cut: bool) -> None:
    """Wherever an archive is damaged."""
    items = walked(CAB[:at] + junk + (b"" if cut else CAB[at + len(junk) :]))
    assert all(isinstance(item, Part | Unread) for item in items)
