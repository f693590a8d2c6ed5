"""
Where a text names an address of known hosts: with a scheme or without one, and taken apart.

`https://paste.example/p/1`, `paste.example/p/1`, `hxxps[:]//paste[.]example/p/1`,
`paste (dot) example[/]p/1`. Most of a text is never looked at: a slash is
where every address has one, and what stands before it tells whose it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

Words = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

LONGEST = 500  # characters of a path
TRIED = 2000  # places of one text that are looked at closely
_BACK = 120  # characters before the slash in which scheme and host stand
_WIDE = 8  # characters before the slash that are compared first
# fmt: off
_DOTS = (
    ".", "[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", " dot ", " . ", " [.] ", " [dot] ", " (dot) ",
)
# fmt: on
_BEFORE = ("", "[", "\\")  # of a slash that is taken apart, or escaped
_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\s(?:\.|dot)\s)"
_SLASH = r"(?:\[/\]|\\/|/)"
_STEP = r"[^\s\x00-\x20<>\"'`^|{}\\]"
_APART = re.compile(r"[\[({]\s?(?:\.|dot)\s?[\])}]", re.IGNORECASE)
_SLASHES = re.compile(r"\[/\]|\\/")
_END = ".,;:!?'\"*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Addresses:
    """Finds the addresses of these hosts (lower case; a port may stand behind one)."""

    def __init__(self, hosts: Iterable[str]) -> None:
        known = sorted(set(hosts), key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?:(?P<scheme>h(?:tt|xx)ps?)\W{{1,6}})?(?<![\w@.-])(?:www{_DOT})?"
            rf"(?P<host>{'|'.join(map(_spelled, known))})"
            rf"(?P<path>{_SLASH}(?:{_STEP}|\\/){{0,{LONGEST}}})",
            re.IGNORECASE,
        )
        self._hosts = {_plain(host): host for host in known}
        self._ends = [_Ends.of(size, words) for size, words in _ends(known).items()]
        # Behind a letter, a sign, or the digit of a port: nearly no slash of a page's own marks.
        self._least = ord("0") if any(host[-1].isdigit() for host in known) else ord("A")

    def find(self, text: str) -> Iterator[tuple[str, str, int]]:
        """Host, address and where it ends; each as often as it stands there. Addresses are whole."""
        for slash in self._slashes(text)[:TRIED]:
            start = max(0, slash - _BACK)
            for found in self._pattern.finditer(text, start, slash + LONGEST):
                if not found.start("path") <= slash <= found.start("path") + 1:
                    continue
                host = self._hosts[_plain(found["host"])]
                secure = (found["scheme"] or "https").lower() in ("https", "hxxps")
                path = _path(found["path"])
                yield host, f"http{'s' if secure else ''}://{host}{path}", found.end()
                break

    def _slashes(self, text: str) -> list[int]:
        """Where slashes stand behind what may be the end of one of the hosts."""
        if "/" not in text:
            return []
        # One byte for each character, so that places in the bytes are places in the text.
        coded = b" " * _WIDE + text.encode("ascii", "replace")
        plain = np.frombuffer(coded, dtype=np.uint8)
        at = np.flatnonzero((plain[1:] == ord("/")) & (plain[:-1] >= self._least)) + 1
        if not at.size:
            return []
        words = np.ndarray((len(coded) - 7,), dtype="<u8", buffer=coded, strides=(1,))
        before = words[at - _WIDE] | np.uint64(0x2020202020202020)
        known = np.zeros(at.size, dtype=np.bool_)
        for ends in self._ends:
            known |= ends.has(before)
        places: list[int] = (at[known] - _WIDE).tolist()
        return places


@dataclass(frozen=True, slots=True)
class _Ends:
    """Ends of one length, as little-endian words; `mask` picks that length of eight characters."""

    words: Words
    mask: np.uint64
    maybe: Flags  # by a hash of 16 bits, whether there is any

    @classmethod
    def of(cls, size: int, words: Iterable[int]) -> _Ends:
        ends = np.array(sorted(words), dtype=np.uint64)
        maybe = np.zeros(1 << 16, dtype=np.bool_)
        maybe[_hash(ends)] = True
        return cls(ends, np.uint64((2**64 - 1) & ~(2 ** (8 * (_WIDE - size)) - 1)), maybe)

    def has(self, before: Words) -> Flags:
        """Which of these words end so."""
        cut = before & self.mask
        found = self.maybe[_hash(cut)]
        found[found] = np.isin(cut[found], self.words)
        return found


def _hash(words: Words) -> Words:
    return (words * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)


def _ends(hosts: Iterable[str]) -> dict[int, set[int]]:
    """By their length, the ends of all spellings of these hosts."""
    found: dict[int, set[int]] = {}
    for host in hosts:
        for dot in _DOTS:
            for behind in _BEFORE:
                spelled = (host.replace(".", dot) + behind)[-_WIDE:].encode()
                lower = bytes(each | 0x20 for each in spelled).rjust(_WIDE, b"\0")
                found.setdefault(len(spelled), set()).add(int.from_bytes(lower, "little"))
    return found


def _spelled(host: str) -> str:
    return _DOT.join(re.escape(label) for label in host.split("."))


def _plain(host: str) -> str:
    """The host without what it was taken apart with."""
    return re.sub(r"dot(?=[\])}\s])|[\s.\[\](){}]", "", host.lower())


def _path(found: str) -> str:
    """A path as it was before it was escaped or taken apart, without the sentence's own signs behind it."""
    path = _SLASHES.sub("/", found)
    if "&" in path:
        path = html.unescape(path)
    path = _APART.sub(".", path)
    while path and (path[-1] in _END or (path[-1] in _PAIRS and _PAIRS[path[-1]] not in path)):
        path = path[:-1]
    return path
