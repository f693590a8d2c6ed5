"""A check."""

from __future__ import annotations

import dataclasses

import pytest

from watcher.doctor.check import Check


def test_a_check_does_not_change() -> None:
    """What was said stays said; an error without a code of its own is one of configuration."""
    check = Check(level="error", what="x")
    assert (check.mend, check.code) == ("", 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        check.level = "ok"  # type: ignore[misc]  # that is the point
