"""Cutting words out of folded text, the same way on both sides."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from matchers.people.fold import APOSTROPHE, SKIP, fold

_MARK, _APOSTROPHE = bytes([SKIP]), bytes([APOSTROPHE])
_WORD = re.compile(rb"[a-z0-9]+")
# `Smith's`: the mark of possession is not part of the name.
_POSSESSIVE = re.compile(rb"(?<=[a-z]{2})\x03s(?![a-z0-9\x03])")

PARTICLES = frozenset(
    b"""
    de la le du del della di da dos das do den der van von zu ter ten st saint al el ap ab bin ibn
    bint abu mc mac o ni nic ui mhic fitz y e
    """.split()
)
TITLES = frozenset(
    b"""
    mr mrs ms miss mx dr sir dame lord lady prof professor rev revd jr jnr sr snr qpm mbe obe cbe
    kbe qgm gm gc phd bsc msc llb frsa retd rtd esq
    """.split()
)


def bare(folded: bytes) -> bytes:
    """Folded text without what is skipped inside words."""
    if _MARK in folded:
        folded = folded.replace(_MARK, b"")
    if _APOSTROPHE in folded:
        folded = _POSSESSIVE.sub(b"", folded).replace(_APOSTROPHE, b"")
    return folded


def clean(text: str) -> tuple[str, bytes]:
    """Text and its fold, both without what is skipped inside words, offset by offset."""
    folded = fold(text)
    if _MARK in folded:
        text, folded = _kept(text, folded, np.frombuffer(folded, dtype=np.uint8) != SKIP)
    if _APOSTROPHE in folded:
        keep = np.frombuffer(folded, dtype=np.uint8) != APOSTROPHE
        for match in _POSSESSIVE.finditer(folded):
            keep[match.start() + 1] = False
        text, folded = _kept(text, folded, keep)
    return text, folded


def _kept(text: str, folded: bytes, keep: npt.NDArray[np.bool_]) -> tuple[str, bytes]:
    left = np.frombuffer(folded, dtype=np.uint8)[keep].tobytes()
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        return codes[keep].tobytes().decode("ascii"), left
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return wide[keep].tobytes().decode("utf-32-le", "surrogatepass"), left


def cut(folded: bytes) -> list[bytes]:
    """The words of folded text."""
    return _WORD.findall(bare(folded))


def words(text: str) -> list[bytes]:
    """The words of a plain value, folded."""
    return cut(fold(text))


def phrase(text: str) -> bytes:
    """A value as one folded phrase: its words with single spaces."""
    return b" ".join(words(text))
