"""A window of text."""

from __future__ import annotations

from matchers.people.window import Written
from tests.matchers.people.crowd import engine, people
from watcher.api import Part

ENGINE = engine(people(3))


def written(text: str, first: int = 1) -> Written:
    desk = ENGINE.desk()
    desk.begin()
    cls = desk.lay_out(text)
    pieces, lines = desk.pieces(cls)
    part = Part(where="", text=text, first=first)
    return Written(part, text, cls, pieces.start, lines, pieces.member, desk, ENGINE)


def test_every_place_stands_in_the_line_that_it_stands_in() -> None:
    text = "one\ntwo\n\nSmith, J; Jones, A; Oak, B; Elm, C\nlast"
    seen = written(text, first=10)
    for offset in range(len(text)):
        if text[offset] != "\n":
            assert seen.number(offset) == 10 + text.count("\n", 0, offset), offset


def test_pieces_of_a_line_have_its_number() -> None:
    """Where one line holds many entries."""
    seen = written("one\nSmith, J; Jones, A; Oak, B; Elm, C\nlast")
    assert [seen.line(piece) for piece in range(len(seen.lines))] == [1, 2, 2, 2, 2, 3]
