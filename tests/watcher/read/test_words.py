from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.words import EFFORT, TRIES, Words


@pytest.mark.parametrize(
    "text",
    [
        *("password: Sesame1", "The Password is Sesame1.", "pw=Sesame1", "PASS : 'Sesame1'"),
        *("key -> Sesame1", 'pass for x.zip is "Sesame1"', "Passwort: Sesame1", "pwd\tSesame1"),
        *("dump pw-Sesame1", "password\n\nSesame1\n", "**Password:** `Sesame1`"),
    ],
)
def test_what_stands_behind_a_word_for_it_is_heard(text: str) -> None:
    """In the ways in which people write it."""
    words = Words()
    words.hear(text)
    assert "Sesame1" in list(words.tried())


def test_passages_and_keyboards_are_no_passwords() -> None:
    """A word that only contains such a word says nothing."""
    words = Words()
    words.hear("passenger list; monkeys; a bypass road; keyboard layout")
    assert list(words.tried()) == []


def test_tries_are_bounded_and_what_worked_comes_first() -> None:
    """So many for one archive, and so much effort for a document."""
    words = Words()
    words.hear("\n".join(f"password: word{at}" for at in range(500)))
    assert len(list(words.tried())) == TRIES
    words.worked("word7")
    assert next(words.tried()) == "word7"
    assert "word" not in repr(words)
    assert len(list(words.tried(cost=EFFORT // 2))) == 1
    assert list(words.tried(cost=EFFORT)) == []


@given(text=st.text(max_size=300))
def test_any_text_is_heard(text: str) -> None:
    """Words are no longer than 64 characters, and hold no white space."""
    words = Words()
    words.hear("pass: " + text)
    assert all(0 < len(word) <= 64 and len(word.split()) == 1 for word in words.tried())


def test_white_space_without_end_costs_nothing() -> None:
    """A text made to be walked again and again is walked once."""
    words = Words()
    words.hear(("pass" + " " * 1000) * 100 + "pass for " * 5000)
    assert len(list(words.tried())) <= TRIES
