"""Where a text speaks of the police: words with a flag, in order."""

from __future__ import annotations

from matchers.people.kernel.arrays import POLICE, RANK, Tokens, Words
from matchers.people.kernel.compile import compiled, i8
from matchers.people.tables import Array


@compiled
def spoken(words: Words, tokens: Tokens, places: Array) -> tuple[int, bool]:
    """
    Put the offsets of police words and of ranks into `places` (i4, as many as there are tokens).

    How many there are, and whether there is any police word.
    """
    flags, word, start = words.flags, tokens.word, tokens.start
    count, police = i8(0), i8(0)
    for t in range(tokens.count[0]):
        said = i8(flags[word[t]])
        if said & (POLICE | RANK):
            places[count] = start[t]
            count += 1
            police |= said & POLICE
    return count, police != 0
