from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, MIB, stream
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.text import OVERLAP, WINDOW, pieces, read, windows

LINES = st.lists(
    st.tuples(
        st.sampled_from(["name ", "x", "é,", "\t"]),
        st.sampled_from([0, 1, 3, 1000, 200_000, 600_000]),
        st.sampled_from(["\n", "\r\n", ""]),
    ),
    max_size=12,
)


def lawful(text: str, found: list[Part]) -> None:
    assert "".join(part.text[part.overlap :] for part in found) == text
    at = 0
    for part in found:
        start = at - part.overlap
        assert text.startswith(part.text, start)
        assert part.first == text.count("\n", 0, start) + 1
        assert part.begun == start - (text.rfind("\n", 0, start) + 1)
        assert len(part.text) <= WINDOW
        at += len(part.text) - part.overlap
    for part, following in pairwise(found):
        assert part.repeated == following.overlap < len(following.text)
    assert not found or not found[-1].repeated


@settings(max_examples=25, deadline=None)
@given(lines=LINES, step=st.sampled_from([1000, 300_000, 5_000_000]))
def test_windows_without_their_overlaps_are_the_text(
    lines: list[tuple[str, int, str]], step: int
) -> None:
    """However a text is fed, its windows are all of it once, and know their lines."""
    text = "".join(word * number + end for word, number, end in lines)
    step = max(step, len(text) // 50)
    found = list(windows(text[at : at + step] for at in range(0, len(text), step)))
    lawful(text, found)


def test_windows_are_cut_at_line_ends_and_repeat_whole_lines() -> None:
    """No line is torn that fits into a window; a record of several lines is whole in one of two."""
    text = "".join(f"line {number} of many\n" for number in range(150_000))
    found = list(windows([text]))
    lawful(text, found)
    assert len(found) > 2
    for part in found[1:]:
        assert OVERLAP - 30 < part.overlap <= OVERLAP
        assert part.text.startswith("line ")
    assert all(part.text.endswith("\n") for part in found)


def test_a_line_longer_than_the_overlap_is_not_repeated() -> None:
    """Half of it would be a line that is not there."""
    text = ("x" * 600_000 + "\n") * 4
    found = list(windows([text]))
    lawful(text, found)
    assert not any(part.overlap for part in found)


def test_a_line_without_end_is_cut_at_white_space_with_an_overlap() -> None:
    """A name is whole in one of two neighbouring windows."""
    text = "Abernathy " * 300_000
    found = list(windows([text]))
    lawful(text, found)
    for part in found[1:]:
        assert 100 < part.overlap <= OVERLAP * 2
        assert part.text.startswith("Abernathy ")


def test_a_text_without_white_space_is_cut_all_the_same() -> None:
    """Windows stay windows in a desert."""
    text = "a" * (3 * MIB)
    lawful(text, list(windows([text])))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252"])
def test_a_stream_is_decoded_and_cut(charset: str) -> None:
    """The reader gives the text of the bytes, whatever the charset."""
    text = "Siân\n" * 400_000
    found = list(read(stream(text.encode(charset)), Budget(BOUNDS)))
    lawful(text, found)
    assert "".join(pieces(stream(text.encode(charset)))) == text


def test_pieces_of_any_size_give_the_same_windows() -> None:
    """A text in single lines is cut where it is cut in one."""
    text = "".join(f"{at} some words of a line\n" for at in range(2 * WINDOW // 20))
    assert list(windows(text.splitlines(keepends=True))) == list(windows([text]))
