"""Words written together."""

from __future__ import annotations

import pytest

from matchers.people.kernel.arrays import CAPITAL, DIGITS, LETTERS, SPACE
from tests.matchers.people.kernel.tokenised import tokens, words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("JohnSmith", "john smith"), ("JohnPaulSmith", "john paul smith"), ("JohnSMITH", "john smith"),
        ("JoSmith", "jo smith"), ("JohnMcDonald", "john mcdonald"), ("AnnDeLaCruz", "ann delacruz"),
        ("JohnSmith4321", "john smith 4321"), ("PC57460", "pc 57460"), ("Sgt1234", "sgt 1234"),
        ("Jo\u200bhnSm\u00adith", "john smith"),
    ],
)  # fmt: skip
def test_words_written_together_are_told_apart(text: str, read: str) -> None:
    assert words(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "McDonald",
        "MacKay",
        "O’Neill",
        "FitzGerald",
        "SmItH",
        "jOHN",
        "C5146607",
        "AB123",
        "DeSouza",
    ],
)
def test_one_word_stays_one(text: str) -> None:
    """Particles, letters in mixed case, and numbers with letters of their own."""
    assert len(tokens(text)) == 1


def test_pieces_stand_where_they_did() -> None:
    john, smith, number = tokens("by JohnSmith4321")[1:]
    assert (john.start, john.end, smith.start, smith.end) == (3, 7, 7, 12)
    assert (number.start, number.end) == (12, 16)
    assert john.shape == smith.shape == LETTERS | CAPITAL
    assert number.shape == DIGITS
    assert smith.gap == number.gap == SPACE
