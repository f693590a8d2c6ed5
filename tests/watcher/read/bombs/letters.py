"""Mail in mail in mail, and mails of a million parts."""

from __future__ import annotations

import struct

from tests.watcher.read.bombs.bomb import LINE, Bomb, told
from tests.watcher.read.compoundmade import compound
from tests.watcher.read.mail.test_message import made as message
from tests.watcher.read.mail.test_tnef import FILE, MESSAGE, attribute, listed

HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: Adebayo\nMIME-Version: 1.0\n"


def multiparts(depth: int) -> bytes:
    """Multiparts in multiparts, each with a boundary of its own."""
    body = HEAD
    for at in range(depth):
        body += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at)
    return body + b"\n" + LINE


def forwarded(depth: int) -> bytes:
    """A mail in a mail in a mail."""
    return (HEAD + b"Content-Type: message/rfc822\n\n") * depth + HEAD + b"\n" + LINE


def parts() -> bytes:
    """A million parts of one letter."""
    one = b"--b\nContent-Type: text/plain\n\nx\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + one * 1_000_000 + b"--b--\n"


def addresses() -> bytes:
    people = b"".join(b"Adebayo %d <a%d@b.example>,\n " % (at, at) for at in range(300_000))
    return HEAD + b"Cc: " + people + b"\n\n" + LINE


def words() -> bytes:
    """Encoded words without end, and brackets (RFC 2047, 5322)."""
    return HEAD + b"Cc: " + b"=?utf-8?q?=41?= (" * 500_000 + b"\n\n" + LINE


def parameters() -> bytes:
    """A file name in half a million pieces (RFC 2231)."""
    pieces = b"".join(b";\n filename*%d=a" % at for at in range(500_000))
    return HEAD + b"Content-Disposition: attachment" + pieces + b"\n\n" + LINE


def headers() -> bytes:
    return HEAD + b"".join(b"X-%d: Adebayo\n" % at for at in range(1_000_000)) + b"\n" + LINE


def boxes() -> bytes:
    """Half a million mails of nothing."""
    return b"From a@b.example Mon Jan  5 10:00:00 2026\nSubject: x\n\nx\n\n" * 500_000


def nested_message() -> bytes:
    return bytes(message(10).to_bytes())


def directory() -> bytes:
    """A message of fifteen hundred properties that no list names."""
    streams = {f"__substg1.0_{at:04X}001F": b"" for at in range(0x3000, 0x3000 + 1500)}
    return compound({"__properties_version1.0": bytes(32)} | streams)


def tnef() -> bytes:
    """Two hundred thousand attachments of one byte, and lists that say they have four thousand million values."""
    lists = attribute(MESSAGE, 0x00069003, listed(struct.pack("<II", 0x1009_1102, 0xFFFFFFFF)))
    one = attribute(FILE, 0x00069002, bytes(14)) + attribute(FILE, 0x0006800F, b"x")
    return b"\x78\x9f\x3e\x22\1\0" + lists * 1000 + one * 200_000


def tnefs(depth: int = 40) -> bytes:
    """A wrapping in a wrapping in a wrapping."""
    body = b"\x78\x9f\x3e\x22\1\0" + attribute(MESSAGE, 0x0002800C, LINE)
    for _ in range(depth):
        begin = attribute(FILE, 0x00069002, bytes(14)) + attribute(FILE, 0x0006800F, body)
        body = b"\x78\x9f\x3e\x22\1\0" + begin
    return body


def cards() -> bytes:
    """A card of a million folded lines, and quoted-printable ones."""
    one = b"NOTE;ENCODING=QUOTED-PRINTABLE:=41=\n=42=\n"
    return b"BEGIN:VCARD\nVERSION:2.1\nN:Adebayo;Ade\n" + one * 500_000 + b"END:VCARD\n"


def calendar() -> bytes:
    return b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nSUMMARY:Adebayo\n" * 500_000


BOMBS = {
    "mail, multiparts 5,000 deep": Bomb(name="a.eml", make=lambda: multiparts(5000)),
    "mail, 2,000 mails in each other": Bomb(name="a.eml", make=lambda: forwarded(2000)),
    "mail, a million parts": Bomb(name="a.eml", make=parts),
    "mail, 300,000 addresses": Bomb(name="a.eml", make=addresses, told=frozenset()),
    "mail, words and brackets": Bomb(name="a.eml", make=words, told=frozenset()),
    "mail, a name in pieces": Bomb(name="a.eml", make=parameters, told=frozenset()),
    "mail, a million headers": Bomb(name="a.eml", make=headers, told=frozenset()),
    "mbox, half a million mails": Bomb(name="a.mbox", make=boxes),
    "msg, messages in messages": Bomb(name="a.msg", make=nested_message),
    "msg, 1,500 properties": Bomb(name="a.msg", make=directory, told=told("broken", "limit")),
    "tnef, 200,000 files": Bomb(name="winmail.dat", make=tnef, told=told("broken", "limit")),
    "tnef, 40 deep": Bomb(name="winmail.dat", make=tnefs),
    "vcard, a million lines": Bomb(name="a.vcf", make=cards, told=frozenset()),
    "calendar, without end": Bomb(name="a.ics", make=calendar, told=frozenset()),
}
