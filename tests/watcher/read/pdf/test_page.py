from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.pdf.page import Drawn, is_table, same, times

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
WIDE = 6.0  # of each letter, at a height of 12


def at(x: float, y: float) -> list[float]:
    return [1.0, 0.0, 0.0, 1.0, x, y]


def put(drawn: Drawn, text: str, matrix: list[float], *, off: bool = False) -> None:
    drawn.text(text, matrix, WIDE * len(text), 12, 0.14, off=off)


def test_pieces_on_one_line_are_fields() -> None:
    """In the order of the page, whatever order they were drawn in; a run in two fonts is one word."""
    drawn = Drawn()
    for text, x, y in (
        ("4400123", 200, 700),
        ("Quill", 50, 686),
        ("Ade", 50, 700),
        ("bayo", 68, 700),
        ("Sgt", 95, 703),
    ):
        put(drawn, text, at(x, y))
    assert drawn.lines() == "Adebayo Sgt\t4400123\nQuill\n"
    assert drawn.reading() == "4400123\nQuill\nAdebayo Sgt\n"


def test_columns_that_are_set_with_blanks_are_fields() -> None:
    """As a printer of lines sets them; blanks between words are none."""
    drawn = Drawn()
    put(drawn, "Adebayo     Sgt Ade  4400123   ", at(50, 700))
    assert drawn.lines() == "Adebayo\tSgt Ade  4400123\n"


def test_ligatures_are_letters() -> None:
    """A name is found by the letters that it is written with."""
    drawn = Drawn()
    put(drawn, "Gri\ufb03ths, Sta\ufb00", at(50, 700))
    assert drawn.lines() == "Griffiths, Staff\n"


def test_turned_text_has_lines_of_its_own() -> None:
    """A list on a page that is turned is read along its lines."""
    drawn = Drawn()
    turned = [0.0, 1.0, -1.0, 0.0]
    put(drawn, "4400123", [*turned, 100.0, 300.0])
    put(drawn, "Adebayo", [*turned, 100.0, 50.0])
    assert drawn.lines() == "Adebayo\t4400123\n"


def test_text_turned_twice_is_level() -> None:
    """A height below zero under a matrix that turns all round."""
    drawn = Drawn()
    for text, x in (("Ade", 50.0), ("bayo", 68.0)):
        drawn.text(text, [-1.0, 0.0, 0.0, -1.0, x, 700.0], -WIDE * len(text), -12, 0.14)
    assert drawn.lines() == "Adebayo\n"


def test_text_drawn_twice_to_look_bold_is_said_once() -> None:
    """A hair beside itself; elsewhere it is another."""
    drawn = Drawn()
    for x in (50, 50.4, 200):
        put(drawn, "Adebayo", at(x, 700))
    assert drawn.lines() == "Adebayo\tAdebayo\n"


def test_letters_that_are_written_leftwards_are_read_so() -> None:
    """A page holds them in the order in which they stand; what stands beside keeps its place."""
    drawn = Drawn()
    put(drawn, "PC \u05dc\u05d0\u05d9\u05e0\u05d3 \u05dc\u05d0\u05d9\u05e0\u05d3 12", at(50, 700))
    assert drawn.lines() == "PC \u05d3\u05e0\u05d9\u05d0\u05dc \u05d3\u05e0\u05d9\u05d0\u05dc 12\n"


def test_what_is_off_is_kept_apart() -> None:
    """Its readings are its own."""
    drawn = Drawn()
    put(drawn, "Adebayo", at(50, 700))
    put(drawn, "Bevan", at(92, 700), off=True)
    assert (drawn.reading(), drawn.lines(off=True)) == ("Adebayo\n", "Bevan\n")


def test_a_picture_covers_what_its_matrix_says() -> None:
    """A scan with a stamp on it is a picture; a page of words with a crest is none."""
    drawn = Drawn()
    drawn.picture([500.0, 0.0, 0.0, 800.0, 0.0, 0.0])
    assert (drawn.pictures, drawn.covered) == (1, 400_000)
    assert drawn.is_picture("", 500_000)
    assert drawn.is_picture("stamp", 500_000)
    assert not drawn.is_picture("x" * 300, 500_000)


def test_glyphs_that_are_no_letters_are_counted() -> None:
    """Bullets are few and one another's like; words are not."""
    drawn = Drawn()
    drawn.miss([(1, 7)] * 5)
    assert not drawn.is_garbled("x" * 40)
    assert drawn.is_garbled("Ab cd")
    drawn.miss((1, code) for code in range(8))
    assert drawn.is_garbled("x" * 400)


def test_a_table_is_told_from_prose_in_columns() -> None:
    """By the words in half of its cells; a heading over it and a line under it are part of it."""
    rows = "Surname\tRank\nAdebayo\tSgt\nQuill\tPC\n"
    assert is_table(f"Officers of the force\n{rows}")
    assert not is_table("".join(f"it rained in the town {n}\tand the sea was up\n" for n in "abc"))
    assert not is_table("Surname\tRank\na\nb\nc\n")
    assert not is_table("")


def test_readings_are_compared_by_their_letters() -> None:
    """White space tells nothing of order."""
    assert same("a b\nc", "a\tb c")
    assert not same("a b", "b a")


def test_transformations_follow_one_another() -> None:
    """The first one first."""
    assert times([2.0, 0.0, 0.0, 2.0, 1.0, 0.0], at(10, 5)) == [2.0, 0.0, 0.0, 2.0, 11.0, 5.0]


@given(st.lists(NUMBERS, min_size=6, max_size=6), NUMBERS, NUMBERS, st.text("ab cd", min_size=1))
def test_any_matrix_is_a_place(matrix: list[float], run: float, size: float, text: str) -> None:
    """Files hold numbers that are none."""
    drawn = Drawn()
    drawn.text(text, matrix, run, size, 0.1)
    drawn.picture(matrix)
    assert same(drawn.lines(), text)
    assert same(drawn.reading(), text)
    assert math.isfinite(drawn.covered)
