"""SipHash-2-4, compiled."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import siphash
from matchers.people.kernel.hashing import (
    NONE,
    PACKED,
    keyed,
    mixed,
    neighbourhood,
    packed,
    side_by_side,
    sip,
    sip_at_once,
)
from matchers.people.siphash import Kind
from tests.matchers.people.kernel.windows import otherwise

KEY = siphash.halves(bytes(range(16)))
K = np.array(KEY, dtype=np.uint64)
# Reference vectors of the authors' `vectors.h`, messages 00 01 02 … of these lengths.
VECTORS = {
    1: 0x74F839C593DC67FD, 7: 0xAB0200F58B01D137, 8: 0x93F5F5799A932462, 15: 0xA129CA6149BE45E5,
}  # fmt: skip


def halved(word: bytes) -> tuple[np.uint64, np.uint64]:
    """A word as it is packed."""
    return (
        np.uint64(int.from_bytes(word[:8], "little")),
        np.uint64(int.from_bytes(word[8:16], "little")),
    )


def agree(count: int, dice: random.Random) -> None:
    """All ways of hashing a word, and it without each letter, say what the enrolling side says."""
    work = np.zeros((3, 32), dtype=np.uint64)
    for _ in range(count):
        word = bytes(dice.choice(b"abcdefgh01") for _ in range(dice.randrange(2, 40)))
        row = np.frombuffer(word, dtype=np.uint8)
        less = [word[:i] + word[i + 1 :] for i in range(len(word))]
        wanted = siphash.tags(Kind.NAME, [word, *less], KEY).tolist()
        size = len(word)
        assert sip(row, 0, size, NONE, 1, K[0], K[1]) == wanted[0]
        assert [int(sip(row, 0, size, i, 1, K[0], K[1])) for i in range(size)] == wanted[1:]
        if size <= PACKED:
            a, b = halved(word)
            assert packed(a, b, size, 1, K[0], K[1]) == wanted[0]
            neighbourhood(a, b, size, 1, K, work)
            assert work[2, : size + 1].tolist() == wanted
            words = [bytes(dice.choice(b"0123456789") for _ in range(size)) for _ in range(32)]
            for place, each in enumerate(words):
                work[0, place], work[1, place] = halved(each)
            side_by_side(32, size, 1, K, work)
            assert work[2].tolist() == siphash.tags(Kind.NAME, words, KEY).tolist()
        more = np.frombuffer(b"x" + word + bytes(range(8)), dtype=np.uint8)
        assert sip_at_once(more, 1, size, 1, K[0], K[1]) == wanted[0]


def test_equal_to_the_enrolling_side() -> None:
    agree(400, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 10, NUMBA_DISABLE_JIT="1")


def test_the_authors_vectors() -> None:
    """Aumasson and Bernstein, 2012; the kind is the first byte of a message."""
    for length, wanted in VECTORS.items():
        message = np.arange(length, dtype=np.uint8)
        assert sip(message, 1, length - 1, NONE, 0, K[0], K[1]) == wanted


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_keyed_mix_is_the_hash_of_sixteen_bytes(one: int, two: int) -> None:
    """And differs from the public one."""
    message = np.array([one, two], dtype="<u8").view(np.uint8)
    wanted = siphash.siphash(message[None, :], KEY)[0]
    assert keyed(np.uint64(one), np.uint64(two), K[0], K[1]) == wanted
    assert mixed(np.uint64(one), np.uint64(two)) != wanted
