"""
Under which names a person is filed: what one edit cannot reach.

Nicknames, a second forename used as the first, initials, previous surnames,
double names whole and in halves, Mc/Mac/M', an optional O', Irish women's
forms, particles written together or left out, -ski/-ska, spellings of leading
Mohammed, South Asian surnames of many spellings, long West African forenames,
Singh or Kaur as the last name, and letters that expand (ß æ œ þ). The number of pairs per person is
capped; what was printed in the roster itself is never what the cap leaves out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matchers.people import nicknames
from matchers.people.words import PARTICLES, TITLES, words
from watcher.api import Person

MOST_PAIRS = 96
REMEMBERED = 1 << 16  # values of a roster, while it is enrolled

# Filed instead of the plain letter for people of whom the roster knows no more
# than an initial: asked for by whole forenames as well. No page can spell it.
BARE = b"?"

_EXPANDED = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
)
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe",
     "å": "aa", "Å": "Aa"}
)  # fmt: skip
_OPTIONAL_O = re.compile(r"^\s*[OoÓó]\s*(?:['’‘`´ʼ]|\s)\s*(?=\w)")
# South Asian and Arabic surnames that are written in ways more than one edit apart.
_ALIKE = tuple(
    frozenset(line.split())
    for line in (
        b"choudhury chaudhry chowdhury chaudhary choudhry chaudhri chaudhuri chaudry",
        b"hussain hussein husain hosain hossain husayn",
        b"sheikh shaikh shaik sheik",
        b"syed sayed saeed sayeed said",
        b"yusuf yousuf yousaf yusuff yousef youssef",
        b"qureshi quraishi koreshi qureishi",
        b"rahman rehman rahmaan",
        b"mahmood mahmud mehmood mahmoud",
        b"siddiqui siddiqi siddique sadiqi",
        b"abdullah abdulla abdallah",
    )
)
_LAST_IN_MIDDLE = (b"singh", b"kaur")  # middle names that are used as the last
_LONG_BEGINNINGS = (b"oluwa", b"olu", b"ade", b"chukwu", b"chi")  # Yoruba and Igbo
_SUFFIXES = ((b"ski", b"ska"), (b"cki", b"cka"), (b"dzki", b"dzka"))


@dataclass(frozen=True, slots=True)
class Names:
    """
    `pairs` of (forename, surname) tokens, the first of which is what the
    roster prints; `first` and `surname` make that pair (empty without a name).
    """

    pairs: tuple[tuple[bytes, bytes], ...]
    first: bytes = b""
    surname: bytes = b""
    initial: bytes = b""


def _spellings(text: str) -> list[str]:
    """The text, and with its letters expanded where it has such letters."""
    found = [text]
    for table in (_EXPANDED, {**_EXPANDED, **_GERMAN}):
        other = text.translate(table)
        if other not in found:
            found.append(other)
    return found


def _unique(tokens: Iterable[bytes]) -> list[bytes]:
    return list(dict.fromkeys(token for token in tokens if token))


@lru_cache(maxsize=REMEMBERED)
def _letters(text: str) -> tuple[bytes, ...]:
    found = [word for word in words(text) if not word.isdigit()]
    return tuple([word for word in found if word not in TITLES] or found)


def _gaelic(first: bytes, rest: bytes) -> list[bytes]:
    """Ní and Uí stand for Ó, Nic and Mhic for Mac; after them the name is softened (Dhónaill)."""
    hard = rest[:1] + rest[2:] if rest[1:2] == b"h" and len(rest) > 3 else rest
    if first in (b"ni", b"ui"):
        return [b"o" + hard, hard, b"o" + rest, rest]
    return [b"mac" + hard, b"mc" + hard, b"mac" + rest, b"mc" + rest]


def _mac(name: bytes) -> list[bytes]:
    for prefix, others in ((b"mac", (b"mc", b"m")), (b"mc", (b"mac", b"m"))):
        rest = name.removeprefix(prefix)
        if rest != name and len(rest) >= 3:
            return [other + rest for other in others]
    return []


def _polish(name: bytes) -> list[bytes]:
    for man, woman in _SUFFIXES:
        for ours, other in ((man, woman), (woman, man)):
            if name.endswith(ours) and len(name) > 5:
                return [name[: -len(ours)] + other]
    return []


def _alike(name: bytes) -> list[bytes]:
    return [other for group in _ALIKE if name in group for other in sorted(group - {name})]


def _shortened(name: bytes) -> list[bytes]:
    """What a long West African forename is shortened to: `Oluwaseun` to Seun and Olu."""
    for beginning in _LONG_BEGINNINGS:
        rest = name.removeprefix(beginning)
        if rest != name and len(rest) >= 4:
            return [rest, beginning[:3]]
    return []


def _used_as_last(middle: str) -> list[bytes]:
    return [name for name in _letters(middle) if name in _LAST_IN_MIDDLE]


def surnames(text: str) -> list[bytes]:
    """All tokens under which a surname is filed, what was printed first."""
    return list(_surnames(text))


@lru_cache(maxsize=REMEMBERED)
def _surnames(text: str) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for spelling in _spellings(text):
        tokens = _letters(spelling)
        if not tokens:
            continue
        joined = b"".join(tokens)
        found.append(joined)
        if len(tokens) > 1:
            parts = [token for token in tokens if token not in PARTICLES and len(token) > 1]
            if not tokens[0].startswith((b"mc", b"mac")) or tokens[0] not in PARTICLES:
                found.extend(parts)
            found.extend(
                b"".join(tokens[start:])
                for start in range(1, len(tokens))
                if tokens[start - 1] not in (b"mc", b"mac")
            )
            if len(tokens) > 2:
                found.extend(
                    b"".join(pair)
                    for pair in itertools.pairwise(tokens)
                    if not PARTICLES.issuperset(pair)
                )
        if tokens[0] in (b"ni", b"ui", b"nic", b"mhic") and len(tokens) > 1:
            found.extend(_gaelic(tokens[0], b"".join(tokens[1:])))
        if match := _OPTIONAL_O.match(spelling):
            rest = b"".join(_letters(spelling[match.end() :]))
            found.extend((b"o" + rest, rest))
        for name in list(found):
            found.extend(_mac(name))
            found.extend(_polish(name))
            found.extend(_alike(name))
    return tuple([name for name in _unique(found) if len(name) > 1] or _unique(found))


def forenames(person: Person) -> tuple[list[bytes], list[bytes]]:
    """Whole forenames (what was printed first), and initials."""
    printed: list[bytes] = []
    for text in (person.forename, person.known_as):
        for spelling in _spellings(text):
            tokens = _letters(spelling)
            printed.extend(tokens[:1])
            if len(tokens) > 1:
                printed.append(b"".join(tokens))
                printed.extend(tokens[1:])
    middle = _letters(person.middle)
    called = [token for token in _unique(printed) if len(token) > 1]
    whole = [*called, *(token for token in middle if len(token) > 1)]
    for name in called:
        whole.extend(other.encode() for other in nicknames.others(name.decode()))
        whole.extend(_shortened(name))
    given = _letters(person.forename)
    letters = b"".join(token[:1] for token in [*given, *middle])
    if (
        len(given) == 1
        and len(given[0]) in (2, 3)
        and not person.middle
        and person.forename.isupper()
    ):
        letters = given[0]  # `JM` in a column of forenames
    initials = [letters[:1], letters[:2], letters[:3]]
    initials.extend(token[:1] for token in _letters(person.known_as)[:1])
    if given and given[0].decode() in nicknames.MOHAMMED:
        initials.append(letters[1:2])
    return _unique(whole), _unique(initials)


def names_of(people: Iterable[Person]) -> list[Names]:
    """All names of each of these people. Spellings are remembered while it runs, and no longer."""
    try:
        return [names(person) for person in people]
    finally:
        _letters.cache_clear()
        _surnames.cache_clear()


def names(person: Person) -> Names:
    """All names of one person."""
    last = surnames(person.surname)
    earlier = surnames(person.previous_surname)
    every = _unique([*last, *earlier, *_used_as_last(person.middle)])
    whole, initials = forenames(person)
    if not every or not (whole or initials):
        return Names(pairs=(), surname=every[0] if every else b"")
    if all(len(token) == 1 for token in _letters(person.forename)) and not person.known_as:
        initials.extend(token + BARE for token in initials[:1])
    given = _letters(person.forename) or _letters(person.known_as) or _letters(person.middle)
    first = given[0]
    # By rank of what was printed: a bare diagonal order keeps the plain pairs
    # and initials, and lets the cap take nicknames of half names.
    plain = len([*_letters(person.forename), *_letters(person.known_as)]) + 1
    ordered = sorted(
        itertools.chain(
            ((i + j, f, s) for i, f in enumerate(whole) for j, s in enumerate(every)),
            ((j, f, s) for f in initials for j, s in enumerate(every)),
            ((0, f, s) for f in whole[:plain] for s in every),
        ),
        key=lambda item: item[0],
    )
    pairs = dict.fromkeys(((first, every[0]), *((f, s) for _, f, s in ordered)))
    return Names(pairs=tuple(pairs)[:MOST_PAIRS], first=first, surname=every[0], initial=first[:1])
