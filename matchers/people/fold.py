"""
Fold: one character in, one character out.

Case, diacritics, and letters that look like other letters (Cyrillic, Greek,
full-width, mathematical; after Unicode Technical Standard 39) become ASCII
lower case. What a writer may or may not type inside a word (combining marks,
soft hyphens, zero-width and bidirectional controls, apostrophes of all kinds)
becomes SKIP or APOSTROPHE, both dropped when words are cut out. The result is as long as
the text, so an offset in one is an offset in the other.

A letter that would need two (ß æ œ þ) becomes its first or plainest one; names
are enrolled in both spellings (`names`).
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache

import numpy as np
import numpy.typing as npt

SKIP = 0x01
APOSTROPHE = 0x03  # dropped as well, but `Smith's` ends before it
OTHER = 0x02  # a letter of a script that is not transliterated
HYPHEN = 0x2D
SPACE = 0x20

Bytes = npt.NDArray[np.uint8]

_UPPER = 0x80  # kept beside the class in the table: was it a capital?

# Look-alikes, on the original code point, before case (UTS 39, confusables);
# never for ASCII. Capitals stand apart where the small letter looks different.
_CYRILLIC = "АaВbЕeЅsІiЈjКkМmНhОoРpСcТtУyХxаaвbеeѕsіiїiјjкkмmнhоoрpсcтtуyхxԁdԛqԜwԝwһhҺhӏlӀiЁeёeЇi"
_GREEK = "ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxαaβbγyεeηnιiκkμuνvοoρpσsτtυuχxωwςs"
_LATIN = (
    "ŁlłlØoøoĐdđdÐdðdÞtþtßsẞsÆaæaŒoœoıiĦhħhŊnŋnŦtŧtƏeəeƀbƁbɓbƆoƇcƈcƊdɗdƑfƒfƓgɠgƗiɨiƘkƙkƚlɫlƝnɲnƟoɵo"
    "ƤpƥpƦrʀrƬtƭtƮtʈtƲvʋvƳyƴyƵzƶzȥzȺaȻcȼcȽlȾtɃbɄuɆeɇeɈjɉjɌrɍrɎyɏyɑaɡgɩiɪiʏyɢgʜhʟlɴn"
)
_LOOK_ALIKES = {
    pairs[i]: pairs[i + 1]
    for pairs in (_CYRILLIC, _GREEK, _LATIN)
    for i in range(0, len(pairs) - 1, 2)
}
_APOSTROPHES = "'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′‵＇ꞌ՚׳"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"


def _class(code: int) -> int:
    """The class of one code point that is not ASCII."""
    char = chr(code)
    if char in _APOSTROPHES:
        return APOSTROPHE
    if char in _DASHES:
        return HYPHEN
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf") or code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164):
        return SKIP
    upper = _UPPER if category in ("Lu", "Lt") else 0
    if char in _LOOK_ALIKES:
        return ord(_LOOK_ALIKES[char]) | upper
    base = unicodedata.normalize("NFKD", char)
    first = base[0]
    if first.isascii() and first.isalnum():
        return ord(first.lower()) | (upper or (_UPPER if first.isupper() else 0))
    if first in _LOOK_ALIKES:
        return ord(_LOOK_ALIKES[first]) | upper
    if category[0] == "N":
        value = unicodedata.digit(char, -1)
        return 0x30 + value if value >= 0 else SPACE
    if category[0] == "L" or category == "Mc":
        return OTHER | upper
    if category == "Sc":
        return ord("$")  # a price is not a number of ours
    if first.isascii() and category[0] in "PS" and first.isprintable():
        return ord(first)
    return SPACE


@lru_cache(maxsize=1)
def latin() -> Bytes:
    """The first 256 entries of `table`: all that most text needs."""
    found = np.empty(256, dtype=np.uint8)
    for code in range(128):
        char = chr(code)
        found[code] = ord(char.lower()) | (_UPPER if char.isupper() else 0)
    for control in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x1C), 0x7F):
        found[control] = SPACE
    for char in _APOSTROPHES:
        if char.isascii():
            found[ord(char)] = APOSTROPHE
    found[128:] = np.fromiter(map(_class, range(128, 256)), np.uint8, 128)
    return found


@lru_cache(maxsize=1)
def table() -> Bytes:
    """Class of every code point, with the highest bit set for capitals. Built once, when first needed."""
    found = np.full(sys.maxunicode + 1, SPACE, dtype=np.uint8)
    found[:256] = latin()
    # Whole planes of ideographs and syllables are one class; asking for each
    # would take a second.
    for start, end in ((0x3400, 0xA000), (0xAC00, 0xD7A4), (0x20000, 0x32000)):
        found[start:end] = OTHER
    for start, end in ((0x100, 0x3400), (0xA000, 0xAC00), (0xF900, 0x10000), (0x1D400, 0x1D800)):
        found[start:end] = np.fromiter(map(_class, range(start, end)), np.uint8, end - start)
    for start, end in ((0x1F100, 0x1F1AA), (0x1FBF0, 0x1FBFA), (0xE0000, 0xE0200)):
        found[start:end] = np.fromiter(map(_class, range(start, end)), np.uint8, end - start)
    return found


@lru_cache(maxsize=1)
def _ascii() -> bytes:
    """The table's first 128 entries for `bytes.translate`, which needs no arrays for short text."""
    return bytes(latin()[:128] & ~np.uint8(_UPPER)) + bytes(128)


def _classes(text: str) -> Bytes:
    if text.isascii():
        return latin()[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return table()[codes]


def fold(text: str) -> bytes:
    """The folded text: one byte for each character (code point), all below 0x80."""
    if text.isascii():
        return text.encode("ascii").translate(_ascii())
    return (_classes(text) & ~np.uint8(_UPPER)).tobytes()
