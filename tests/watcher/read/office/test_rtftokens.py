from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.charsets.codepage import page
from watcher.read.office.rtftokens import Mark, charset, tokens


def test_tokens_are_cut_as_the_specification_says() -> None:
    r"""A space ends a word and is part of it; `\bin` takes the bytes that follow."""
    found = list(tokens(rb"{\b1 a\'e9\{\~\bin3 }}}x}"))
    assert [each.mark for each in found] == [
        Mark.OPEN, Mark.WORD, Mark.TEXT, Mark.BYTE, Mark.BYTE, Mark.WORD, Mark.BINARY, Mark.TEXT, Mark.CLOSE,
    ]  # fmt: skip
    assert (found[1].word, found[1].number, found[3].data) == ("b", 1, b"\xe9")
    assert found[6].data == b"}}}"


def test_charsets_have_codecs() -> None:
    """What is not known is Windows-1252, or what the document says."""
    assert (charset(204), charset(0), page(1250), page(99999)) == ("cp1251", "", "cp1250", "cp1252")


@given(st.binary(max_size=200))
def test_all_bytes_are_gone_through(body: bytes) -> None:
    """Whatever they are, tokens end."""
    assert len(list(tokens(body))) <= len(body)
