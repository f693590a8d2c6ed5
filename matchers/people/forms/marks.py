"""
Which of a few marks a text holds: the first question, asked of every text.

Two or four bytes, so that a whole text is compared eight bytes at a time; a
search for each word would take longer than all that follows.
"""

from __future__ import annotations

import numpy as np

# Of `\ndn:` (LDIF), `vcard`, `values` (SQL), `stdin` (COPY), and the ends of `officer`, `employee`.
WORDS = (b"\ndn:", b"vcar", b"lues", b"stdi", b"name", b"icer", b"oyee")
SIGNS = (b"],", b"</", b'="', b"='", b"),")
SMALL = 1 << 14  # bytes up to which plain searches are quicker


def present(low: bytes, asked: frozenset[bytes] = frozenset((*WORDS, *SIGNS))) -> frozenset[bytes]:
    """Those of the asked WORDS and SIGNS that stand anywhere in these bytes."""
    if len(low) <= SMALL:
        return frozenset(mark for mark in asked if mark in low)
    found: set[bytes] = set()
    for marks, size, kind in ((WORDS, 4, "<u4"), (SIGNS, 2, "<u2")):
        left = {mark: int.from_bytes(mark, "little") for mark in marks if mark in asked}
        for offset in range(size):
            view = np.frombuffer(low, dtype=kind, offset=offset, count=(len(low) - offset) // size)
            for mark, number in list(left.items()):
                if (view == number).any():
                    found.add(mark)
                    del left[mark]
    return frozenset(found)
