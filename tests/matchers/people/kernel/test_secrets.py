"""Secrets beside addresses."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.folding import fold
from matchers.people.kernel.secrets import secret_end
from tests.matchers.people.kernel.windows import cleaned

_SECRET = re.compile(
    rb"[>\"]?(?:[:;|\t\x1f]{1,2}|: (?=[^\s\x1e\x1f]+[ \r]*(?:[\n\x1e\x1f]|$))| ?\| ?)"
    rb"(?!//)(?![^\s@]{1,64}@[a-z0-9\-]+\.)[^\s\x1e\x1f]{4,}"
)


@settings(deadline=None, max_examples=400)  # the first call compiles
@given(st.text(":;|\t\x1f\x1e >\"/@a.b-\n'\u00ad", max_size=16))
def test_as_the_pattern_ends_it(text: str) -> None:
    """Whatever separates it, whatever follows, with marks or without."""
    cls = fold(text)
    folded, places = cleaned(cls)
    match = _SECRET.match(folded)
    end = places[match.end() - 1] + 1 if match else 0
    assert secret_end(cls, 0, cls.size) == end


def test_not_beyond_the_text() -> None:
    cls = fold("x:secret")
    assert secret_end(cls, 1, cls.size) == 8
    assert secret_end(cls, 1, 5) == 1
    assert secret_end(cls, 8, 8) == 8
