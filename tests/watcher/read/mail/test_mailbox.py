from __future__ import annotations

import mailbox
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, bounds, parts, unread, walked
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.dispatch import document
from watcher.read.stream import Stream

FROM = b"From a@b.example Mon Jan  5 10:00:00 2026\n"
ONE = FROM + b"From: a@b\nTo: c@d\nSubject: x\n\nbody\n\n"


def boxed(path: Path) -> bytes:
    """Two mails in a box of the standard library's making, one with an attachment."""
    box = mailbox.mbox(path)
    for name in ("Adebayo", "Quill"):
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = f"{name} <a@b.example>", "c@d.example", name
        made.set_content(f"hello\nFrom here on {name} speaks\n")
        made.add_attachment(
            f"{name},1\nx,2\n".encode(), maintype="text", subtype="csv", filename="l.csv"
        )
        box.add(made)
    box.close()
    return path.read_bytes()


def test_each_mail_is_a_member(tmp_path: Path) -> None:
    """Numbered from 1; a quoted `From ` is unquoted; attachments are opened."""
    body = boxed(tmp_path / "box")
    assert b"\n>From here" in body
    items = walked(body)
    found = parts(items)
    assert unread(items) == []
    assert found["message 1!/text"].text.startswith("hello\nFrom here on Adebayo")
    assert found["message 2!/text"].text.startswith("hello\nFrom here on Quill")
    assert found["message 2!/l.csv"].table
    assert "From a@b" not in found["message 1"].text.split("\n", 1)[1]


@pytest.mark.parametrize("size", [1, 700, (1 << 18) - 20, 1 << 18, 600_000])
def test_mails_are_cut_where_they_end(size: int) -> None:
    """However long they are and wherever a chunk of the stream ends."""
    long = FROM + b"From: a@b\nTo: c@d\nSubject: x\n\n" + b"y" * size + b"\n\n"
    found = parts(walked(long + ONE + long + ONE))
    texts = [part.text.strip() for where, part in found.items() if where.endswith("text")]
    assert [set(each) for each in texts] == [{"y"}, set("body"), {"y"}, set("body")]
    assert len(texts[0]) == size


def test_beyond_the_limit_the_rest_is_read_as_it_stands() -> None:
    """It is told as well."""
    items = walked(ONE * 20, limits=bounds(members=5))
    assert ("", "limit") in unread(items)
    assert parts(items)["further messages"].text.count("Subject: x") == 15


class _Endless:
    """A box of so many bytes that nobody holds."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._mail = ONE[:-6] + b"PC Adebayo was here\n" * 20_000 + b"\n"
        self._at = 0

    def more(self, size: int) -> bytes:
        size = min(size, self._left, len(self._mail) - self._at)
        data = self._mail[self._at : self._at + size]
        self._at = (self._at + size) % len(self._mail)
        self._left -= size
        return data


def test_a_box_is_not_held() -> None:
    """Its size does not matter, only its largest mail's."""
    stream = Stream(_Endless(24 << 20).more)
    tracemalloc.start()
    number = sum(1 for item in document(stream, "", Budget(BOUNDS)) if isinstance(item, Part))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number > 100
    assert peak < 12 << 20


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([ONE, FROM, b">From ", b"\n", b"x", b"From: y\n"]), max_size=12))
def test_whatever_comes_in_is_read_or_told(pieces: list[bytes]) -> None:
    """No order of its lines makes it raise or loop."""
    items = walked(FROM + b"A: b\n" + b"".join(pieces))
    assert items
    assert all(isinstance(each, Part | Unread) for each in items)
