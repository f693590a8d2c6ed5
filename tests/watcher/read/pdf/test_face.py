from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.watcher.read.made import unread, walked
from tests.watcher.read.pdf.files import FONT, content, plain, raw
from watcher.read.pdf.face import UNKNOWN, Fonts, face
from watcher.read.pdf.face import plain as latin

TOLD = (
    b"begincodespacerange <0000> <ffff> endcodespacerange "
    b"1 beginbfrange <0001> <0003> <0041> endbfrange 1 beginbfchar <0005> <00660066> endbfchar"
)
TYPE0 = (
    b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H%b/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/W[1[500 250]]>>]>>"
)


def font(body: bytes, **more: bytes) -> Any:
    return PdfReader(io.BytesIO(raw(plain(b"3 0 R", o9=body, **more)))).get_object(9)


def test_codes_are_letters_of_their_widths() -> None:
    """By the encoding, with ligatures of its differences; widths in heights of the font."""
    made = face(
        font(
            b"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 65/Widths[500 1000]"
            b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[66/fi/eacute]>>>>"
        )
    )
    assert made.letters(b"ABC") == ("A\ufb01\u00e9", pytest.approx(1.5 + made.letters(b"C")[1]), ())


def test_core_fonts_are_known() -> None:
    """Where no width is told: Helvetica's, as its makers give them."""
    text, wide, missed = latin().letters(b"AI")
    assert (text, wide, missed) == ("AI", pytest.approx(0.945), ())
    assert latin().one_byte


def test_two_bytes_are_one_code_and_what_the_map_lacks_is_none() -> None:
    """Letters of ToUnicode, one code of several letters among them; the rest is unknown."""
    made = face(font(TYPE0 % b"/ToUnicode 8 0 R", o8=content(TOLD)))
    text, wide, missed = made.letters(b"\0\1\0\2\0\5\0\x09")
    assert (text, wide, list(missed)) == (f"ABff{UNKNOWN}", pytest.approx(2.75), [9])
    assert not made.one_byte


def test_glyph_numbers_are_guessed_and_count_as_unknown() -> None:
    """Where nothing is told: in the order in which TrueType fonts have them."""
    made = face(font(TYPE0 % b""))
    text, _, missed = made.letters(b"\0\x24\0\x47\0\x48\x0f\xff")
    assert (text, len(missed)) == (f"Ade{UNKNOWN}", 4)


@pytest.mark.parametrize("names", [b"/g1/g2", b"/a7/cid_7"])
def test_names_of_glyphs_that_are_no_letters_are_unknown(names: bytes) -> None:
    """A subset whose names its maker gave."""
    made = face(
        font(b"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[65%b]>>>>" % names)
    )
    text, _, missed = made.letters(b"ABC")
    assert (text, list(missed)) == (f"{UNKNOWN * 2}C", [65, 66])


def test_a_drawn_font_has_widths_in_units_of_its_own() -> None:
    """Type 3, whose names are letters."""
    made = face(
        font(
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65"
            b"/LastChar 65/Widths[5]/CharProcs<</A 4 0 R>>/Encoding<</Differences[65/A]>>>>"
        )
    )
    assert made.letters(b"A") == ("A", pytest.approx(0.5), ())


def test_a_font_is_looked_at_once() -> None:
    """And what is no font is none."""
    fonts = Fonts()
    found = PdfReader(io.BytesIO(raw(plain(b"3 0 R")))).pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # the library's objects
    assert fonts.face(found, "/F1") is fonts.face(found, "/F1")
    assert fonts.face(found, "/F2") is None
    assert fonts.face([7, 12], 0) is None


@pytest.mark.parametrize("embedded", [False, True])
def test_a_map_that_says_other_letters_than_are_drawn_is_no_reading(*, embedded: bool) -> None:
    """A font without a program is drawn by its encoding; of one with its own nobody can tell."""
    cmap = (
        b"1 begincodespacerange <00><ff> endcodespacerange"
        b" 2 beginbfrange <41><5a><0061> <61><7a><0041> endbfrange"
    )
    font = FONT[:-2] + b"/ToUnicode 6 0 R"
    if embedded:
        font += b"/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 6 0 R>>"
    made = plain(b"3 0 R", o6=content(cmap))
    made[5] = font + b">>"
    assert unread(walked(raw(made))) == ([] if embedded else [("page 1", "unsupported")])
