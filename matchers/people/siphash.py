"""
SipHash-2-4 with 64-bit output (Aumasson and Bernstein, 2012), many messages at once.

The tag of a token is the hash of one byte of kind and the folded token: the
same digits as a word and as a number must not share a tag. A keyed
pseudo-random function: without the key a tag says nothing.
"""

from __future__ import annotations

import enum
import struct
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Tags = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint8]

AT_ONCE = 1 << 13  # rows: what is worked on stays in the processor's cache


class Kind(enum.IntEnum):
    """The first byte of a message."""

    NAME = 1
    NUMBER = 2
    MAIL = 3
    TEXT = 4


def halves(key: bytes) -> tuple[int, int]:
    """The two words of a 128-bit key. A longer key gives its first 16 bytes."""
    if len(key) < 16:
        raise ValueError(f"a matching key has at least 16 bytes, not {len(key)}")
    first, second = struct.unpack("<QQ", key[:16])
    return first, second


def _rotate(word: Tags, by: int, spare: Tags) -> None:
    np.right_shift(word, np.uint64(64 - by), out=spare)
    np.left_shift(word, np.uint64(by), out=word)
    np.bitwise_or(word, spare, out=word)


def _round(v0: Tags, v1: Tags, v2: Tags, v3: Tags, spare: Tags) -> None:
    v0 += v1
    _rotate(v1, 13, spare)
    v1 ^= v0
    _rotate(v0, 32, spare)
    v2 += v3
    _rotate(v3, 16, spare)
    v3 ^= v2
    v0 += v3
    _rotate(v3, 21, spare)
    v3 ^= v0
    v2 += v1
    _rotate(v1, 17, spare)
    v1 ^= v2
    _rotate(v2, 32, spare)


def _hashed(padded: Rows, key: tuple[int, int]) -> Tags:
    """The hash of each row of an (n, 8 · blocks) array, padded and with its length at the end."""
    words = padded.view("<u8").astype(np.uint64, copy=False)
    count, blocks = words.shape
    first, second = np.uint64(key[0]), np.uint64(key[1])
    v0 = np.full(count, first ^ np.uint64(0x736F6D6570736575))
    v1 = np.full(count, second ^ np.uint64(0x646F72616E646F6D))
    v2 = np.full(count, first ^ np.uint64(0x6C7967656E657261))
    v3 = np.full(count, second ^ np.uint64(0x7465646279746573))
    spare = np.empty_like(v0)
    for block in range(blocks):
        word = words[:, block]
        v3 ^= word
        for _ in range(2):
            _round(v0, v1, v2, v3, spare)
        v0 ^= word
    v2 ^= np.uint64(0xFF)
    for _ in range(4):
        _round(v0, v1, v2, v3, spare)
    return np.asarray(v0 ^ v1 ^ v2 ^ v3)


def siphash(rows: Rows, key: tuple[int, int]) -> Tags:
    """The hash of each row of an (n, length) array of bytes: n words."""
    count, length = rows.shape
    padded = np.zeros((count, _width(length)), dtype=np.uint8)
    padded[:, :length] = rows
    padded[:, -1] = length & 0xFF
    return _hashed(padded, key)


def _width(length: int) -> int:
    """Bytes that a message of this length is padded to."""
    return (length // 8 + 1) * 8


def matrix(tokens: Sequence[bytes]) -> Rows:
    """Tokens of one length as an (n, length) array."""
    length = len(tokens[0]) if tokens else 0
    return np.frombuffer(b"".join(tokens), dtype=np.uint8).reshape(len(tokens), length)


def tags_of(kind: Kind, tables: Sequence[Rows], key: tuple[int, int]) -> list[Tags]:
    """
    The tags of the rows of each of these arrays, of any lengths.

    Messages that are padded to one width are hashed together, at most AT_ONCE:
    a step of numpy on a few rows costs as much as on a thousand.
    """
    wide: dict[int, list[int]] = {}
    for place, rows in enumerate(tables):
        wide.setdefault(_width(rows.shape[1] + 1), []).append(place)
    found = [np.zeros(0, dtype=np.uint64)] * len(tables)
    for width, places in wide.items():
        padded = np.zeros((sum(tables[place].shape[0] for place in places), width), dtype=np.uint8)
        padded[:, 0] = kind
        cuts = [0]
        for place in places:
            count, length = tables[place].shape
            stretch = padded[cuts[-1] : cuts[-1] + count]
            stretch[:, 1 : length + 1] = tables[place]
            stretch[:, -1] = (length + 1) & 0xFF
            cuts.append(cuts[-1] + count)
        tag = np.empty(cuts[-1], dtype=np.uint64)
        for start in range(0, cuts[-1], AT_ONCE):
            tag[start : start + AT_ONCE] = _hashed(padded[start : start + AT_ONCE], key)
        for place, start, end in zip(places, cuts, cuts[1:], strict=False):
            found[place] = tag[start:end]
    return found


def by_length(tokens: Iterable[bytes]) -> dict[int, list[int]]:
    """Length → positions of the tokens that have it."""
    found: dict[int, list[int]] = {}
    for position, token in enumerate(tokens):
        found.setdefault(len(token), []).append(position)
    return found


def tags(kind: Kind, tokens: Sequence[bytes], key: tuple[int, int]) -> Tags:
    """The tag of each token, in their order."""
    answer = np.zeros(len(tokens), dtype=np.uint64)
    places = list(by_length(tokens).values())
    tables = [matrix([tokens[place] for place in each]) for each in places]
    for each, found in zip(places, tags_of(kind, tables, key), strict=True):
        answer[each] = found
    return answer


def tag(kind: Kind, token: bytes, key: tuple[int, int]) -> int:
    """The tag of one token."""
    return int(tags(kind, [token], key)[0])
