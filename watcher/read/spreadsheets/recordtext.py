"""
Runs of text in the bytes of a binary record: UTF-16 and one byte for each character.

For records of which no more is known than that a person's words may stand in
them: names, comments, links, headers, lists of validation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = 3  # characters
_RUN = re.compile(
    rb"(?P<wide>(?:[\t\x20-\x7e\xa0-\xff]\x00|[\x00-\x7f]\x01|[\x10-\x7f]\x1e|[\x10-\x27]\x20){%d,})"
    rb"|(?P<one>(?:[\t\x20-\x7e]|(?<=[A-Za-z])[\xc0-\xff](?=[A-Za-z ])){%d,})"
    % (SHORTEST, SHORTEST)
)
_WORD = re.compile(r"[^\W\d_]{3}|\d{3}")


def runs(data: bytes) -> Iterator[str]:
    """The runs of text, in their order, without those that hold no word or number."""
    for found in _RUN.finditer(data):
        codec = "utf-16-le" if found.lastgroup == "wide" else "cp1252"
        text = " ".join(found[0].decode(codec, "replace").split())
        if len(text) >= SHORTEST and _WORD.search(text):
            yield text
