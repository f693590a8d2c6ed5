"""Which enrolled names a word is: the law, against rapidfuzz on the plain text."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matchers.people.edits import SHORTEST, SHORTEST_READ
from matchers.people.kernel import arrays
from matchers.people.kernel.arrays import NEAR, WHOLE
from matchers.people.kernel.lookup import ask, ask_each
from matchers.people.kernel.remembering import spelled
from tests.matchers.people.kernel.filed import Met, asked, index
from tests.matchers.people.kernel.windows import otherwise


def law(surnames: list[bytes], words: list[bytes]) -> list[Met]:
    """
    What the law says: exact, or OSA = 1 with at least four letters enrolled and three read.

    For words of one reading. Longer than 64 letters: exact alone.
    """
    plain = [name.decode() for name in surnames]
    length = np.array([len(name) for name in surnames])
    may = (length >= SHORTEST) & (length <= 64)
    answer = []
    for start in range(0, len(words), 500):
        some = [word.decode() for word in words[start : start + 500]]
        distance = process.cdist(some, plain, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        for word, row in zip(some, distance, strict=True):
            exact = np.flatnonzero(row == 0)
            near = np.flatnonzero((row == 1) & may)
            # a letter more than an enrolled name of four is a name of five: asked without a letter
            # from four read letters on, and met whole from five
            if not SHORTEST_READ <= len(word) <= 64:
                near = near[:0]
            answer.append(Met(int(exact[0]) if exact.size else -1, tuple(near.tolist())))
    return answer


def odd(word: bytes) -> bool:
    """Whether a word has other readings than itself."""
    text = word.decode()
    runs = [len(list(run)) for _, run in itertools.groupby(text)]
    return max(runs) > 2 or (len(text) >= 6 and all(run % 2 == 0 for run in runs))


def mistyped(word: bytes, dice: random.Random, letters: bytes) -> bytes:
    """The word after one edit of any kind."""
    i = dice.randrange(len(word))
    kind = dice.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1 :]
    if kind == 1:
        return word[:i] + bytes([dice.choice(letters)]) + word[i:]
    if kind == 2:
        return word[:i] + bytes([dice.choice(letters)]) + word[i + 1 :]
    return word[:i] + word[i : i + 2][::-1] + word[i + 2 :]


def agree(count: int, dice: random.Random, most: int = 12, alphabet: bytes = b"abcdeiost") -> None:
    """So many enrolled names and as many words at a distance of none, one or two."""
    names = [
        bytes(dice.choice(alphabet) for _ in range(dice.randrange(2, most))) for _ in range(count)
    ]
    surnames = list(dict.fromkeys(names))
    words = []
    for name in surnames:
        word = name
        for _ in range(dice.randrange(3)):
            word = mistyped(word, dice, alphabet) if word else name
        words.append(word or name)
    words = [word for word in dict.fromkeys(words) if not odd(word)]
    assert asked(surnames, words) == law(surnames, words)


@pytest.mark.parametrize(("alphabet", "longest"), [(b"ab", 7), (b"abc", 5)])
def test_the_law_on_every_pair_of_a_small_alphabet(alphabet: bytes, longest: int) -> None:
    """65,000 and 132,000 pairs, all that there are."""
    words = [
        bytes(letters)
        for size in range(1, longest + 1)
        for letters in itertools.product(alphabet, repeat=size)
    ]
    plain = [word for word in words if not odd(word)]
    assert asked(words, plain) == law(words, plain)


@pytest.mark.parametrize(("most", "alphabet"), [(9, b"abcd"), (12, b"abcdeiost"), (20, b"aeinrst")])
def test_the_law_on_random_names(most: int, alphabet: bytes) -> None:
    """Some five million pairs, every word at a distance of at most two from some name."""
    agree(1400, random.Random(most), most, alphabet)


def test_long_words() -> None:
    """Up to 64 letters with an edit, longer ones exactly, beyond 255 not at all."""
    letters = b"abcdefgh"
    dice = random.Random(1)
    names = [
        bytes(dice.choice(letters) for _ in range(size)) for size in (15, 16, 17, 63, 64, 65, 90)
    ]
    words = [*names, *(mistyped(name, dice, letters) for name in names)]
    assert asked(names, words) == law(names, words)
    assert asked([b"ab" * 130], [b"ab" * 130]) == [Met(-1, ())]


def test_the_same_interpreted() -> None:
    otherwise(__name__, 12, NUMBA_DISABLE_JIT="1")


def test_the_same_with_bounds_checks() -> None:
    otherwise(__name__, 300, NUMBA_BOUNDSCHECK="1")


def test_forename_and_surname_are_two_things() -> None:
    """A word may be both, and is near the names of each apart."""
    known = index([b"grace", b"gracey"], [b"grace", b"tracey"])
    words = arrays.words(8, 1 << 10, 16)
    words.letters[:5] = np.frombuffer(b"grace", dtype=np.uint8)
    words.length[1], words.asked[1] = 5, 0
    words.a[1] = int.from_bytes(b"grace", "little")
    words.count[:] = (2, 5, 0)
    ask(known, words, 1)
    assert (words.forename[1], words.surname[1], words.only[1]) == (0, 0, -1)
    assert (words.near_fore[1], words.near_sur[1]) == (0, 1)
    assert words.near[words.near_start[1]] == 1


def said(words: arrays.Words, count: int) -> list[tuple[int, ...]]:
    """Which names the first words are, and which they are near."""
    found = []
    for w in range(1, count + 1):
        begin = int(words.near_start[w])
        end = begin + int(words.near_fore[w]) + int(words.near_sur[w])
        found.append((
            int(words.forename[w]), int(words.surname[w]), int(words.only[w]),
            int(words.near_fore[w]), *words.near[begin:end].tolist(),
        ))  # fmt: skip
    return found


def test_several_words_and_in_two_steps() -> None:
    """Asked at once, one by one, and first for what they are: in the end all say the same."""
    dice = random.Random(4)
    names = [bytes(dice.choice(b"abst") for _ in range(dice.randrange(2, 26))) for _ in range(300)]
    names = list(dict.fromkeys(names))
    known = index(names[:150], names[100:])
    tokens = [mistyped(name, dice, b"abst") if dice.random() < 0.7 else name for name in names]
    tokens += [b"5mi7h", b"aabbsstt", b"saaaat", b"1"]
    tokens = [token for token in tokens if token]
    three = []
    for _ in range(3):
        words = arrays.words(len(tokens) + 1, 1 << 15, 1 << 14)
        for w, token in enumerate(tokens, start=1):
            start = int(words.count[1])
            words.letters[start : start + len(token)] = np.frombuffer(token, dtype=np.uint8)
            words.start[w], words.length[w], words.asked[w] = start, len(token), 0
            words.a[w], words.b[w] = spelled(words.letters, start, len(token))
            words.count[:2] = (w + 1, start + len(token))
        three.append(words)
    alone, once, twice = three
    which = np.arange(1, len(tokens) + 1, dtype=np.int32)
    for w in which:
        ask(known, alone, int(w))
    ask_each(known, once, which, which.size, NEAR)
    ask_each(known, twice, which, which.size, WHOLE)
    assert set(twice.asked[which].tolist()) == {WHOLE}
    assert twice.forename.tolist() == alone.forename.tolist()
    assert twice.surname.tolist() == alone.surname.tolist()
    ask_each(known, twice, which, which.size, NEAR)
    assert said(alone, which.size) == said(once, which.size) == said(twice, which.size)
    assert twice.asked[which].tolist() == [NEAR] * which.size


def test_out_of_room_is_said_and_the_word_stays_unasked() -> None:
    names = [bytes([97 + i]) + b"race" for i in range(20)]
    known = index(names)
    words = arrays.words(8, 1 << 10, 4)
    words.letters[:5] = np.frombuffer(b"yrace", dtype=np.uint8)
    words.length[1], words.asked[1] = 5, 0
    words.a[1] = int.from_bytes(b"yrace", "little")
    words.count[:] = (2, 5, 0)
    ask(known, words, 1)
    assert words.full[0]
    assert not words.asked[1]
