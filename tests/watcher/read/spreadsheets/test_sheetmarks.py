from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import stream
from watcher.read.spreadsheets.numberform import Form
from watcher.read.spreadsheets.sheetmarks import Marks, cut, outside
from watcher.read.spreadsheets.sheetstyle import Styles
from watcher.read.stream import Stream

SHEET = b"""<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:cols><x:col min="5" max="6" hidden="1"/>
<x:col min="8" max="8" width="0.1"/></x:cols><x:sheetData>
<x:row r="1"><x:c r="A1" t="s"><x:v>7</x:v></x:c></x:row>
<x:row r="2" hidden="1"><x:c r="A2" s="2" t="s"><x:v>9</x:v></x:c></x:row>
<x:row r="40" ht="0.5" customHeight="1"><x:c r="B40" s="1"><x:v>44</x:v></x:c></x:row>
<x:row r="41" ht="15"><x:c r="C41"><x:f>IF(A1="Quill &amp; Co",1)</x:f><x:v>1</x:v></x:c></x:row>
</x:sheetData><x:headerFooter><x:oddHeader>Head</x:oddHeader></x:headerFooter></x:worksheet>"""


def marked(pieces: list[bytes]) -> Marks:
    styles = Styles()
    styles.unseen.add(2)
    styles.forms += [Form(), Form(digits=6)]
    styles.digits[1] = 6
    found = Marks(styles)
    for each in pieces:
        found.feed(each)
    found.finish()
    return found


@pytest.mark.parametrize("prefix", [b"x:", b""])
def test_marks_are_found_with_any_prefix(prefix: bytes) -> None:
    """Hidden rows, lines for rows, hidden columns, unseen cells, zeros, strings used and said."""
    found = marked([SHEET.replace(b"x:", prefix)])
    assert found.veil.rows == {2, 40}
    assert found.veil.columns == [(4, 5), (7, 7)]
    assert found.veil.cells == {2: {0}}
    assert found.digits == {40: {1: 6}}
    assert found.used == {7, 9}
    assert list(found.said) == ["Quill & Co"]


@given(st.lists(st.integers(0, len(SHEET)), max_size=8).map(sorted))
def test_where_the_bytes_are_torn_makes_no_difference(at: list[int]) -> None:
    """Pieces of any size give the same marks."""
    ends = [0, *at, len(SHEET)]
    pieces = [SHEET[a:b] for a, b in pairwise(ends)]
    found, whole = marked([each for each in pieces if each]), marked([SHEET])
    assert (found.veil, found.digits, found.used) == (whole.veil, whole.digits, whole.used)


@given(st.lists(st.integers(0, len(SHEET)), max_size=8).map(sorted))
def test_rows_are_cut_out_and_nothing_else(at: list[int]) -> None:
    """What stands before and after the rows is left, wherever the bytes are torn."""
    ends = [0, *at, len(SHEET)]
    pieces = (SHEET[a:b] for a, b in pairwise(ends))
    wanted = re.sub(rb"(<x:sheetData>).*(</x:sheetData>)", rb"\1\2", SHEET, flags=re.DOTALL)
    assert b"".join(outside(pieces)) == wanted


@given(st.binary(max_size=2000))
def test_any_bytes_are_taken(data: bytes) -> None:
    """Bytes that are no worksheet have no marks and make no fault."""
    marked([data])
    assert len(b"".join(outside(iter([data])))) <= len(data)


def test_a_cut_stream_keeps_its_trouble() -> None:
    """A torn member is torn without its rows as well."""
    assert b"".join(cut(stream(b"<a/>")).chunks()) == b"<a/>"
    assert isinstance(cut(stream(b"")), Stream)


def test_hostile_tags_take_no_time() -> None:
    """Tags of a megabyte are passed over; a formula of quotes is looked through once."""
    marked([b"<worksheet><c " + b't="s" s="2" ' * 100_000, b"<row " + b"r" * 1_000_000])
    marked([b"<worksheet>" + b"<f " * 300_000])
    quotes = b"<row><c ><f>" + b'"' * 1_000_000
    assert not marked([b"<worksheet>" + quotes + b"<row>" + quotes + b"</f></c>"]).said
    assert not marked([b"<worksheet>" + (b'<row><c ><f>"' + b"a" * 9000 + b"</f></c>") * 100]).said


def test_strings_of_a_formula_stand_between_its_quotes() -> None:
    """In pairs; what names nobody is not kept."""
    said = b'IF(A1="x","Lloyd",&quot;44123&quot;)&amp;"9"'
    sheet = b'<worksheet><row r="1"><c r="A1"><f>' + said + b"</f></c></row></worksheet>"
    assert [*marked([sheet]).said] == ["Lloyd", "44123"]
