from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pytest

from tests.watcher.read.made import MIB, archive, bounds, parts, unread, walked, workbook
from watcher.model import Part
from watcher.read.archives.archive import overlapping


def test_members_have_the_archives_addresses() -> None:
    """Members, and members of members, are read and addressed by steps."""
    inner = archive([("list.xlsx", workbook()), ("../../etc/x.txt", b"climbing")])
    found = parts(walked(archive([("note.txt", b"hello"), ("inner.zip", inner), ("folder/", b"")])))
    assert found["note.txt"].text == "hello"
    assert found["inner.zip!/list.xlsx!/List (hidden)"].hidden
    assert found["inner.zip!/../../etc/x.txt"].text == "climbing"


def test_an_encrypted_member_is_named_and_the_rest_goes_on() -> None:
    """The general purpose bit says that a member cannot be read."""
    body = bytearray(archive([("secret.txt", b"x"), ("open.txt", b"y")]))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as made:
        at = made.getinfo("secret.txt").header_offset
    central = body.index(b"PK\x01\x02")
    body[at + 6] |= 1
    body[central + 8] |= 1
    items = walked(bytes(body))
    assert unread(items) == [("secret.txt", "encrypted")]
    assert parts(items)["open.txt"].text == "y"


def test_a_member_without_a_name_takes_no_other_with_it() -> None:
    """It is read, as the rest is."""
    body = archive([("nameless.txt", b"Lloyd"), ("list.txt", b"Quill")])
    # A name ends with its first zero.
    items = walked(body.replace(b"nameless.txt", b"\0ameless.txt"))
    assert [item.text for item in items if isinstance(item, Part)][-2:] == ["Lloyd", "Quill"]
    assert unread(items) == []


def test_a_bomb_is_a_limit_and_the_rest_goes_on() -> None:
    """A member that expands beyond the ratio is read to 64 MiB; zeros not even so far."""
    items = walked(
        archive([("a.txt", b"word " * (14 * MIB)), ("zero", bytes(100 * MIB)), ("end.txt", b"end")])
    )
    assert unread(items) == [("a.txt", "limit"), ("zero", "limit")]
    assert parts(items)["a.txt"].text.startswith("word")
    assert parts(items)["end.txt"].text == "end"


def test_overlapping_members_are_a_limit() -> None:
    """Members that share bytes pass every ratio, so they are not read at all."""
    body = archive([("a.txt", b"first"), ("b.txt", b"second")])
    at = body.rindex(b"PK\x01\x02") + 42  # the second entry's offset of its local header
    forged = body[:at] + bytes(4) + body[at + 4 :]
    items = walked(forged)
    assert unread(items)[:2] == [("a.txt", "limit"), ("b.txt", "limit")]
    with zipfile.ZipFile(io.BytesIO(body)) as honest:
        assert overlapping(honest) == set()


def test_a_broken_member_is_told_and_the_rest_goes_on() -> None:
    """A wrong checksum, a torn member and an unknown method cost one member each."""
    body = bytearray(archive([("bad.txt", b"x" * 3000), ("odd.txt", b"odd"), ("good.txt", b"y")]))
    start = body.index(b"bad.txt") + len("bad.txt")
    body[start + 1] ^= 0xFF
    first = body.index(b"PK\x01\x02")
    second = body.index(b"PK\x01\x02", first + 4)
    body[second + 10] = 97  # compression method: WavPack
    body[body.index(b"PK\x03\x04", 4) + 8] = 97
    items = walked(bytes(body))
    assert unread(items) == [("bad.txt", "broken"), ("odd.txt", "unsupported")]
    assert parts(items)["good.txt"].text == "y"


def test_an_archive_without_an_end_is_broken() -> None:
    """No directory, no members; never silence."""
    assert unread(walked(archive([("a.txt", b"x" * 500)])[:-30])) == [("", "broken")]


def test_depth_members_and_size_are_bounded() -> None:
    """Beyond each limit there is an Unread, and what came before it is read."""
    nested = b"core"
    for number in range(10):
        nested = archive([(f"{number}.zip" if number else "core.txt", nested)])
    ((where, why),) = unread(walked(nested))
    assert why == "limit"
    assert where.count("!/") == 8
    many = archive([(f"{number}.txt", b"x") for number in range(5)])
    items = walked(many, limits=bounds(members=3))
    assert {"0.txt", "1.txt", "2.txt"} < set(parts(items)) <= {*parts(walked(many))} - {"3.txt"}
    assert unread(items) == [("", "limit")]
    large = archive([("a.txt", b"a " * MIB), ("b.txt", b"b " * MIB), ("c.txt", b"c")])
    whys = unread(walked(large, limits=bounds(max_bytes=3 * MIB)))
    assert ("b.txt", "limit") in whys
    # What cannot be held is read as it flows.
    assert unread(walked(many, limits=bounds(memory=400))) == []


def test_names_of_members_are_text() -> None:
    """Photos are called by whom they show: stem, folders and extension are fields of a line."""
    names = ["photos/52855785_Lloyd_Bethan.jpg", "C\\old\\Quill, A.tar.gz", "J. Adebayo", "x\ny/"]
    body = archive([(name, b"\x89PNG\r\n\x1a\n") for name in names])
    part = parts(walked(archive([("in.zip", body)])))["in.zip!/names of members"]
    assert part.text.split("\n") == [
        "52855785 Lloyd Bethan\tphotos\tjpg",
        "Quill, A.tar\tC old\tgz",
        "J. Adebayo",
        "x y",
        "",
    ]
    assert not part.echo


def test_names_in_an_encrypted_archive_and_comments_are_read() -> None:
    """Encryption hides no names; nobody sees a comment who opens an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("Adebayo_4400123.pdf", b"x")
        made.comment = "for Siân only".encode("cp1252")
    body = bytearray(held.getvalue())
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    items = walked(bytes(body))
    assert unread(items) == [("Adebayo_4400123.pdf", "encrypted")]
    assert parts(items)["names of members"].text == "Adebayo 4400123\tpdf\n"
    comment = parts(items)["comments of the archive"]
    assert (comment.text, comment.hidden) == ("for Siân only", True)


def test_an_archive_before_an_archive_is_read() -> None:
    """Every program shows the last of two archives in one file; both are read here."""
    body = archive([("first.txt", b"Adebayo")]) + archive([("last.txt", b"Quill")])
    found = parts(walked(body))
    assert found["last.txt"].text == "Quill"
    hidden = [part.text for where, part in found.items() if where.endswith("!/first.txt")]
    assert hidden == ["Adebayo"]


def test_a_member_in_no_directory_is_read_or_told() -> None:
    """A member taken out of the directory comes back; junk around an archive is never silence."""
    body = archive([("kept.txt", b"Quill"), ("taken.txt", b"Adebayo")])
    central = body.index(b"PK\x01\x02")
    second = body.index(b"PK\x01\x02", central + 4)
    end = body.index(b"PK\x05\x06")
    size = second - central
    forged = body[:second] + body[end : end + 8] + b"\1\0\1\0" + size.to_bytes(4, "little")
    items = walked(forged + body[end + 16 :])
    assert unread(items) == []
    assert [p.text for w, p in parts(items).items() if w.endswith("taken.txt")] == ["Adebayo"]
    assert unread(walked(body + b"\0\xffjunk\0" * 9))[0][1] == "unsupported"
    assert unread(walked(body + b"\r\n")) == []
    trailed = parts(walked(body + b"PC Adebayo was here"))
    assert [p.text for w, p in trailed.items() if w == "in no directory"] == ["PC Adebayo was here"]


LIST = b"surname,pay_no\nAdebayo,4400123\nQuill,4400124\n"


def lied(data: bytes, size: int, crc: int, *, kind: int = 8) -> bytes:
    """An archive of one member of which its headers say this."""
    head = struct.pack("<5H3L2H", 20, 0, kind, 0, 0, crc, len(data), size, 1, 0)
    local = b"PK\3\4" + head + b"a" + data
    entry = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<3H2L", 0, 0, 0, 0, 0) + b"a"
    return local + entry + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), len(local), 0)


def deflated(data: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return made.compress(data) + made.flush()


def test_a_member_is_read_to_where_its_data_end() -> None:
    """Its directory may say that it is shorter, with the checksum of so much."""
    items = walked(lied(deflated(b"hi\n" + LIST), 3, zlib.crc32(b"hi\n")))
    assert "Adebayo" in parts(items)["a"].text
    assert unread(items) == [("a", "broken")]


def test_bytes_behind_a_members_data_are_told() -> None:
    """They count as packed, and unpack to nothing."""
    items = walked(lied(deflated(b"hi\n") + LIST, 3, zlib.crc32(b"hi\n")))
    assert unread(items) == [("a", "broken")]


def test_a_name_that_differs_costs_no_member() -> None:
    """Its own header may say another than the directory."""
    body = archive([("list.csv", LIST)])
    at = body.rindex(b"list.csv")
    assert "Adebayo" in parts(walked(body[:at] + b"note.txt" + body[at + 8 :]))["note.txt"].text


@pytest.mark.parametrize("packed", [False, True])
def test_extra_fields_and_comments_are_read_whatever_they_are(*, packed: bool) -> None:
    """As text, and as documents of their own."""
    said = gzip.compress(LIST) if packed else LIST
    for place in ("comment", "extra", "of the archive"):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as made:
            info = zipfile.ZipInfo("a")
            if place == "comment":
                info.comment = said
            elif place == "extra":
                info.extra = struct.pack("<2H", 0x6666, len(said)) + said
            else:
                made.comment = said
            made.writestr(info, "hi")
        items = walked(held.getvalue())
        assert any("Adebayo" in part.text for part in parts(items).values()), place
        assert unread(items) == []
