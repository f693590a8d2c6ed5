from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.plain import clean


@given(st.text(), st.sampled_from([" ", "\N{REPLACEMENT CHARACTER}"]))
def test_what_steers_is_replaced_and_all_else_stays(text: str, instead: str) -> None:
    """Character for character; the result is one line that can be written anywhere."""
    shown = clean(text, instead)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        steers = unicodedata.category(before) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert after == (instead if steers else before)
    assert len(shown.splitlines()) <= 1
    shown.encode()


@pytest.mark.parametrize("mark", ["\n", "\r", "\x1b", "\x85", "\x9b", "\u200b", "\u202e", "\u2066",
                                  "\u2028", "\u2029", "\ufeff", "\ud800", "\0"])  # fmt: skip
def test_breaks_escapes_and_turns_are_taken_out(mark: str) -> None:
    """Each of those that forge a record, steer a terminal or turn a line around."""
    assert clean(f"a{mark}b") == "a\N{REPLACEMENT CHARACTER}b"
