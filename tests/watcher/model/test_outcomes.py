"""What becomes of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model import (
    Severity,
    one_data_set,
)

refs = st.frozensets(st.sampled_from([f"N-{n}" for n in range(12)]))


def test_severities_are_ordered_and_named() -> None:
    """What is compared is the order, what is written is the word."""
    assert [str(each) for each in sorted(Severity)] == ["info", "low", "medium", "high", "critical"]
    assert Severity.parse("High") is Severity.HIGH
    with pytest.raises(ValueError, match="info, low, medium, high, critical"):
        Severity.parse("urgent")


@given(refs, refs)
def test_one_data_set_is_symmetric_and_needs_common_officers(
    one: frozenset[str], two: frozenset[str]
) -> None:
    """The relation does not depend on who came first, and strangers never join."""
    assert one_data_set(one, two) == one_data_set(two, one)
    assert not one_data_set(one, frozenset())
    assert one_data_set(one, one) == bool(one)


def test_four_fifths_of_five_is_one_data_set() -> None:
    """A thinned copy joins the whole; a short overlap with a long list does not."""
    whole = frozenset(map(str, range(100)))
    assert one_data_set(whole, frozenset(map(str, range(5))))
    assert not one_data_set(whole, frozenset(map(str, range(4))))
    assert not one_data_set(whole, frozenset({"1", "2", "3", "x", "y", "z"}))
