"""Cutting words out of folded text, the same way on both sides."""

from __future__ import annotations

import re

import numpy as np

from matchers.people.fold import SKIP, fold

_SKIPPED = bytes([SKIP])
_WORD = re.compile(rb"[a-z0-9]+")
# `Smith's`: the mark of possession is not part of the name. SKIP is the apostrophe.
_POSSESSIVE = re.compile(rb"(?<=[a-z]{2})" + _SKIPPED + rb"s(?![a-z0-9" + _SKIPPED + rb"])")

PARTICLES = frozenset(
    b"""
    de la le du del della di da dos das do den der van von zu ter ten st saint al el ap ab bin ibn
    bint abu mc mac o ni nic ui mhic fitz y e
    """.split()
)
TITLES = frozenset(
    b"""
    mr mrs ms miss mx dr sir dame lord lady prof professor rev revd jr jnr sr snr qpm mbe obe cbe
    kbe qgm gm gc phd bsc msc ba ma llb frsa retd rtd ret esq
    """.split()
)


def bare(folded: bytes) -> bytes:
    """Folded text without what is skipped inside words."""
    if _SKIPPED not in folded:
        return folded
    return _POSSESSIVE.sub(b"", folded).replace(_SKIPPED, b"")


def clean(text: str) -> tuple[str, bytes, int]:
    """
    Text and its fold, both without what is skipped inside words, offset by offset.

    Third: 0 if nothing was left out (then offsets are those of the text given).
    """
    folded = fold(text)
    if _SKIPPED not in folded:
        return text, folded, 0
    codes = np.frombuffer(folded, dtype=np.uint8)
    keep = codes != SKIP
    for match in _POSSESSIVE.finditer(folded):
        keep[match.start() + 1] = False
    if text.isascii():
        kept = np.frombuffer(text.encode("ascii"), dtype=np.uint8)[keep].tobytes().decode("ascii")
    else:
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kept = wide[keep].tobytes().decode("utf-32-le", "surrogatepass")
    return kept, codes[keep].tobytes(), int(codes.size - keep.sum())


def cut(folded: bytes) -> list[bytes]:
    """The words of folded text."""
    return _WORD.findall(bare(folded))


def words(text: str) -> list[bytes]:
    """The words of a plain value, folded."""
    return cut(fold(text))


def phrase(text: str) -> bytes:
    """A value as one folded phrase: its words with single spaces."""
    return b" ".join(words(text))
