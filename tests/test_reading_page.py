"""docs/formats.md tells the measured figures of reading as they were recorded."""

from __future__ import annotations

import json
from pathlib import Path

from bench.reading import page


def test_the_measured_figures_are_the_recorded_ones() -> None:
    """`make bench` writes both; whoever edits one by hand is told."""
    text = page.PAGE.read_text()
    assert page.written(text) == text


def test_a_recorded_run_is_told(tmp_path: Path) -> None:
    """Each family beside its library; each figure with what was asked of it."""
    results = tmp_path / "reading.json"
    turn = {"rate": 8.0, "text": 4.0, "peak": 60.0, "seconds": 0.5}
    row = {"what": "XLSX", "size": 4.0, "reach": 1.5, "ours": turn}
    row["beside"] = {"openpyxl": {**turn, "rate": 2.0}}
    figure = {"what": "pastes", "value": 512.0, "unit": "/s", "more": True, "reach": 400.0}
    whole = {"machine": {"cpu": "a CPU", "python": "3.11"}, "figures": [figure], "families": [row]}
    results.write_text(json.dumps(whole))
    told = page.table(results)
    assert (
        "| XLSX | 4.0 MB | 8 MB/s, 0.50 s (≤ 1.5) | 8 MB/s | 60 MB | 4 × openpyxl (60 MB) |" in told
    )
    assert "| pastes | 512 /s | ≥ 400 /s |" in told
    assert page.table(tmp_path / "none.json") == page.NONE
