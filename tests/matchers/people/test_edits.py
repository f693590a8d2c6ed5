"""The law of one edit, against rapidfuzz's optimal string alignment distance on plain text."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from matchers.people import edits
from matchers.people.siphash import halves
from tests.matchers.people.oracle_edits import ask, meet

KEY = halves(bytes(range(16)))


def decided(enrolled: Sequence[bytes], read: Sequence[bytes]) -> dict[tuple[bytes, bytes], int]:
    """(enrolled, read) → edits, for all pairs that meet, on hashes alone."""
    filed, asked = edits.file(enrolled, KEY), ask(read, KEY)
    postings: dict[int, list[int]] = {}
    for place, tag in enumerate(filed.tag.tolist()):
        postings.setdefault(tag, []).append(place)
    found: dict[tuple[bytes, bytes], int] = {}
    for query, tag in enumerate(asked.tag.tolist()):
        places = np.array(postings.get(tag, []), dtype=np.int64)
        word = read[asked.token[query]]
        met = meet(
            np.full(places.size, len(word)),
            np.full(places.size, asked.mask[query]),
            filed.cost[places],
            filed.mask[places],
        )
        for place, distance in zip(places.tolist(), met.tolist(), strict=True):
            if distance < 255:
                pair = (enrolled[filed.token[place]], word)
                found[pair] = min(distance, found.get(pair, 9))
    return found


def lawful(enrolled: bytes, read: bytes) -> int | None:
    """What the law says of this pair, in a cell (G = 3)."""
    distance = OSA.distance(enrolled, read)
    if distance == 0:
        return 0
    return 1 if distance == 1 and len(enrolled) >= 4 and len(read) >= 3 else None


def check(enrolled: Sequence[bytes], read: Sequence[bytes]) -> None:
    found = decided(enrolled, read)
    for pair in itertools.product(enrolled, read):
        assert found.get(pair) == lawful(*pair), pair


def test_every_short_word_against_every_other() -> None:
    """All words of one to five letters over two letters: runs, transpositions inside runs."""
    every = [
        "".join(letters).encode()
        for length in range(1, 6)
        for letters in itertools.product("ab", repeat=length)
    ]
    check(every, every)


def mutated(word: str, dice: random.Random) -> str:
    letters = list(word)
    for _ in range(dice.choice((0, 1, 1, 1, 2, 2))):
        at = dice.randrange(len(letters)) if letters else 0
        match dice.randrange(4):
            case 0:
                letters.insert(at, dice.choice("abcde"))
            case 1 if letters:
                del letters[at]
            case 2 if letters:
                letters[at] = dice.choice("abcde")
            case _ if at + 1 < len(letters):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters) or "a"


def test_many_thousand_pairs_at_distance_0_to_2() -> None:
    """Words of up to 12 letters over five, half of the pairs built to lie at 0, 1 or 2 edits."""
    dice = random.Random(20)
    for _ in range(30):
        enrolled = ["".join(dice.choices("abcde", k=dice.randint(2, 12))) for _ in range(25)]
        read = [mutated(word, dice) for word in enrolled]
        read += ["".join(dice.choices("abcde", k=dice.randint(2, 12))) for _ in range(10)]
        check(
            [word.encode() for word in dict.fromkeys(enrolled)],
            [word.encode() for word in dict.fromkeys(read)],
        )


def test_sixty_four_letters_and_beyond() -> None:
    """The mask has 64 places; longer tokens are exact only."""
    longest, beyond = b"ab" * 32, b"ab" * 33
    found = decided([longest, beyond], [longest, beyond, longest[:-1], beyond[:-1]])
    assert found == {(longest, longest): 0, (beyond, beyond): 0, (longest, longest[:-1]): 1}


def test_nothing_enrolled_and_nothing_read() -> None:
    assert edits.file([], KEY).tag.size == 0
    assert ask([], KEY).tag.size == 0
