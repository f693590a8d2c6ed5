from __future__ import annotations

import base64
import binascii
from email.message import EmailMessage

import pytest

from tests.watcher.read.made import BOUNDS, archive, stream, unread, walked
from watcher.read.armour import Armour
from watcher.read.budget import Budget
from watcher.read.text import read

LIST = "".join(f"Adebayo,{at},PC\n" for at in range(100)).encode()


def found(text: str, step: int = 1 << 20) -> bool:
    armour = Armour()
    for at in range(0, len(text), step):
        armour.feed(text[at : at + step])
    return armour.finish()


def mail(*, html: bool = False) -> str:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "c@d.example", "list"
    made.set_content(
        "<p>see below</p>" if html else "see below", subtype="html" if html else "plain"
    )
    made.add_attachment(LIST, maintype="text", subtype="csv", filename="list.csv")
    return made.as_string()


def uuencoded() -> str:
    lines = (binascii.b2a_uu(LIST[at : at + 45]).decode() for at in range(0, len(LIST), 45))
    return "begin 644 list.csv\n" + "".join(lines) + "`\nend\n"


@pytest.mark.parametrize("step", [50, 700, 1 << 20])
@pytest.mark.parametrize(
    "text",
    [
        mail(),
        "Received: from a\r\n" + mail(html=True).replace("\n", "\r\n"),
        mail().replace("base64", "quoted-printable"),
        "They sent me this:\n\n" + mail(),
        "words\n" * 20_000 + mail(),
        uuencoded(),
        "a note\n" * 9_000 + uuencoded(),
        base64.encodebytes(LIST).decode(),
        base64.b64encode(LIST).decode(),
        "=ybegin line=128 size=9 name=list.csv\nabc\n=yend size=9\n",
    ],
)
def test_bytes_dressed_as_letters_are_noticed(text: str, step: int) -> None:
    """Attachments, uuencode, yEnc and a paste of base64 are found, in whatever pieces they come."""
    assert found(text, step)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "From: the chief\nTo: all\n\nA mail without attachments.\n",
        'def f():\n    """Content-Transfer-Encoding: base64"""\n    return "QUJD"\n',
        "Content-Transfer-Encoding: base64 is a header of RFC 2045.\nbegin 2 end\n" * 20,
        "da39a3ee5e6b4b0d3255bfef95601890afd80709\n" * 30,
        "Adebayo Quill Siân\n" * 100,
        "url(data:image/png;base64," + base64.b64encode(LIST).decode() + ")\n",
        "begin the day\nM is for Monday\n",
    ],
)
def test_what_speaks_of_them_is_none(text: str) -> None:
    """Prose, source code, hashes and data URIs are text and nothing else."""
    assert not found(text)


def test_a_long_line_costs_no_more_than_it_is_long() -> None:
    """Letters without end are looked at once."""
    assert found("aB3" * 1_000_000)
    assert not found("!" + "aB3" * 1_000_000)
    assert not found("aB3 " * 500_000)


def test_a_mail_in_a_text_is_read_and_not_clean() -> None:
    """Its text is there; that there was more is told, inside an archive as well."""
    pasted = ("They sent me this:\n\n" + mail()).encode()
    assert "see below" in "".join(part.text for part in read(stream(pasted), Budget(BOUNDS)))
    assert unread(walked(pasted)) == [("", "unsupported")]
    assert unread(walked(archive([("m.txt", pasted)]))) == [("m.txt", "unsupported")]
    assert unread(walked(b"<html><img src='data:image/png;base64,iVBORw0KGgo='>")) == []
