"""
What stands around identifiers and says how much they matter.

Signs of a record (a home address, a postcode, a secret …) and of a police
context, in folded text. Words are public; nothing here looks anything up.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matchers.people.words import phrase
from watcher.api import Field, Sign, police_words, rank

NEAR = 60  # characters within which a police word makes a police context

# By how many digits a text must have at least to show it.
_IN_DIGITS: tuple[tuple[int, Sign, str], ...] = (
    (2, Sign.POSTCODE, r"(?<![a-z0-9])[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}(?![a-z0-9])"),
    (
        9,
        Sign.PHONE,
        r"(?<![\d.])(?:\+?44 ?\(?0?\)?|0)(?:7\d{3}[ -]?\d{3}[ -]?\d{3}|[12]\d{2,4}[ -]?\d{3}[ -]?\d{3,4}|[12]\d{8,9})(?!\d)",
    ),
    (
        1,
        Sign.ADDRESS,
        r"(?<![a-z0-9])\d{1,4}[a-z]? (?:[a-z]+ ){1,3}(?:street|road|avenue|crescent|gardens|terrace|rd|ave)(?![a-z])",
    ),
    (
        1,
        Sign.ADDRESS,
        # Words that are surnames as well: `PC 5989 P Hill` lives nowhere. They need a place
        # before the number, and behind them an end, a comma or a postcode.
        (
            r"(?:^|,|\b(?:at|in|on|of|flat|address)) ?\d{1,3}[a-z]? (?:[a-z]+ ){1,3}"
            r"(?:lane|close|drive|grove|court|way|place|park|mews|hill|walk)(?=$|,| [a-z]{1,2}\d)"
        ),
    ),
    (2, Sign.VEHICLE, r"(?<![a-z0-9])[a-hj-prsv-y][a-hj-pr-y]\d{2} ?[a-hj-pr-z]{3}(?![a-z0-9])"),
    (
        6,
        Sign.INSURANCE,
        r"(?<![a-z0-9])[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d](?![a-z0-9])",
    ),
)
_IN_WORDS: dict[Sign, str] = {
    Sign.ADDRESS: r"home address|lives (?:at|in|on)|living at|resides",
    Sign.BIRTH: r"dob|d\.o\.b|date of birth|born (?:on|in)|birthday",
    Sign.VEHICLE: r"number plate|registration|drives an?",
    Sign.KIN: (
        r"next of kin|nok|wife|husband|spouse|daughters?|sons?|his kids|her kids|children|"
        r"(?:his|her) (?:mother|father|mum|dad|partner|school|family)"
    ),
    Sign.THREAT: (
        r"kill(?:ed|ing)? (?:him|her|them)|burn (?:him|her|them|it|down)|petrol bomb|"
        r"shoot|get (?:him|her|them)|deserves? (?:to die|it)|watch your back|target(?:s|ed)?|"
        r"knows? where (?:he|she|they) lives?|pay (?:him|her|them) a visit|scum|bastards?"
    ),
}
_DIGITS = tuple((least, sign, re.compile(text.encode())) for least, sign, text in _IN_DIGITS)
_WORDS = tuple(
    (sign, re.compile(rb"(?<![a-z])(?:%b)(?![a-z])" % text.encode()))
    for sign, text in _IN_WORDS.items()
)
_ANY_WORD = re.compile(rb"(?<![a-z])(?:%b)(?![a-z])" % "|".join(_IN_WORDS.values()).encode())
_NOT_DIGITS = bytes(set(range(256)).difference(b"0123456789"))
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
OF_POLICE = frozenset({Field.WARRANT_NUMBER, Field.COLLAR_NUMBER})  # any firm has pay numbers


# A rank ends with a word that is a rank alone, or with one of these: `PCSO`'s officer, `p c`, `a do`.
_ENDS = frozenset({b"officer", b"c", b"s", b"i", b"do", b"staff", b"investigator"})
_NONE: frozenset[Sign] = frozenset()


def signs(folded: bytes) -> frozenset[Sign]:
    """The signs in this folded stretch of text, POLICE left out."""
    found: set[Sign] = set()
    if _ANY_WORD.search(folded):
        found.update(sign for sign, pattern in _WORDS if pattern.search(folded))
    if digits := len(folded.translate(None, _NOT_DIGITS)):
        found.update(
            sign for least, sign, pattern in _DIGITS if digits >= least and pattern.search(folded)
        )
    return frozenset(found) if found else _NONE


def police(folded: bytes) -> bool:
    """Whether a police word stands in this stretch."""
    return _POLICE.search(folded) is not None


@lru_cache(maxsize=1 << 14)
def ends_rank(word: bytes) -> bool:
    """Whether a phrase that is a rank may end with this word: most words are soon told apart."""
    return word in _ENDS or rank(word.decode("ascii")) is not None


def ranks(phrase: bytes) -> str | None:
    """The rank that this folded phrase names, or None."""
    if not ends_rank(phrase[phrase.rfind(b" ") + 1 :]):
        return None
    return rank(phrase.decode("ascii"))


def rank_phrase(text: str) -> bytes:
    """What two ways of writing a rank have in common."""
    return (rank(text) or "").encode() or phrase(text)
