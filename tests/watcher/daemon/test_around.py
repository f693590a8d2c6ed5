"""What the watcher needs around it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from watcher.daemon import around
from watcher.model import OK, Severity
from watcher.store import TargetState

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_evidence_is_tried_and_leaves_nothing(tmp_path: Path) -> None:
    """A directory that is not there yet is made; a file in its place is a trouble."""
    folder = tmp_path / "evidence"
    assert around.evidence(folder, NOW).state == OK
    assert list(folder.iterdir()) == []
    blocked = tmp_path / "file"
    blocked.touch()
    notice = around.evidence(blocked, NOW)
    assert (notice.state, notice.severity) == ("failing", Severity.HIGH)
    assert str(tmp_path) not in str(notice)


def test_room_is_what_the_disk_says(tmp_path: Path) -> None:
    """Well or low, never an error, on any disk that this runs on."""
    assert around.room(tmp_path, NOW).state in (OK, "low")


def test_an_index_that_is_refused_says_why() -> None:
    """And one that is not is well."""
    assert around.index("", NOW).state == OK
    assert around.index("sealed under another key", NOW).reasons == ("sealed under another key",)


def test_targets_fail_or_do_not() -> None:
    """One notice each, with what is owed and given up."""
    well, failing = around.targets(
        [
            TargetState(name="a"),
            TargetState(name="b", owed=3, dead=2, failing_since=NOW, reason="answered 500"),
        ],
        NOW,
    )
    assert (well.subject, well.state) == ("a", OK)
    assert (failing.subject, failing.state, failing.reasons) == ("b", "failing", ("answered 500",))
    assert "2 given up, 3 owed" in failing.title
