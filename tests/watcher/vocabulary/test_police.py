"""Vetting levels and police words."""

from __future__ import annotations

import pytest

from watcher.vocabulary.police import ambiguous, is_vetting, police_words
from watcher.vocabulary.ranks import rank


@pytest.mark.parametrize(
    "text",
    [
        *(
            "MV",
            "RV",
            "mv",
            "CTC",
            "SC",
            "eSC",
            "SC(E)",
            "SC (E)",
            "DV",
            "BPSS",
            "MV / SC",
            "MV, DV",
        ),
        *("NPPV1", "NPPV 3", "NPPV L2", "NPPV Level 2", "NPPV2 (Full)", "NPPV2 abbreviated"),
        *("Developed Vetting", "Security Check", "Management Vetting", "DV (expired)"),
    ],
)
def test_a_whole_cell_that_is_a_level(text: str) -> None:
    """One level or several, in full or abbreviated."""
    assert is_vetting(text)


@pytest.mark.parametrize(
    "text",
    ["", "NPPV", "NPPV4", "SC 1234", "DVD", "MVP", "SCE", "must hold NPPV3", "AC", "RV park"],
)
def test_a_cell_that_holds_more_or_less(text: str) -> None:
    """A level inside a sentence, or a word that begins like one, is not a vetting cell."""
    assert not is_vetting(text)


def test_a_police_word_is_never_ambiguous() -> None:
    """What means other things too cannot make a police context; all words are folded."""
    assert not police_words & ambiguous
    assert {"police", "constable", "pc", "sergeant"} <= police_words
    assert {"sc", "dc", "dv", "so", "cs", "ps", "pi", "ac", "ci", "mv"} <= ambiguous
    assert all(word.isascii() and word == word.casefold() for word in police_words | ambiguous)


def test_two_letter_ranks_are_ambiguous() -> None:
    """Every rank of two letters but `PC` needs company before it counts."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    pairs = {one + two for one in letters for two in letters}
    assert {pair for pair in pairs if rank(pair)} - {"pc"} <= ambiguous
