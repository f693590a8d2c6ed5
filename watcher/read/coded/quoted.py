"""
Quoted-printable in a text (RFC 2045 §6.7): where its lines are, and what they say.

Most of such a text can be read as it stands. What it says is therefore a
second reading of it, not another document.
"""

from __future__ import annotations

import quopri
import re

# A letter of two or three bytes in UTF-8, or two or three letters of one byte each.
_LETTER = re.compile(r"=(?:C[2-9A-F]=[89AB][0-9A-F]|E[0-9A-F]=[89AB][0-9A-F]=[89AB][0-9A-F])")
_SINGLE = re.compile(r"=(?<=[a-z]=)(?:[C-F][0-9A-F](?=[a-z\s,;])|3D)")
_SOFT = re.compile(r"=(?:\n(?<=[^=\n]{60}=\n)|\r\n(?<=[^=\n]{60}=\r\n))")
_VEILED = re.compile(r"=[2-7][0-9A-F](?:=[2-7][0-9A-F]){7}")  # letters that had no need of it
_SIGN = re.compile(r"=(?:[C-F][0-9A-F]|3D|\r?\n|[2-7][0-9A-F]=)")  # one of them at least
_FEWEST = ((_LETTER, 2), (_SINGLE, 3), (_SOFT, 3), (_VEILED, 1))


def lines(text: str) -> tuple[int, int] | None:
    """Where in a text the lines stand that are quoted-printable: their beginning and end."""
    if "=" not in text or not _SIGN.search(text):
        return None
    places: list[int] = []
    for pattern, fewest in _FEWEST:
        found = [each.start() for each in pattern.finditer(text)]
        if pattern is _SOFT:
            found = [each for each in found if " " in text[each - 60 : each]]
        if len(found) >= fewest:
            places.extend(found)
    if not places:
        return None
    end = max(places) + 2
    while True:
        end = text.find("\n", end) + 1 or len(text)
        if not text[end - 3 : end].endswith(("=\n", "=\r\n")) or end == len(text):
            return text.rfind("\n", 0, min(places)) + 1, end


def plain(text: str) -> bytes:
    """The bytes that were written so."""
    return quopri.decodestring(text.encode("utf-8", "replace"))
