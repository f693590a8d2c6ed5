"""
Which slashes of a text stand behind a known host.

Most of a text is never looked at: an address has a slash behind its host, and
the eight characters before a slash tell nearly always whose it is. What is
said here is "may be": who asks looks at the place itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

Words = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

_WIDE = 8  # characters before the slash that are compared
_AT_ONCE = 1 << 17  # characters: what is made of them stays in the processor's cache
_LOWER = np.uint64(0x2020202020202020)
_LOWER_PAIR = 0x2020
# fmt: off
_DOTS = (
    ".", "[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", " dot ", " . ", " [.] ", " [dot] ", " (dot) ",
)
# fmt: on
_BEFORE = ("", "[", "\\")  # of a slash that is taken apart, or escaped
# RFC 3986 §2.1, and encoded once or twice more: redirectors carry addresses of redirectors.
_ENCODED = re.compile(rb"%(?:25){0,2}2[Ff]")


class Slashes:
    """Finds the slashes behind these hosts (lower case; a port may stand behind one)."""

    def __init__(self, hosts: Iterable[str]) -> None:
        known = tuple(hosts)
        ends = _ends(known)
        self._ends = [_Ends.of(size, words) for size, words in ends.items()]
        # Behind a letter, a sign, or the digit of a port: nearly no slash of a page's own marks.
        self._least = ord("0") if any(host[-1].isdigit() for host in known) else ord("A")
        # The two characters before it, as one number: whether any host ends so.
        self._pairs = np.zeros(1 << 16, dtype=np.bool_)
        for words in ends.values():
            self._pairs[[each >> 48 for each in words]] = True

    def plain(self, text: str) -> list[int]:
        """Where such slashes stand, in their order."""
        if "/" not in text:
            return []
        coded = _coded(text)
        plain = np.frombuffer(coded, dtype=np.uint8)
        some = []
        for start in range(_WIDE, len(coded), _AT_ONCE):
            piece = plain[start - 1 : start + _AT_ONCE]
            at = np.flatnonzero((piece[1:] == ord("/")) & (piece[:-1] >= self._least)) + start
            pairs = plain[at - 1].astype(np.intp) << 8 | plain[at - 2] | _LOWER_PAIR
            some.append(at[self._pairs[pairs]])
        return self._known(coded, np.concatenate(some))

    def encoded(self, text: str) -> list[int]:
        """The same for slashes that are written `%2F`."""
        if "%" not in text:
            return []
        coded = _coded(text)
        plain = np.frombuffer(coded, dtype=np.uint8)
        marks = np.flatnonzero(plain[:-2] == ord("%"))
        marks = marks[plain[marks + 1] == ord("2")].tolist()
        found = [at for at in marks if _ENCODED.match(coded, at)]
        return self._known(coded, np.array(found, dtype=np.intp))

    def _known(self, coded: bytes, at: Places) -> list[int]:
        if not at.size:
            return []
        words = np.ndarray((len(coded) - 7,), dtype="<u8", buffer=coded, strides=(1,))
        before = words[at - _WIDE] | _LOWER
        known = np.zeros(at.size, dtype=np.bool_)
        for ends in self._ends:
            known |= ends.has(before)
        places: list[int] = (at[known] - _WIDE).tolist()
        return places


@dataclass(frozen=True, slots=True)
class _Ends:
    """Ends of one length; `mask` picks that length of eight characters as a little-endian word."""

    mask: np.uint64
    maybe: Flags  # by a hash of 16 bits

    @classmethod
    def of(cls, size: int, words: Iterable[int]) -> _Ends:
        maybe = np.zeros(1 << 16, dtype=np.bool_)
        maybe[_hash(np.array(sorted(words), dtype=np.uint64))] = True
        return cls(np.uint64((2**64 - 1) & ~(2 ** (8 * (_WIDE - size)) - 1)), maybe)

    def has(self, before: Words) -> Flags:
        """Which of these words may end so; of others one in some hundred."""
        return self.maybe[_hash(before & self.mask)]


def _coded(text: str) -> bytes:
    """One byte for each character, so that places in the bytes are places in the text."""
    return b" " * _WIDE + text.encode("ascii", "replace")


def _hash(words: Words) -> Words:
    return (words * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)


def _ends(hosts: Iterable[str]) -> dict[int, set[int]]:
    """By their length, the ends of all spellings of these hosts."""
    found: dict[int, set[int]] = {}
    for host in (each for known in hosts for each in {known, known.replace(":", "%3a")}):
        for dot in _DOTS:
            for behind in _BEFORE:
                spelled = (host.replace(".", dot) + behind)[-_WIDE:].encode()
                lower = bytes(each | 0x20 for each in spelled).rjust(_WIDE, b"\0")
                found.setdefault(len(spelled), set()).add(int.from_bytes(lower, "little"))
    return found
