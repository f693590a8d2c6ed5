"""Signs that stand for letters."""

from __future__ import annotations

import pytest

from tests.matchers.people.kernel.tokenised import words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("$mith", "smith"), ("J@ne", "jane"), ("Sm!th", "smith"), ("SM!TH", "smith"),
        ("Ma++hew", "matthew"), ("Wi|son", "wilson"), ("A||en", "allen"), ("@lice", "alice"),
        ("U$A", "usa"), ("sm!th'$ ", "smith"),
    ],
)  # fmt: skip
def test_a_sign_inside_a_word_is_a_letter(text: str, read: str) -> None:
    assert words(text).split()[0] == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("john|smith", "john smith"), ("John+Smith", "john smith"), ("wait!What", "wait what"),
        ("ab|cd|ef", "ab cd ef"), ("$5", "5"), ("US$500", "us 500"), ("@John", "john"),
        ("a @ b", "a b"), ("hello!", "hello"), ("100+200", "100 200"), ("|ab", "ab"),
    ],
)  # fmt: skip
def test_a_sign_between_words_is_none(text: str, read: str) -> None:
    """Separators of tables and addresses, prices, handles and exclamations stay what they are."""
    assert words(text) == read
