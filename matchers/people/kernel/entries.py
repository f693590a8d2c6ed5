"""
One entry of a list: which words of a line, or of a cell, are the name in it.

    PC 1234 John Smith · T/DS Smith 1234 · SMITH, John (Sgt) <j.smith@…> 4321

What is a number, the label of a number or a rank is left out; whether what
remains is a name, and whose, is for `judging`.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    DIGITS,
    HYPHEN,
    LABEL,
    LETTERS,
    RANK,
    RANKISH,
    Numbers,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import apart, i8, inlined, inner
from matchers.people.kernel.publics import Public, rank_length
from matchers.people.tables import Array

MOST = 64  # words of a line that are looked at
MOST_UNITS = 6
MOST_RANKED = MOST_UNITS + 4  # words among which a rank is looked for


@inner
def is_name_word(words: Words, tokens: Tokens, t: int) -> bool:
    """Whether a token may be a word of a name: letters, digits being at most a third of it."""
    shape = tokens.shape[t]
    if not shape & LETTERS:
        return False
    if not shape & DIGITS:
        return True
    word = tokens.word[t]
    start, length = words.start[word], words.length[word]
    if words.letters[start] < 0x3A:
        return False
    digits = 0
    for at in range(start, start + length):
        digits += words.letters[at] < 0x3A
    return bool(digits * 3 <= length)


@inner
def units_in(tokens: Tokens, chosen: Array, count: int) -> int:
    """How many names these tokens are: what hyphens join is one."""
    found = 0
    for at in range(count):
        if at == 0 or chosen[at - 1] != chosen[at] - 1 or tokens.gap[chosen[at]] != HYPHEN:
            found += 1
    return found


@inlined
def _ends_rank(flags: int, before: int) -> int:
    """Whether a rank may end with a word: it is one, or words of ranks stand side by side."""
    return flags & RANK or (flags & RANKISH and before)


@inlined
def is_sentence(words: Words, tokens: Tokens, first: int, stop: int) -> bool:
    """
    Whether `entry` would find too many names here to be one person's: most lines of a text are done with.

    Without a number beside it. A rank is left out of a few words only, so none
    is looked for where there are more.
    """
    if stop - first < MOST_UNITS:
        return False
    word_of, shapes, gap = tokens.word, tokens.shape, tokens.gap
    count, units, ranks, rankish = i8(0), i8(0), i8(0), i8(0)
    last = i8(-1)
    for t in range(first, stop):
        if shapes[t] & DIGITS and not is_name_word(words, tokens, t):
            rankish = i8(0)
            continue
        count += 1
        units += last < 0 or last != t - 1 or gap[t] != HYPHEN
        last = t
        flags = i8(words.flags[word_of[t]])
        ranks |= _ends_rank(flags, rankish)
        rankish = flags & RANKISH
        if units >= MOST_UNITS and count > MOST_RANKED:
            return True
        if count == MOST:
            break
    return units >= MOST_UNITS and not ranks


@inlined
def entry(
    words: Words,
    tokens: Tokens,
    public: Public,
    first: int,
    stop: int,
    numbers: Numbers,
    id_first: int,
    id_stop: int,
    chosen: Array,
    rank: Array,
) -> int:
    """
    Put the tokens of the name among `first` … `stop` into `chosen`; how many they are.

    `id_first` … `id_stop`: the numbers that stand in this stretch. `rank`: gets the offsets of
    the rank that was left out, (0, 0) without one.
    """
    rank[0] = rank[1] = 0
    count, labels, ranks, rankish = i8(0), i8(0), i8(0), i8(0)
    number = id_first
    for t in range(first, stop):
        while number < id_stop and numbers.end[number] <= tokens.start[t]:
            number += 1
        before, rankish = rankish, i8(0)
        if number < id_stop and numbers.start[number] <= tokens.start[t]:
            continue
        if is_name_word(words, tokens, t) and count < MOST:
            flags = i8(words.flags[tokens.word[t]])
            labels += (flags & LABEL) != 0
            ranks |= _ends_rank(flags, before)
            rankish = flags & RANKISH
            chosen[count] = t
            count += 1
    if labels and id_stop > id_first and count - labels != 1:
        kept = 0
        for at in range(count):
            if not words.flags[tokens.word[chosen[at]]] & LABEL:
                chosen[kept] = chosen[at]
                kept += 1
        count = kept
    if ranks and count <= MOST_RANKED:
        count = _without_rank(words, tokens, public, chosen, count, rank)
    return count


@inner
def _without_rank(
    words: Words, tokens: Tokens, public: Public, chosen: Array, count: int, rank: Array
) -> int:
    apart()
    for size in range(4, 0, -1):
        whole = RANKISH if size > 1 else RANK  # what each of so many words must be
        for at in range(count - size + 1):
            t = chosen[at]
            if not words.flags[tokens.word[t]] & RANKISH or chosen[at + size - 1] != t + size - 1:
                continue
            letters, ranks = True, True
            for place in range(t, t + size):
                letters = letters and words.length[tokens.word[place]] == 1
                ranks = ranks and words.flags[tokens.word[place]] & whole != 0
            if letters or not ranks or rank_length(public, words, tokens, t, t + size) != size:
                continue  # `D. S. Smith` has two initials
            left = units_in(tokens, chosen, count) - size
            # `Smith DC` are initials, `John Constable` is a name, `Con Smith` may be either.
            if left < 2 and at > 0:
                continue
            rank[0], rank[1] = tokens.start[t], tokens.end[t + size - 1]
            length = 0
            for place in range(t, t + size):
                length += words.length[tokens.word[place]]
            if left < 2 and length <= 3 and not tokens.shape[t] & CAPITALS:
                return count
            for place in range(at, count - size):
                chosen[place] = chosen[place + size]
            return count - size
    return count


@inner
def looks_written(
    tokens: Tokens, first: int, stop: int, units: int, beside: bool
) -> bool:  # compiled functions take places
    """
    Whether a line is written as an entry is: with capitals, or in small letters with nothing else.

    `beside`: a number or an address stands in it.
    """
    loud, lower, count = False, 0, 0
    for t in range(first, stop):
        shape = tokens.shape[t]
        if not shape & LETTERS:
            continue
        count += 1
        if shape & (CAPITAL | CAPITALS | CAMEL):
            loud = True
        if not shape & CAPITAL:
            lower += 1
    if not loud:
        return units <= 2 or beside
    return lower * 3 <= count
