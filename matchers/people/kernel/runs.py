"""
Runs of capitalised words in running text: what may be names there.

Found by the shape of the text alone, before anything is looked up: they are
the rows that a list in prose is counted by.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import (
    CAPITAL,
    CAPITALS,
    COMMA,
    DIGITS,
    DOT,
    HYPHEN,
    LETTERS,
    LONG,
    OPENER,
    PARTICLE,
    RANKISH,
    SPACE,
    TITLE,
    Names,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import compiled, i8, inlined, inner
from matchers.people.kernel.entries import is_name_word, units_in
from matchers.people.kernel.lines import Pieces
from matchers.people.kernel.publics import Public, rank_length
from matchers.people.kernel.rows import RANKED, Rows, added
from matchers.people.kernel.wanted import RUN, Wanted, want
from matchers.people.tables import Array

SHORTEST = 4  # letters of a mistyped name in prose (G of the law)
MOST = 6  # words of a run
FURTHER = 3  # words of a run among which its rank may begin
BEFORE = 3  # words before a name in which its rank may stand
_A, _E, _I, _O, _U, _Y = b"aeiouy"


@inlined
def _goes_on(words: Words, tokens: Tokens, t: int) -> bool:
    """Whether a token may follow the one before it in a name, by what stands between them."""
    gap = tokens.gap[t]
    if gap in (SPACE, HYPHEN):
        return True
    before = tokens.word[t - 1]
    if gap in (DOT, DOT | SPACE | LONG):
        return bool(words.length[before] == 1 and tokens.shape[t - 1] & CAPITAL)
    if gap in (COMMA, COMMA | SPACE | LONG):
        return bool(tokens.shape[t - 1] & CAPITALS and words.length[before] >= 2)
    return False


@inlined
def _may_be_name(words: Words, tokens: Tokens, t: int) -> bool:
    shape = tokens.shape[t]
    if not shape & CAPITAL:
        return False
    return not shape & DIGITS or is_name_word(words, tokens, t)


@inlined
def _end(words: Words, tokens: Tokens, first: int, count: int) -> int:
    """One after the last token of the run that begins here."""
    t, names = first + 1, 1
    while t < count and names < MOST and _goes_on(words, tokens, t):
        if _may_be_name(words, tokens, t):
            t += 1
            names += 1
            continue
        # `de la Cruz`, `van der Berg`: up to two particles in small letters
        after = t
        while (
            after < count
            and after < t + 2
            and tokens.gap[after] == SPACE
            and words.flags[tokens.word[after]] & PARTICLE
        ):
            after += 1
        if (
            after == t
            or after >= count
            or not _may_be_name(words, tokens, after)
            or tokens.gap[after] not in (SPACE, HYPHEN)
        ):
            break
        t = after + 1
        names += 1
    return t


@compiled
def read(
    pieces: Pieces,
    behind: int,
    public: Public,
    words: Words,
    tokens: Tokens,
    chosen: Array,
    wanted: Wanted,
    rows: Rows,
) -> None:
    """A row for each run outside lists that ends after the offset `behind`, its name a request."""
    count = i8(tokens.count[0])
    line, lines = i8(0), pieces.kind.size
    t = i8(0)
    while t < count:
        shape = tokens.shape[t]
        if not shape & CAPITAL or not shape & LETTERS:
            t += 1
            continue
        first = t
        t = _end(words, tokens, first, count)
        if t - first < 2:
            continue
        while line + 1 < lines and pieces.start[line + 1] <= tokens.start[first]:
            line += 1
        if pieces.member[line] or tokens.end[t - 1] <= behind:
            continue
        _read(first, t, line, public, words, tokens, chosen, wanted, rows)
        if wanted.full[0] or rows.full[0]:
            return


@inlined
def _read(
    first: int,
    stop: int,
    line: int,
    public: Public,
    words: Words,
    tokens: Tokens,
    chosen: Array,
    wanted: Wanted,
    rows: Rows,
) -> None:
    from_rank = to_rank = i8(0)
    begin = first
    # Titles and openers before a rank are no part of it: `The Det Sgt John Smith`.
    while first < stop and words.flags[tokens.word[first]] & (OPENER | TITLE):
        first += 1
    # `Ring PC John Smith`: whatever stands before the rank is no part of the name
    for at in range(first, min(stop, first + FURTHER)):
        word = tokens.word[at]
        if not words.flags[word] & RANKISH:
            continue
        loud = tokens.shape[at] & CAPITALS or _has_no_vowel(words, i8(word))
        if at > first and words.length[word] < 4 and not loud:
            continue
        size = i8(rank_length(public, words, tokens, i8(at), stop))
        letters = True
        for place in range(at, at + size):
            letters = letters and words.length[tokens.word[place]] == 1
        if not size or letters or stop - at <= size:
            continue
        left = stop - at - size
        if at == first and left < 2 and size == 1 and words.length[word] == 2:
            return  # `DC Smith`: a rank, or initials; either way no full name
        if left >= 2:
            from_rank = i8(tokens.start[at])
            to_rank = i8(tokens.end[at + size - 1])
            begin = at + size
            break
    count = i8(0)
    for t in range(begin, stop):
        chosen[count] = t
        count += 1
    if units_in(tokens, chosen, count) < 2:
        return
    name = want(wanted, i8(RUN), i8(SHORTEST), chosen, count)
    if name < 0:
        return
    row = added(rows, line, i8(tokens.start[begin]), i8(tokens.end[stop - 1]))
    if row < 0:
        return
    rows.name[row] = name
    if to_rank:
        rows.rank[0, row], rows.rank[1, row] = from_rank, to_rank
        rows.shown[row] |= RANKED


@inner
def _has_no_vowel(words: Words, word: int) -> bool:
    """`Sgt` is nobody's name, whatever stands before it; `Con` and `Di` may be."""
    start = i8(words.start[word])
    for at in range(start, start + words.length[word]):
        if words.letters[at] in (_A, _E, _I, _O, _U, _Y):
            return False
    return True


@compiled
def settle(
    public: Public, words: Words, tokens: Tokens, names: Names, wanted: Wanted, rows: Rows
) -> None:
    """
    Put the answers in the place of the requests; a run that is no name after all is no row.

    Where somebody is meant the rank before the run is looked for.
    """
    kept = i8(0)
    for row in range(rows.count[0]):
        request = i8(rows.name[row])
        name = i8(wanted.found[request])
        if name < 0:
            continue
        rows.name[kept], rows.number[kept] = name, rows.number[row]
        rows.start[kept], rows.end[kept] = rows.start[row], rows.end[row]
        rows.rank[0, kept], rows.rank[1, kept] = rows.rank[0, row], rows.rank[1, row]
        rows.shown[kept] = rows.shown[row]
        if not rows.shown[kept] & RANKED and names.stop[name] > names.start[name]:
            first = i8(wanted.token[wanted.start[request]])
            low, high = rank_before(public, words, tokens, first)
            if high:
                rows.rank[0, kept], rows.rank[1, kept] = low, high
                rows.shown[kept] |= RANKED
        kept += 1
    rows.count[0] = kept


@inner
def rank_before(public: Public, words: Words, tokens: Tokens, t: int) -> tuple[int, int]:
    """Offsets of the rank that stands directly before a token, a number between them or not."""
    last = t - 1
    if last >= 0 and not tokens.shape[last] & LETTERS:
        last -= 1  # `PC 1234 John Smith`
    for size in range(BEFORE, 0, -1):
        at = last - size + 1
        if at >= 0 and words.flags[tokens.word[at]] & RANKISH:
            if rank_length(public, words, tokens, i8(at), i8(last + 1)) == size:
                return i8(tokens.start[at]), i8(tokens.end[last])
    return i8(0), i8(0)
