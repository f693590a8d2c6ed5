"""
What stands around identifiers and says how much they matter.

Signs of a record (a home address, a postcode, a secret …) and of a police
context, in folded text. Words are public; nothing here looks anything up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matchers.people.words import phrase
from watcher.api import Field, Sign, police_words, rank

NEAR = 60  # characters within which a police word makes a police context

_WORDS: dict[Sign, str] = {
    Sign.POSTCODE: r"(?<![a-z0-9])[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}(?![a-z0-9])",
    Sign.PHONE: r"(?<![\d.])(?:\+?44 ?\(?0?\)?|0)(?:7\d{3}[ -]?\d{3}[ -]?\d{3}|[12]\d{2,4}[ -]?\d{3}[ -]?\d{3,4}|[12]\d{8,9})(?!\d)",
    Sign.ADDRESS: (
        r"(?<![a-z0-9])\d{1,4}[a-z]? (?:[a-z]+ ){1,3}(?:street|road|avenue|lane|close|drive|crescent|"
        r"gardens|grove|terrace|court|rd|ave|way|place|park|mews|hill|walk)(?![a-z])"
        r"|(?<![a-z])(?:home address|lives (?:at|in|on)|living at|resides)(?![a-z])"
    ),
    Sign.BIRTH: r"(?<![a-z])(?:dob|d\.o\.b|date of birth|born (?:on|in)|birthday)(?![a-z])",
    Sign.VEHICLE: (
        r"(?<![a-z0-9])[a-hj-prsv-y][a-hj-pr-y]\d{2} ?[a-hj-pr-z]{3}(?![a-z0-9])"
        r"|(?<![a-z])(?:number plate|registration|drives an?)(?![a-z])"
    ),
    Sign.INSURANCE: r"(?<![a-z0-9])[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d](?![a-z0-9])",
    Sign.KIN: (
        r"(?<![a-z])(?:next of kin|nok|wife|husband|spouse|daughters?|sons?|his kids|her kids|children|"
        r"(?:his|her) (?:mother|father|mum|dad|partner|school|family))(?![a-z])"
    ),
    Sign.THREAT: (
        r"(?<![a-z])(?:kill(?:ed|ing)? (?:him|her|them)|burn (?:him|her|them|it|down)|petrol bomb|"
        r"shoot|get (?:him|her|them)|deserves? (?:to die|it)|watch your back|target(?:s|ed)?|"
        r"knows? where (?:he|she|they) lives?|pay (?:him|her|them) a visit|scum|bastards?)(?![a-z])"
    ),
}
_SIGNS = {sign: re.compile(pattern.encode()) for sign, pattern in _WORDS.items()}
_POLICE = re.compile(
    rb"\b(?=["
    + bytes(sorted({ord(word[0]) for word in police_words}))
    + rb"])(?:"
    + b"|".join(sorted(word.encode() for word in police_words))
    + rb")\b"
)

OF_COLUMN: dict[Field, Sign] = {
    Field.VETTING: Sign.VETTING,
    Field.ADDRESS: Sign.ADDRESS,
    Field.POSTCODE: Sign.POSTCODE,
    Field.PHONE: Sign.PHONE,
    Field.BIRTH_DATE: Sign.BIRTH,
    Field.VEHICLE: Sign.VEHICLE,
    Field.NATIONAL_INSURANCE: Sign.INSURANCE,
    Field.NEXT_OF_KIN: Sign.KIN,
    Field.PHOTO: Sign.PHOTO,
    Field.PASSWORD: Sign.SECRET,
}
OF_POLICE = frozenset({Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.PAY_NUMBER})


def signs(folded: bytes) -> frozenset[Sign]:
    """The signs in this folded stretch of text, POLICE left out."""
    return frozenset(sign for sign, pattern in _SIGNS.items() if pattern.search(folded))


def police(folded: bytes) -> bool:
    """Whether a police word stands in this stretch."""
    return _POLICE.search(folded) is not None


def police_places(folded: bytes) -> list[int]:
    """Where police words stand."""
    return [match.start() for match in _POLICE.finditer(folded)]


@lru_cache(maxsize=1 << 12)
def ranks(phrase: bytes) -> str | None:
    """The rank that this folded phrase names, or None."""
    return rank(phrase.decode("ascii"))


def rank_phrase(text: str) -> bytes:
    """What two ways of writing a rank have in common."""
    return (rank(text) or "").encode() or phrase(text)


def rank_among(words: Iterable[bytes]) -> str | None:
    """The first rank that one word, or two neighbours together, name."""
    words = list(words)
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            if found := ranks(b" ".join(words[start : start + size])):
                return found
    return None
