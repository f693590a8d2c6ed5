from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import bounds, parts, unread, walked
from tests.watcher.read.packed import libarchived, tarred
from watcher.model import Part, Unread


def member(name: bytes, body: bytes) -> bytes:
    head = name.ljust(16) + b"0".ljust(12) + b"0".ljust(6) * 2 + b"100644  "
    return head + b"%-10d`\n" % len(body) + body + b"\n" * (len(body) % 2)


DEB = b"!<arch>\n" + b"".join(
    [
        member(b"debian-binary", b"2.0\n"),
        member(b"//", b"a_very_long_name_of_Quill.txt/\n"),
        member(b"data.tar.gz/", gzip.compress(tarred([("list.txt", b"Adebayo")]), mtime=0)),
        member(b"/0", b"odd"),
        member(b"#1/10", b"Sian_Q.txtbsd"),
    ]
)


def test_a_package_is_read_to_its_members() -> None:
    """deb(5): an ar with a tar in it; long names of System V and of BSD."""
    items = walked(DEB)
    found = parts(items)
    assert found["data.tar.gz!/list.txt"].text == "Adebayo"
    assert found["a_very_long_name_of_Quill.txt"].text == "odd"
    assert found["Sian_Q.txt"].text == "bsd"
    assert "a very long name of Quill\ttxt\n" in found["names of members"].text
    assert unread(items) == []


def test_an_archive_by_another_maker_is_read() -> None:
    """libarchive's."""
    assert parts(walked(libarchived("ar_bsd")))["a.txt"].text.startswith("PC Adebayo")


def test_damage_and_limits_are_told() -> None:
    """What comes before is read."""
    items = walked(DEB[:-4])
    assert ("", "broken") in unread(items)
    assert parts(items)["a_very_long_name_of_Quill.txt"].text == "odd"
    assert unread(walked(DEB, limits=bounds(members=1))) == [("", "limit")]


@given(at=st.integers(8, len(DEB)), junk=st.binary(max_size=70))
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes) -> None:
    """Wherever an archive is damaged."""
    assert all(isinstance(item, Part | Unread) for item in walked(DEB[:at] + junk))
