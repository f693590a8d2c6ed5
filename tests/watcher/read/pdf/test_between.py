from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from tests.watcher.read.made import archive, parts, unread, walked
from tests.watcher.read.pdf.files import content, listed, packed, plain, raw
from watcher.read.pdf.between import objects, stray

LIST = b"surname,pay_no\nAdebayo,4400123\nQuill,4400124\n"
FILE = raw(plain(b"3 0 R"))


@pytest.mark.parametrize(
    "other",
    [LIST, archive([("list.csv", LIST)]), gzip.compress(LIST, mtime=0), base64.b64encode(LIST)],
)
@pytest.mark.parametrize("place", [b"%%EOF\n", b"endobj\n", b"%PDF-1.7\n", b"endstream\n"])
def test_what_stands_in_no_object_is_read(place: bytes, other: bytes) -> None:
    """Behind the end, between two objects, before the first, behind a stream: no program shows it."""
    at = FILE.index(place) + len(place)
    items = walked(FILE[:at] + other + b"\n" + FILE[at:])
    assert any("Adebayo\x1f4400123" in item.text for item in parts(items).values())


@pytest.mark.parametrize("filtered", [False, True])
def test_an_object_that_no_table_names_is_read(*, filtered: bool) -> None:
    """Its number is one that nobody uses, or that of another one."""
    body = zlib.compress(LIST) if filtered else LIST
    held = content(body, b"/Filter/FlateDecode" if filtered else b"")
    for number in (4, 98):
        hidden = b"%d 0 obj\n%b\nendobj\n" % (number, held)
        items = walked(FILE.replace(b"endobj\n", b"endobj\n" + hidden, 1))
        (found,) = (part for where, part in parts(items).items() if "in no use" in where)
        assert "Adebayo\x1f4400123" in found.text
        assert unread(items) == []


def test_a_stream_that_nothing_points_to_is_read() -> None:
    """It is in the table, and draws nothing."""
    items = walked(raw(plain(b"3 0 R", o9=content(LIST))))
    assert "Adebayo" in parts(items)["stream in no use (object 9)"].text


@pytest.mark.parametrize("how", [b"", b"/Filter/DCTDecode"])
def test_what_is_only_said_to_be_a_picture_is_read(how: bytes) -> None:
    """Its bytes are another document's."""
    said = b"/Type/XObject/Subtype/Image/Width 9/Height 9" + how
    items = walked(raw(plain(b"3 0 R", o9=content(LIST, said))))
    assert "Adebayo" in parts(items)["no picture (object 9)"].text


def test_a_whole_file_has_nothing_between() -> None:
    """Tables, trailers and marks are the format's own."""
    for body in (FILE, packed(plain(b"3 0 R")), FILE + b"\0\0\r\n"):
        assert list(stray(body, [place for _, place in objects(body)])) == []


def test_each_object_is_found_with_its_stream() -> None:
    """A stream goes as far as it says, whatever words stand in it."""
    inner = b"1 0 obj endobj endstream 7 0 obj"
    body = raw({1: b"<<>>", 2: content(inner), 3: b"(x)"})
    assert [number for number, _ in objects(body)] == [1, 2, 3]
    found = objects(listed())
    assert len(list(found)) > 5


def test_many_objects_without_an_end_cost_what_their_bytes_do() -> None:
    """Nothing is searched for from each of them to the end of the file."""
    for each in (b"1 0 obj ", b"1 0 obj stream\n", b"1 0 obj<</Length 9>>stream\n"):
        assert len(list(objects(each * 20_000))) == 20_000
