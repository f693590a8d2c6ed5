"""Which marks a text holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.forms.marks import SIGNS, SMALL, WORDS, present


@given(
    st.lists(st.sampled_from((*WORDS, *SIGNS, b"nam", b"x", b"<")), max_size=8).map(b"".join),
    st.integers(0, 9),
    st.booleans(),
)
def test_it_is_what_a_search_would_find(text: bytes, shift: int, long: bool) -> None:
    """Wherever in eight bytes a mark begins, at the end of the text as well."""
    if long:
        text = b"-" * (SMALL + shift) + text
    found = {mark for mark in (*WORDS, *SIGNS) if mark in text}
    assert present(text) == found
    assert present(text, frozenset(SIGNS)) == found.intersection(SIGNS)
