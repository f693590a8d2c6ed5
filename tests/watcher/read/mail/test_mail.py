from __future__ import annotations

import base64
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, bounds, parts, rows, unread, walked, workbook
from watcher.model import Part, Unread


def mail(**more: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Siân Quill <s@q.example>", "c@d.example"
    made["Subject"] = "Líst of Adebayo"
    for name, value in more.items():
        made[name] = value
    made.set_content("see below, Siân\n")
    return made


def test_headers_bodies_and_attachments_are_read() -> None:
    """Encoded headers, both alternatives, a workbook with its hidden sheets, a mail in the mail."""
    inner = mail()
    inner.add_attachment(b"Ffion,1\nQuill,2\n", maintype="text", subtype="csv", filename="in.csv")
    made = mail()
    made.add_alternative("<p>see <b>Qu</b>ill", subtype="html")
    made.add_attachment(workbook(), maintype="application", subtype="x", filename="Siân_1.xlsx")
    made.add_attachment(inner)
    items = walked(archive([("m.eml", made.as_bytes())]))
    found = parts(items)
    assert unread(items) == []
    assert "From: Siân Quill <s@q.example>\n" in found["m.eml!/headers"].text
    assert "Subject: Líst of Adebayo\n" in found["m.eml!/headers"].text
    assert found["m.eml!/names of attachments"].text == "Siân 1\txlsx\n"
    assert found["m.eml!/text"].text.strip() == "see below, Siân"
    assert "see Quill" in found["m.eml!/html"].text
    assert found["m.eml!/Siân_1.xlsx!/List (hidden)"].hidden
    assert rows(found["m.eml!/message!/in.csv"]) == [["Ffion", "1"], ["Quill", "2"]]


def test_what_a_text_reading_finds_is_found() -> None:
    """Beside the parts stands the mail as it came, but for its base64, as an echo."""
    made = mail()
    made.add_attachment(b"x" * 5000, maintype="a", subtype="b", filename="x")
    body = b"preamble of Ffion\n".join(made.as_bytes().split(b"\n\n", 1)[:1]) + b"\n\n"
    body += b"preamble of Ffion\n" + made.as_bytes().split(b"\n\n", 1)[1] + b"epilogue\n"
    found = parts(walked(body))
    raw = found[""]
    assert raw.echo
    assert "preamble of Ffion" in raw.text
    assert "epilogue" in raw.text
    assert base64.b64encode(b"x" * 60).decode() not in raw.text
    assert found["between the parts"].text.strip() == "preamble of Ffion"
    assert found["between the parts 2"].text.strip() == "epilogue"


def test_headers_alone_and_letters_are_text() -> None:
    """A paste of headers is read as it always was."""
    for body in (b"From: a@b\nTo: c@d\nSubject: x\n", b"From: a\nTo: b\n\nPC Adebayo\n"):
        (item,) = walked(body)
        assert isinstance(item, Part)
        assert (item.where, item.text, item.echo) == ("", body.decode(), False)


def test_wrong_and_missing_charsets_are_read() -> None:
    """A declared charset that is none, one that is wrong, none at all."""
    head = b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: text/plain; charset=%b\n\n"
    for name, text in (
        (b"x-none", "Siân".encode()),
        (b"us-ascii", "Siân".encode("cp1252")),
        (b"iso-8859-2", "Siân Łuczak".encode("iso-8859-2")),
        (b"utf-16", "Siân".encode("utf-16")),
    ):
        assert parts(walked(head % name + text))["text"].text.startswith("Siân")


def test_a_page_that_does_not_begin_like_one_is_a_page() -> None:
    """What is said to be HTML is read as such."""
    body = b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: text/html\n\nPC <b>Qu</b>ill &amp; Si&acirc;n"
    assert "PC Quill & Siân" in parts(walked(body))["html"].text


def test_what_is_encrypted_is_said_to_be() -> None:
    """PGP and enveloped S/MIME; their headers are read."""
    pgp = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"
    made = mail()
    made.add_attachment(pgp, maintype="application", subtype="octet-stream", filename="e.asc")
    items = walked(made.as_bytes())
    assert unread(items) == [("e.asc", "encrypted")]
    assert "Adebayo" in parts(items)["headers"].text
    inside = base64.encodebytes(bytes.fromhex("308006092a864886f70d010703a080") + bytes(300))
    smime = (
        b"From: a@b\nTo: Adebayo\nSubject: x\nContent-Transfer-Encoding: base64\n"
        b'Content-Type: application/pkcs7-mime; name="smime.p7m"\n\n' + inside
    )
    items = walked(smime)
    assert unread(items) == [("smime.p7m", "encrypted")]
    assert "To: Adebayo" in parts(items)["headers"].text


def test_parts_beyond_the_limit_are_told_and_their_text_is_read() -> None:
    """The mail as it came stands before its parts."""
    made = mail()
    for at in range(30):
        made.add_attachment(f"Adebayo {at}", filename=f"{at}.txt", cte="8bit")
    items = walked(made.as_bytes(), limits=bounds(members=5))
    assert [why for _, why in unread(items)] == ["limit"]
    assert "Adebayo 29" in parts(items)[""].text
    assert len([where for where in parts(items) if where.endswith(".txt")]) < 12


def test_many_addresses_and_deep_mails_cost_little() -> None:
    """Shapes over which the library's own parser recurses or squares."""
    made = (
        b"From: a\nSubject: x\nTo: " + b"Q (((( <a@b.example>,\n " * 100_000 + b"\n\nbody of Ffion"
    )
    assert "body of Ffion" in parts(walked(made))["text"].text
    nested = b"Ffion"
    for _ in range(500):
        nested = b"From: a\nTo: b\nSubject: c\nContent-Type: message/rfc822\n\n" + nested
    items = walked(nested)
    assert [why for _, why in unread(items)] == ["limit"]
    assert parts(items)[""].text.endswith("Ffion")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 4000), junk=st.binary(max_size=60), cut=st.booleans())
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes, *, cut: bool) -> None:
    """No damage makes a mail raise or vanish."""
    made = mail()
    made.add_alternative("<p>see below", subtype="html")
    made.add_attachment(b"Ffion,1\nQuill,2\n", maintype="text", subtype="csv", filename="in.csv")
    body = made.as_bytes()
    at %= len(body)
    items = walked(body[:at] + junk + (b"" if cut else body[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)
    assert items or not (body[:at] + junk).strip()
