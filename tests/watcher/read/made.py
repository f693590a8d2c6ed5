"""Captures, workbooks and archives that the tests of the reading room share."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from watcher.model import Body, Capture, Part, Ref, Unread
from watcher.read.budget import Bounds, Budget
from watcher.read.dispatch import document
from watcher.read.stream import Stream

MIB = 1 << 20
CORPUS = "WATCHER_CORPUS"
EXAMPLE = 1 << 16  # bytes at most
BOUNDS = Bounds(memory=1024 * MIB, depth=8, members=10_000, ratio=200, max_bytes=2048 * MIB)


def bounds(**changes: int) -> Bounds:
    names = Bounds.__slots__
    return Bounds(**({name: getattr(BOUNDS, name) for name in names} | changes))


def capture(
    body: bytes | Path,
    *,
    url: str = "https://site.example/page",
    kind: str = "",
    encoding: str = "",
    cut: bool = False,
) -> Capture:
    return Capture(
        ref=Ref(source="pastes", key="k", url=url),
        taken_at=datetime(2026, 1, 2, tzinfo=UTC),
        url=url,
        body=Body(body),
        headers=(("Content-Type", kind),) if kind else (),
        encoding=encoding,
        cut=cut,
    )


def stream(body: bytes, declared: str = "") -> Stream:
    """A stream of these bytes, which are left in the folder WATCHER_CORPUS for whoever wants examples."""
    if (folder := os.environ.get(CORPUS)) and len(body) <= EXAMPLE:
        (Path(folder) / hashlib.sha256(body).hexdigest()[:16]).write_bytes(body)
    return Stream(io.BytesIO(body).read, declared=declared)


def walked(
    body: bytes, *, encoding: str = "", limits: Bounds = BOUNDS, careful: int | None = None
) -> list[Part | Unread]:
    """What the dispatcher makes of a body, in this process."""
    return list(document(stream(body), encoding, Budget(limits, careful=careful)))


def parts(items: Iterable[Part | Unread]) -> dict[str, Part]:
    """The first window of each piece, by its address."""
    found: dict[str, Part] = {}
    for item in items:
        if isinstance(item, Part):
            found.setdefault(item.where, item)
    return found


def unread(items: Iterable[Part | Unread]) -> list[tuple[str, str]]:
    return [(item.where, item.why.value) for item in items if isinstance(item, Unread)]


async def gathered(items: AsyncIterator[Part | Unread]) -> list[Part | Unread]:
    return [item async for item in items]


def rows(part: Part) -> list[list[str]]:
    """The cells of a table part, cut where its offsets and marks say."""
    ends = (*part.rows[1:], len(part.text))
    return [
        part.text[start:end].removesuffix("\x1e").split("\x1f")[:-1]
        for start, end in zip(part.rows, ends, strict=True)
    ]


def archive(members: Sequence[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in members:
            made.writestr(name, body)
    return held.getvalue()


def workbook(*, sparse: bool = False) -> bytes:
    """Sheets: Staff, List (hidden), Old (very hidden), and Corner where `sparse`, After."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Staff"
    sheet.append(["Surname", "Pay no"])
    sheet.append(["Adebayo", 4400123])
    hidden = book.create_sheet("List")
    hidden.sheet_state = "hidden"
    hidden.append(["Quill", "Siân"])
    older = book.create_sheet("Old")
    older.sheet_state = "veryHidden"
    older["C4"] = "Ffion"
    if sparse:
        corner = book.create_sheet("Corner")
        corner["A1"] = "first"
        corner["XFD1048576"] = "last"
    book.create_sheet("After")["A1"] = "after"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repacked(package: bytes, extra: Sequence[tuple[str, bytes]]) -> bytes:
    """A package with these members added, or put in place of those with their names."""
    with zipfile.ZipFile(io.BytesIO(package)) as made:
        held = {info.filename: made.read(info) for info in made.infolist()}
    return archive([*(held | dict(extra)).items()])


def sample(name: str) -> bytes:
    """A recorded response; the test is skipped where the recordings are not at hand."""
    folder = os.environ.get("WATCHER_SAMPLES", "")
    path = Path(folder) / name
    if not folder or not path.is_file():
        pytest.skip("no recordings: set WATCHER_SAMPLES")
    return path.read_bytes()
