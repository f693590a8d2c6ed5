"""Many characters at once."""

from __future__ import annotations

import random

import numpy as np

from matchers.people.kernel import blocks
from matchers.people.kernel.compile import compiled
from matchers.people.kernel.folding import fold
from matchers.people.tables import Array
from tests.matchers.people.kernel.windows import otherwise

LOW = 0x7F


@compiled
def _asked(cls: Array, at: int, one: int, two: int, three: int) -> tuple[int, int, int, int]:
    return (
        blocks.same(cls, at, one),
        blocks.any_of(cls, at, one, two, three),
        blocks.within(cls, at, min(one, two) & LOW, max(one, two) & LOW),
        blocks.letters_and_digits(cls, at),
    )


@compiled
def _bits(bits: int) -> tuple[int, int, int]:
    return blocks.lowest(bits), blocks.highest(bits), blocks.how_many(bits)


@compiled
def _moved(cls: Array, at: int, to: int) -> None:
    blocks.put(cls, to, blocks.eight(cls, at))


def _flags(found: list[bool]) -> int:
    return sum(1 << place for place, each in enumerate(found) if each)


def agree(count: int, dice: random.Random) -> None:
    """What each of the characters is, asked one by one; anywhere in an array, to its last place."""
    kinds = (list(range(256)), fold("azAZ09").tolist(), list(b"`{/:@[ \n;,|"))
    for _ in range(count):
        chars = [dice.choice(dice.choice(kinds)) for _ in range(70)]
        cls = np.array(chars, dtype=np.uint8)
        at = dice.randrange(len(chars) - blocks.WIDTH + 1)
        wide, word = chars[at : at + blocks.WIDTH], chars[at : at + blocks.SIXTEEN]
        one, two, three = (dice.choice(wide) for _ in range(3))
        least, most = sorted((one, two))
        low, high = least & LOW, most & LOW
        expected = (
            _flags([c == one for c in wide]),
            _flags([c in (one, two, three) for c in wide]),
            _flags([low <= c & LOW <= high for c in wide]) if low <= high else None,
            _flags([ord("a") <= c & LOW <= ord("z") for c in word])
            | _flags([ord("0") <= c <= ord("9") for c in word]) << blocks.NUMERALS
            | _flags([c > LOW for c in word]) << blocks.LOUD,
        )
        found = _asked(cls, at, one, two, three)
        for seen, right in zip(found, expected, strict=True):
            assert right is None or seen == right
        bits = dice.getrandbits(63) >> dice.randrange(62) | 1 << dice.randrange(62)
        text = f"{bits:b}"
        ends = (len(text) - 1 - text.rindex("1"), len(text) - 1, text.count("1"))
        assert _bits(bits) == ends
        to = dice.randrange(len(chars) - 7)
        _moved(cls, at, to)
        assert cls.tolist() == [*chars[:to], *chars[at : at + 8], *chars[to + 8 :]]


def test_they_are_what_they_are_one_by_one() -> None:
    agree(2000, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 300, NUMBA_DISABLE_JIT="1")
