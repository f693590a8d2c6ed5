"""
A full name in one cell → forename, middle names, surname.

`SURNAME, Forename Middle` · `Forename Middle Surname` · `SURNAME Forename` ·
`Surname F.M.`; titles, ranks and numbers before the name are left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from watcher.vocabulary import ambiguous, rank

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof", "rev"})
_AFTER = frozenset({"jr", "jnr", "snr", "qpm", "mbe", "obe", "kpm", "bem", "cbe"})
_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "du",
        "ter",
        "st",
    }
    | {
        "mac",
        "mc",
        "ni",
        "ní",
        "nic",
        "mhic",
        "uí",
        "ui",
        "ó",
        "o",
        "ap",
        "ab",
        "al",
        "el",
        "bin",
        "ibn",
    }
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}")


class Name(NamedTuple):
    forename: str
    middle: str
    surname: str


def initials(text: str) -> tuple[str, str]:
    """`J.M.` → (`J`, `M`): the forename's initial and the others, apart."""
    letters = re.findall(r"[^\W\d_]", text)
    return (letters[0], " ".join(letters[1:])) if letters else ("", "")


def _is_initials(word: str) -> bool:
    bare = word.replace(".", "")
    return len(bare) == 1 or ("." in word and _INITIALS.fullmatch(word) is not None)


def _given(words: list[str]) -> tuple[str, str]:
    if words and _is_initials(words[0]) and len(words[0].replace(".", "")) > 1:
        first, rest = initials(words[0])
        return first, " ".join([*rest.split(), *words[1:]])
    return (words[0] if words else "", " ".join(words[1:]))


def _bare(text: str) -> list[str]:
    """The words of a name, without titles, honours, numbers, and a rank before it."""
    words = [word for word in text.split() if not any(letter.isdigit() for letter in word)]
    words = [word for word in words if word.strip(".,").casefold() not in _AFTER]
    while len(words) > 1:
        word = words[0].strip(".,")
        sure = word.casefold() not in ambiguous or (word.isupper() and word != "CON")
        if word.casefold() in _TITLES or (rank(word) and sure):
            words = words[1:]
        else:
            break
    return words


def split(text: str) -> Name:
    """The parts of a full name; a single word is a surname."""
    last, comma, first = text.partition(",")
    if comma and last.strip():
        forename, middle = _given(_bare(first.replace(",", " ")))
        return Name(forename, middle, " ".join(_bare(last)))
    words = _bare(text.replace(",", " "))
    if len(words) < 2:
        return Name("", "", " ".join(words))
    shouted = [
        word for word in words if len(word) > 2 and word.isupper() and not _is_initials(word)
    ]
    quiet = [word for word in words if word not in shouted]
    if shouted and any(len(word) > 1 and not word.isupper() for word in quiet):
        # capitals are the surname; particles right before them belong to it
        start = words.index(shouted[0])
        while start > 0 and words[start - 1].casefold() in _PARTICLES:
            start -= 1
        end = max(index for index, word in enumerate(words) if word in shouted) + 1
        forename, middle = _given(words[:start] + words[end:])
        return Name(forename, middle, " ".join(words[start:end]))
    if _is_initials(words[-1]) and not _is_initials(words[0]):
        at = next(index for index, word in enumerate(words) if _is_initials(word))
        forename, middle = initials(" ".join(words[at:]))
        return Name(forename, middle, " ".join(words[:at]))
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    forename, middle = _given(words[:start])
    return Name(forename, middle, " ".join(words[start:]))
