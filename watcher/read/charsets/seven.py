"""
UTF-7 (RFC 2152), where it is declared and nowhere else.

Only what is written as a run of it is changed: `+AOQ-` is a letter, the plus
of a telephone number is a plus.
"""

from __future__ import annotations

import re

NAMES = frozenset(("utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7"))

_SAID = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?(?:unicode-1-1-)?utf-7\b""", re.IGNORECASE)
_RUN = re.compile(r"\+(?:-|([A-Za-z0-9+/]{2,})-?)")


def declared(name: str) -> bool:
    """Whether a charset's name says UTF-7."""
    return name.strip().strip("\"'").lower() in NAMES


def inside(head: bytes) -> bool:
    """Whether a page declares it in its first kilobyte."""
    return b"utf-7" in head[:1024].lower() and bool(_SAID.search(head, 0, 1024))


def text(written: str) -> str:
    """The text that was written so. What is no sound run of UTF-7 stays as it stands."""
    return _RUN.sub(_read, written) if "+" in written else written


def _read(found: re.Match[str]) -> str:
    if not found[1]:
        return "+"
    try:
        # The padding of zero bits that the RFC demands is judged by the codec.
        return f"+{found[1]}-".encode("ascii").decode("utf-7")
    except (UnicodeDecodeError, ValueError):
        return found[0]
