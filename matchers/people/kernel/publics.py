"""
What a word is to everybody: a title, a particle, part of a rank, a police word; and what ranks are.

The words are public and the same for every roster. They reach compiled code as
arrays all the same, like everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel.arrays import (
    CELL,
    COMMA,
    DIGITS,
    DOT,
    HYPHEN,
    KEPT,
    LABEL,
    LETTERS,
    LINE,
    MONTH,
    OPENER,
    OTHER,
    PARTICLE,
    POLICE,
    RANK,
    RANKISH,
    SIGN,
    SPACE,
    TITLE,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.hashing import mixed
from matchers.people.kernel.mistyping import one_edit
from matchers.people.tables import Array
from matchers.people.words import PARTICLES, TITLES
from watcher.api import police_words, rank_parts

LABELS = frozenset(
    b"""
    pay payroll warrant collar shoulder epaulette no number num nr id ref staff service employee badge
    force officer fin card serial personnel
    """.split()
)
"""What may stand before a number, and is nobody's name then."""
OPENERS = frozenset(
    b"""
    the a an in on at when while but and or if as it its this that these those then there here after
    before since for from with without by to of into over under he she we they you his her our their
    your my who what where why how yesterday today tomorrow meanwhile however also not no yes was is
    are were has had have will would can could may might must did does do dear hi hello thanks re fw
    fwd subject sent cc regards monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Words that begin a sentence and are nobody's name."""
MONTHS = tuple(b"jan feb mar apr may jun jul aug sep oct nov dec".split())
SIGNS = frozenset(
    b"""
    address lives living resides dob b birth born birthday plate registration drives kin nok wife
    husband spouse daughter daughters son sons kids children mother father mum dad partner school
    family kill killed killing burn petrol shoot get deserve deserves watch target targeted targets
    know knows visit scum bastard bastards
    street road avenue crescent gardens terrace rd ave lane close drive grove court way place park
    mews hill walk
    """.split()
)
"""One word of everything that `around.signs` finds by words alone."""

# What a character is to a word, above what it is between words (`arrays.SPACE` …).
WORD = 0x80
SMALL, LARGE, DIGIT = WORD | 1, WORD | 2, WORD | 4
SKIPPED = WORD | 8
MARK = WORD | 16  # an apostrophe
LEET = WORD | 32  # a sign that may stand for a letter

LEETS = ((ord("$"), ord("s")), (ord("@"), ord("a")), (ord("!"), ord("i")), (ord("|"), ord("l")), (ord("+"), ord("t")))  # fmt: skip
MOST_RANK = 4  # words of a rank's name
_CODE = 16  # bits of a word's flags below its code in rank phrases
_ENTRIES = 1 << 11
_PHRASES = 1 << 10
# Flags of a code, above it: which part of a rank's prefix the word is.
_PREFIX = 12
_UNMENDED = 1 << 15  # of a word's flags: it is not a rank's name mistyped


class Public(NamedTuple):
    """Public words (open addressing by their letters) and the phrases of ranks."""

    kind: Array  # u1[256]: class of a character → what it is
    leet: Array  # u1[128]: the letter that a sign stands for
    a: Array  # u8
    b: Array  # u8
    flags: Array  # u4: flags, and above them the code in rank phrases
    long: Array  # u8[n, 3]: words that are known with one edit: a, b, flags
    phrase: Array  # u8: codes of a rank's words, open addressing, 0: none
    rank: Array  # u1: its rank


def packed(word: bytes) -> tuple[int, int]:
    """A word's letters as in `arrays.Words`; it has no more than 16."""
    assert len(word) <= 16
    return int.from_bytes(word[:8], "little"), int.from_bytes(word[8:], "little")


def ranks() -> tuple[str, ...]:
    """The ranks by their number; number 0 is none."""
    return ("", *dict.fromkeys(rank_parts().phrases.values()))


def _kinds() -> Array:
    kind = np.full(256, OTHER, dtype=np.uint8)
    for low, high, what in ((0x61, 0x7A, SMALL), (0x30, 0x39, DIGIT)):
        kind[low : high + 1] = what
    kind[0xE1:0xFB] = LARGE
    for char, what in (
        (" ", SPACE), ("-", HYPHEN), (",", COMMA), (";", COMMA | OTHER), (".", DOT),
        ("\n", LINE), ("\r", LINE), ("\x1e", LINE), ("\t", CELL), ("\x1f", CELL),
    ):  # fmt: skip
        kind[ord(char)] = what
    kind[SKIP] = SKIPPED
    kind[APOSTROPHE] = MARK
    for sign, _ in LEETS:
        kind[sign] = LEET
    return kind


def _alike(words: Iterable[str]) -> dict[str, list[str]]:
    """Long word → other words of ours that are taken for it where they stand in a phrase."""
    parts = rank_parts()
    return {
        long: [
            word
            for word in words
            if len(word) >= 8
            and word not in parts.other
            and word != long
            and word[0] == long[0]
            and OSA.distance(word, long) <= 1
        ]
        for long in parts.long
    }


def _phrases(alike: dict[str, list[str]]) -> Iterator[tuple[list[str], str]]:
    for phrase, name in rank_parts().phrases.items():
        words = phrase.split()
        yield words, name
        for place, word in enumerate(words):
            for other in alike.get(word, ()):
                if len(words) > 1:
                    yield [*words[:place], other, *words[place + 1 :]], name


@lru_cache(maxsize=1)
def public() -> Public:
    """All public words, built once."""
    flags: dict[bytes, int] = {}

    def note(words: Iterable[bytes], flag: int) -> None:
        for word in words:
            flags[word] = flags.get(word, 0) | flag

    note(PARTICLES, PARTICLE)
    note(TITLES, TITLE)
    note((b"mc", b"mac"), KEPT)
    note(OPENERS, OPENER)
    note(LABELS, LABEL)
    note(SIGNS, SIGN)
    note((word.encode() for word in police_words), POLICE)
    parts = rank_parts()
    vocabulary = dict.fromkeys(word for phrase in parts.phrases for word in phrase.split())
    phrases = list(_phrases(_alike(vocabulary)))
    for before in parts.before:
        vocabulary.update(dict.fromkeys(before))
    code = {word: number for number, word in enumerate(vocabulary, 1)}
    assert len(code) < 1 << _PREFIX
    for place, before in enumerate(parts.before):
        for word in before:
            code[word] |= 1 << (_PREFIX + place)
    for word, number in code.items():
        note((word.encode(),), RANKISH | number << _CODE)
    note((phrase.encode() for phrase in parts.phrases if " " not in phrase), RANK)
    number_of = {name: number for number, name in enumerate(ranks())}
    note(MONTHS, MONTH)
    table = Public(
        _kinds(),
        np.zeros(128, dtype=np.uint8),
        np.zeros(_ENTRIES, dtype=np.uint64),
        np.zeros(_ENTRIES, dtype=np.uint64),
        np.zeros(_ENTRIES, dtype=np.uint32),
        np.array(
            [(*packed(word.encode()), flags[word.encode()]) for word in parts.long], dtype=np.uint64
        ),
        np.zeros(_PHRASES, dtype=np.uint64),
        np.zeros(_PHRASES, dtype=np.uint8),
    )
    for sign, letter in LEETS:
        table.leet[sign] = letter
    note((word.encode() for word in parts.other), _UNMENDED)
    for spelling, flag in flags.items():
        one, two = packed(spelling)
        _put(table, np.uint64(one), np.uint64(two), flag)
    for words, name in phrases:
        key = 0
        for word in words:
            key = key << _PREFIX | code[word] & ((1 << _PREFIX) - 1)
        _put_phrase(table, np.uint64(key), number_of[name])
    return table


@inner
def _place(public: Public, a: np.uint64, b: np.uint64) -> int:
    """Where the word stands, or the free place where it would."""
    last = np.uint64(public.a.size - 1)
    place = mixed(a, b) & last
    while public.a[place] and (public.a[place] != a or public.b[place] != b):
        place = (place + np.uint64(1)) & last
    return i8(place)


@inner
def is_particle(public: Public, a: np.uint64) -> bool:
    """Whether a word of at most eight letters is one that names begin with."""
    place = _place(public, a, np.uint64(0))
    return bool(public.a[place] and public.flags[place] & PARTICLE)


@compiled
def _put(public: Public, a: np.uint64, b: np.uint64, flags: int) -> None:
    place = _place(public, a, b)
    public.a[place], public.b[place], public.flags[place] = a, b, flags


@inner
def _phrase_place(public: Public, key: np.uint64) -> int:
    last = np.uint64(public.phrase.size - 1)
    place = mixed(key, np.uint64(0)) & last
    while public.phrase[place] and public.phrase[place] != key:
        place = (place + np.uint64(1)) & last
    return i8(place)


@compiled
def _put_phrase(public: Public, key: np.uint64, number: int) -> None:
    place = _phrase_place(public, key)
    if not public.phrase[place]:
        public.phrase[place], public.rank[place] = key, number


@inner
def flags_of(public: Public, a: np.uint64, b: np.uint64, length: int) -> int:
    """The flags of a word, spelled as in `arrays.Words`, with its code in rank phrases above them."""
    if length > 16:
        return 0
    place = _place(public, a, b)
    flags = i8(public.flags[place]) if public.a[place] else i8(0)
    if length >= 8 and not flags & (RANKISH | _UNMENDED):
        first = a & np.uint64(0xFF)
        for i in range(public.long.shape[0]):
            if public.long[i, 0] & np.uint64(0xFF) == first and one_edit(
                a, b, public.long[i, 0], public.long[i, 1]
            ):
                known = i8(public.long[i, 2])
                flags |= (known >> _CODE << _CODE) | (known & (RANKISH | RANK))
                break
    if length >= 3:
        prefix = _place(public, a & np.uint64(0xFFFFFF), np.uint64(0))
        flags |= i8(public.flags[prefix]) & MONTH if public.a[prefix] else 0
    return flags


@inner
def _named(public: Public, words: Words, tokens: Tokens, i: int, stop: int) -> int:
    """The number of the rank that the words of these tokens name, 0 if they name none."""
    key = np.uint64(0)
    for t in range(i, stop):
        code = i8(words.flags[tokens.word[t]]) >> _CODE & ((1 << _PREFIX) - 1)
        if not code:
            return 0
        key = key << np.uint64(_PREFIX) | np.uint64(code)
    return i8(public.rank[_phrase_place(public, key)])


@inner
def rank_of(public: Public, words: Words, tokens: Tokens, i: int, size: int) -> int:
    """The number of the rank (see `ranks`) that `size` tokens from `i` on name, 0 for none."""
    stop = i + size
    if size < 1:
        return 0
    if size <= MOST_RANK:
        found = _named(public, words, tokens, i, stop)
        if found:
            return found
    for part in range(3):
        flags = i8(words.flags[tokens.word[i]]) >> _CODE
        if i + 1 < stop and flags & (1 << (_PREFIX + part)):
            i += 1
    return _named(public, words, tokens, i, stop) if stop - i <= MOST_RANK else 0


@inner
def rank_length(public: Public, words: Words, tokens: Tokens, i: int, stop: int) -> int:
    """
    How many tokens, of those from `i` to `stop`, the longest name of a rank has that begins at `i`; or 0.

    It goes over no comma and no end of a line or cell. Single letters alone
    (`D. S. Smith`) are a rank only before a number: `P.C. 1234`.
    """
    if not words.flags[tokens.word[i]] & RANKISH:
        return 0
    most = 1
    while (
        most < MOST_RANK
        and i + most < stop
        and not tokens.gap[i + most] & (LINE | CELL | COMMA)
        and words.flags[tokens.word[i + most]] & RANKISH
    ):
        most += 1
    for size in range(most, 0, -1):
        if not rank_of(public, words, tokens, i, size):
            continue
        whole = False
        for t in range(i, i + size):
            whole = whole or words.length[tokens.word[t]] > 1
        after = i + size
        if whole or (
            after < tokens.count[0]
            and tokens.shape[after] & (DIGITS | LETTERS) == DIGITS
            and not tokens.gap[after] & (LINE | CELL)
        ):
            return size
    return 0
