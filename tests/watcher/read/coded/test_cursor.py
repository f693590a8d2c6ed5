from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.coded.cursor import Cursor


def fed(pieces: list[str]) -> Cursor:
    rest = iter(pieces[1:])
    return Cursor(pieces[0], more=lambda: next(rest, ""))


@given(pieces=st.lists(st.text("ab\n", min_size=1, max_size=9), min_size=1, max_size=9))
def test_lines_are_those_of_the_text(pieces: list[str]) -> None:
    """However it is cut; and the number of the line is known at its end."""
    cursor = fed(pieces)
    text = "".join(pieces)
    assert "".join(cursor.lines(1 << 10)) == text
    assert cursor.line == text.count("\n") + 1
    assert cursor.passed == len(text)


def test_a_fork_moves_nothing() -> None:
    """It ends where it is told to; the line of a place can be asked for in any order."""
    cursor = Cursor("a\nb\nc\n", 2)
    fork = cursor.fork(2)
    assert not fork.ahead(3)
    fork.at = fork.end
    assert cursor.at == 2
    assert (cursor.line_of(4), cursor.line_of(2), cursor.line_of(6)) == (2, 1, 3)


def test_a_line_without_end_ends_them() -> None:
    """No more of it is taken than was asked for."""
    cursor = fed(["ab\n" + "x" * 50, "y" * 50])
    assert list(cursor.lines(40)) == ["ab\n"]
    assert cursor.passed == 3
