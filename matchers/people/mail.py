"""
E-mail addresses: enrolled ones whole, others at a force's domain by their local part.

`forename.surname@`, `f.surname2@`, `fsurname@` and `number@` at a watched or
enrolled domain mean the person whose name or number it is, so that no variant
need be filed. Every address of a force exists under `.pnn.` as well (legacy
network): that label is dropped on both sides. A secret after `:`, `;`, `|` or
a tab is seen, and not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from matchers.people.fold import fold
from matchers.people.words import bare

FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.co.uk live.com yahoo.com
    yahoo.co.uk icloud.com me.com btinternet.com aol.com sky.com msn.com protonmail.com proton.me
    ntlworld.com virginmedia.com talktalk.net blueyonder.co.uk mail.com gmx.com gmx.co.uk
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
POLICE_DOMAINS = (b"police.uk", b"police.je")  # the labels under which forces are registered
SHARE = 0.02  # of the enrolled addresses, from which on a domain is the force's own
BITS = 24.0  # a whole address by accident

_AT = re.compile(rb"@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,8}")
_BEFORE = re.compile(rb"[a-z0-9][a-z0-9._%+\-]{0,63}$")
# `a@b.example:secret`; after a space only if nothing else follows on the line (`a@b.example: see
# below` is a sentence). Another address after the separator is no secret.
_SECRET = re.compile(
    rb"[>\"]?(?:[:;|\t\x1f]{1,2}|: (?=[^\s\x1e\x1f]+[ \r]*(?:[\n\x1e\x1f]|$))| ?\| ?)"
    rb"(?!//)(?![^\s@]{1,64}@[a-z0-9\-]+\.)[^\s\x1e\x1f]{4,}"
)


class Address(NamedTuple):
    """An address in folded text. `whole` and `domain` are normalised; `until`: end of its secret."""

    start: int
    end: int
    whole: bytes
    local: bytes
    domain: bytes
    until: int


def normal(local: bytes, domain: bytes) -> tuple[bytes, bytes]:
    """Without `+tag` and without the label `pnn`."""
    domain = domain.strip(b".")
    if b"pnn" in domain:
        domain = b".".join(label for label in domain.split(b".") if label != b"pnn")
    return local.split(b"+", 1)[0].strip(b"."), domain


def find(text: bytes) -> list[Address]:
    """All addresses of folded text without SKIP, in order."""
    found: list[Address] = []
    if b"@" not in text:
        return found
    for match in _AT.finditer(text):
        read = found[-1].end if found else 0
        before = _BEFORE.search(text[max(read, match.start() - 64) : match.start()])
        if before is None:
            continue
        local, domain = normal(before.group(), match.group()[1:])
        if not local or not domain:
            continue
        secret = _SECRET.match(text, match.end())
        until = secret.end() if secret else match.end()
        start = match.start() - len(before.group())
        found.append(Address(start, match.end(), local + b"@" + domain, local, domain, until))
    return found


def address(text: str) -> bytes:
    """A plain value as it is filed, b"" if it is no address."""
    found = find(bare(fold(text)))
    return found[0].whole if found else b""


def watched(domain: str) -> bytes:
    """A domain of the configuration as it is compared."""
    return normal(b"", bare(fold(domain.strip().lstrip("@"))))[1]


def own_domains(addresses: Iterable[bytes]) -> list[bytes]:
    """The domains that are the force's own, judged by how many enrolled addresses they have."""
    counts = Counter(each.split(b"@")[1] for each in addresses if each)
    enough = max(1.0, SHARE * counts.total())
    return [
        domain
        for domain, count in counts.items()
        if count >= enough and domain.decode() not in FREE_MAIL
    ]
