from __future__ import annotations

import gzip
import io
import zipfile

from tests.watcher.read.made import MIB, archive, bounds, parts, unread, walked, workbook
from watcher.read.archive import overlapping


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
    assert unread(items) == [("a.txt", "limit"), ("b.txt", "limit")]
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
    assert len(parts(items)) == 3
    assert unread(items) == [("", "limit")]
    large = archive([("a.txt", b"a " * MIB), ("b.txt", b"b " * MIB), ("c.txt", b"c")])
    whys = unread(walked(large, limits=bounds(max_bytes=3 * MIB)))
    assert ("b.txt", "limit") in whys
    assert unread(walked(many, limits=bounds(memory=400))) == [("", "size")]


def test_a_gzip_is_the_document_in_other_clothes() -> None:
    """Its content has the address of the stream; a torn one is read as far as it goes."""
    assert parts(walked(gzip.compress(b"hello")))[""].text == "hello"
    found = parts(walked(archive([("dump.sql.gz", gzip.compress(b"insert"))])))
    assert found["dump.sql.gz"].text == "insert"
    torn = walked(gzip.compress(b"line of text\n" * 50_000)[:-200])
    assert parts(torn)[""].text.startswith("line of text")
    assert unread(torn) == [("", "broken")]
