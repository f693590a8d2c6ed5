from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.coded.cursor import Cursor
from watcher.read.coded.wrapped import BASE32, BASE64, HEX, Alphabet, pieces

DATA = bytes(range(256)) * 40


def told(cursor: Cursor, alphabet: Alphabet = BASE64) -> str:
    return "".join(pieces(cursor, alphabet, lambda _: True))


@given(
    width=st.integers(8, 200),
    joint=st.sampled_from(["\n", "\r\n", "\n    ", "\n> ", '" +\n  "', "\\n", "\\r\\n", "\n\t"]),
    cuts=st.lists(st.integers(1, 3000), max_size=20),
)
def test_a_run_is_whole(width: int, joint: str, cuts: list[int]) -> None:
    """Wrapped at any width, joined by anything usual, in whatever pieces; the cursor is behind it."""
    letters = base64.b64encode(DATA).decode().rstrip("=")
    rows = [letters[at : at + width] for at in range(0, len(letters), width)]
    text = joint.join(rows) + "==\nthe end, it is"
    held, at = [], 0
    for cut in cuts:
        held.append(text[at : at + cut])
        at += cut
    rest = iter([each for each in (*held, text[at:]) if each])
    cursor = Cursor(next(rest), more=lambda: next(rest, ""))
    assert told(cursor) == letters
    while cursor.pull():
        pass
    assert cursor.text[cursor.at :] == "\nthe end, it is"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("QUJD\nhello there", "QUJD"),
        ("41424344\n4142\n", "414243444142"),
        ("QUJDREVGR0hJ\nQUJD", "QUJDREVGR0hJQUJD"),
        ("QUJD..", "QUJD"),
    ],
)
def test_where_it_ends(text: str, letters: str) -> None:
    """A sentence below it is none of it; a shorter last line is."""
    assert told(Cursor(text), HEX if text[0] == "4" else BASE64) == letters


def test_a_word_below_is_asked_about() -> None:
    """Whoever reads knows whether a text goes on with it."""
    text = "A" * 40 + "\n" + "A" * 40 + "\nword\n"
    assert "".join(pieces(Cursor(text), BASE32, lambda last: last != "word")) == "A" * 80
