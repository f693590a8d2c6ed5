"""
A workbook → the rows of its sheets, through a reading worker.

The worker opens it with the limits that any document gets: a roster comes by
mail too. Visible sheets come first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from watcher.config.settings import Ocr, Read
from watcher.enrol.tabular import Row
from watcher.errors import ConfigError, ReadError
from watcher.model import CELL, ROW, Body, Capture, Part, Ref, Unread, Why
from watcher.read import Readers

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old workbook, or an encrypted one
_WITHIN = re.compile(
    r" \(hidden (?:rows|columns|cells)\)\Z"
)  # of a sheet that is not hidden itself
_BESIDE = (Why.IMAGE_ONLY, Why.UNSUPPORTED)  # a crest or a chart beside the sheets


def looks_like(data: bytes) -> bool:
    """Whether these bytes begin like a workbook."""
    return data.startswith((_ZIP, _OLE))


async def sheets(data: bytes, name: str, limits: Read) -> list[list[Row]]:
    """The rows of each sheet. Raises ConfigError if a part of the workbook cannot be read."""
    url = f"file:///{'roster.xlsx' if data.startswith(_ZIP) else 'roster.xls'}"
    capture = Capture(
        ref=Ref(source="enrol", key="roster", url=url),
        taken_at=datetime.now(UTC),
        url=url,
        body=Body(data),
    )
    shown: dict[str, list[Row]] = {}
    hidden: dict[str, list[Row]] = {}
    whole: dict[str, dict[int, Row]] = {}  # rows of which something is hidden, as the file has them
    try:
        # A roster is in cells: nobody is enrolled out of a picture.
        async with Readers(replace(limits, ocr=Ocr())) as readers:
            async for part in readers.read(capture):
                if isinstance(part, Unread):
                    if part.why in _BESIDE:
                        continue
                    raise ConfigError(
                        f"{name}: the workbook cannot be read ({part.why}); "
                        "save it without a password, or save the sheet as CSV (UTF-8)"
                    )
                if part.table and (within := _WITHIN.search(part.where)) and part.cells:
                    sheet = whole.setdefault(part.where[: within.start()], {})
                    sheet.update((row.line, row) for row in _rows(part))
                elif part.table and not part.echo:
                    place = hidden if part.hidden else shown
                    place.setdefault(part.where, []).extend(_rows(part))
    except ReadError as problem:
        raise ConfigError(
            f"{name}: the workbook cannot be read; save the sheet as CSV (UTF-8)"
        ) from problem
    for where, lines in whole.items():
        seen = {row.line: row for row in shown.get(where, ())}
        shown[where] = [row for _, row in sorted((seen | lines).items())]
    return [_squared(rows) for rows in (*shown.values(), *hidden.values())]


def _squared(rows: list[Row]) -> list[Row]:
    """A sheet has no broken rows: cells that nobody filled are empty."""
    width = max((len(row.cells) for row in rows), default=0)
    return [Row(line=row.line, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]


def _rows(part: Part) -> list[Row]:
    found = []
    for number, start in enumerate(part.rows):
        if start < part.overlap:
            continue  # told by the window before
        text = part.text[start : part.text.find(ROW, start)]
        line = part.numbers[number] if part.numbers else part.first + number
        found.append(Row(line=line, cells=tuple(text.split(CELL)[:-1])))
    return found
