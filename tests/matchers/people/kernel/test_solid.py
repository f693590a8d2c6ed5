"""Folded text without what is skipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.kernel.folding import fold
from matchers.people.kernel.solid import origins, solid

TEXTS = st.text(st.sampled_from("aBc '’\u200b\u0301éÉ-\n&%41"), max_size=80)


@given(TEXTS)
def test_what_is_skipped_is_left_out(text: str) -> None:
    """And the rest stands in its order, in small letters, each character where it was."""
    classes = fold(text)
    kept = [at for at, char in enumerate((classes & 0x7F).tolist()) if char not in (1, 3)]
    found = solid(classes)
    assert found.tobytes() == bytes(int(classes[at]) & 0x7F for at in kept)
    assert origins(classes, list(range(len(kept)))).tolist() == kept
