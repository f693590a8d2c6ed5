"""
Whether a ref is opaque. It is stored, printed and sent, so it must say nothing
of the person: no number, address or name of its own row.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from watcher.model import Person

LONGEST = 64  # characters
_WORDS = re.compile(r"[^\W_]+")
_COUNTS = re.compile(r"\D*(\d+)")


def _folded(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.lower()
    text = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in text if mark.isalnum()).casefold()


def malformed(ref: str) -> bool:
    """Longer than 64 characters, or with control or format characters."""
    return len(ref) > LONGEST or any(unicodedata.category(mark)[0] == "C" for mark in ref)


class _Ref(NamedTuple):
    """A ref folded: all of it, and its words."""

    whole: str
    words: frozenset[str]

    @classmethod
    def of(cls, ref: str) -> _Ref:
        return cls(_folded(ref), frozenset(_folded(word) for word in _WORDS.findall(ref)))


def _holds_number(ref: _Ref, value: str) -> bool:
    whole, number = ref.whole, _folded(value)
    core = number.lstrip("0") or "0"
    if core in {word.lstrip("0") or "0" for word in (whole, *ref.words)}:
        return True
    # Three digits of somebody's lie in many a counter or random ref by accident:
    # few digits count where they stand by themselves, many wherever they are.
    digits = re.sub(r"\D", "", number).lstrip("0")
    runs = {run.lstrip("0") for run in re.findall(r"\d+", whole)}
    return any(
        len(each) * 6 >= len(whole)
        and ((len(each) >= 3 and each in runs) or (len(each) >= 5 and each in whole))
        for each in (core, digits)
    )


def _holds_word(ref: _Ref, value: str) -> bool:
    whole, words = ref
    pieces = {_folded(piece) for piece in _WORDS.findall(value)} | {_folded(value)}
    return any(
        (len(piece) >= 2 and (piece in words or piece == whole))
        or (len(piece) >= 3 and not piece.isdigit() and piece in whole)
        for piece in pieces
    )


def repeats(person: Person, row: int = 0) -> str:
    """
    What of its own row the ref holds: `a number`, `an address`, `a name`; "" if nothing.

    A ref that counts the rows (`N-01234` on `row` 1,234) says no more than the
    row's number, whoever bears the same number as a collar number.
    """
    ref = _Ref.of(person.ref)
    counted = _COUNTS.fullmatch(person.ref) if row else None
    counts = counted is not None and int(counted[1]) == row
    if not counts and any(_holds_number(ref, value) for _, value in person.numbers):
        return "a number"
    locals_ = [address.partition("@")[0] for address in person.emails]
    if any(len(_folded(local)) >= 3 and _folded(local) in ref.whole for local in locals_):
        return "an address"
    names = (person.forename, person.surname, person.known_as, person.previous_surname)
    if any(_holds_word(ref, name) for name in names if name):
        return "a name"
    return "an address" if any(_holds_word(ref, local) for local in locals_) else ""
