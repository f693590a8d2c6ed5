from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import bounds, parts, unread, walked
from tests.watcher.read.packed import libarchived
from watcher.model import Part, Unread
from watcher.read.sniff import Kind, kind


def member(name: bytes, body: bytes, mode: int = 0o100644) -> bytes:
    fields = (1, mode, 0, 0, 1, 0, len(body), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + b"".join(b"%08X" % each for each in fields) + name + b"\0"
    head += bytes(-len(head) % 4)
    return head + body + bytes(-len(body) % 4)


NEWC = b"".join(
    [
        member(b"folder", b"", 0o040755),
        member(b"folder/list.txt", b"Adebayo"),
        member(b"link", b"Quill_4400123.jpg", 0o120777),
        member(b"end.txt", b"end"),
        member(b"TRAILER!!!", b"", 0),
    ]
)


def test_members_and_names_are_read() -> None:
    """In the format of boot images and packages; a link's target is a name."""
    items = walked(NEWC)
    assert parts(items)["folder/list.txt"].text == "Adebayo"
    assert parts(items)["end.txt"].text == "end"
    assert "link\tQuill 4400123\tjpg\n" in parts(items)["names of members"].text
    assert unread(items) == []


def test_the_old_format_is_read() -> None:
    """libarchive's `odc`."""
    assert parts(walked(libarchived("cpio")))["a.txt"].text.startswith("PC Adebayo")


def test_telephone_numbers_are_no_archive() -> None:
    """They begin like the magic."""
    assert kind(b"070701 234567\n07070 7345678\n" * 20) is not Kind.CPIO


def test_damage_and_limits_are_told() -> None:
    """What comes before is read."""
    items = walked(NEWC[:-200])
    assert parts(items)["folder/list.txt"].text == "Adebayo"
    assert ("", "broken") in unread(items)
    assert unread(walked(NEWC, limits=bounds(members=1))) == [("", "limit")]


@given(at=st.integers(110, len(NEWC)), junk=st.binary(max_size=120))
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes) -> None:
    """Wherever an archive is damaged."""
    assert all(isinstance(item, Part | Unread) for item in walked(NEWC[:at] + junk))
