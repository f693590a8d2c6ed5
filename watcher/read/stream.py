"""
The bytes of one document or member, in order, with a look at its beginning.

What goes wrong while bytes are being had (a broken member, a bomb) ends the
stream and is kept in `trouble`: what came before it is read all the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from watcher.model import Part, Unread, Why
from watcher.read.budget import Trouble

HEAD = 1 << 16  # what is looked at to tell what a body is
CHUNK = 1 << 18


class Stream:
    """
    `more(n)` gives at most n bytes, b"" at the end; it may raise Trouble.

    `declared` is the charset that came with the bytes, "" where none did;
    `announced`, where it is known, how many they are.
    """

    def __init__(
        self, more: Callable[[int], bytes], *, declared: str = "", announced: int = 0
    ) -> None:
        self._more = more
        self._ahead = b""
        self._whole: bytes | None = None
        self._ended = False
        self.declared = declared
        self._announced = announced
        self._back: deque[bytes] = deque()  # what was had and is to be read all the same
        self.trouble: Why | None = None
        self.size = 0  # of what has come so far
        self.parsed: object = None  # what was made of `whole`, for whoever asks for the same next

    def _next(self, size: int) -> bytes:
        if self._back:
            data = self._back.popleft()
            if len(data) > size:
                self._back.appendleft(data[size:])
            return data[:size]
        if self._ended:
            return b""
        try:
            data = self._more(size)
        except Trouble as trouble:
            self.trouble = trouble.why
            data = b""
        if not data:
            self._ended = True
        self.size += len(data)
        return data

    def head(self) -> bytes:
        """The first 64 KiB, or all there is. They are still to be read."""
        if self._whole is not None:
            return self._whole[:HEAD]
        while len(self._ahead) < HEAD:
            data = self._next(HEAD - len(self._ahead))
            if not data:
                break
            self._ahead += data
        return self._ahead[:HEAD]

    @property
    def ended(self) -> bool:
        """Whether all there is has been had; what `head` gives is then the whole."""
        return (self._ended and not self._back) or self._whole is not None

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, at most `size`; b"" at the end."""
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._next(size)

    def chunks(self) -> Iterator[bytes]:
        """All bytes, in pieces."""
        while data := self.read():
            yield data

    def whole(self, limit: int) -> bytes:
        """
        All bytes at once, for random access.

        Raises Trouble(SIZE) beyond the limit; they can then be read one after another.
        """
        if self._whole is None:
            if self._announced > limit:
                raise Trouble(Why.SIZE)
            pieces: list[bytes] = []
            size = 0
            for data in self.chunks():
                size += len(data)
                pieces.append(data)
                if size > limit:
                    self._back.extend(pieces)
                    raise Trouble(Why.SIZE)
            self._whole = b"".join(pieces)
        return self._whole

    def again(self) -> None:
        """Read from the first byte on what was had as a whole."""
        if self._whole is not None:
            whole, self._whole = self._whole, None
            self._back.extend(whole[at : at + CHUNK] for at in range(0, len(whole), CHUNK))


def chunked(chunks: Iterator[bytes], *, declared: str = "") -> Stream:
    """A stream of what an iterator gives, in chunks of any size; it may raise Trouble."""
    rest = b""

    def more(size: int) -> bytes:
        nonlocal rest
        while not rest:
            if (data := next(chunks, None)) is None:
                return b""
            rest = data
        data, rest = rest[:size], rest[size:]
        return data

    return Stream(more, declared=declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """
    A document inside a document, for the dispatcher to open.

    `name` is its label, "" where it is the document itself in other clothes.
    `bomb`: its container declares an expansion beyond the limits. `echo`: what
    it holds is a second reading of what another part says.
    """

    name: str
    stream: Stream
    bomb: bool = False
    echo: bool = False


Item = Part | Unread | Member
