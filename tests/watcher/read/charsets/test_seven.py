from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, stream
from watcher.read.budget import Budget
from watcher.read.charsets import seven
from watcher.read.text import read


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_python_writes_is_read(text: str) -> None:
    """Any text there and back."""
    written = text.encode("utf-7").decode("ascii")
    assert seven.text(written) == text


def test_it_is_read_where_it_is_declared_and_only_there() -> None:
    """A telephone number's plus stays; so does everything without the declaration."""
    written = "Si+AOI-n +447700900123 a+b\n"
    for declared, said in (("utf-7", "Siân +447700900123 a+b\n"), ("", written)):
        parts = list(read(stream(written.encode(), declared), Budget(BOUNDS)))
        assert parts[0].text == said
    assert seven.inside(b'<meta charset="UTF-7">')
    assert not seven.inside(b"about utf-7")
