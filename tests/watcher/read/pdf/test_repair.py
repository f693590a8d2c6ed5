from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.watcher.read.pdf.files import NAMED, content, packed, page, plain, raw
from watcher.read.pdf.repair import mended


def test_a_file_without_catalog_and_tree_has_its_pages() -> None:
    """As of a body that was cut before its end."""
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n%b\nendobj\n" % each for each in plain(b"").items() if each[0] > 2
    )
    [found] = PdfReader(io.BytesIO(mended(body))).pages
    assert found.extract_text().strip() == "Adebayo"


def test_a_whole_file_keeps_its_tree() -> None:
    """The last object of a number is the one that holds."""
    body = raw(plain(b"3 0 R"))
    body += b"4 0 obj\n" + content(NAMED.replace(b"Ade", b"Bab")) + b"\nendobj\n"
    [found] = PdfReader(io.BytesIO(mended(body))).pages
    assert found.extract_text().strip() == "Babbayo"
    assert page(4) in body


@given(st.binary(max_size=200))
def test_any_bytes_are_kept(body: bytes) -> None:
    """What is added comes after them."""
    assert mended(body).startswith(body)
    assert mended(b"1 0 obj" + body).startswith(b"1 0 obj" + body)


def test_objects_in_streams_of_objects_are_written_out() -> None:
    """Those that stand nowhere else; where a file is encrypted its streams are left alone."""
    body = packed(plain(b"3 0 R"))
    [found] = PdfReader(io.BytesIO(mended(body[: body.rindex(b"/XRef")]))).pages
    assert found.extract_text().strip() == "Adebayo"
    newer = body + b"3 0 obj\n" + page(9) + b"\nendobj\n9 0 obj\n" + content(b"") + b"\nendobj\n"
    [found] = PdfReader(io.BytesIO(mended(newer))).pages
    assert found.extract_text() == ""
    assert b"\n3 0 obj" not in mended(body + b"/Encrypt")
