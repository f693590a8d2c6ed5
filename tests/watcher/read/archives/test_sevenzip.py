from __future__ import annotations

import py7zr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, bounds, parts, unread, walked
from tests.watcher.read.packed import FILES, libarchived, sevened
from watcher.model import Part, Unread

SECRET = sevened(password="Sesame1")
HIDDEN = sevened(password="Sesame1", names=True)
PLAIN = sevened()


def test_members_and_names_are_read() -> None:
    """Of a solid archive, and of one by another maker."""
    for body in (PLAIN, libarchived("7zip")):
        found = parts(walked(archive([("staff.7z", body)])))
        assert found["staff.7z!/a.txt"].text.startswith("PC Adebayo")
        assert found["staff.7z!/d/Quill_4400123.txt"].text == "Sian Quill"
        assert "Quill 4400123\td\ttxt\n" in found["staff.7z!/names of members"].text


def test_an_encrypted_archive_tells_its_names() -> None:
    """Unless they are encrypted too; then all of it is."""
    items = walked(SECRET)
    assert unread(items) == [("a.txt", "encrypted"), ("d/Quill_4400123.txt", "encrypted")]
    assert "Quill 4400123" in parts(items)["names of members"].text
    assert unread(walked(HIDDEN)) == [("", "encrypted")]


@pytest.mark.parametrize("body", [SECRET, HIDDEN])
def test_an_encrypted_archive_opens_with_a_word_of_its_document(body: bytes) -> None:
    """The text beside it says the password; a wrong word before it does no harm."""
    said = b"password: wrong\nThe password is Sesame1"
    items = walked(archive([("read.me", said), ("x.7z", body)]))
    assert parts(items)["x.7z!/a.txt"].text.startswith("PC Adebayo")
    assert unread(items) == []
    told = unread(walked(archive([("read.me", b"password: wrong"), ("x.7z", body)])))
    assert {why for _, why in told} == {"encrypted"}


def test_a_bomb_in_a_solid_block_is_a_limit() -> None:
    """What stood before it is read; what stands behind it cannot be had without it."""
    body = sevened([("a.txt", b"Adebayo"), ("zero.txt", b"word " * (16 * MIB)), ("b.txt", b"x")])
    items = walked(archive([("x.7z", body), ("end.txt", b"Quill")]))
    assert unread(items) == [("x.7z!/zero.txt", "limit"), ("x.7z!/b.txt", "limit")]
    assert parts(items)["x.7z!/a.txt"].text == "Adebayo"
    assert parts(items)["end.txt"].text == "Quill"


def test_damage_is_told() -> None:
    """A torn archive has no directory; a flipped byte spoils its block and no name."""
    assert unread(walked(PLAIN[:-9])) == [("", "broken")]
    body = bytearray(PLAIN)
    body[40] ^= 0xFF
    items = walked(bytes(body))
    assert ("d/Quill_4400123.txt", "broken") in unread(items)
    assert "Quill 4400123" in parts(items)["names of members"].text


def test_members_are_bounded_and_names_are_not() -> None:
    """All names are told before the first member is opened."""
    body = sevened([(f"{at}_Quill.txt", b"x") for at in range(30)])
    items = walked(body, limits=bounds(members=5))
    assert unread(items) == [("", "limit")]
    assert parts(items)["names of members"].text.count("Quill") == 30
    assert unread(walked(body, limits=bounds(memory=400))) == [("", "size")]


def test_an_empty_archive_has_nothing_unread() -> None:
    """No member, no block."""
    assert unread(walked(sevened([]))) == []
    assert [item.where for item in walked(sevened([("empty.txt", b"")]))] == ["names of members"]


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, len(PLAIN)), junk=st.binary(max_size=20), cut=st.booleans())
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes, *, cut: bool) -> None:
    """Wherever an archive is damaged."""
    items = walked(PLAIN[:at] + junk + (b"" if cut else PLAIN[at + len(junk) :]))
    assert all(isinstance(item, Part | Unread) for item in items)


def test_py7zr_reads_what_the_tests_make() -> None:
    """The archives of these tests are sound by another reader."""
    import io

    with py7zr.SevenZipFile(io.BytesIO(SECRET), password="Sesame1") as made:
        assert made.getnames() == [name for name, _ in FILES]
