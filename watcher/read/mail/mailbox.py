"""
A box of mails in one file (mbox, RFC 4155), each a member: `message 12`.

Streamed: of a box of any size one mail is held, and that by its reader. Lines
that begin with `From ` are quoted in a mail as `>From `; the quoting is undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.model import Unread
from watcher.read.budget import Budget, Trouble
from watcher.read.mail.envelope import SEPARATOR
from watcher.read.stream import CHUNK, Item, Member, Stream, chunked
from watcher.read.text import pieces, windows

_BACK = 1 << 10  # bytes in which a line that separates, and the header after it, are whole
_NEXT = re.compile(rb"\n(?=%b)" % SEPARATOR.pattern)
_QUOTED = re.compile(rb"(?<=\n)>(>*From )")


class _Box:
    """The bytes of a box, one mail after another."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = b""
        self._clear = 0  # so many bytes of what is held belong to this mail for sure
        self._ended = False  # the box
        self._over = True  # the mail

    def begin(self) -> bool:
        """Go on to the next mail; False where there is none."""
        while self.more(CHUNK):
            pass
        self._over = False
        if not self._held:
            self._fill()
        return bool(self._held)

    def _fill(self) -> None:
        data = self._stream.read(CHUNK)
        self._ended = not data
        self._held += data

    def more(self, size: int) -> bytes:
        """At most so many bytes of this mail, whole lines where it has any; b"" at its end."""
        while not self._clear and not self._over:
            if found := _NEXT.search(self._held):
                self._clear, self._over = found.end(), True
            elif self._ended:
                self._clear, self._over = len(self._held), True
            elif len(self._held) > CHUNK:
                cut = self._held.rfind(b"\n", 0, -_BACK)
                self._clear = cut if cut > 0 else len(self._held) - _BACK
            else:
                self._fill()
        cut = min(size, self._clear)
        data, self._held = self._held[:cut], self._held[cut:]
        self._clear -= cut
        return data

    def rest(self, size: int) -> bytes:
        """What is left of the box, mails or not."""
        data, self._held = self._held[:size], self._held[size:]
        return data or self._stream.read(size)


def _unquoted(box: _Box) -> Iterator[bytes]:
    yield b">"  # or a mail with its separator would be a box of one mail
    while data := box.more(CHUNK):
        yield _QUOTED.sub(rb"\1", data)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The mails of a box. Beyond the limit on members the others are read as they stand."""
    box = _Box(stream)
    number = 0
    while box.begin():
        number += 1
        try:
            budget.member()
        except Trouble as trouble:
            yield Unread(where="", why=trouble.why)
            yield from windows(pieces(Stream(box.rest)), "further messages")
            return
        yield Member(name=f"message {number}", stream=chunked(_unquoted(box)))
