from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, bounds, parts, stream, unread, walked
from watcher.read.raw import BLOCK, Sweep, dense, lines, runs

JUNK = bytes((0, 1, 2, 3, 0, 7, 1, 0)) * 40
CHANCE = random.Random(4).randbytes(300_000)


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["PC Adebayo 4400123", "Siân O'Néill was here", "Éamon Ó Briain"])
@pytest.mark.parametrize("before", [b"\0\0", b"\x01\x03\0\x7f", b"\xff"])
def test_text_between_other_bytes_is_found(text: str, codec: str, before: bytes) -> None:
    """In UTF-8, Windows-1252 and both orders of UTF-16, at even and odd places."""
    found = parts(walked(JUNK + before + text.encode(codec) + b"\0\0\0\0\1" + JUNK))["raw"]
    assert text in found.text
    assert not found.echo


def test_what_is_swept_is_read() -> None:
    """Nothing is unread of bytes whose text lies open."""
    assert unread(walked(JUNK + b"PC Adebayo" + JUNK)) == []


def test_what_looks_like_chance_is_unread() -> None:
    """It is compressed or encrypted: only long runs count in it, and it is told."""
    items = walked(CHANCE[:100_000] + b"\0PC Adebayo 4400123 of the second team\0" + CHANCE)
    assert unread(items) == [("", "unsupported")]
    assert "PC Adebayo 4400123 of the second team" in parts(items)["raw"].text
    assert parts(items)["raw"].text.count("\n") < 5
    assert unread(walked(CHANCE[:300])) == [("", "unsupported")]


def test_where_nothing_is_found_it_is_unread() -> None:
    """The text may be in a coding that nobody looked for."""
    for body in (bytes(300), JUNK, JUNK + "PC Adebayo".encode("cp500") + JUNK):
        assert unread(walked(body)) == [("", "unsupported")]


def test_a_known_format_without_a_reader_is_swept_and_unread() -> None:
    """Its own coding may veil what a sweep looks for."""
    items = walked(archive([("m", b"\x7fELF" + JUNK + b"PC Adebayo" + JUNK)]))
    assert unread(items) == [("m", "unsupported")]
    assert parts(items)["m!/raw"].text == "PC Adebayo\n"


def test_a_run_at_any_place_is_whole() -> None:
    """However the bytes come in and wherever a block ends."""
    for at in range(BLOCK - 40, BLOCK + 10, 3):
        body = bytes(at) + b"PC Adebayo 4400123" + bytes(3 * BLOCK)
        assert list(lines(stream(body), Sweep())) == ["PC Adebayo 4400123\n"]


def test_text_is_not_dense() -> None:
    """Neither prose nor base64 nor code is taken for chance."""
    assert not dense(b"Adebayo, Quill and Sian were there. " * 30)
    assert not dense(JUNK)
    assert dense(CHANCE[:2000])


def test_a_bomb_of_zeros_is_a_limit() -> None:
    """And the rest of the archive is read."""
    items = walked(archive([("zeros", bytes(70 * MIB)), ("end.txt", b"Adebayo")]), limits=bounds())
    assert unread(items) == [("zeros", "limit")]
    assert parts(items)["end.txt"].text == "Adebayo"


@given(st.binary(max_size=600))
def test_whatever_comes_in_is_swept(body: bytes) -> None:
    """No bytes make it raise, and ASCII words are among what comes out."""
    assert all(len(run) >= 6 for run in runs(body))
    assert any("ffion 4400" in run for run in runs(body + b"\0ffion 4400\0"))
