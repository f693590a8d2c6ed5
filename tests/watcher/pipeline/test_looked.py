"""What was read of a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.model import CELL, ROW, Part
from watcher.pipeline.looked import Looked
from watcher.read.text import Windows

LINES = st.lists(st.text(alphabet="ab \n", max_size=40), max_size=30)


@given(LINES, st.integers(1, 50))
def test_windows_of_a_text_add_up(lines: list[str], size: int) -> None:
    """To its own length and its own number of lines, however it was cut."""
    text = "\n".join(lines)
    looked, at, first = Looked(), 0, 1
    while at < len(text):
        end = text.find("\n", at + size) + 1 or len(text)
        looked.note(Part(where="a", text=text[at:end], first=first))
        first += text.count("\n", at, end)
        at = end
    if text:
        (part,) = looked.parts()
        assert (part.size, part.rows) == (len(text), len(text.splitlines()))
    else:
        assert looked.parts() == ()


def test_what_overlaps_counts_once() -> None:
    """A line without end comes in windows that share some of it."""
    text = "word " * 450_000
    cutter, looked = Windows("w"), Looked()
    for part in [*cutter.feed(text), *cutter.finish()]:
        looked.note(part)
    (seen,) = looked.parts()
    assert (seen.size, seen.rows, seen.kind) == (len(text), 1, "text")


def test_pieces_are_told_apart() -> None:
    """A sheet, a hidden one, and the raw text of a page beside the page."""
    table = f"a{CELL}{ROW}b{CELL}{ROW}"
    looked = Looked()
    looked.note(Part(where="one", text=table, table=True, rows=(0, 3), hidden=True))
    looked.note(Part(where="one", text=table, table=True, rows=(0, 3), first=3, hidden=True))
    looked.note(Part(where="", text="page"))
    looked.note(Part(where="", text="<p>page", echo=True))
    sheet, page, raw = looked.parts()
    assert (sheet.kind, sheet.rows, sheet.size, sheet.hidden) == ("table", 4, 12, True)
    assert (page.again, raw.again) == (False, True)
