from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.notify.plain import defanged, escaped, plain


@settings(deadline=None, max_examples=50)
@given(st.text(), st.integers(1, 60))
def test_nothing_but_text_is_left(text: str, limit: int) -> None:
    """One line, no longer than allowed, nothing that mentions, links, hides or turns text round."""
    for made in (plain(text, limit), escaped(text, limit)):
        assert len(made) <= limit
        assert not {"@", "\n", "\r", "\u202e", "\u200b", "\ufeff"} & set(made)
        assert not any(unicodedata.category(each).startswith("C") for each in made)
        assert "://" not in made
        assert "](" not in made


@settings(deadline=None, max_examples=50)
@given(st.text(), st.integers(1, 60))
def test_no_markup_survives_and_no_entity_is_cut(text: str, limit: int) -> None:
    """& stands only before the three entities, whole."""
    made = escaped(text, limit)
    rest = made.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set("&<>") & set(rest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!channel> & @here", "&lt;!channel&gt; &amp; here"),
        ("\uff20everyone\ufe6bhere", "everyonehere"),
        ("abc\u202edef\u2066\u200b", "abcdef"),
        ("[click](https://evil.example)", "[click] (https[:]//evil.example)"),
        ("a\nb\tc\x00d", "a b cd"),
        ("staff list", "staff list"),
    ],
)
def test_what_an_enemy_writes_becomes_text(text: str, expected: str) -> None:
    """Mentions, links, line breaks and bidi overrides in a title."""
    assert escaped(text, 100) == expected


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:pass@foi.example:8443/x?y#z", "foi[.]example"),
        ("http://127.0.0.1/", "127[.]0[.]0[.]1"),
        ("http://[::1]:80/", "[:][:]1"),
        ("file:///home/x/list.xlsx", ""),
        ("http://[broken/", ""),
        ("stdin:", ""),
    ],
)
def test_only_the_host_is_told_and_nobody_can_click_it(url: str, host: str) -> None:
    """No user, port, path or query."""
    assert defanged(url) == host
