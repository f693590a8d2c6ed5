"""Sealed traces: exact, secret, and of one document alone."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.index import open_traces, roster_mark, seal_traces, traces_key
from watcher.model import Family, Trace

MASTER, SALT = bytes(range(32)), bytes(16)
KEY = traces_key(MASTER, SALT)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    hits = draw(st.integers(0, 5))
    whose = draw(st.lists(st.integers(0, 3), min_size=hits, max_size=hits))
    starts = array("I", [0])
    for each in whose:
        starts.append(starts[-1] + each)
    held = starts[-1]
    return Trace(
        family=draw(st.sampled_from(Family)),
        keys=array("Q", draw(st.lists(st.integers(0, 2**64 - 1), min_size=hits, max_size=hits))),
        chance=array("d", draw(st.lists(st.floats(0, 1), min_size=hits, max_size=hits))),
        starts=starts,
        officers=array("I", draw(st.lists(st.integers(0, 9), min_size=held, max_size=held))),
        misses=draw(st.integers(0, 2**40)),
        expected=draw(st.floats(0, 1e6)),
    )


@settings(max_examples=50, deadline=None)
@given(some=st.lists(traces(), max_size=3), about=st.text())
def test_what_was_sealed_is_opened(some: list[Trace], about: str) -> None:
    """Whatever the document is called."""
    assert open_traces(seal_traces(some, KEY, about=about), KEY, about=about) == tuple(some)


def test_another_document_another_key_and_altered_bytes_are_refused() -> None:
    one = Trace(
        family=Family.NAME,
        keys=array("Q", [7]),
        chance=array("d", [0.1]),
        starts=array("I", [0, 1]),
        officers=array("I", [3]),
        misses=2,
        expected=0.3,
    )
    sealed = seal_traces([one], KEY, about="pastes\0a")
    altered = bytes([*sealed[:-1], sealed[-1] ^ 1])
    other = traces_key(MASTER, bytes([1] * 16))
    for given_, key, about in (
        (sealed, KEY, "pastes\0b"),
        (sealed, other, "pastes\0a"),
        (altered, KEY, "pastes\0a"),
        (sealed[:5], KEY, "pastes\0a"),
        (b"", KEY, "pastes\0a"),
    ):
        with pytest.raises(ValueError, match="altered"):
            open_traces(given_, key, about=about)
    assert seal_traces([one], KEY, about="pastes\0a") != sealed  # the nonce is fresh
    assert "7" not in repr(one).replace("hits", "")


def test_each_enrolment_has_its_mark() -> None:
    assert roster_mark(SALT) == roster_mark(bytes(16))
    assert roster_mark(SALT) != roster_mark(bytes([1] * 16))
    assert SALT.hex() not in roster_mark(SALT)
