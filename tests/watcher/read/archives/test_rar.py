from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, parts, unread, walked
from tests.watcher.read.packed import rar, rar_volumes
from watcher.model import Part, Unread
from watcher.read.archives.foreign import _library
from watcher.read.archives.rar import is_volume

PLAIN = rar()


def test_members_are_read_where_there_is_a_reader() -> None:
    """With the archive's addresses."""
    if _library() is None:
        pytest.skip("no libarchive: install Debian's libarchive13")
    items = walked(archive([("staff.rar", PLAIN)]))
    assert parts(items)["staff.rar!/a.txt"].text.startswith("PC Adebayo")
    assert parts(items)["staff.rar!/d/Quill_4400123.txt"].text == "Sian Quill"
    assert unread(items) == []


def test_names_are_told_without_a_reader_and_without_a_password() -> None:
    """rarfile reads the headers where nothing else can be read."""
    items = walked(PLAIN, careful=1)
    assert "Quill 4400123\td\ttxt\n" in parts(items)["names of members"].text
    assert unread(items) == [("", "lost worker")]
    items = walked(rar(locked=True))
    assert "Quill 4400123\td\ttxt\n" in parts(items)["names of members"].text
    assert {why for _, why in unread(items)} == {"encrypted"}


def test_a_torn_archive_is_broken() -> None:
    """It has no end; what comes before is told."""
    for cut in (5, 40, len(PLAIN) - 60):
        items = walked(PLAIN[:-cut])
        assert "a\ttxt\n" in parts(items)["names of members"].text
        assert "broken" in {why for _, why in unread(items)}


def test_a_volume_without_the_others_is_broken() -> None:
    """First, in the middle or last: what lies in the others is not here. All in a row are one archive."""
    volumes = rar_volumes("a.txt", b"PC Adebayo\n" * 3000, 3)
    for volume in (*volumes, b"".join(volumes[:2]), b"".join(volumes[1:])):
        assert is_volume(volume)
        items = walked(volume)
        assert ("", "broken") in unread(items)
        assert "a\ttxt\n" in parts(items)["names of members"].text
    assert not is_volume(PLAIN)
    if _library() is not None:
        items = walked(b"".join(volumes))
        assert parts(items)["a.txt"].text == "PC Adebayo\n" * 3000
        assert unread(items) == []


@settings(max_examples=80, deadline=None)
@given(at=st.integers(7, len(PLAIN)), junk=st.binary(max_size=20), cut=st.booleans())
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes, *, cut: bool) -> None:
    """Wherever an archive is damaged."""
    items = walked(PLAIN[:at] + junk + (b"" if cut else PLAIN[at + len(junk) :]))
    assert all(isinstance(item, Part | Unread) for item in items)
