from __future__ import annotations

from tests.watcher.read.made import parts
from tests.watcher.read.ocr.scanned import needed, seen
from watcher.read.ocr.picture import WHERE
from watcher.read.ocr.sample import line


@needed
def test_the_sample_is_read() -> None:
    """Digits, whatever the language."""
    assert parts(seen(line("4400123")))[WHERE].text.split() == ["4400123"]
