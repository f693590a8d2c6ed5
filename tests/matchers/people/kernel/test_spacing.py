"""Letters spaced out."""

from __future__ import annotations

import pytest

from matchers.people.kernel.arrays import CAPITAL, CAPITALS, LETTERS
from tests.matchers.people.kernel.tokenised import tokens, words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("S m i t h", "smith"), ("S.m.i.t.h", "smith"), ("S-m-i-t-h", "smith"), ("S_m_i_t_h", "smith"),
        ("by J o h n   S m i t h is", "by john smith is"), ("J o h n S m i t h", "john smith"),
        ("J.o.h.n. S.m.i.t.h", "john smith"), ("J O H N   S M I T H", "john smith"),
        ("S M I T H", "smith"), ("K a u r i Owen", "kauri owen"), ("s m i t h\nj o n e s", "smith jones"),
    ],
)  # fmt: skip
def test_letters_spaced_out_are_words(text: str, read: str) -> None:
    """A wider gap, and a capital after a small letter, begin the next word."""
    assert words(text) == read


@pytest.mark.parametrize(
    "text", ["J. R. R. Smith", "A B C D", "J.R.R.T. Smith", "a, b, c, d", "i\tj\tk\tl", "U.S.S.R."]
)
def test_initials_and_cells_stay(text: str) -> None:
    assert all(len(word) == 1 or word == "smith" for word in words(text).split())


def test_a_joined_word_stands_where_its_letters_did() -> None:
    text = "x S m i t h y"
    _, joined, _ = tokens("xx S m i t h yy")
    assert (joined.start, joined.end, joined.shape) == (3, 12, LETTERS | CAPITAL)
    assert tokens("S M I T H")[0].shape == LETTERS | CAPITAL | CAPITALS
    assert words(text) == "x smithy"  # one letter more or less: what is near is asked for
