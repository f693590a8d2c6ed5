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
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from watcher.vocabulary.fields import (
    ABBREVIATIONS,
    DIRECTORY,
    NOT_OURS,
    OF_DIRECTORIES,
    PHRASES,
    WITH_NAMES,
    Field,
)

LONGEST = 60  # characters; what is longer is a sentence or data
MOST_WORDS = 8
MOST_PARTS = 4  # fields in one cell

_FIELDS = {phrase: field for field, phrases in PHRASES.items() for phrase in phrases}
_COMPACT = {phrase.replace(" ", ""): field for phrase, field in _FIELDS.items()} | {
    phrase.removesuffix("no").replace(" ", "") + "number": field
    for phrase, field in _FIELDS.items()
    if phrase.endswith(" no")
}
_WORDS = frozenset(word for phrase in _FIELDS for word in phrase.split())
_LONG_WORDS = tuple(sorted(word for word in _WORDS if len(word) >= 5))

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_NOT_WORD = re.compile(r"[^a-z0-9#]+")
_E_MAIL = re.compile(r"\be mail")
_JOINT = re.compile(r"[/&+,|;]|\s-\s|\band\b", re.IGNORECASE)
_BARE = frozenset({"no", "id", "ref"})
_NUMBERS = frozenset({Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER})
# Whose column it is in a list of crime reports: `Victim Surname`, `Suspect DOB`.
_PARTY = re.compile(
    r"(?:victims?|witness(?:es)?|suspects?|offenders?|complainants?|aggrieved|defendants?|accused"
    r"|detainees?|injured partys?) (?=.)"
)
_DIGITS = re.compile(r"[\s£$€%+\-.,:/()]*\d[\d\s£$€%+\-.,:/()]*")


def _spell(text: str) -> str:
    """Lower case, words only, abbreviations written out."""
    text = _CAMEL.sub(" ", text.strip())
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = text.casefold()
    text = text.replace("№", " no ").replace("'", "").replace("’", "").replace("#", " no ")
    text = _E_MAIL.sub("email", _NOT_WORD.sub(" ", text)).strip()
    return " ".join(ABBREVIATIONS.get(word, word) for word in text.split())


def _exact(text: str) -> Field | None:
    spelled = _spell(text)
    if not spelled:
        return None
    if party := _PARTY.match(spelled):
        spelled = spelled[party.end() :]
    return _FIELDS.get(spelled) or _COMPACT.get(spelled.replace(" ", ""))


def _bones(word: str) -> str:
    """A word without its vowels, except for its first letter."""
    return word[:1] + re.sub("[aeiou]", "", word[1:])


_BONES: dict[str, str] = {_bones(word): word for word in _LONG_WORDS if len(_bones(word)) >= 3}


@lru_cache(maxsize=1)
def _meant() -> Mapping[tuple[str, int], Sequence[str]]:
    """
    Our longer words, by a first letter and a length.

    A slip of the pen leaves the first letter, and adds or takes one letter at most.
    """
    found: dict[tuple[str, int], list[str]] = {}
    for word in _LONG_WORDS:
        for length in range(len(word) - 1, len(word) + 2):
            found.setdefault((word[0], length), []).append(word)
    return found


@lru_cache(maxsize=1 << 12)
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
    meant = _meant().get((word[0], len(word)), ())
    found = process.extractOne(word, meant, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else None


def _fuzzy(text: str) -> Field | None:
    words = _spell(text).split()
    if not words or len(words) > MOST_WORDS:
        return None
    mended: list[str] = []
    for word in words:
        ours = _mended(word, alone=len(words) == 1)
        if ours is None:
            return None
        mended.append(ours)
    return _FIELDS.get(" ".join(mended))


def _together(text: str) -> Field | None:
    """
    The field of a cell that holds two: `Rank & Name` is a name, `Pay No/Collar No` a number.

    Every part must be one that people write beside a name, or a bare `No`.
    """
    parts = [part for part in _JOINT.split(text) if part.strip()]
    if not 2 <= len(parts) <= MOST_PARTS:
        return None
    fields = {Field.NUMBER if _spell(part) in _BARE else _exact(part) for part in parts}
    if None in fields or not fields <= WITH_NAMES:
        return None
    if fields & {Field.NAME, Field.SURNAME}:
        return Field.NAME
    named = any(_spell(part) not in _BARE for part in parts)
    return Field.NUMBER if named and fields <= _NUMBERS else None


@lru_cache(maxsize=1 << 14)
def heading(text: str) -> Field | None:
    """The field that this column heading names, or None."""
    if len(text) > LONGEST:
        return None
    found = _exact(text)
    if found is None and (bare := _ASIDE.sub(" ", text).strip()) and bare != text:
        found = _exact(bare) or _fuzzy(bare)
    return found or _fuzzy(text) or _together(text)


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
    that are not empty, and none is a number, an address or a sentence. In the
    table of a directory `sn` is a surname and `title` a rank.
    """
    cells = {column: cell.strip() for column, cell in enumerate(row) if cell.strip()}
    if any(_is_data(cell) for cell in cells.values()):
        return {}
    found = {
        column: field for column, cell in cells.items() if (field := heading(cell)) is not None
    }
    if len(found) < len(cells):
        found |= _directory(cells, found)
    return found if len(found) >= min(2, len(cells)) else {}


def _directory(cells: Mapping[int, str], found: Mapping[int, Field]) -> dict[int, Field]:
    """The columns that have a meaning in a directory only, if the table is one's."""
    names = {column: cell.casefold() for column, cell in cells.items()}
    if len(OF_DIRECTORIES.intersection(names.values())) < 2:
        return {}
    return {
        column: DIRECTORY[name]
        for column, name in names.items()
        if column not in found and name in DIRECTORY
    }


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
