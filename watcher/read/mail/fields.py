"""
Header fields of mails as text: folded lines joined, encoded words decoded.

RFC 5322 §2.2.3, RFC 2047, RFC 2231. Mails break every one of these rules, so
nothing here fails: what cannot be decoded stands as it was.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import collapse_rfc2231_value

from watcher.read.charsets.charset import Decoder, allowed
from watcher.read.mail.envelope import FIELD

_WORD = re.compile(r"=\?([!-~]{1,60}?)(?:\*[A-Za-z-]{1,20})?\?([bBqQ])\?([^?\n]{0,100000})\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]{1,100}(?==\?[!-~]{1,60}\?[bBqQ]\?)")
_FOLD = re.compile(r"\r?\n[ \t]?")
_WIDE = frozenset(("utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_jp"))
_LONGEST = 1 << 13  # bytes of a field that has parameters
_CODINGS = ("base64", "quoted-printable")


def _read(data: bytes, charset: str) -> str:
    """Bytes of a word: by the charset it names, if that is a usual one, else by the ladder."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = ""
    if name in _WIDE or allowed(charset):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, ValueError):
            pass
    decoder = Decoder(data)
    return decoder.feed(data) + decoder.finish()


def _decoded(found: re.Match[str]) -> str:
    charset, how, text = found[1], found[2].lower(), found[3]
    data = text.encode("utf-8", "replace")
    if how == "q":
        return _read(binascii.a2b_qp(data, header=True), charset)
    try:
        return _read(binascii.a2b_base64(data + b"=" * (-len(data) % 4)), charset)
    except binascii.Error:
        return found[0]


def words(value: str) -> str:
    """A field's value with its encoded words (RFC 2047) decoded, in one line."""
    value = _FOLD.sub(" ", value)
    if "=?" in value:
        value = _WORD.sub(_decoded, _BETWEEN.sub(r"\1", value))
    return " ".join(value.split())


def _plain(data: bytes) -> str:
    if data.isascii():
        return data.decode("ascii")
    decoder = Decoder(data)
    return decoder.feed(data) + decoder.finish()


def lines(head: bytes) -> Iterator[str]:
    """Each header field of a block in a line of its own, decoded."""
    at = 0
    while at < len(head):
        found = FIELD.match(head, at)
        if found:
            yield f"{found[1].decode('ascii')}: {words(_plain(found[2]))}\n"
            at = found.end()
        else:  # what stands before the first field
            end = head.find(b"\n", at) + 1 or len(head)
            yield _plain(head[at:end])
            at = end


class Fields:
    """What a block of header fields says of the part that follows it."""

    __slots__ = ("boundary", "charset", "coding", "kind", "name")

    def __init__(self, head: bytes) -> None:
        self.kind = "text/plain"
        self.boundary = b""
        self.charset = self.coding = self.name = ""
        if head:
            self._read(head)

    def _read(self, head: bytes) -> None:
        message = Message()
        coding = ""
        for found in FIELD.finditer(head):
            name = found[1].lower()
            if name in (b"content-type", b"content-disposition"):
                field = name.decode("ascii")
                if field not in message:
                    message[field] = _FOLD.sub(" ", _plain(found[2][:_LONGEST])).strip()
            elif name == b"content-transfer-encoding" and not coding:
                coding = found[2].decode("ascii", "replace")
        coding = coding.partition(";")[0].strip(" \t\r\n\"'").lower()
        self.coding = coding if coding in _CODINGS else ""
        self.kind = message.get_content_type()
        self.boundary = _parameter(message, "boundary").rstrip().encode("utf-8", "replace")
        self.charset = _parameter(message, "charset")
        self.name = words(
            _parameter(message, "filename", "content-disposition") or _parameter(message, "name")
        )


def _parameter(message: Message, name: str, field: str = "content-type") -> str:
    try:
        value = message.get_param(name, "", field)
        return collapse_rfc2231_value(value) if value else ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
