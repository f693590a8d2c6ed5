"""
Other bytes dressed as letters inside a text: e-mail parts, uuencode, base64.

There is no reader for them yet. That they are there is noticed, so that a
mail with a list attached is not taken for a mail without one. Mail headers:
RFC 5322, RFC 2045 §6; uuencode: POSIX; yEnc: yenc.org, 1.3.
"""

from __future__ import annotations

import re

_OPENING = 1 << 13  # characters in which a mail shows that it is one
_BACK = 1 << 10  # characters that are looked at again with the next piece
_ALL = 1 << 16  # characters that decide whether a text is base64 and nothing else
_SHORTEST = 200

_FIRST = re.compile(r"\s*(?:From |>?[A-Za-z][A-Za-z0-9-]{0,60}: ?\S)")
_MAIL = re.compile(
    r"\n(?:From|Received|Return-Path|Message-ID|MIME-Version|Content-Type"
    r"|Content-Transfer-Encoding)[ \t]{0,9}:",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\n[> \t]{0,9}Content-Transfer-Encoding[ \t]{0,9}:\s{0,9}\"?"
    r"(?:base64|quoted-printable|x-uue(?:ncode)?|uuencode)\"?[ \t;]{0,9}\r?\n",
    re.IGNORECASE,
)
# Where the text is no mail of its own, the part itself must be there: much is written about mail.
_LONE_PART = re.compile(
    _PART.pattern + r"(?:[^\n]{0,998}\n){0,8}?[A-Za-z0-9+/]{60,76}\r?\n",
    re.IGNORECASE,
)
_UU = re.compile(r"\nbegin(?:-base64)? [0-7]{3,4} [^\n]{1,200}\n[!-M][ -`]{4,60}[ \t]?\r?\n")
_YENC = re.compile(r"\n=ybegin [^\n]{0,200}line=")
_BASE64 = re.compile(r"[A-Za-z0-9+/_=\s-]*")
_LINE = 40  # base64 is wrapped at 64 or 76, or not at all


class Armour:
    """Watches a text go by. `found`: it holds something that was not read."""

    def __init__(self) -> None:
        self.found = False
        self._head = ""
        self._mail: bool | None = None
        self._tail = "\n"

    def feed(self, text: str) -> None:
        """The next piece of the text."""
        if self.found:
            return
        if len(self._head) < _ALL:
            self._head += text[: _ALL - len(self._head)]
        if self._mail is None and len(self._head) >= _OPENING:
            self._settle()
        self._look(text)

    def finish(self) -> bool:
        """Whether anything was found, now that the text is at its end."""
        if self._mail is None:
            self._settle()
        self.found = self.found or _is_base64(self._head)
        self._head = ""
        return self.found

    def _settle(self) -> None:
        """Now it is known whether this is a mail: what went by is looked at once more."""
        self._mail = _is_mail(self._head)
        self._tail = "\n"
        self._look(self._head)

    def _look(self, text: str) -> None:
        text = self._tail + text
        self._tail = text[-_BACK:]
        if "nsfer-" in text or "NSFER-" in text:
            self.found |= bool((_PART if self._mail else _LONE_PART).search(text))
        if "\nbegin" in text:
            self.found |= bool(_UU.search(text))
        if "\n=ybegin" in text:
            self.found |= bool(_YENC.search(text))


def _is_mail(head: str) -> bool:
    head = head[:_OPENING]
    return bool(_FIRST.match(head) and _MAIL.search("\n" + head.lstrip()))


def _is_base64(head: str) -> bool:
    """Whether a text begins as base64 and holds nothing else: a paste of a file."""
    if not _BASE64.fullmatch(head):
        return False
    lines = head.split()
    whole = set(map(len, lines[:-1])) or {len(lines[-1]) if lines else 0}
    letters = "".join(lines)
    return (
        len(whole) == 1
        and whole.pop() >= _LINE
        and len(letters) >= _SHORTEST
        and any(map(str.islower, letters))
        and any(map(str.isupper, letters))
        and any(map(str.isdigit, letters))
    )
