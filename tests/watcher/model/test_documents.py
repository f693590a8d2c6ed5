"""What is fetched and what is read of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model import (
    Body,
    Capture,
    Part,
    Ref,
    last_step,
)

MARK = "Quillfeather"


def test_nothing_that_was_found_is_in_a_repr() -> None:
    """A log line or a traceback that shows a noun shows no text, body or header."""
    ref = Ref(source="s", key="k", url="https://x.example/")
    taken_at = datetime(2026, 11, 22, tzinfo=UTC)
    shown = [
        repr(Part(where="", text=MARK, header=(MARK,))),
        repr(
            Capture(
                ref=ref,
                taken_at=taken_at,
                url=ref.url,
                body=Body(MARK.encode()),
                headers=(("X", MARK),),
                request=(("X", MARK),),
            )
        ),
    ]
    assert not [text for text in shown if MARK in text]


def test_a_body_is_the_same_in_memory_and_on_disk(tmp_path: Path) -> None:
    """Size, digest and bytes do not depend on where they lie."""
    data = bytes(range(256)) * 50
    (tmp_path / "x").write_bytes(data)
    for body in (Body(data), Body(tmp_path / "x")):
        assert (body.size, body.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        with body.open() as stream:
            assert stream.read() == data


@pytest.mark.parametrize(
    ("url", "step"),
    [
        ("https://foi.example/2026/list.xlsx?download=1#top", "list.xlsx"),
        ("https://foi.example/2026/", "2026"),
        ("https://foi.example/list.csv#a/b", "list.csv"),
        ("file:///srv/inbox/new%20%231.txt", "new%20%231.txt"),
        ("https://foi.example", "foi.example"),
        ("?a=1", "?a=1"),
        ("/", "/"),
    ],
)
def test_a_file_is_called_by_the_last_step_of_its_address(url: str, step: str) -> None:
    """Without query and fragment; never by nothing."""
    assert last_step(url) == step


@given(st.text(st.characters(exclude_categories=())))
def test_a_ref_can_always_be_stored(text: str) -> None:
    """Whatever a place calls its documents is sound text, and sound text stays as it is."""
    ref = Ref(source="s", key=text, url=text)
    ref.key.encode()
    assert "\0" not in ref.key + ref.url
    if "\0" not in text and text.isprintable():
        assert ref.key == text
    assert len(ref.mark) == 12


def test_a_version_is_no_part_of_identity_and_bounded() -> None:
    """The same document in another state is the same document; a stranger's version may be anything."""
    one = Ref(source="s", key="k", url="u", version="r1")
    assert one == Ref(source="s", key="k", url="u", version="r2")
    assert Ref(source="s", key="k", url="u", version="a\0b").version == "a\\x00b"
    long = Ref(source="s", key="k", url="u", version="x" * 501).version
    assert len(long) == 64
