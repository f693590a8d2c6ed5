from __future__ import annotations

from watcher.read.ocr.sight import Sight


def test_what_was_read_is_not_shown() -> None:
    """It is held for as long as the document is, and is in no representation."""
    made = Sight(engine=None, pixels=1, pictures=1, seconds=1)
    made.read[b"d"] = "Adebayo"
    assert "Adebayo" not in repr(made)
