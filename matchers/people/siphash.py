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


def _rotate(word: Tags, by: int) -> Tags:
    return (word << np.uint64(by)) | (word >> np.uint64(64 - by))


def _round(v0: Tags, v1: Tags, v2: Tags, v3: Tags) -> tuple[Tags, Tags, Tags, Tags]:
    v0 = v0 + v1
    v1 = _rotate(v1, 13) ^ v0
    v0 = _rotate(v0, 32)
    v2 = v2 + v3
    v3 = _rotate(v3, 16) ^ v2
    v0 = v0 + v3
    v3 = _rotate(v3, 21) ^ v0
    v2 = v2 + v1
    v1 = _rotate(v1, 17) ^ v2
    v2 = _rotate(v2, 32)
    return v0, v1, v2, v3


def siphash(rows: Rows, key: tuple[int, int]) -> Tags:
    """The hash of each row of an (n, length) array of bytes: n words."""
    count, length = rows.shape
    blocks = length // 8 + 1
    padded = np.zeros((count, blocks * 8), dtype=np.uint8)
    padded[:, :length] = rows
    padded[:, -1] = length & 0xFF
    words = padded.view("<u8")
    first, second = np.uint64(key[0]), np.uint64(key[1])
    v0 = np.full(count, first ^ np.uint64(0x736F6D6570736575))
    v1 = np.full(count, second ^ np.uint64(0x646F72616E646F6D))
    v2 = np.full(count, first ^ np.uint64(0x6C7967656E657261))
    v3 = np.full(count, second ^ np.uint64(0x7465646279746573))
    for block in range(blocks):
        word = words[:, block].astype(np.uint64)
        v3 = v3 ^ word
        for _ in range(2):
            v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 = v0 ^ word
    v2 = v2 ^ np.uint64(0xFF)
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return v0 ^ v1 ^ v2 ^ v3


def matrix(tokens: Sequence[bytes]) -> Rows:
    """Tokens of one length as an (n, length) array."""
    length = len(tokens[0]) if tokens else 0
    return np.frombuffer(b"".join(tokens), dtype=np.uint8).reshape(len(tokens), length)


def with_kind(kind: Kind, rows: Rows) -> Rows:
    """The same rows with the byte of kind in front."""
    message = np.empty((rows.shape[0], rows.shape[1] + 1), dtype=np.uint8)
    message[:, 0] = kind
    message[:, 1:] = rows
    return message


def by_length(tokens: Iterable[bytes]) -> dict[int, list[int]]:
    """Length → positions of the tokens that have it."""
    found: dict[int, list[int]] = {}
    for position, token in enumerate(tokens):
        found.setdefault(len(token), []).append(position)
    return found


def tags(kind: Kind, tokens: Sequence[bytes], key: tuple[int, int]) -> Tags:
    """The tag of each token, in their order."""
    answer = np.zeros(len(tokens), dtype=np.uint64)
    for positions in by_length(tokens).values():
        rows = matrix([tokens[position] for position in positions])
        answer[positions] = siphash(with_kind(kind, rows), key)
    return answer


def tag(kind: Kind, token: bytes, key: tuple[int, int]) -> int:
    """The tag of one token."""
    return int(tags(kind, [token], key)[0])
