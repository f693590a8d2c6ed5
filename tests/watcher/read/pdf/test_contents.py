from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader

from tests.watcher.read.made import BOUNDS
from tests.watcher.read.pdf.files import NAMED, content, inflated, plain, raw
from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf.contents import DRAWING, DRAWINGS, Contents


def contents(**more: bytes) -> tuple[PdfReader, Contents]:
    reader = PdfReader(io.BytesIO(raw(plain(b"3 0 R", **more))))
    return reader, Contents(reader, Budget(BOUNDS))


def test_streams_of_one_page_are_one() -> None:
    """A cut may stand between any two tokens; a missing one is none."""
    cut = b"[6 0 R null 7 0 R]"
    reader, found = contents(o6=content(NAMED[:15]), o7=content(NAMED[15:]), o8=cut)
    operators = [operator for _, operator in found.operations(reader.get_object(8))]
    assert operators == [b"BT", b"Tf", b"Td", b"Tj", b"ET"]
    assert found.torn is None
    assert list(found.operations(None)) == []


def test_what_stands_before_a_break_is_given() -> None:
    """And the break is told, until the next page begins."""
    reader, found = contents(o6=content(NAMED + b" <</A" + b"[" * 50_000))
    assert [each for _, each in found.operations(reader.get_object(6))][-1] == b"ET"
    assert found.torn is not None
    found.begin()
    assert found.torn is None


def test_strings_are_bytes() -> None:
    """Whatever they may look like: their font says which letters they are."""
    reader, found = contents(o6=content(b"(\xfe\xff\0A) Tj"))
    [(operands, _)] = found.operations(reader.get_object(6))
    assert operands == [b"\xfe\xff\0A"]


def test_pages_are_counted_before_they_are_parsed() -> None:
    """One beyond the limit of a page, and all beyond that of a document."""
    reader, found = contents(
        o6=inflated(DRAWING + 1),
        o7=content(zlib.compress(b" " * (DRAWING - 9)), b"/Filter/FlateDecode"),
    )
    with pytest.raises(Trouble, match=Why.LIMIT.value):
        list(found.operations(reader.get_object(6)))
    for _ in range(DRAWINGS // DRAWING - 1):
        found.begin()
        assert list(found.operations(reader.get_object(7))) == []
    with pytest.raises(Trouble, match=Why.LIMIT.value):
        list(found.operations(reader.get_object(7)))
