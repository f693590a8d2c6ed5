from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from tests.watcher.read.made import archive, parts, unread, walked
from tests.watcher.read.pdf.files import listed, packed, plain, written
from watcher.read.pdf.opening import opened
from watcher.read.words import Words


def test_encryption_with_the_empty_word_is_opened() -> None:
    """Another word leaves a document encrypted, never clean."""
    for word, told in (("", []), ("secret", [("", "encrypted")])):
        writer = PdfWriter(clone_from=io.BytesIO(listed()))
        writer.encrypt(word, "owner", algorithm="AES-256")
        items = walked(written(writer))
        assert unread(items) == told
        assert ("page 1" in parts(items)) is not told


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body.replace(b"startxref\n", b"startxref\n9"),
        lambda body: body.replace(b"xref\n0 ", b"xref\n0 9999999"),
        lambda body: b"junk\n" * 20 + body,
        lambda body: body[:-300],
    ],
)  # fmt: skip
def test_a_damaged_table_of_objects_is_mended(damage: Callable[[bytes], bytes]) -> None:
    """The page is read all the same; a file without its end says that it is broken."""
    body = damage(listed())
    items = walked(body)
    assert "Adebayo\tSgt\t4400123" in parts(items)["page 1"].text
    assert unread(items) == ([] if b"%%EOF" in body else [("", "broken")])


def test_the_table_of_a_reader_is_the_librarys() -> None:
    """`opened` gives what the library gives where nothing is broken."""
    body = listed()
    assert len(opened(body, Words()).pages) == len(PdfReader(io.BytesIO(body)).pages)


@pytest.mark.parametrize("how", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_word_that_is_said_beside_opens_it(how: str) -> None:
    """Of the reader or of the owner, in any of the ways of encryption; older revisions too."""
    for word, owner in (("hunter2", "x"), ("x", "hunter2")):
        writer = PdfWriter(clone_from=io.BytesIO(listed()))
        writer.encrypt(word, owner, algorithm=how)
        post = archive([("read.txt", b"the password is hunter2"), ("list.pdf", written(writer))])
        items = walked(post)
        assert "Adebayo\tSgt\t4400123" in parts(items)["list.pdf!/page 1"].text
        assert unread(items) == []


def test_objects_in_streams_of_objects_are_found() -> None:
    """With the table that lists them, and without."""
    body = packed(plain(b"3 0 R"))
    assert len(opened(body, Words()).pages) == 1
    for each in (
        body,
        body.replace(b"startxref\n", b"startxref\n9"),
        body[: body.rindex(b"/XRef")],
    ):
        assert parts(walked(each))["page 1"].text == "Adebayo\n"
