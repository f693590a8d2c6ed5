from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, parts, stream, unread, walked
from watcher.read.charsets.turns import LINES, NOTHING, WINDOW, Turns, controls, opening, patterned
from watcher.read.text import pieces

LOG = b"exported ok\r\n" * 6000
LIST = "surname,number\n" + "".join(f"Siân Ll\u0142oyd{at},{at}\n" for at in range(400))
JUNK = random.Random(7).randbytes(5000)


def text(body: bytes) -> tuple[str, bool]:
    flow = stream(body)
    return "".join(pieces(flow)), flow.trouble is not None


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [LOG, b"exported ok\r\n" * 3, b"odd\n" + LOG])
def test_utf_16_after_plain_lines_is_read(charset: str, before: bytes) -> None:
    """A list appended in UTF-16, with or without a mark, is read to the letter, and nothing is lost."""
    found, trouble = text(before + LIST.encode(charset))
    assert found == before.decode() + LIST
    assert not trouble


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_plain_lines_after_utf_16_are_read(charset: str) -> None:
    """The way back as well, as often as it turns."""
    found, trouble = text(("\ufeff" + LIST).encode(charset) + LOG)
    assert found == LIST + LOG.decode()
    assert not trouble
    often = (LIST.encode(charset) + LOG[:1300]) * 3
    assert text(often) == ((LIST + LOG[:1300].decode()) * 3, False)


@pytest.mark.parametrize("page", [b"", b"<html><p>"])
def test_an_archive_after_text_is_told(page: bytes) -> None:
    """A body that is no text any more after its first 64 KiB is read so far and not clean."""
    items = walked(page + LOG + archive([("list.csv", LIST.encode())]))
    assert unread(items) == [("", "unsupported")]
    assert "exported ok" in parts(items)[""].text


def test_text_after_what_is_no_text_is_read() -> None:
    """Only the kilobytes that are no text are left out; in their place is a line end."""
    found, trouble = text(LOG + JUNK + LIST.encode())
    assert trouble
    assert found.startswith(LOG.decode())
    assert found.endswith(LIST[-4000:])
    assert len(found) < len(LOG) + len(LIST) + WINDOW


def test_stray_controls_are_text() -> None:
    """A control here and there, the colours of a chat, a form feed: nothing is left out."""
    for body in (
        b"Adebayo, A\0Quill, B and others\n" * 3,
        b"line\x0c\n" * 500,
        b"<\x0304nick\x03> \x02hello\x0f\n" * 500,
    ):
        assert text(body) == (body.decode(), False)


@settings(max_examples=40, deadline=None)
@given(
    kinds=st.lists(st.sampled_from([LOG[:3000], JUNK, LIST.encode("utf-16-le")]), max_size=4),
    step=st.integers(1, 3000),
)
def test_the_cuts_do_not_depend_on_the_pieces(kinds: list[bytes], step: int) -> None:
    """However a body arrives, its runs are the same, and are all of it."""
    body = b"".join(kinds)

    def runs(size: int) -> list[tuple[str, bytes]]:
        turns = Turns(opening(body))
        told = [run for at in range(0, len(body), size) for run in turns.feed(body[at : at + size])]
        told.extend(turns.feed(b"", last=True))
        merged: list[tuple[str, bytes]] = []
        for kind, run in told:
            if merged and merged[-1][0] == kind:
                merged[-1] = kind, merged[-1][1] + run
            else:
                merged.append((kind, run))
        return merged

    assert runs(step) == runs(len(body) + 1)
    assert b"".join(run for _, run in runs(step)) == body


def test_kinds_are_told() -> None:
    """Lines, UTF-16 and nothing are three kinds."""
    turns = Turns()
    found = list(turns.feed(LOG[:2048] + JUNK[:2048], last=True))
    assert {kind for kind, _ in found} == {LINES, NOTHING}
    assert turns.foreign
    assert controls(b"\0a\n\x07") == 2


def test_binary_numbers_are_no_pattern() -> None:
    """NULs alone make no UTF-16."""
    assert patterned(bytes(4096)) == ""
    assert patterned(b"\0\1\0\0\2\0\0\0\0\3" * 50) == ""
