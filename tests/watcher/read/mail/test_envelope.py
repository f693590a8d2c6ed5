from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.mail.envelope import is_box, is_mail

MAIL = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nBody\r\n"


def sent() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "c@d.example", "list"
    made.set_content("see below")
    return made.as_bytes()


@pytest.mark.parametrize(
    "body",
    [
        MAIL,
        sent(),
        b"\xef\xbb\xbf" + MAIL,
        b"1234\n" + MAIL,
        b">From a@b Mon Jan  5 10:00:00 2026\n" + MAIL,
        b"Received: from a\n\tby b\n  with c\nReturn-Path: <x>\nX-Y: z\nDate: today\n\n.",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQUJD\n",
    ],
)
def test_a_block_of_header_lines_and_a_body_are_a_mail(body: bytes) -> None:
    """Whatever programs write before them, and with either line end."""
    assert is_mail(body, complete=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        MAIL.partition(b"\r\n\r\n")[0],
        MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n  \r\n",
        b"From: the chief\nTo: all\n\nA letter.\n",
        b"HTTP/1.1 200 OK\nDate: x\nContent-Type: y\nServer: z\n\n<p>",
        b"2026-01-01 10:00:00 From: a To: b Subject: c\n\nx",
        b"dn: cn=Adebayo\nmail: a@b.example\nsn: Adebayo\n\ndn: cn=Quill\n",
        b"BEGIN:VCARD\nFN:Adebayo\nEND:VCARD\n\nx",
        b"name: Adebayo\nfrom: 2020\nrank: PC\n\nname: Quill\n",
        b"From: a\nTo: b\nSubject: c\nand then prose\n\nx",
    ],
)
def test_headers_alone_logs_and_records_are_none(body: bytes) -> None:
    """They stay the text that they are."""
    assert not is_mail(body, complete=True)


def test_a_head_that_ends_in_the_headers_is_a_mail() -> None:
    """Lists of addresses are longer than what is looked at."""
    head = b"From: a\nSubject: b\nTo: " + b"x@y.example,\n " * 6000
    assert is_mail(head, complete=False)


def test_a_box_begins_with_its_separator() -> None:
    """A sender, a day and a time, and header lines: no sentence is one."""
    assert is_box(b"From a@b.example Mon Jan  5 10:00:00 2026\nSubject: x\n\n")
    assert is_box(b"From 12@xxx Thu Jan 01 00:00:00 +0000 2015\r\nX-GM: 1\r\n\r\n")
    assert is_box(b"From - Sat, 3 Jan 2026 10:00:00\nX: y\n")
    assert not is_box(b"From Monday at 10:00 we met\nand talked\n")
    assert not is_box(MAIL)


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_judged(body: bytes) -> None:
    """No bytes make it raise."""
    assert is_mail(body, complete=True) in (True, False)
    assert is_box(b"From " + body) in (True, False)
