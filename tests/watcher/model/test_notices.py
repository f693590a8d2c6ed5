"""Notices: about the watcher, and about nothing that a document holds."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from watcher.model import OK, Notice, Severity


def test_a_notice_does_not_change() -> None:
    """What was stored is what is told."""
    notice = Notice(
        kind="source", state=OK, severity=Severity.INFO, title="x", at=datetime.now(UTC)
    )
    with pytest.raises(FrozenInstanceError):
        notice.state = "blind"  # type: ignore[misc]  # what must not work
    assert notice.subject == ""
