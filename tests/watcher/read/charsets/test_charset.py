from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import rows, walked
from watcher.model import Part
from watcher.read.charsets.charset import Decoder, allowed

TEXT = "Siân Müller, Łukasz\nO’Brien\tñ\r\nэто\n"


def decoded(body: bytes, declared: str = "", step: int = 7) -> str:
    decoder = Decoder(body[:65536], declared)
    pieces = [decoder.feed(body[at : at + step]) for at in range(0, len(body), step)]
    return "".join((*pieces, decoder.finish()))


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_is_told_by_itself(charset: str) -> None:
    """Each encoding of Unicode is known by its mark or its pattern; the mark is not text."""
    text = TEXT * 3 if "-le" in charset or "-be" in charset else TEXT
    assert decoded(text.encode(charset)) == text


@settings(max_examples=40)
@given(
    text=st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.just("\n"), min_size=1
    )
)
def test_utf_8_is_never_taken_for_another(text: str) -> None:
    """Whatever is UTF-8 is read as UTF-8, whichever charset is declared, in whatever pieces."""
    text = text.removeprefix("\ufeff")
    assert decoded(text.encode(), "iso-8859-1", step=3) == text


def test_a_name_in_windows_1252_keeps_its_accent() -> None:
    """No detector guesses: a short Western name is neither Big5 nor cp1250. No byte is refused."""
    assert decoded("PC Siân".encode("cp1252")) == "PC Siân"
    assert decoded("“José”\nRenée – é".encode("cp1252")) == "“José”\nRenée – é"
    assert len(decoded(bytes(range(128, 256)))) == 128


def test_a_declared_charset_counts_where_it_is_allowed() -> None:
    """A usual declared charset is used for what is no UTF-8; others are not believed."""
    body = "Łukasz Żak\n".encode("iso8859-2")
    assert decoded(body, "ISO-8859-2") == "Łukasz Żak\n"
    assert decoded(b'<?xml version="1.0" encoding="iso-8859-2"?>' + body).endswith("Łukasz Żak\n")
    for name in ("utf-7", "idna", "rot13", "unicode_escape", "nonsense", "a\0b", ""):
        assert allowed(name) == ""


def test_each_line_of_a_mixed_dump_climbs_the_ladder_itself() -> None:
    """Lines from different hands, put together, each keep their accents."""
    body = "Siân\n".encode() + "Renée\n".encode("cp1252") + "Zoë\n".encode()
    assert decoded(body, step=len(body)) == "Siân\nRenée\nZoë\n"


def test_a_body_cut_inside_a_character_stays_utf_8() -> None:
    """The last torn character is lost, and nothing else."""
    assert decoded("Siân Siân ".encode() + b"\xc3") == "Siân Siân \ufffd"


def test_a_long_line_is_torn_between_characters() -> None:
    """A line beyond a block is decoded in blocks, without damage to a character."""
    text = "é" * 1_300_000
    assert decoded(text.encode(), step=250_001) == text


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
@pytest.mark.parametrize("number", [1, 9, 30_000])
def test_other_line_ends_are_line_ends(end: str, charset: str, number: int) -> None:
    """Where a text has hardly a line feed its other ends are given as one, each in its place."""
    text = f"surname,forename{end}" + f"Adebayo,Siân{end}" * number
    assert decoded(text.encode(charset), step=4096) == text.replace(end, "\n")
    (part,) = [part for part in walked(text.encode(charset)) if isinstance(part, Part)][:1]
    assert part.table
    assert rows(part)[1] == ["Adebayo", "Siân"]


def test_other_line_ends_inside_lines_stay() -> None:
    """In a text of lines they are what somebody typed into one of them."""
    text = "a,one\u2028two,b\r\n" * 500
    assert decoded(text.encode(), step=4096) == text
    late = "a line\r\n" * 100_000 + "Adebayo,1\u2028" * 20_000
    assert decoded(late.encode(), step=1 << 18).count("Adebayo,1\n") > 19_000
