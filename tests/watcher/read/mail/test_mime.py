from __future__ import annotations

import base64
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS
from watcher.read.budget import Budget
from watcher.read.mail.mime import PARTS, Piece, armoured, decoded, pieces

LIST = b"name,number\n" + b"Adebayo,4400123\n" * 40


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "c@d.example", "list"
    made.set_content("Siân = 4400123\n" * 30, cte="quoted-printable")
    made.add_alternative("<p>see below</p>", subtype="html")
    made.add_attachment(LIST, maintype="text", subtype="csv", filename="list.csv")
    return made


def content(body: bytes, piece: Piece) -> bytes:
    end = armoured(body, piece)[1] if piece.fields.coding == "base64" else piece.end
    stream = decoded(body, piece.start, end, piece.fields, Budget(BOUNDS))
    return b"".join(stream.chunks())


def contents(body: bytes) -> list[bytes]:
    return [content(body, each) for each in pieces(body)[1] if not each.loose]


def test_parts_are_what_the_library_says() -> None:
    """As the standard library's parser splits and decodes it."""
    for body in (mail().as_bytes(), mail().as_bytes().replace(b"\n", b"\r\n")):
        wanted = [
            part.get_payload(decode=True)
            for part in message_from_bytes(body).walk()
            if not part.is_multipart()
        ]
        # The line end before a boundary is the boundary's (RFC 2046 §5.1.1): here it is kept.
        assert [each.rstrip() for each in contents(body)] == [
            bytes(each).rstrip()
            for each in wanted  # type: ignore[arg-type]  # bytes, as decode=True
        ]


def test_every_byte_is_a_headers_a_parts_or_loose() -> None:
    """Preamble and epilogue are pieces, and pieces do not overlap."""
    body = mail().as_bytes() + b"after it all\n"
    (_, first), found = pieces(body)
    at = first
    for piece in found:
        assert at <= piece.start <= piece.end
        between = body[at : piece.start]
        assert all(
            b":" in x or x.startswith((b"--", b" ")) or not x.strip() for x in between.split(b"\n")
        )
        at = piece.end
    assert at == len(body)
    assert body[found[-1].start :] == b"after it all\n"


@pytest.mark.parametrize("declared", ["", "; boundary=other"])
def test_a_boundary_that_was_not_declared_is_found(declared: str) -> None:
    """By the line before the first part's header; without any, the body is one part."""
    head = f"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed{declared}\n\n"
    body = (head + "--x\nContent-Type: text/plain\n\none\n--x\nContent-Type: a/b\n\ntwo\n").encode()
    assert contents(body) == [b"one\n", b"two\n"]
    assert contents((head + "no parts at all").encode()) == [b"no parts at all"]


def test_base64_ends_where_it_ends() -> None:
    """A list's footer is no base64; unwrapped, padded in the middle and torn base64 is decoded."""
    head = b"From: a\nTo: b\nSubject: c\nContent-Transfer-Encoding: base64\n\n"
    coded = base64.encodebytes(LIST)
    footer = b"_______________\nlist mailing\nRegards\n"
    for body, wanted in (
        (coded, LIST),
        (coded + b"\n" + footer, LIST),
        (base64.b64encode(LIST), LIST),
        (coded + coded, LIST + LIST),
        (base64.b64encode(LIST[:-1])[:-2], LIST[:-3]),
        (b"QUJD\n", b"ABC"),
        (b"no base64 at all\n", b""),
    ):
        assert contents(head + body) == [wanted]
    (piece,) = pieces(head + coded + footer)[1]
    assert (head + coded + footer)[armoured(head + coded + footer, piece)[1] :] == footer


def test_parts_in_parts_and_parts_in_number_are_bounded() -> None:
    """What is too deep or too many is one piece that is said to be deep."""
    many = b"From: a\nContent-Type: multipart/x; boundary=b\n\n" + b"--b\n\nx\n" * (PARTS * 3)
    found = pieces(many)[1]
    assert len(found) <= PARTS + 2
    assert found[-1].deep
    assert found[-1].end == len(many)
    deep = b"From: a\n" + b"".join(
        b"Content-Type: multipart/x; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(2000)
    )
    assert [each.deep for each in pieces(deep)[1] if not each.loose] == [True]


@given(st.binary(max_size=120), st.integers(0, 2000))
def test_whatever_comes_in_is_split(junk: bytes, at: int) -> None:
    """No bytes make it raise, and no piece stands outside the mail."""
    body = mail().as_bytes()
    at %= len(body)
    for damaged in (junk, body[:at] + junk + body[at + len(junk) :]):
        for piece in pieces(damaged)[1]:
            assert 0 <= piece.start <= piece.end <= len(damaged)
            content(damaged, piece)
