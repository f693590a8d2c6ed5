from __future__ import annotations

import pytest

from watcher.read.refusal import REASONS, Refused


def test_reasons_are_a_closed_list() -> None:
    """No refusal can carry words of a document."""
    assert Refused("json").reason == "json"
    with pytest.raises(AssertionError):
        Refused("PC Adebayo")
    assert all(text and not text.endswith(".") for text in REASONS.values())
