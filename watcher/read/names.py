"""
Names of members as text: photos are called by whom they show.

Every container says them, also those of members that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.model import Part
from watcher.read.charsets.charset import Decoder
from watcher.read.text import Windows

_EXTENSION = re.compile(r"(?=.{0,3}[A-Za-z])[A-Za-z0-9]{1,5}")
_APART = {ord(each): " " for each in "_/"}
_TOGETHER = 1000  # lines that go to a window at once
WHERE = "names of members"


def fields(name: str) -> str:
    """
    A member's name as fields: its stem, its folders, its extension, between tabs.

    `photos/52855785_Lloyd_Bethan.jpg` → `52855785 Lloyd Bethan`, `photos`, `jpg`.
    """
    folders, _, last = name.replace("\\", "/").rstrip("/").rpartition("/")
    stem, dot, extension = last.rpartition(".")
    if not dot or not _EXTENSION.fullmatch(extension):
        stem, extension = last, ""
    found = (" ".join(each.translate(_APART).split()) for each in (stem, folders, extension))
    return "\t".join(each for each in found if each)


def decoded(name: bytes) -> str:
    """A name whose charset nothing says."""
    if name.isascii():
        return name.decode("ascii")
    decoder = Decoder(name)
    return decoder.feed(name) + decoder.finish()


class Names:
    """The names of a container that tells them one by one, as its last part."""

    def __init__(self) -> None:
        self._windows = Windows(WHERE)
        self._lines: list[str] = []

    def add(self, *names: str) -> Iterator[Part]:
        """One member: its name, and what else it is called."""
        if line := "\t".join(fields(each) for each in names if each):
            self._lines.append(line + "\n")
        if len(self._lines) >= _TOGETHER:
            yield from self._fed()

    def _fed(self) -> Iterator[Part]:
        lines, self._lines = self._lines, []
        yield from self._windows.feed("".join(lines))

    def finish(self) -> Iterator[Part]:
        yield from self._fed()
        yield from self._windows.finish()
