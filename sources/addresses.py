"""
Where a text names an address of known hosts: with a scheme or without one, and taken apart.

`https://paste.example/p/1`, `paste.example/p/1`, `hxxps[:]//paste[.]example/p/1`,
`paste (dot) example[/]p/1`; and as redirectors carry it,
`https%3A%2F%2Fpaste.example%2Fp%2F1`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from sources.slashes import Slashes

LONGEST = 500  # characters of a path
TRIED = 2000  # places of one text that are looked at closely, of each way to write a slash
_BACK = 120  # characters before the slash in which scheme and host stand
_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\s(?:\.|dot)\s)"
_SLASH = r"(?:\[/\]|\\/|/)"
_STEP = r"[^\s\x00-\x20<>\"'`^|{}\\]"
_PATH = re.compile(rf"{_SLASH}(?:{_STEP}|\\/){{0,{LONGEST}}}")
_APART = re.compile(r"[\[({]\s?(?:\.|dot)\s?[\])}]", re.IGNORECASE)
_SLASHES = re.compile(r"\[/\]|\\/")
# Read backwards from the slash: a host as it is, and the scheme before it.
_TSOH = re.compile(r"([\w@.:-]+)(?:\W{1,6}(s?)p(?:tt|xx)h)?", re.IGNORECASE)
_VALUE = re.compile(r"[A-Za-z0-9%._~:!*()+,;@$'/?-]*")  # of a parameter: it ends at the next
_EULAV = re.compile(r"[A-Za-z0-9%._~:-]*")
_END = ".,;:!?'\"*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}

Found = tuple[str, str, int]


class Addresses:
    """Finds the addresses of these hosts (lower case; a port may stand behind one)."""

    def __init__(self, hosts: Iterable[str]) -> None:
        known = sorted(set(hosts), key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?:(?P<scheme>h(?:tt|xx)ps?)\W{{1,6}})?(?<![\w@.-])(?:www{_DOT})?"
            rf"(?P<host>{'|'.join(map(_spelled, known))})"
            rf"(?P<path>{_PATH.pattern})",
            re.IGNORECASE,
        )
        self._hosts = {_plain(host): host for host in known}
        self._known = {each: host for host in known for each in (host, f"www.{host}")}
        self._slashes = Slashes(known)

    def find(self, text: str) -> Iterator[Found]:
        """Host, address and where it ends; each as often as it stands there. Addresses are whole."""
        for slash in self._slashes.plain(text)[:TRIED]:
            if found := self._at(text, slash):
                yield found
        for slash in self._slashes.encoded(text)[:TRIED]:
            if found := self._encoded(text, slash):
                yield found

    def _at(self, text: str, slash: int) -> Found | None:
        """The address whose path begins at this slash."""
        start = max(0, slash - _BACK)
        before = _TSOH.match(text[start:slash][::-1])
        host = self._known.get(before[1][::-1].lower()) if before else None
        if before and host:  # as nearly all are written
            path = _PATH.match(text, slash, slash + LONGEST)
            assert path is not None  # it begins with the slash
            return host, _address(host, path[0], secure=before[2] != ""), path.end()
        for found in self._pattern.finditer(text, start, slash + LONGEST):
            if found.start("path") <= slash <= found.start("path") + 1:
                host = self._hosts[_plain(found["host"])]
                secure = (found["scheme"] or "https").lower() in ("https", "hxxps")
                return host, _address(host, found["path"], secure=secure), found.end()
        return None

    def _encoded(self, text: str, slash: int) -> Found | None:
        """The address that is the value of a parameter, or a step of a path."""
        before = _EULAV.match(text[max(0, slash - _BACK) : slash][::-1])
        after = _VALUE.match(text, slash, slash + LONGEST)
        assert before is not None  # both may be empty
        assert after is not None
        plain = before[0][::-1] + after[0]
        for _ in range(3):
            plain = unquote(plain)
            for at in self._slashes.plain(plain):
                if found := self._at(plain, at):
                    return *found[:2], after.end()
        return None


def _address(host: str, path: str, *, secure: bool) -> str:
    return f"http{'s' if secure else ''}://{host}{_path(path)}"


def _spelled(host: str) -> str:
    return _DOT.join(re.escape(label) for label in host.split("."))


def _plain(host: str) -> str:
    """The host without what it was taken apart with."""
    return re.sub(r"dot(?=[\])}\s])|[\s.\[\](){}]", "", host.lower())


def _path(found: str) -> str:
    """A path as it was before it was escaped or taken apart, without the sentence's own signs behind it."""
    path = found
    if "[" in path or "\\" in path:
        path = _SLASHES.sub("/", path)
    if "&" in path:
        path = html.unescape(path)
    if "[" in path or "(" in path or "{" in path:
        path = _APART.sub(".", path)
    while path and (path[-1] in _END or (path[-1] in _PAIRS and _PAIRS[path[-1]] not in path)):
        path = path[:-1]
    return path
