from __future__ import annotations

import cabarchive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, parts, unread, walked
from tests.watcher.read.packed import libarchived
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
