"""
Whether bytes begin as a mail (RFC 5322) or a box of mails (mbox, RFC 4155).

A mail is a block of header lines, several of them those that mails have, an
empty line and a body. A block of headers alone, a log or a letter with
`From:` in it stays the text that it is.
"""

from __future__ import annotations

import re

# A field: printable ASCII but the colon (RFC 5322 §2.2), then lines that begin with white space.
FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:([^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)")
# What may stand before the first: the mark of UTF-8, empty lines, the length that Apple's Mail
# writes, the line that separates mails in a box.
LEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}(?:\d{1,10}[ \t]*\r?\n)?(?:>?From [^\n]{0,300}\n)?")
BLANK = re.compile(rb"\r?\n")
# `From` as boxes have it: a sender, a day and a time; header lines follow.
SEPARATOR = re.compile(
    rb"From [^\n]{1,200}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b,?[^\n]{1,40}\d\d:\d\d[^\n]{0,60}\n"
    rb"(?=>?[!-9;-~]{1,100}:)"
)

_MAILS = frozenset(
    (b"from", b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to")
)
_USUAL = (
    _MAILS
    | frozenset((b"to", b"cc", b"bcc", b"subject", b"date", b"sender", b"reply-to", b"in-reply-to"))
    | frozenset((b"references", b"content-type", b"content-transfer-encoding", b"dkim-signature"))
)
_ENTITY = frozenset((b"content-type", b"content-transfer-encoding", b"mime-version"))
_ENOUGH = 3


def is_box(head: bytes) -> bool:
    """Whether a body that begins so is a box of mails."""
    return SEPARATOR.match(head) is not None


def is_mail(head: bytes, *, complete: bool) -> bool:
    """Whether a body that begins so is one mail, or a MIME entity of its own."""
    lead = LEAD.match(head)
    at = first = lead.end() if lead else 0
    names: set[bytes] = set()
    while found := FIELD.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    if at == first or len(names & _USUAL) < 2:
        return False
    if at >= len(head):
        if complete:
            return False  # headers alone
    elif not (blank := BLANK.match(head, at)) or not head[blank.end() :].strip():
        return False
    told = len(names & _USUAL) >= _ENOUGH and bool(names & _MAILS)
    return told or (len(names & _ENTITY) >= 2 and b"content-type" in names)
