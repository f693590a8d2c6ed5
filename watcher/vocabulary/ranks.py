"""
Which rank a token or phrase names.

The ladder of the police of England, Wales, Scotland and Northern Ireland, the
chief officers of the Metropolitan and City of London police, the specials, and
support officers. Acting, temporary and detective forms are the same rank.
Whether an ambiguous token (`DC`, `PS`; see `police.ambiguous`) may count is
for the caller to decide from what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

_RANKS: dict[str, str] = {
    "constable": (
        "constable|pc|p c|con|const|cst|wpc|tpc|student officer|probationer|dc|tdc|t dc|tdetcon"
        "|police con|detcon|det con|student constable|probationary constable|student pc"
    ),
    "sergeant": (
        "sergeant|sgt|ps|p s|sergt|wps|ds|dsgt|detsgt|aps|tps|ads|tds|asgt|tsgt|seargent|sarge"
        "|serjeant|sgts"
    ),
    "inspector": "inspector|insp|pi|p i|di|dinsp|detinsp|adi|tdi|ainsp|tinsp|inspr",
    "chief inspector": (
        "chief inspector|ch insp|c insp|cinsp|ci|c i|chief insp|dci|adci|tdci|chinsp|ch inspector"
        "|tcinsp|tci"
    ),
    "superintendent": "superintendent|supt|sup|dsu|dsupt|detsupt|tsupt|asupt|tdsupt|tdsu",
    "chief superintendent": (
        "chief superintendent|ch supt|c supt|csupt|chief supt|cs|dcs|chsupt|ch superintendent|tdcs"
        "|dcsupt|tcsupt"
    ),
    "assistant chief constable": "assistant chief constable|acc|tacc|asst chief constable|dacc",
    "deputy chief constable": "deputy chief constable|dcc|tdcc|dep chief constable",
    "chief constable": "chief constable|cc|ch constable|ch con|chief con|tcc",
    "commander": "commander|cmdr|comdr|cdr",
    "deputy assistant commissioner": "deputy assistant commissioner|dac|tdac",
    "assistant commissioner": "assistant commissioner|ac|asst commissioner",
    "deputy commissioner": "deputy commissioner",
    "commissioner": "commissioner",
    "special constable": "special constable|sc|spc|s con|sp con|spl con|special con|special pc",
    "special sergeant": "special sergeant|s sgt|ssgt|sp sgt|special sgt",
    "special inspector": "special inspector|s insp|sinsp|sp insp|special insp",
    "divisional officer": "divisional officer|a do|s do",
    "support officer": (
        "pcso|cso|police community support officer|community support officer|psco"
    ),
    "detention officer": "ddo|cdo|designated detention officer|detention officer",
    "staff": "police staff|civilian investigator|peo|pio",
}  # fmt: skip
_TOKENS = {token: name for name, tokens in _RANKS.items() for token in tokens.split("|")}
_BEFORE = (
    ("a", "t", "acting", "actg", "ag", "temp", "tempy", "temporary", "trainee", "tr"),
    ("d", "det", "detective", "woman"),
    ("police",),
)
_PREFIX = re.compile("".join(rf"(?:(?:{'|'.join(words)})\s+)?" for words in _BEFORE))
_LONG = ("constable", "sergeant", "inspector", "superintendent", "commander", "commissioner")
_OTHER_WORDS = frozenset({"commanded", "commandeer", "commissioned", "commissioners", "commanders"})
_NOT_WORD = re.compile(r"[^a-z]+")
LONGEST = 60  # characters


def _known(text: str) -> str | None:
    return _TOKENS.get(text) or _TOKENS.get(text[_PREFIX.match(text).end() :])  # type: ignore[union-attr]  # every group is optional: it always matches


def _mended(word: str) -> str:
    if len(word) < 8 or word in _OTHER_WORDS:
        return word
    found = process.extractOne(word, _LONG, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found and found[0][0] == word[0] else word


@lru_cache(maxsize=1 << 14)
def rank(text: str) -> str | None:
    """
    The canonical rank (`constable`, `chief inspector`) that this whole token or phrase names.

    `A/Sgt`, `T/DS`, `Detective Sergeant` and `APS` are all `sergeant`. None if it names none.
    """
    if len(text) > LONGEST:
        return None
    words = _NOT_WORD.sub(" ", text.casefold()).strip()
    if not words or any(letter.isdigit() for letter in text):
        return None
    return _known(words) or _known(" ".join(_mended(word) for word in words.split()))


class RankParts(NamedTuple):
    """
    What `rank` is made of, for those who cannot call it for every word.

    A phrase names the rank that `phrases` says, whole or without the longest
    prefix: one word of each of `before`, in their order, each of which may be
    missing. Words of eight letters or more that are one edit (optimal string
    alignment) from one in `long` and have its first letter are that word,
    those in `other` excepted.
    """

    phrases: Mapping[str, str]
    before: tuple[tuple[str, ...], ...]
    long: tuple[str, ...]
    other: frozenset[str]


def rank_parts() -> RankParts:
    """The tables that `rank` looks into."""
    return RankParts(_TOKENS, _BEFORE, _LONG, _OTHER_WORDS)
