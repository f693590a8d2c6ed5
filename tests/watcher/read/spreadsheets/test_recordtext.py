from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.spreadsheets.recordtext import runs


@given(st.sampled_from(["Adebayo", "Siân Quill", "O’Connor", "4400123", "Łukasz"]), st.binary())
def test_words_are_found_in_either_writing(word: str, noise: bytes) -> None:
    """Text in UTF-16 is found between other bytes, Western text in one byte as well."""
    found = list(
        runs(noise + b"\xff\xff\x00\x00" + word.encode("utf-16-le") + b"\x00\x00\xff" + noise)
    )
    assert any(word in each for each in found)
    if word.isascii():
        found = list(runs(noise + b"\x00" + word.encode() + b"\x00" + noise))
        assert any(word in each for each in found)


def test_noise_is_no_text() -> None:
    """Numbers in binary and marks are left out."""
    assert list(runs(bytes(range(256)) * 1)) != []
    assert list(runs(bytes(1000) + b"ab\0--\0..;;")) == []
