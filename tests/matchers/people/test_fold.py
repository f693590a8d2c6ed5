"""The laws of folding."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.fold import fold
from matchers.people.words import words
from tests.matchers.people.oracles import fold_with_case


@given(st.text())
def test_as_long_as_the_text(text: str) -> None:
    """One character in, one byte out, whatever the character; all of them below 0x80."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(byte < 0x80 for byte in folded)
    again, capitals = fold_with_case(text)
    assert again == folded
    assert capitals.size == len(text)


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_composed_and_decomposed_are_the_same_words(text: str) -> None:
    """NFC and NFD of a text hold the same words."""
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


def test_lone_surrogates_and_astral_letters_have_their_place() -> None:
    assert fold("\ud800𝐉x") == b" jx"


def test_look_alikes_are_the_letters_they_look_like() -> None:
    """Cyrillic, Greek, full-width and mathematical letters; capitals that look otherwise than the small."""
    assert fold("Ѕміth") == b"smith"
    assert fold("ＪＯＨＮ 𝐉𝐨𝐡𝐧 Νοrа Łódź Ørsted") == b"john john nora lodz orsted"


def test_what_one_may_type_or_not_is_skipped() -> None:
    """Apostrophes of all kinds, soft hyphens, zero-width characters, bidirectional controls."""
    for mark in "'’‘ʼ`´\u00ad\u200b\u200d\u202e\u2066\u0301":
        assert words(f"O{mark}Neill") == [b"oneill"]


def test_cells_and_rows_stay() -> None:
    assert fold("a\x1fb\x1e\n\t") == b"a\x1fb\x1e\n\t"


def test_a_capital_is_known_whatever_its_script() -> None:
    assert fold_with_case("aÁСc𝐀")[1].tolist() == [False, True, True, False, True]
