from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.pdf.page import Drawn, same

LEVEL = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


def at(x: float, y: float) -> list[float]:
    return [1.0, 0.0, 0.0, 1.0, x, y]


def test_pieces_on_one_line_are_fields() -> None:
    """In the order of the page, whatever order they were drawn in; a run in two fonts is one word."""
    drawn = Drawn()
    for text, x, y in (
        ("4400123", 200, 700),
        ("Quill", 50, 686),
        ("Ade", 50, 700),
        ("bayo", 68, 700),
    ):
        drawn.text(text, LEVEL, at(x, y), None, 12)
    assert drawn.lines() == "Adebayo\t4400123\nQuill\n"


def test_turned_text_has_lines_of_its_own() -> None:
    """A list on a page that is turned is read along its lines."""
    drawn = Drawn()
    turned = [0.0, 1.0, -1.0, 0.0]
    drawn.text("4400123", LEVEL, [*turned, 100.0, 300.0], None, 12)
    drawn.text("Adebayo", LEVEL, [*turned, 100.0, 50.0], None, 12)
    assert drawn.lines() == "Adebayo\t4400123\n"


def test_a_picture_is_told_from_a_form() -> None:
    """Operators follow inside a form; a picture covers what its matrix says."""
    drawn = Drawn()
    for inside in (False, True):
        drawn.before(b"Do", [], [500.0, 0.0, 0.0, 800.0, 0.0, 0.0], LEVEL)
        if inside:
            drawn.before(b"Tj", [], LEVEL, LEVEL)
        drawn.after(b"Do", [])
    assert (drawn.pictures, drawn.covered) == (1, 400_000)
    assert drawn.is_picture("", 500_000)
    assert drawn.is_picture("stamp", 500_000)
    assert not drawn.is_picture("x" * 300, 500_000)


def test_readings_are_compared_by_their_letters() -> None:
    """White space tells nothing of order."""
    assert same("a b\nc", "a\tb c")
    assert not same("a b", "b a")


@given(st.lists(NUMBERS, min_size=6, max_size=6), NUMBERS, st.text(min_size=1, max_size=5))
def test_any_matrix_is_a_place(matrix: list[float], size: float, text: str) -> None:
    """Files hold numbers that are none."""
    drawn = Drawn()
    drawn.text(text, LEVEL, matrix, None, size)
    drawn.before(b"INLINE IMAGE", [], matrix, LEVEL)
    assert same(drawn.lines(), text)
    assert math.isfinite(drawn.covered)
