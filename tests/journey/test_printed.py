"""A staff list that was printed: the people are found in their rows, in whatever order it was drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from tests.journey.people import MET, Row, private, table
from tests.world import found

pytestmark = pytest.mark.journey

ROWS = 50  # on a page


def printed(lines: Sequence[Sequence[str]], *, columns: bool) -> bytes:
    """A list as a table, whose cells are drawn row by row or column by column."""
    held = io.BytesIO()
    made = canvas.Canvas(held)
    for start in range(0, len(lines), ROWS):
        page = lines[start : start + ROWS]
        cells = [(line, at) for line in range(len(page)) for at in range(len(page[line]))]
        for line, at in sorted(cells, key=lambda each: each[::-1]) if columns else cells:
            made.drawString(40 + 105 * at, 800 - 14 * line, page[line][at])
        made.showPage()
    made.save()
    return held.getvalue()


def test_a_printed_list_is_found_row_by_row(tmp_path: Path) -> None:
    """Each number beside its name, as much in a list that was drawn column by column."""
    world = found(tmp_path / "w")
    people: list[Row] = private(world.rows, 100, 90)
    told: list[dict[str, Any]] = []
    for columns in (False, True):
        document = tmp_path / f"{columns}.pdf"
        document.write_bytes(printed(table(people, MET), columns=columns))
        (alert,) = world.run("scan", "--json", "--no-store", str(document)).of("alert")
        told.append({key: alert[key] for key in ("severity", "title", "where", "rows", "reasons")})
        assert set(alert["officers"]) == {row["ref"] for row in people}
    assert told[0]["severity"] == "critical"
    assert "90 of 90 pay numbers belong to the person named beside them" in told[0]["reasons"]
    assert told[0] == told[1]
