"""Cutting words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.fold import fold
from matchers.people.words import bare, clean, phrase, words


@given(st.text())
def test_clean_text_and_its_fold_stay_side_by_side(text: str) -> None:
    """What is skipped is gone from both, so that one offset serves both."""
    plain, folded = clean(text)
    assert len(plain) == len(folded) <= len(text)
    assert not {1, 3} & set(folded)
    assert folded == bare(fold(text))


def test_possession_is_not_part_of_a_name() -> None:
    assert words("Smith's dog, O'Neill’s cat") == [b"smith", b"dog", b"oneill", b"cat"]
    assert clean("Smith's dog")[0] == "Smith dog"


def test_a_phrase_has_single_spaces() -> None:
    assert phrase("  Roads   Policing – (North)") == b"roads policing north"
