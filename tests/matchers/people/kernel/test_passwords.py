"""Secrets that say what they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.folding import fold
from matchers.people.kernel.passwords import HASHES, password_end
from tests.matchers.people.kernel.windows import otherwise


def read(text: str) -> str:
    """What is skipped after an address."""
    cls = fold(text)
    return text[: password_end(cls, 0, cls.size)]


def agree(count: int, dice: object) -> None:
    """Nothing is read outside the text, wherever it is cut off."""
    text = '", "password": "hunter22" ,$2b$12$' + "a" * 53
    for end in range(min(count, len(text))):
        assert text[:end].startswith(read(text[:end])), dice


@pytest.mark.parametrize(
    ("text", "skipped"),
    [(" pass: hunter2 and", " pass: hunter2"), ('", "password": "hunter2"}', '", "password": "hunter2'),
     ("\nPassword: y1z\nUser: b", "\nPassword: y1z"), ("\r\nPwd=hunter2;", "\r\nPwd=hunter2"),
     (",passphrase=correct,x", ",passphrase=correct"), ("</user><pass>hunter2</pass>", ""),
     ("\x1fpass\x1fhunter2\x1f", "\x1fpass\x1fhunter2")],
)  # fmt: skip
def test_by_a_label(text: str, skipped: str) -> None:
    """Up to what ends it: a quote, a comma, the line."""
    assert read(text) == skipped


@pytest.mark.parametrize("size", HASHES)
def test_a_hash(size: int) -> None:
    """All of it, and of no other length."""
    digits = ("5f4DCC3b5aa765d6" * 8)[:size]
    for before in (",", ":", " | ", "\t", " "):
        assert read(f"{before}{digits}\n") == before + digits
        assert read(f"{before}{digits}0") == ""
        assert read(f"{before}{digits[1:]} ") == ""
    assert read(",$2b$12$" + "a" * 53 + ",x") == ",$2b$12$" + "a" * 53


@pytest.mark.parametrize(
    "text",
    ["", ".", " password reset", ". Password: see below", " passenger: Smith", ", John Smith, pass: hunter2",
     " pass: no", ",$2", " and abcdef", " pass: c@d.example", "," + "f" * 32, " passed: all", "\n\n\n\n\n\n\n\n\npass: hunter2"],
)  # fmt: skip
def test_neither(text: str) -> None:
    """Sentences; a name between; too short, too far; a word of the letters a to f."""
    assert read(text) == ""


@settings(deadline=None)  # the first call compiles
@given(st.text("pasword:='\", \n12af$\u00ad", max_size=24))
def test_it_ends_inside_the_text(text: str) -> None:
    assert 0 <= len(read(text)) <= len(text)


def test_nothing_is_read_outside_the_arrays() -> None:
    otherwise(__name__, 90, NUMBA_BOUNDSCHECK="1")


def test_interpreted_it_is_the_same() -> None:
    otherwise(__name__, 90, NUMBA_DISABLE_JIT="1")
