"""
Traces sealed for the store: keyed hashes and positions in the roster are personal data still.

    nonce (12 bytes) | AES-256-GCM(traces)

The key is derived from the master key and the salt of the index, so that a new
enrolment ends what was kept under the one before. What the traces are about
(source and document) is associated data: no row can stand in for another.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from array import array
from collections.abc import Sequence

from watcher.keys import derive
from watcher.model import Family, Trace

NONCE = 12  # bytes, SP 800-38D §8.2.2
# Place of the family, hits, officers, misses, expected.
_HEAD = struct.Struct(">BIIQd")
_FAMILIES = tuple(Family)


def traces_key(master: bytes, salt: bytes) -> bytes:
    """The key of the traces kept under the index with this salt: 32 bytes."""
    return derive(master, "traces", salt)


def roster_mark(salt: bytes) -> str:
    """By what traces of one enrolment are told from those of another: 16 letters."""
    return hashlib.blake2b(salt, digest_size=8, person=b"traces").hexdigest()


def seal_traces(traces: Sequence[Trace], key: bytes, *, about: str) -> bytes:
    """The traces of one document, encrypted."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE)
    plain = b"".join(_packed(each) for each in traces)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode("utf-8", "surrogatepass"))


def open_traces(sealed: bytes, key: bytes, *, about: str) -> tuple[Trace, ...]:
    """
    The traces of one document.

    Raises ValueError where they were altered, or are another document's.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        plain = AESGCM(key).decrypt(
            sealed[:NONCE], sealed[NONCE:], about.encode("utf-8", "surrogatepass")
        )
    except (InvalidTag, ValueError):
        raise ValueError("a trace that was altered, or stands for another document") from None
    found, at = [], 0
    while at < len(plain):
        trace, at = _unpacked(plain, at)
        found.append(trace)
    return tuple(found)


def _packed(trace: Trace) -> bytes:
    head = _HEAD.pack(
        _FAMILIES.index(trace.family), trace.hits, len(trace.officers), trace.misses, trace.expected
    )
    arrays = (trace.keys, trace.chance, trace.starts, trace.officers)
    return head + b"".join(each.tobytes() for each in arrays)


def _unpacked(plain: bytes, at: int) -> tuple[Trace, int]:
    family, hits, officers, misses, expected = _HEAD.unpack_from(plain, at)
    at += _HEAD.size
    keys, starts, whose = array("Q"), array("I"), array("I")
    chance = array("d")
    parts: tuple[tuple[array[int] | array[float], int], ...] = (
        (keys, hits),
        (chance, hits),
        (starts, hits + 1),
        (whose, officers),
    )
    for part, count in parts:
        end = at + count * part.itemsize
        part.frombytes(plain[at:end])
        at = end
    return (
        Trace(
            family=_FAMILIES[family],
            keys=keys,
            chance=chance,
            starts=starts,
            officers=whose,
            misses=misses,
            expected=expected,
        ),
        at,
    )
