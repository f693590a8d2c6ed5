from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.effort import calls
from tests.watcher.read.made import archive, parts, rows, unread, walked
from tests.watcher.read.office.test_oleobject import linked, packager
from watcher.model import Part, Unread
from watcher.read.office.rtf import DEPTH

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial CE;}}"


def document(body: bytes) -> bytes:
    return HEAD + body + b"}"


def test_text_is_read_in_its_order_whatever_its_letters() -> None:
    """Code pages of the document and of fonts, Unicode with its substitute, runs joined."""
    body = document(
        rb"PC Si\'e2n {\b Ade}{\i bayo}\par \f1\'a3\f0 ukasz \u321?\u-10179?\u-8704?\par"
    )
    found = parts(walked(archive([("foi/reply.rtf", body)])))
    assert found["foi/reply.rtf"].text == "PC Siân Adebayo\nŁukasz Ł😀\n"


def test_a_table_is_a_table() -> None:
    """Rows of cells, with what is hidden in them on a line beside."""
    body = document(
        rb"\trowd\intbl Surname\cell Pay no\cell\row\trowd\intbl Ade\par bayo\cell "
        rb"4400123{\v Quill}\cell\row\pard after\par"
    )
    found = parts(walked(body))
    assert rows(found["table 1"]) == [["Surname", "Pay no"], ["Ade bayo", "4400123"]]
    assert found[""].text == "after\n"
    assert found["hidden text"].text == "Quill\n"


def test_what_is_hidden_stands_apart() -> None:
    """Hidden and deleted text, comments, field codes, what only some programs know."""
    body = document(
        rb"{\info{\author Ffion}}{\header Griffiths\par}seen{\v Bevan}{\deleted Carew}"
        rb"{\*\annotation Davies}{\field{\*\fldinst MAILTO Evans}{\fldrslt link}}"
        rb"{\*\unheard Floyd}{\footnote Howell}{\shp{\*\shpinst{\shptxt Irwin\par}}}\par"
    )
    found = parts(walked(body))
    for where, said in (
        ("hidden text", "Bevan"),
        ("deleted text", "Carew"),
        ("comments", "Davies"),
        ("field codes", "MAILTO Evans"),
        ("other destinations", "Floyd"),
        ("properties", "Ffion"),
    ):
        assert found[where].text == f"{said}\n"
        assert found[where].hidden
    assert found["headers"].text == "Griffiths\n"
    assert found["footnotes"].text == "Howell\n"
    assert "Irwin" in found[""].text
    assert "Bevan" not in found[""].text


def test_embedded_files_are_opened() -> None:
    """An object by its name, cut into lines anywhere; bytes of a picture as they are."""
    digits = linked(b"Package", packager("Bevan.csv", b"a,b\n1,2\n")).hex().encode()
    lines = b"\n".join(digits[at : at + 63] for at in range(0, len(digits), 63))
    body = document(rb"{\object{\*\objdata " + lines + rb"}}{\pict\bin5 Quill}after\par")
    found = parts(walked(body))
    assert found["Bevan.csv"].table
    assert found["picture 2"].text == "Quill"
    assert found[""].text == "after\n"


def test_bombs_end_and_the_next_member_is_read() -> None:
    """Groups without end, a paragraph without end, escapes without end: each ends, and is told."""
    for bomb, told in (
        (HEAD + b"Adebayo{" * (DEPTH + 9), [("bomb.rtf", "limit")]),
        (document(rb"Adebayo " + rb"\'e9" * 100_000), []),
        (document(rb"Adebayo\cell " * 20_000), []),
        (document(rb"Adebayo {\object{\*\objdata " + b"0" * 1_000_001 + b"}}"), None),
    ):
        items = walked(archive([("bomb.rtf", bomb), ("next.txt", b"after")]))
        found = parts(items)
        assert any("Adebayo" in part.text for part in found.values())
        assert found["next.txt"].text == "after"
        assert told is None or unread(items) == told


UNITS = {
    "paragraphs": rb"PC Adebayo Quill 4400123\par ",
    "rows": rb"\trowd\intbl Adebayo\cell 4400123\cell\row ",
    "cells": rb"\intbl x\cell ",
    "groups": rb"{\v Quill}",
    "letters": rb"\u-3?",
}


@pytest.mark.parametrize("name", UNITS)
def test_the_work_grows_with_the_document(name: str) -> None:
    """Twice as many of anything are at most twice the work."""
    once, twice = (calls(partial(walked, document(UNITS[name] * n))) for n in (3000, 6000))
    assert twice < 2.1 * once


WORDS = st.sampled_from(
    [b"{", b"}", rb"\par ", rb"\cell ", rb"\row ", rb"\intbl ", rb"\v ", rb"\u-3 ", rb"\'e9",
     rb"{\*\x ", rb"{\pict ", rb"{\footnote ", rb"\bin3 ", b"Quill", b"\xff", rb"\uc0 ", b"\\"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_whatever_is_written_nothing_is_raised(words: list[bytes]) -> None:
    """Parts or unread parts."""
    assert all(isinstance(each, Part | Unread) for each in walked(HEAD + b"".join(words)))


def test_bytes_that_no_destination_takes_are_opened() -> None:
    r"""What stands behind `\bin`, and an archive behind the text."""
    listed = b"surname,pay_no\nAdebayo,4400123\n"
    body = rb"{\rtf1 hi{\*\made\bin%d %b}}" % (len(listed), listed)
    assert "Adebayo" in parts(walked(body))["binary data 1"].text
    found = parts(walked(rb"{\rtf1 hi}" + archive([("list.csv", listed)])))
    assert "Adebayo" in found["archive inside!/list.csv"].text
