from __future__ import annotations

from tests.watcher.read.made import BOUNDS, parts, rows
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.office.rtftext import Text
from watcher.read.table import COLUMNS


def finished(text: Text) -> dict[str, Part]:
    return parts(item for item in text.finish() if isinstance(item, Part))


def test_a_note_amid_a_paragraph_leaves_it_open() -> None:
    """Each channel has paragraphs of its own."""
    text = Text(Budget(BOUNDS))
    text.say("", "Ade")
    text.say("footnotes", "Bevan")
    text.ended("footnotes")
    text.say("", "bayo")
    text.ended("")
    found = finished(text)
    assert (found[""].text, found["footnotes"].text) == ("Adebayo\n", "Bevan\n")


def test_rows_of_cells_are_a_table_and_rows_in_a_cell_are_lines() -> None:
    """Paragraphs in a cell are one cell."""
    text = Text(Budget(BOUNDS))
    text.inside = True
    for cells in (("a", "b"), ("c", "d")):
        for cell in cells:
            text.say("", cell)
            text.ended("")
            text.say("", "x")
            text.tabled("cell")
        text.tabled("row")
    for cell in ("e", "f"):
        text.say("", cell)
        text.tabled("nestcell")
    text.tabled("nestrow")
    found = finished(text)
    assert rows(found["table 1"]) == [["a x", "b x"], ["c x", "d x"]]
    assert found[""].text == "e\tf\n"


def test_halves_of_a_letter_are_joined() -> None:
    """As the numbers of a letter beyond the first plane come."""
    text = Text(Budget(BOUNDS))
    for half in ("\ud83d", "\ude00", "\ud83d"):
        text.say("", half)
    assert finished(text)[""].text == "\U0001f600\ufffd\n"


def test_rows_without_end_are_lines() -> None:
    """Nothing of them is lost, and no more is held than a row may have."""
    text = Text(Budget(BOUNDS))
    text.inside = True
    for _ in range(2 * COLUMNS + 5):
        text.say("", "Quill")
        text.tabled("cell")
    assert sum(each.text[each.overlap :].count("Quill") for each in text.out if isinstance(each, Part)) + sum(
        each.text.count("Quill") for each in finished(text).values()
    ) >= 2 * COLUMNS + 5  # fmt: skip
