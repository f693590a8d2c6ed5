"""Cutting words out of folded text."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import words as plain
from matchers.people.fold import fold
from matchers.people.kernel import arrays, folding
from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    CELL,
    COMMA,
    DIGITS,
    DOT,
    HYPHEN,
    LETTERS,
    LINE,
    LONG,
    OTHER,
    SPACE,
)
from matchers.people.kernel.publics import public
from matchers.people.kernel.tokens import cut
from tests.matchers.people.kernel import oracle_tokens
from tests.matchers.people.kernel.tokenised import tokens, words
from tests.matchers.people.kernel.windows import otherwise

# Nothing that would be read as a disguise: see `leet`, `spacing` and `together`.
PIECES = [
    "Smith", "O’Neill", "smith's", "SMITH", "de", "1234", "PC", "C51", "Zoë", "ﬁne", "Ж", "rock'n'roll",
    "Łukasz", "a\u00adb\u200bc", "e\u0301ve", "'quoted'", "officers'", "x" * 300, "Ｓｍｉｔｈ", "𝐒mith",
]  # fmt: skip
BETWEEN = [
    " ",
    "  ",
    ", ",
    "; ",
    ". ",
    "\n",
    "\r\n",
    "\t",
    "\x1f",
    "\x1e",
    "(",
    ") ",
    "/",
    "\u00a0",
    " — ",
]


def written(dice: random.Random) -> str:
    """A random text of these pieces."""
    return "".join(dice.choice(PIECES) + dice.choice(BETWEEN) for _ in range(dice.randrange(1, 12)))


def agree(count: int, dice: random.Random) -> None:
    """The words are those that `words.cut` finds, letter by letter."""
    for _ in range(count):
        text = written(dice)
        found = [each.word or text[each.start : each.end] for each in tokens(text)]
        assert found == [word.decode()[:256] for word in plain.words(text)], text


def test_words_are_those_of_the_enrolling_side() -> None:
    """What is filed and what is read are cut in the same way."""
    agree(2000, random.Random(1))


ODD = [
    "a", "Z", "smith", "Jones", "SMITH", "de", "Mc", "Mac", "Donald", "Van", "O", "42", "1234", "PC", "$", "@",
    "!", "|", "+", "'", "’s", "\u00ad", "-", "-\n", "-\r\n ", " ", "  ", ".", ", ", "\n", "\t", "Ж", "é", "x" * 15,
    "x" * 16, "Xy" * 9, " " * 40,
]  # fmt: skip


def equal(text: str, *left_out: tuple[int, int]) -> None:
    """The words are those that are found character by character."""
    assert tokens(text, *left_out) == tokens(text, *left_out, how=oracle_tokens.cut)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ODD), max_size=24), st.integers(0, 60), st.integers(0, 20))
def test_many_characters_at_once_are_read_as_one_by_one(
    pieces: list[str], start: int, size: int
) -> None:
    """Also beside what is left out, and at the end of a text."""
    text = "".join(pieces)
    for each in (text, text + " " * 40):
        equal(each)
        if start + size <= len(each):
            equal(each, (start, start + size))


@pytest.mark.parametrize(
    "text",
    ["JohnSmith", "JohnMcDonald", "McDonald", "JohnVanSmith", "JohnSmithJones", "AnnBoCyDiEd", "SmItH", "aBc",
     "JohnSmith4321", "PC4321", "pc43", "abcde4321", "PC 4a321b", "deLaCruzSmith", "MacDonaldSmithy"],
)  # fmt: skip
def test_names_written_together_are_cut_as_one_by_one(text: str) -> None:
    for room in range(0, 40, 3):
        equal(f"Ann {text}{' ' * room}")
        equal(f"{text}, Bo {text}'s {'.' * room}")


def test_the_same_interpreted() -> None:
    otherwise(__name__, 30, NUMBA_DISABLE_JIT="1")


def test_the_same_with_bounds_checks() -> None:
    otherwise(__name__, 500, NUMBA_BOUNDSCHECK="1")


@settings(max_examples=200, deadline=None)  # the first one compiles
@given(st.text(max_size=60))
def test_any_text_can_be_cut(text: str) -> None:
    """Tokens stand in order, do not overlap, and begin and end with what they are made of."""
    end = 0
    for each in tokens(text):
        assert end <= each.start < each.end <= len(text)
        assert each.shape & (LETTERS | DIGITS)
        assert bool(each.word) == bool(each.shape & LETTERS)
        end = each.end


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("smith", LETTERS), ("Smith", LETTERS | CAPITAL), ("SMITH", LETTERS | CAPITAL | CAPITALS),
        ("McDonald", LETTERS | CAPITAL | CAMEL), ("1234", DIGITS), ("c51", LETTERS | DIGITS),
        ("C51", LETTERS | DIGITS | CAPITAL | CAPITALS), ("Éva", LETTERS | CAPITAL),
    ],
)  # fmt: skip
def test_shapes(text: str, shape: int) -> None:
    assert [each.shape for each in tokens(text)] == [shape]


@pytest.mark.parametrize(
    ("between", "gap"),
    [
        (" ", SPACE), ("-", HYPHEN), ("–", HYPHEN), (",", COMMA), (", ", COMMA | SPACE | LONG), (";", COMMA | OTHER),
        (". ", DOT | SPACE | LONG), ("\n", LINE), ("\r\n", LINE), ("\x1e", LINE), ("\t", CELL),
        ("\x1f", CELL), ("/", OTHER), ("  ", SPACE | LONG), (" \u200b", SPACE), (" '", SPACE),
    ],
)  # fmt: skip
def test_gaps(between: str, gap: int) -> None:
    """What is skipped is not counted, nor are apostrophes; a line ends once."""
    assert [each.gap for each in tokens(f"john{between}smith")] == [0, gap]


def test_what_is_left_out_is_a_gap() -> None:
    """An address and its secret are no words, whatever they look like."""
    text = "John j.smith@x.example:secret1 Smith"
    assert words(text, (5, 30)) == "john smith"
    assert tokens(text, (5, 30))[1].gap & (OTHER | LONG) == OTHER | LONG
    assert words(text, (0, 30)) == "smith"
    assert words(text, (5, len(text))) == "john"
    assert words(text, (0, 4), (5, 30)) == "smith"


def test_a_word_broken_at_the_end_of_a_line_is_one() -> None:
    """A hyphen, a new line, a small letter; a double name stays two."""
    assert words("Ann Thomp-\nson, Bo Wil-\r\n   liams") == "ann thompson bo williams"
    assert words("Smith-\nJones a-\nb well -\nknown") == "smith jones a b well known"


def test_words_are_remembered() -> None:
    """The same word has the same number wherever it stands; a repeat needs no room."""
    found = arrays.tokens(64)
    held = arrays.words(64, 4096, 8)
    cls = folding.fold("Smith smith SMITH " + "x" * 40 + " smith " + "X" * 40)
    none = np.zeros((0, 2), dtype=np.int32)
    for _ in range(3):
        cut(cls, cls.size, none, public(), held, found)
        ids = found.word[: found.count[0]].tolist()
        assert ids[0] == ids[1] == ids[2] == ids[4]
        assert ids[3] == ids[5] != ids[0]
        assert held.count[0] == 3


@pytest.mark.parametrize(
    ("held", "letters", "room"), [(4, 1 << 16, 64), (64, 1300, 64), (64, 1 << 16, 8)]
)
def test_out_of_room_is_said(held: int, letters: int, room: int) -> None:
    """Nothing is dropped in silence: the window is to be read again with more."""
    words_of, found = arrays.words(held, letters, 8), arrays.tokens(room)
    cls = folding.fold(" ".join(f"word{chr(97 + i)}" for i in range(20)))
    cut(cls, cls.size, np.zeros((0, 2), dtype=np.int32), public(), words_of, found)
    assert words_of.full[0] or found.full[0]


def test_folded_text_is_what_is_cut() -> None:
    """A token covers its own letters in the text, whatever was skipped inside."""
    text = "Ein Sm\u200bith’s O’Ne\u00adill"
    for each in tokens(text):
        letters = re.sub(rb"[^a-z]", b"", fold(text[each.start : each.end]))
        assert letters.decode() == each.word
