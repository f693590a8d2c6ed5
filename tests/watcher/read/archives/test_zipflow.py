from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, archive, parts, unread, walked, workbook
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.dispatch import document
from watcher.read.stream import Stream

FILES = [
    ("note.txt", b"PC Adebayo 4400123 " * 9_000),
    ("list.csv", b"Surname,Pay no\n" + b"Quill,4400124\n" * 900),
    ("folder/", b""),
    ("empty.txt", b""),
    ("inner.zip", archive([("x.txt", b"inside")])),
]


class Pipe(io.RawIOBase):
    """Where nothing can be gone back to: sizes then stand behind the members."""

    def __init__(self) -> None:
        self.held = io.BytesIO()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        return self.held.write(data)  # type: ignore[arg-type]  # whatever bytes are written


def zipped(method: int = zipfile.ZIP_DEFLATED, *, piped: bool = False) -> bytes:
    held: io.BytesIO | Pipe = Pipe() if piped else io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        made.comment = b"said Quill"
        for name, body in FILES:
            made.writestr(name, body)
    return (held.held if isinstance(held, Pipe) else held).getvalue()


def flowing(body: bytes) -> list[Part | Unread]:
    """What comes of an archive of which is said that it cannot be held."""
    return list(document(Stream(io.BytesIO(body).read, announced=1 << 40), "", Budget(BOUNDS)))


@pytest.mark.parametrize("piped", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_an_archive_is_the_same_without_its_directory(method: int, *, piped: bool) -> None:
    """Members, addresses, names and comments, whether sizes stand before members or behind them."""
    body = zipped(method, piped=piped)
    held, flown = walked(body), flowing(body)
    assert unread(held) == unread(flown) == []
    said = parts(flown)
    assert {where: part.text.strip() for where, part in parts(held).items()} == {
        where: part.text.strip() for where, part in said.items()
    }
    assert said["inner.zip!/x.txt"].text == "inside"
    assert said["comments of the archive"].hidden


def test_an_archive_without_its_end_is_read_as_far_as_it_goes() -> None:
    """A body that was cut has no directory; its members come all the same, and it is broken."""
    body = zipped()
    items = walked(body[: body.index(b"inner.zip") + 12])
    assert parts(items)["note.txt"].text.startswith("PC Adebayo")
    assert parts(items)["list.csv"].text.startswith("Surname")
    assert unread(items) == [("inner.zip", "broken"), ("", "broken")]


def test_a_wrong_checksum_is_broken_and_the_rest_goes_on() -> None:
    """In a header as behind the data."""
    body = bytearray(zipped(zipfile.ZIP_STORED))
    body[body.index(b"Adebayo")] ^= 1
    items = flowing(bytes(body))
    assert unread(items) == [("note.txt", "broken")]
    assert parts(items)["list.csv"].text.startswith("Surname")


def test_what_stands_between_members_is_read() -> None:
    """Nothing of a file is passed over in silence."""
    body = zipped()
    at = body.index(b"PK\x03\x04", 4)
    items = flowing(body[:at] + b"between them: Sgt Lloyd 4400125\n" + body[at:])
    assert "Lloyd" in parts(items)["in no directory"].text
    assert unread(items) == []


def test_encrypted_members_are_named_and_the_rest_goes_on() -> None:
    """The general purpose bit says that a member cannot be read."""
    body = bytearray(zipped())
    body[6] |= 1
    items = flowing(bytes(body))
    assert unread(items) == [("note.txt", "encrypted")]
    assert parts(items)["inner.zip!/x.txt"].text == "inside"


def test_a_workbook_that_cannot_be_held_is_said_to_be_too_large() -> None:
    """What its members say is read; its sheets are not put together."""
    items = flowing(workbook())
    assert ("", "size") in unread(items)
    assert any("Adebayo" in part.text for part in parts(items).values())


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 2_000), flip=st.integers(1, 255), cut=st.integers(0, 2_500))
def test_damage_is_told_and_never_raised(at: int, flip: int, cut: int) -> None:
    """Whatever bytes come."""
    body = bytearray(zipped(piped=bool(flip & 1)))
    body[at % len(body)] ^= flip
    for item in flowing(bytes(body[: cut or None])):
        assert isinstance(item, Part | Unread)
