from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.read.label import LONGEST, joined, label


@settings(max_examples=50)
@given(name=st.text())
def test_a_label_is_one_short_line(name: str) -> None:
    """Whatever a member is called, its label has no control, no step mark, and an end."""
    made = label(name)
    assert 0 < len(made) <= LONGEST
    assert "!" not in made
    assert not any(unicodedata.category(each).startswith(("Cc", "Zl", "Zp")) for each in made)


def test_addresses_are_joined_by_steps() -> None:
    """A piece of a member is below it; the document itself has no address."""
    assert joined("a.zip", "b.txt") == "a.zip!/b.txt"
    assert joined("", "b.txt") == "b.txt"
    assert joined("a.zip", "") == "a.zip"
