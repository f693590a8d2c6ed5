"""One window of a stream: lines, marks, and what is broken."""

from __future__ import annotations

import json

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.window import LARGEST, STRAYED, Place, Window

WANTED = jmespath.compile("{text: (t), key: (k), cursor: (c)}")


def message(cursor: object, text: str = "tea", key: str = "k") -> str:
    return json.dumps({"t": text, "k": key, "c": cursor})


def read(place: Place, *messages: str) -> Window:
    window = Window(WANTED, place)
    for each in messages:
        window.take(each)
    return window


def test_a_line_for_each_message_and_where_to_find_it() -> None:
    """Text on one line, then its key; what says nothing is passed over."""
    window = read(
        Place.of("", 0), message(1, "rain\nand\ttea"), message(2, ""), message(3, "snow", "")
    )
    assert window.lines == ["rain and tea\tk\n", "snow\n"]
    assert (window.first, window.messages, window.broken) == ("1", 3, 0)


@pytest.mark.parametrize(
    "garbage", ["", "{", "[1", '"x"', "7", "null", "[" * 100_000, "1" * 5000, '{"t": 1}',
                message(None), message(""), message(obj := [1]), message({"a": obj}), message(True)],
)  # fmt: skip
def test_garbage_is_counted_and_stops_nothing(garbage: str) -> None:
    """What comes before and after it is read."""
    window = read(Place.of("", 0), message(1), garbage, message(2))
    assert window.broken == 1
    assert [line for line in window.lines if line == "tea\tk\n"][:2] == ["tea\tk\n"] * 2


def test_a_flood_ends_the_window() -> None:
    """Before its time, at its largest size and one message more."""
    window = Window(WANTED, Place.of("", 0))
    while not window.full:
        window.take(message(1, "x" * 10_000))
    assert window.messages <= LARGEST // 10_000 + 1


def test_a_surrogate_is_written_like_any_other() -> None:
    """A lone one is no reason to lose the window."""
    window = read(Place.of("", 0), '{"t": "\\ud800 rain", "c": 1}')
    assert "".join(window.lines).encode("utf-8", "replace") == b"? rain\n"


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=60), st.integers(0, 60), st.integers(1, 60)
)
def test_after_a_rewind_everything_is_read_once(jitter: list[int], cut: int, rewind: int) -> None:
    """
    Wherever it breaks, what is asked for again is read once, and nothing is left out.

    As long as the stream is out of order by less than the rewind.
    """
    stream = [
        (at * 10 + shift % rewind, message(at * 10 + shift % rewind, f"post {at}"))
        for at, shift in enumerate(jitter)
    ]
    before = Place.of("", rewind)
    lines = read(before, *(text for _, text in stream[:cut])).lines
    after = Place.of(str(before), rewind)
    asked = int(after.resume or 0)
    lines += read(after, *(text for at, text in stream if at >= asked)).lines
    assert len(lines) == len(set(lines))
    late = {at for at, _ in stream[cut:]} if cut else set()
    assert len(lines) >= len(stream) - sum(1 for at in late if at < asked)
    assert set(read(Place.of("", 0), *(text for at, text in stream if at >= asked)).lines) <= set(
        lines
    )


def test_a_cursor_that_is_no_number_is_kept_as_it_is() -> None:
    """An opaque one cannot be rewound; the last one counts."""
    place = Place.of("b7/x", 5)
    assert place.resume == "b7/x"
    read(place, message("c9"), message("a1"))
    assert str(place) == "a1"


def test_marks_are_bounded() -> None:
    """However much is said at one moment."""
    place = Place.of("", 1000)
    read(place, *(message(7, f"post {at}") for at in range(5000)))
    assert len(str(place)) < 20_000


def test_a_cursor_from_the_future_is_left_again() -> None:
    """One message with a time of its own does not say for ever where to go on from."""
    place = Place.of("", 5)
    read(place, message(7), message(2**80), *(message(8 + at) for at in range(STRAYED - 1)))
    assert place.cursor == str(2**80)
    read(place, message(STRAYED + 7))
    assert place.cursor == str(STRAYED + 7)
