"""
What stands beside a number: a rank, a name in any case, a surname alone.

Here case says nothing: a number already points at somebody, and the question
is whether that officer's name is near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matchers.people import numbers
from matchers.people.around import ranks
from matchers.people.gather import Held
from matchers.people.identifiers import NumberHit
from matchers.people.judge import Judge
from matchers.people.lexicon import Word
from matchers.people.words import PARTICLES

NEXT = 6  # words within which forename and surname stand
SHORTEST = 4  # letters of a mistyped name (G of the law)
CLOSE = 24  # characters within which a surname alone must stand
MOST_RANK = 28  # characters before a name or number in which its rank may stand

WORD = re.compile(rb"[a-z0-9]+")
_LAST_WORDS = re.compile(rb"((?:[a-z]+[ /.]{1,2}){1,4})[^a-z]*$")

Words = Sequence[tuple[int, bytes]]  # place and word


def rank_before(plain: bytes, start: int) -> str:
    """The rank directly before this place, a number between them or not."""
    match = _LAST_WORDS.search(plain[max(0, start - MOST_RANK) : start])
    if match is None:
        return ""
    words = WORD.findall(match.group(1))
    for size in (3, 2, 1):
        if len(words) >= size and (rank := ranks(b" ".join(words[-size:]))):
            return rank
    return ""


def with_particles(words: Words) -> list[tuple[int, bytes]]:
    """The same words, and after each particle what it makes with the next: `mc`, `mcdonald`, …"""
    found: list[tuple[int, bytes]] = []
    for index, (at, word) in enumerate(words):
        found.append((at, word))
        if word in PARTICLES:
            following = [each for _, each in words[index + 1 : index + 3]]
            found.extend(
                (at, word + b"".join(following[:size])) for size in (1, 2) if following[size - 1 :]
            )
    return found


def _is_rank_beside(words: Words, at: int) -> str:
    before = [word for place, word in words if place < at][-3:]
    for size in (3, 2, 1):
        if len(before) >= size and (rank := ranks(b" ".join(before[-size:]))):
            return rank
    return ""


def named(
    judge: Judge,
    numbered: tuple[numbers.Found, NumberHit],
    words: Words,
    rank: str,
    lexicon: dict[bytes, Word],
) -> Held | None:
    """What the record of this number and the names near it holds; None if none is its owner's."""
    found, hit = numbered
    people = {officer for each in hit.officers.values() for officer in each}
    held = Held(numbers=[(hit, False)], rank=rank)
    for index, (_, word) in enumerate(words):
        for _, other in words[index + 1 : index + NEXT]:
            one, two = lexicon[word], lexicon[other]
            for forename, surname in ((one, two), (two, one)):
                if forename.forename < 0 or surname.surname < 0 or forename.length == 1:
                    continue  # `a` and `i` are words; initials are found where they are capitals
                same = people.intersection(judge.officers(forename.forename, surname.surname))
                if same:
                    judged = judge.judge([(forename, surname)], shortest=SHORTEST)
                    held.name = held.name or judged
    if held.name is None:
        beside = [(at, word) for at, word in words if found.start - CLOSE <= at <= found.end + 3]
        for at, word in beside:
            last = lexicon[word].surname
            close = rank or _is_rank_beside(words, at)
            if last >= 0 and close and (same := people.intersection(judge.carriers(last))):
                held.surnames = tuple(sorted(same))
                held.rank = held.rank or close
    if held.name is None and not held.surnames:
        return None
    mine = set(held.name.officers) if held.name else set(held.surnames)
    same_roles = {role: each for role, each in hit.officers.items() if mine.intersection(each)}
    held.numbers = [(hit._replace(officers=same_roles), False)]
    return held
