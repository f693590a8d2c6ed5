"""Where entries may begin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.folding import fold
from matchers.people.kernel.pieces import cut
from tests.matchers.people.kernel.desks import i4

_texts = st.lists(
    st.sampled_from(["Ann Lee", "lee", "4321", "; ", ";", " | ", ", ", ",", "\n", "\n\n", " "]),
    max_size=24,
).map("".join)


def pieces(text: str, room: int = 64) -> list[tuple[str, int]]:
    """Each piece and the line it stands in."""
    cls = fold(text)
    starts, lines = i4(*[0] * (room + 1)), i4(*[0] * room)
    count = cut(cls, cls.size, starts, lines)
    assert count <= room
    assert starts[count] == len(text)
    return [(text[starts[i] : starts[i + 1]], int(lines[i])) for i in range(count)]


@settings(deadline=None)  # the first call may compile
@given(_texts)
def test_nothing_is_lost(text: str) -> None:
    """The pieces are all of the text in order, and each lies in its line."""
    found = pieces(text)
    assert "".join(piece for piece, _ in found) == text
    by_line = [""] * (text.count("\n") + 1)
    for piece, line in found:
        by_line[line] += piece
    assert "".join(by_line) == text
    assert [line.rstrip("\n") for line in by_line] == text.split("\n")


@settings(deadline=None)
@given(_texts, st.integers(0, 40))
def test_a_line_is_cut_alike_wherever_it_stands(text: str, before: int) -> None:
    """After how many characters, and before how many."""
    line = text.replace("\n", " ")
    plain = [piece for piece, _ in pieces(line)]
    for behind in ("", "\n" + "x" * 40):
        found = pieces("x" * before + "\n" + line + behind)
        assert [piece.rstrip("\n") for piece, at in found if at == 1] == plain


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SMITH, J; JONES, P; LEE, A", 3),
        ("SMITH, J; JONES, P", 1),
        ("Ann Lee | Bob Roe | Cy Day", 3),
        ("Ann Lee, Bob Roe, Cy Day, Di Fox, Ed Hay", 5),
        ("59915480, 59915481, 59915482, 59915483, 59915484", 5),
        ("Ann Lee, Bob Roe, Cy Day", 1),
        ("he came, he saw, he went, he left, he wrote it all down", 1),
        ("INSERT INTO a, b, c, d, e", 1),
        ("", 1),
    ],
)
def test_a_line_of_many_entries_is_cut_between_them(text: str, count: int) -> None:
    """Two semicolons or bars; four commas between names or numbers. A sentence is one piece."""
    assert [line for _, line in pieces(f"{text}\nnext")] == [0] * count + [1]


def test_more_than_there_is_room_for_is_told() -> None:
    cls = fold("a\n" * 9)
    starts, lines = i4(*[7] * 5), i4(*[7] * 4)
    assert cut(cls, cls.size, starts, lines) == 10
    assert starts.tolist() == [0, 2, 4, 6, 7]
    assert lines.tolist() == [0, 1, 2, 3]
