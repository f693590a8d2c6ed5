"""One edit between two public words."""

from __future__ import annotations

import random

import numpy as np
from rapidfuzz.distance import OSA

from matchers.people.kernel.mistyping import one_edit
from matchers.people.kernel.publics import packed


def test_it_is_the_distance_of_optimal_string_alignment() -> None:
    """On words of up to sixteen letters, of a small alphabet and so often near each other."""
    dice = random.Random(1)
    near = 0
    for _ in range(4000):
        one, two = ("".join(dice.choices("abc", k=dice.randrange(1, 17))) for _ in range(2))
        if dice.random() < 0.7:
            at = dice.randrange(len(one))
            two = one[:at] + dice.choice(("", "a", one[at : at + 2][::-1])) + one[at + 1 :]
            two = two[:16]
        words = [np.uint64(half) for word in (one, two) for half in packed(word.encode())]
        wanted = OSA.distance(one, two) <= 1
        assert one_edit(*words) == wanted, (one, two)
        near += wanted
    assert near > 1000
