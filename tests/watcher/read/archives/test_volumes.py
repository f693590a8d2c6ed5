from __future__ import annotations

import struct

import pytest

from tests.watcher.read.made import archive, bounds, parts, unread, walked
from tests.watcher.read.packed import rar_volumes, sevened, tarred
from watcher.read.archives.foreign import _library

BODY = sevened([("a.txt", b"PC Adebayo"), ("b.txt", b"Quill")])
CUTS = [BODY[:50], BODY[50:90], BODY[90:]]
NAMED = [(f"old/x.7z.{at:03}", piece) for at, piece in enumerate(CUTS, start=1)]


@pytest.mark.parametrize("pack", [archive, tarred])
def test_volumes_in_one_container_are_joined(pack: object) -> None:
    """In any order; the archive has the address of its first volume."""
    assert callable(pack)
    items = walked(pack([NAMED[2], ("z.txt", b"z"), NAMED[0], NAMED[1]]))
    assert parts(items)["old/x.7z.001!/a.txt"].text == "PC Adebayo"
    assert parts(items)["z.txt"].text == "z"
    assert unread(items) == []


def test_a_missing_volume_is_told() -> None:
    """Each that is there is named; one that begins an archive is looked into."""
    assert unread(walked(archive(NAMED[1:]))) == [
        ("old/x.7z.002", "broken"),
        ("old/x.7z.003", "broken"),
    ]
    told = unread(walked(archive([NAMED[0], NAMED[2]])))
    assert {("old/x.7z.001", "broken"), ("old/x.7z.003", "broken")} <= set(told)


def test_numbers_alone_make_no_volumes() -> None:
    """Texts and pictures that are called by numbers are what their bytes say."""
    items = walked(archive([("x.001", b"PC Adebayo"), ("x.002", b"Quill")]))
    assert [parts(items)[f"x.00{at}"].text for at in (1, 2)] == ["PC Adebayo", "Quill"]
    assert unread(items) == []


@pytest.mark.parametrize(
    "names", [("x.part1.rar", "x.part2.rar", "x.part3.rar"), ("x.rar", "x.r00", "x.r01")]
)
def test_volumes_of_rar_are_joined_or_told(names: tuple[str, str, str]) -> None:
    """In any order; with one of them missing every other is broken, and what it holds is read."""
    if _library() is None:
        pytest.skip("no libarchive: install Debian's libarchive13")
    text = b"".join(b"PC Adebayo, 44%05d\n" % number for number in range(2000))
    volumes = rar_volumes("d/Quill_4400123.txt", text, 3)
    one, two, three = zip(names, volumes, strict=True)
    items = walked(archive([three, ("z.txt", b"z"), one, two]))
    found = parts(items)
    assert found[f"{names[0]}!/d/Quill_4400123.txt"].text.count("Adebayo") == 2000
    assert "Quill 4400123" in found[f"{names[0]}!/names of members"].text
    assert unread(items) == []
    told = walked(archive([one, three]))
    assert {(names[0], "broken"), (names[2], "broken")} <= set(unread(told))
    assert "Adebayo" in parts(told)[f"{names[0]}!/d/Quill_4400123.txt"].text


def test_a_spanned_archive_is_one() -> None:
    """Its offsets count from the volume in which a member begins (APPNOTE 8)."""
    whole = archive([("a.txt", b"PC Adebayo"), ("b.txt", b"Quill")])
    second = whole.index(b"PK\x03\x04", 4)
    first, last = whole[:second], bytearray(whole[second:])
    central = last.index(b"PK\x01\x02")
    other = last.index(b"PK\x01\x02", central + 4)
    end = last.index(b"PK\x05\x06")
    struct.pack_into("<H", last, other + 34, 1)
    struct.pack_into("<L", last, other + 42, 0)
    struct.pack_into("<HH", last, end + 4, 1, 1)
    struct.pack_into("<L", last, end + 16, central)
    items = walked(archive([("x.z01", first), ("x.zip", bytes(last))]))
    assert parts(items)["x.zip!/a.txt"].text == "PC Adebayo"
    assert parts(items)["x.zip!/b.txt"].text == "Quill"
    assert unread(items) == []
    alone = walked(archive([("x.z01", first)]))
    assert ("x.z01", "broken") in unread(alone)


def test_volumes_beyond_the_memory_are_told() -> None:
    """They are held until the last has come."""
    big = [(name, body + bytes(3000)) for name, body in NAMED]
    packed = archive(big)
    told = unread(walked(packed, limits=bounds(memory=4 * len(packed))))
    assert ("old/x.7z.001", "size") in told
