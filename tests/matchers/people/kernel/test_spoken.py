"""Where a text speaks of the police."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.arrays import POLICE, RANK
from matchers.people.kernel.spoken import spoken
from tests.matchers.people.kernel.desks import desk, engine


@pytest.mark.parametrize(
    "text",
    ["", "nothing here", "a sergeant and a PC", "the police said, and Inspector Smith", "police"],
)
def test_as_the_flags_say(text: str) -> None:
    mine = desk(engine())
    mine.until_it_fits(lambda: mine.lay_out(text))
    held = int(mine.tokens.count[0])
    flags = mine.words.flags[mine.tokens.word[:held]]
    places = np.empty(held, dtype=np.int32)
    count, talks = spoken(mine.words, mine.tokens, places)
    assert (
        places[:count].tolist() == mine.tokens.start[:held][flags & (POLICE | RANK) != 0].tolist()
    )
    assert talks == bool((flags & POLICE).any())
