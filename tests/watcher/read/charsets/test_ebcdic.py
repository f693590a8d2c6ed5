from __future__ import annotations

import random

import pytest

from tests.watcher.read.made import parts, unread, walked
from watcher.read.charsets import ebcdic
from watcher.read.charsets.turns import EBCDIC

TEXT = "".join(f"PC {at} Adebayo O'Neill; Force HQ; [{at}]\n" for at in range(100))


@pytest.mark.parametrize("end", ["\n", "\x85", "\r\n", ""])
@pytest.mark.parametrize("page", ["cp037", "cp500", "cp1140"])
def test_a_text_from_a_mainframe_is_read(page: str, end: str) -> None:
    """Whatever ends its lines, brackets too."""
    items = walked(TEXT.replace("\n", end).encode(page))
    assert unread(items) == []
    said = parts(items)[""].text
    assert "O'Neill" in said
    assert "[7]" in said


@pytest.mark.parametrize("page", ["cp1251", "koi8-r", "shift_jis", "gbk", "utf-8", "latin-1"])
def test_no_other_text_is_taken_for_it(page: str) -> None:
    """Words in other code pages stand between other spaces."""
    texts = {"latin-1": "é à ü ñ " * 30, "shift_jis": "警察官 名簿 " * 30, "gbk": "警察 名单 " * 30}
    text = texts.get(page, "Привет мир как дела " * 30)
    assert not ebcdic.codec(text.encode(page))
    assert not ebcdic.codec(random.Random(1).randbytes(4096))


def test_the_codecs_are_known_to_the_turns() -> None:
    """Each that is told is decoded."""
    assert {ebcdic.codec(TEXT.encode(page)) for page in ("cp037", "cp500")} == set(EBCDIC)
    assert ebcdic.goes_on(b"\x40" * 200)


def test_records_of_fixed_width_are_text() -> None:
    """Most of them is blank: fields are as wide as the longest name."""
    rows = (("4400123", "Adebayo", "Sgt"), ("4400124", "Quill", "PC"), ("4400125", "Carew", "PC"))
    for width in (12, 20, 30):
        body = "".join(each.ljust(width) for row in rows for each in row).encode("cp037")
        assert ebcdic.is_text(body)
        assert not ebcdic.is_text(body.decode("cp037").encode())
    assert not ebcdic.is_text(b"@" * 400)
