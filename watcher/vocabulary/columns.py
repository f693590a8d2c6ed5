"""
Which field a column heading names.

First the exact words, normalised; then, word by word, one slip of the pen or
the vowels left out (`Srvce No.`, `Vetting lvl`), with cut-offs chosen so that
the headings of ordinary tables (`Total`, `Order No`, `Product name`,
`Employer`) stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from watcher.vocabulary.fields import ABBREVIATIONS, NOT_OURS, PHRASES, Field

LONGEST = 60  # characters; what is longer is a sentence or data
MOST_WORDS = 8

_FIELDS = {phrase: field for field, phrases in PHRASES.items() for phrase in phrases}
_COMPACT = {phrase.replace(" ", ""): field for phrase, field in _FIELDS.items()} | {
    phrase.removesuffix("no").replace(" ", "") + "number": field
    for phrase, field in _FIELDS.items()
    if phrase.endswith(" no")
}
_WORDS = tuple(sorted({word for phrase in _FIELDS for word in phrase.split()}))
_LONG_WORDS = tuple(word for word in _WORDS if len(word) >= 5)

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_NOT_WORD = re.compile(r"[^a-z0-9#]+")
_E_MAIL = re.compile(r"\be mail")
_DIGITS = re.compile(r"[\s£$€%+\-.,:/()]*\d[\d\s£$€%+\-.,:/()]*")


def _spell(text: str) -> str:
    """Lower case, words only, abbreviations written out."""
    text = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text.strip()))
    text = "".join(mark for mark in text if not unicodedata.combining(mark)).casefold()
    text = text.replace("№", " no ").replace("'", "").replace("’", "").replace("#", " no ")
    text = _E_MAIL.sub("email", _NOT_WORD.sub(" ", text)).strip()
    return " ".join(ABBREVIATIONS.get(word, word) for word in text.split())


def _exact(text: str) -> Field | None:
    spelled = _spell(text)
    if not spelled:
        return None
    return _FIELDS.get(spelled) or _COMPACT.get(spelled.replace(" ", ""))


def _bones(word: str) -> str:
    """A word without its vowels, except for its first letter."""
    return word[:1] + re.sub("[aeiou]", "", word[1:])


_BONES: dict[str, str] = {_bones(word): word for word in _LONG_WORDS if len(_bones(word)) >= 3}


def _mended(word: str, *, alone: bool) -> str | None:
    """The word of ours that this one was meant to be. A heading of one word gives less away."""
    if word in _WORDS:
        return word
    if word in NOT_OURS or len(word) < 3:
        return None
    whole = _BONES.get(_bones(word))
    if whole and len(word) < len(whole) and len(_bones(word)) >= (4 if alone else 3):
        return whole
    if len(word) < (6 if alone else 5):
        return None
    found = process.extractOne(word, _LONG_WORDS, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found and found[0][0] == word[0] else None


def _fuzzy(text: str) -> Field | None:
    words = _spell(text).split()
    if not words or len(words) > MOST_WORDS:
        return None
    mended = [_mended(word, alone=len(words) == 1) for word in words]
    if None in mended:
        return None
    return _FIELDS.get(" ".join(word for word in mended if word))


@lru_cache(maxsize=1 << 14)
def heading(text: str) -> Field | None:
    """The field that this column heading names, or None."""
    if len(text) > LONGEST:
        return None
    found = _exact(text)
    if found is None and (bare := _ASIDE.sub(" ", text).strip()) and bare != text:
        found = _exact(bare) or _fuzzy(bare)
    return found or _fuzzy(text)


def _is_data(cell: str) -> bool:
    """A number, an address or a sentence: no heading looks like that."""
    return (
        len(cell) > LONGEST
        or "@" in cell
        or len(cell.split()) > MOST_WORDS
        or _DIGITS.fullmatch(cell) is not None
    )


def headings(row: Sequence[str]) -> dict[int, Field]:
    """
    Column number (0-based) → field, for the cells of a row of headings.

    {} unless the row looks like one: at least two cells are recognised, or all
    that are not empty, and none is a number, an address or a sentence.
    """
    cells = {column: cell.strip() for column, cell in enumerate(row) if cell.strip()}
    if any(_is_data(cell) for cell in cells.values()):
        return {}
    found = {
        column: field for column, cell in cells.items() if (field := heading(cell)) is not None
    }
    return found if len(found) >= min(2, len(cells)) else {}


@lru_cache(maxsize=1 << 10)
def nearest(text: str) -> Field | None:
    """The field whose heading looks most like this one, for a suggestion, or None."""
    if (known := heading(text)) is not None:
        return known
    spelled = _spell(text)[:LONGEST]
    if len(spelled) < 3:
        return None
    found = process.extractOne(spelled, list(_FIELDS), scorer=fuzz.ratio, score_cutoff=72)
    return _FIELDS[found[0]] if found else None
