"""
What the kernel works on: arrays in named tuples.

`Index` is read-only and shared by threads. All others are one thread's own,
allocated once and used again for each window; a function that runs out of
room marks its `full` and the window is done again with more of it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matchers.people.tables import Array

# Letters, digits and what joins them: see `fold`. The highest bit marks a capital.
UPPER = 0x80

# Shape of a token.
LETTERS = 1  # has a letter
DIGITS = 2  # has a digit
CAPITAL = 4  # its first letter is a capital
CAPITALS = 8  # all of its letters are (as `str.isupper`)
CAMEL = 16  # a capital stands after a small letter

# What stands between a token and the one before it (or the beginning).
SPACE = 1  # white space that ends no line
HYPHEN = 2
COMMA = 4  # a comma; with OTHER a semicolon
DOT = 8
LINE = 16  # a line or a row ends
CELL = 32  # a cell ends (unit separator or tab)
OTHER = 64  # anything else
LONG = 128  # more than one character, skipped ones not counted

# What a word is in public: flags of a word.
TITLE = 1
PARTICLE = 2
KEPT = 4  # `mc`, `mac`: never left out
OPENER = 8  # begins a sentence and is nobody's name
RANKISH = 16  # stands in the name of some rank
RANK = 32  # is a rank by itself
POLICE = 64
LABEL = 128  # stands before a number
SIGN = 256  # may begin or end what `around.signs` looks for
MONTH = 512


# A name of more words is none.
UNITS = 20
PARTS = 24  # at most: particles of all the others drawn to one of four hyphened parts
PLANS = 64  # two names, one as forename and one as surname: more than six names make
READINGS = 1024  # more than UNITS names can be read in


# How much of a word was asked.
WHOLE = 1  # which names it is
NEAR = 2  # and which it is near

# How much a number in open text says.
WEAK = 1  # probably a year, a date, a time, a price, a telephone number
SECOND = 2  # a second way to read what is read already: counts beside a name only


class Index(NamedTuple):
    """What is enrolled, as it is asked. Buckets: place of the first tag by its top bits."""

    key: Array  # u8[2]
    bucket: Array  # u4[2^b + 1]
    tag: Array  # u8[n], sorted
    tag_start: Array  # u4[n + 1]: its postings
    post_role: Array  # u1: 0 forename, 1 surname
    post_token: Array  # u4
    post_mask: Array  # u8: positions of a deletion
    post_cost: Array  # u1: edits.Cost
    name_sieve: Array  # u8[2^k]: a bit for each tag, by its low bits
    bare: Array  # i4[26]: forename of those of whom no more than this initial is enrolled, −1: none
    pair_slot: (
        Array  # u4[2^k], open addressing: a pair's place + 1, and a sign of it above; 0 for none
    )
    pair_key: Array  # u8, sorted: forename << 32 | surname
    pair_start: Array  # u4
    pair_officer: Array  # u4
    pair_sieve: Array  # u8: bits, see `pairs.sieve`
    fore_people: Array  # u4, by forename
    fore_initial: Array  # u1: 1 an initial, 2 all that is known is an initial
    sur_people: Array  # u4, by surname
    sur_start: Array  # u4
    sur_officer: Array  # u4, sorted within a surname
    rate: Array  # f4[2, surnames]: FULL and INITIAL, the greater of its own and its stratum's
    edit_rate: Array  # f4[surnames]: ONE_EDIT, its own
    edit_band: Array  # f4[STRATA]: ONE_EDIT, of the stratum
    scale: Array  # f8[2]: distinct people (at least 1), share of whom only an initial is known
    number_bucket: Array
    number_tag: Array
    number_start: Array
    number_officer: Array
    number_role: Array
    number_names: Array  # u8, by group: see `kin`
    mail_bucket: Array
    mail_tag: Array
    mail_start: Array
    mail_officer: Array
    domain_tag: Array  # u8, sorted
    shape: Array  # i8[shapes, 4]: shape, count, low, high; sorted by shape
    shape_span: Array  # f8[shapes]
    shape_bits: Array  # f8[shapes]: its log2
    officers: Array  # i8[1]: people enrolled


class Words(NamedTuple):
    """
    Distinct words of the text, word 0 being none. `slot` remembers the recent ones.

    `a` and `b`: the first 16 letters, little-endian; of a longer word two keyed
    hashes of all of it. `asked`: 0, WHOLE or NEAR. `near_*`: the names one edit
    away, valid once NEAR was asked: `near[near_start:]` holds `near_fore` forenames, then
    `near_sur` surnames. Words made by joining others stand in `joint`, not in `slot`.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[3]: words, letters, near held
    full: Array  # u1[1]
    slot: Array  # i4[2^14]
    place: Array  # i4[2^k], open addressing: every word of the text
    a: Array  # u8
    b: Array  # u8
    length: Array  # u2
    start: Array  # i4, into `letters`
    letters: Array  # u1
    flags: Array  # u4
    asked: Array  # u1
    forename: Array  # i4, −1: none
    surname: Array  # i4
    only: Array  # i4: forename of those of whom no more than this word's first letter is enrolled
    near_start: Array  # i4
    near_fore: Array  # i4
    near_sur: Array  # i4
    near: Array  # i4
    fore_people: Array  # i4: people carrying a forename one edit away
    sur_people: Array  # i4
    near_rate: Array  # f4: the greatest ONE_EDIT rate among surnames one edit away
    joint: Array  # i4[2^12, 3]: two words and the one they make when joined
    work: Array  # u8[3, 32]: questions of one word, and their tags
    exact: Array  # i4[2]: forename and surname that it is, while it is asked


class Tokens(NamedTuple):
    """The words of a window in order. `start` and `end` are offsets in it, `end` exclusive."""

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    full: Array  # u1[1]
    start: Array  # i4
    end: Array  # i4
    word: Array  # i4
    shape: Array  # u1
    gap: Array  # u1


class Units(NamedTuple):
    """
    The names in one stretch of text: each its parts, which hyphens or particles join.

    `kept`: a part that is never left out (`mc`) stands before the last ones.
    `segment`: in which stretch between commas it stands.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]; more than UNITS: too many to be one person's
    part: Array  # i4[UNITS, PARTS]: words
    parts: Array  # i8[UNITS]
    capitals: Array  # u1[UNITS]
    segment: Array  # i4[UNITS]
    kept: Array  # u1[UNITS]


class Pairs(NamedTuple):
    """
    The readings of one name: words taken as forename and surname, each pair once.

    `seen`: a bit for each that is there, which others may share.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[2]: main, narrowing
    forename: Array  # i4[2, READINGS]
    surname: Array  # i4[2, READINGS]
    seen: Array  # u8[2]


class Work(NamedTuple):
    """What one name is taken apart in. `told`: whether a whole forename is read; `key`: of its row."""

    plain: Units
    merged: Units
    chosen: Units
    pairs: Pairs
    fresh: Pairs
    plan: Array  # i4[PLANS, 3]: MAIN or NARROWING, which names are forename, which surname
    words: Array  # i4[3, READINGS]: what they may be
    told: Array  # u1[1]
    key: Array  # u8[1]


class Names(NamedTuple):
    """
    What names turned out to be, a row each. `officer[start[r]:stop[r]]`: whom it may mean, rising.

    `chance`: that of an innocent row like this; `rule`: chance.Rule; `key`: a
    keyed hash of its words. `stamp` and `mark` are for finding common officers.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[2]: rows, officers held
    full: Array  # u1[1]
    chance: Array  # f8
    edits: Array  # u1
    rule: Array  # u1
    key: Array  # u8
    start: Array  # i4
    stop: Array  # i4
    officer: Array  # u4
    stamp: Array  # i4[officers]
    mark: Array  # i8[1]: the last stamp given


class Numbers(NamedTuple):
    """
    Numbers of an enrolled shape, in order. `core`: its digits as a number, −1 where it has none.

    `group`: its place in `Index.number_start`, −1: not enrolled. `chance`: that
    a number like this is enrolled; `bits`: of its shape. `work`: where a number
    is spelled out and its surroundings are laid side by side.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    full: Array  # u1[1]
    start: Array  # i4
    end: Array  # i4
    shape: Array  # i4
    core: Array  # i8
    weak: Array  # u1: 0, WEAK or SECOND
    group: Array  # i4
    chance: Array  # f8
    bits: Array  # f8
    key: Array  # u8
    work: Array  # u1[128]


class Mails(NamedTuple):
    """
    Addresses, in order. `until`: end of the secret beside it, or its own.

    `group`: its place in `Index.mail_start`, −1: not enrolled. `force`: 1 at a
    watched or enrolled domain or below one, or a police force's. `key`: tag of
    the whole address, `domain`: of its domain. `at`: place of the sign, or of
    the word for it. `work`: where an address is spelled out. `known`: tags of the
    domains seen last, `ours`: whether they are a force's.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    full: Array  # u1[1]
    start: Array  # i4
    end: Array  # i4
    until: Array  # i4
    group: Array  # i4
    force: Array  # u1
    key: Array  # u8
    domain: Array  # u8
    at: Array  # i4
    work: Array  # u1[1024]
    known: Array  # u8[64]
    ours: Array  # u1[64]


# What is told of a word when it is asked for, side by side: who needs some of it needs the rest.
_WORD = np.dtype([
    ("a", np.uint64), ("b", np.uint64), ("asked", np.uint8), ("", np.void, 3),
    ("start", np.int32), ("forename", np.int32), ("surname", np.int32), ("only", np.int32),
    ("near_start", np.int32), ("near_fore", np.int32), ("near_sur", np.int32),
    ("near_rate", np.float32), ("fore_people", np.int32), ("sur_people", np.int32),
    ("", np.void, 4),
])  # fmt: skip
_LINE = 64  # bytes that a processor fetches together


def _in_lines(count: int, kind: np.dtype[Any]) -> Array:
    """Zeros, each element of this kind in a line of its own."""
    assert kind.itemsize == _LINE
    room = np.zeros((count + 1) * _LINE, dtype=np.uint8)
    begin = -room.ctypes.data % _LINE
    return room[begin : begin + count * _LINE].view(kind)


def words(held: int, letters: int, near: int) -> Words:
    """Room for so many words, letters and near names."""
    each = _in_lines(held, _WORD)
    each["asked"] = 1
    for none in ("forename", "surname", "only"):
        each[none] = -1
    return Words(
        count=np.array([1, 0, 0], dtype=np.int64),
        full=np.zeros(1, dtype=np.uint8),
        slot=np.zeros(1 << 14, dtype=np.int32),
        place=np.zeros(2 << (held - 1).bit_length(), dtype=np.int32),
        length=np.zeros(held, dtype=np.uint16),
        letters=np.zeros(letters, dtype=np.uint8),
        flags=np.zeros(held, dtype=np.uint32),
        near=np.zeros(near, dtype=np.int32),
        joint=np.zeros((1 << 12, 3), dtype=np.int32),
        work=np.zeros((3, 32), dtype=np.uint64),
        exact=np.zeros(2, dtype=np.int32),
        **{name: each[name] for name in _WORD.names or () if name in Words._fields},
    )


def tokens(room: int) -> Tokens:
    """Room for so many tokens."""
    return Tokens(
        np.zeros(1, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(3)),
        *(np.zeros(room, dtype=np.uint8) for _ in range(2)),
    )


def pairs() -> Pairs:
    """Room for the readings of one name."""
    return Pairs(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(2, dtype=np.int64),
        *(np.zeros((2, READINGS), dtype=np.int32) for _ in range(2)),
        np.zeros(2, dtype=np.uint64),
    )


def units() -> Units:
    """Room for the names of one stretch."""
    return Units(
        np.zeros(1, dtype=np.int64),
        np.zeros((UNITS, PARTS), dtype=np.int32),
        np.zeros(UNITS, dtype=np.int64),
        np.zeros(UNITS, dtype=np.uint8),
        np.zeros(UNITS, dtype=np.int32),
        np.zeros(UNITS, dtype=np.uint8),
    )


def work() -> Work:
    """Room to take one name apart."""
    return Work(
        units(),
        units(),
        units(),
        pairs(),
        pairs(),
        np.zeros((PLANS, 3), dtype=np.int32),
        np.zeros((3, READINGS), dtype=np.int32),
        np.zeros(1, dtype=np.uint8),
        np.zeros(1, dtype=np.uint64),
    )


def names(rows: int, officers: int, enrolled: int) -> Names:
    """Room for so many rows and officers of them, of so many enrolled."""
    return Names(
        np.zeros(2, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        np.zeros(rows, dtype=np.float64),
        np.zeros(rows, dtype=np.uint8),
        np.zeros(rows, dtype=np.uint8),
        np.zeros(rows, dtype=np.uint64),
        np.zeros(rows, dtype=np.int32),
        np.zeros(rows, dtype=np.int32),
        np.zeros(officers, dtype=np.uint32),
        np.zeros(enrolled, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


def numbers(room: int) -> Numbers:
    """Room for so many numbers."""
    return Numbers(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(1, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(3)),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.int32),
        *(np.zeros(room, dtype=np.float64) for _ in range(2)),
        np.zeros(room, dtype=np.uint64),
        np.zeros(128, dtype=np.uint8),
    )


def mails(room: int) -> Mails:
    """Room for so many addresses."""
    return Mails(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(1, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(4)),
        np.zeros(room, dtype=np.uint8),
        *(np.zeros(room, dtype=np.uint64) for _ in range(2)),
        np.zeros(room, dtype=np.int32),
        np.zeros(1024, dtype=np.uint8),
        np.zeros(64, dtype=np.uint64),
        np.zeros(64, dtype=np.uint8),
    )
