"""Code pages by number."""

from __future__ import annotations

import codecs

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.charsets.codepage import page


def test_known_pages() -> None:
    """Those that Python calls otherwise, and those that it does not know."""
    assert [page(each) for each in (1250, 65001, 10000, 1200, 99999)] == [
        *("cp1250", "utf-8", "mac-roman", "utf-16-le", "cp1252")
    ]


@given(st.integers(-(1 << 31), 1 << 31))
def test_any_number_is_a_codec(number: int) -> None:
    assert codecs.lookup(page(number))
