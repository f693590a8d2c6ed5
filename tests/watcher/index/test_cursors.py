"""Sealed cursors: nothing of them is in clear, and none stands in for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.index import cursor_key, open_cursor, seal_cursor

KEY = cursor_key(bytes(range(32)))


@given(st.text())
def test_what_is_sealed_is_opened(text: str) -> None:
    """Any text comes back, and no two seals of it are alike."""
    sealed = seal_cursor(text, KEY, about="hibp")
    assert open_cursor(sealed, KEY, about="hibp") == text
    assert seal_cursor(text, KEY, about="hibp") != sealed


def test_nothing_is_in_clear() -> None:
    """The text is not in the seal."""
    assert "567159" not in seal_cursor("567159" * 100, KEY, about="hibp")


def test_what_was_never_sealed_is_nothing() -> None:
    """A source that reached nothing yet has no cursor."""
    assert open_cursor("", KEY, about="hibp") == ""


def test_another_is_refused() -> None:
    """Another source's, another key's, a shortened one and one in clear do not open."""
    sealed = seal_cursor("1", KEY, about="hibp")
    for text, key, about in (
        (sealed, KEY, "other"),
        (sealed, cursor_key(bytes(32)), "hibp"),
        (sealed[:-4], KEY, "hibp"),
        ("1712345", KEY, "hibp"),
        ("AAAA", KEY, "hibp"),
    ):
        with pytest.raises(ValueError, match="altered") as problem:
            open_cursor(text, key, about=about)
        assert problem.value.__cause__ is None
