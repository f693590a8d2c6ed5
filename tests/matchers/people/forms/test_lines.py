"""Lines by their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.forms.lines import LEAP, MOST, Walk, after

TEXT = st.text("ab\n", max_size=40)


@given(TEXT)
def test_every_line_that_holds_a_mark(text: str) -> None:
    """Once, with its first mark."""
    lines = text.split("\n")
    found = list(Walk(text.encode(), b"b"))
    assert [text[start:end] for start, _, end in found] == [line for line in lines if "b" in line]
    assert all(text.index("b", start) == at < end for start, at, end in found)


def test_what_a_table_has_used_up_is_passed_over() -> None:
    """It was looked at with the table."""
    walk = Walk(b"b\nb\nb\nb\n", b"b")
    found = []
    for start, _, _ in walk:
        found.append(start)
        walk.on(4 if start == 0 else 0)
    assert found == [0, 4, 6]


def test_a_text_full_of_misses_is_looked_at_here_and_there() -> None:
    """The effort is bounded; a list longer than the leaps is still met."""
    text = b"b\n" * 100_000
    walk = Walk(text, b"b")
    count = 0
    for _ in walk:
        count += 1
        walk.miss()
    assert MOST < count < MOST + len(text) / LEAP + 2


@given(TEXT)
def test_lines_are_those_of_the_text(text: str) -> None:
    """All of them, but for an empty one at the end."""
    lines = text.split("\n")
    assert [text[start:end] for start, end in after(text, 0, 100)] == (
        lines if lines[-1] else lines[:-1]
    )
