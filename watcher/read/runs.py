"""
Runs of text in bytes that are no text: 8-bit and UTF-16, as `strings(1)` finds them.

The last resort for streams whose format has no reader here. Names of most of
Europe are in its letters: Latin-1, and Latin Extended-A in UTF-16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.model import Part
from watcher.read.text import windows

_NARROW = rb"(?:[\xc2-\xdf][\x80-\xbf]|[\t\x20-\x7e\xc0-\xff]){5,4096}"
_WIDE = rb"(?:[\t\x20-\x7e\xa0-\xff]\0|[\0-\x7f]\x01){4,4096}"
_RUN = re.compile(rb"(?P<wide>" + _WIDE + rb")|(?P<narrow>" + _NARROW + rb")", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u017f]{3}")


def runs(body: bytes) -> Iterator[str]:
    """The runs, a line for each, in the order in which they stand."""
    for found in _RUN.finditer(body):
        if found["wide"]:
            text = found["wide"].decode("utf-16-le", "replace")
        else:
            text = found["narrow"].decode("utf-8", "replace")
            if "\ufffd" in text:
                text = found["narrow"].decode("cp1252", "replace")
        if _WORD.search(text):
            yield text.strip() + "\n"


def swept(body: bytes, where: str, *, hidden: bool = True, echo: bool = False) -> Iterator[Part]:
    """The runs as Parts."""
    yield from windows(runs(body), where, hidden=hidden, echo=echo)
