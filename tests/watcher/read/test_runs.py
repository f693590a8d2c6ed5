from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.runs import runs, swept


def test_runs_of_either_width_are_found() -> None:
    """Between bytes that are no text, at odd places too."""
    body = (
        b"\0\1\2Adebayo 4400123\0\3" + "Łukasz Quill".encode("utf-16-le") + b"\2\2Si\xc3\xa2n PC\0"
    )
    assert list(runs(body)) == ["Adebayo 4400123\n", "Łukasz Quill\n", "Siân PC\n"]


def test_what_is_swept_is_hidden() -> None:
    """No program shows it so."""
    [part] = swept(b"Adebayo", "raw")
    assert (part.text, part.hidden) == ("Adebayo\n", True)


@given(st.binary(max_size=300))
def test_any_bytes_give_lines(body: bytes) -> None:
    """Nothing is raised, and every run is one line."""
    assert all(each.endswith("\n") and each.count("\n") == 1 for each in runs(body))
