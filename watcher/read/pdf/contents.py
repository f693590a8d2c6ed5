"""
Content streams of a PDF as operations, counted before they are parsed: many may share one bomb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf.objects import data

if TYPE_CHECKING:
    from pypdf import PdfReader

DRAWING = 4 << 20  # bytes of operators on one page: some 100,000 lines
DRAWINGS = 32 << 20  # on all pages: a MiB of letters takes a second
_KEPT = 1 << 18  # bytes of forms whose operations are kept: a letterhead stands on every page

Operation = tuple[Sequence[Any], bytes]


class Contents:
    """
    What pages and forms draw. `torn`: some of it could not be decoded or parsed.

    A stream whose end cannot be parsed gives what stands before.
    """

    def __init__(self, reader: PdfReader, budget: Budget) -> None:
        self._reader = reader
        self._budget = budget
        self._left = DRAWINGS
        self._page = DRAWING
        self._kept: dict[int, list[Operation]] = {}
        self._room = _KEPT
        self.torn: Why | None = None

    def begin(self) -> None:
        """Another page. Raises Trouble where nothing is left for it."""
        self._page, self.torn = DRAWING, None
        if self._left < 0:
            raise Trouble(Why.LIMIT)

    def operations(self, held: Any) -> Iterator[Operation]:
        """The operations of a stream, or of several that are one. Raises Trouble(LIMIT)."""
        held = held.get_object() if held is not None else None
        number = getattr(getattr(held, "indirect_reference", None), "idnum", None)
        if number in self._kept:
            yield from self._kept[number]
            return
        pieces = [self._decoded(each) for each in (held if isinstance(held, list) else (held,))]
        body = b"\n".join(pieces)
        found = self._parsed(body)
        if number is not None and len(body) <= self._room:
            self._room -= len(body)
            self._kept[number] = found
        yield from found

    def _decoded(self, each: Any) -> bytes:
        stream = each.get_object() if each is not None else None
        if not hasattr(stream, "get_data"):
            return b""
        try:
            body = data(stream, self._budget, most=DRAWING)
        except Trouble as trouble:
            if trouble.why is Why.LIMIT:
                self._left -= DRAWING
                raise
            self.torn = trouble.why
            return b""
        self._page -= len(body)
        self._left -= len(body)
        if self._page < 0 or self._left < 0:
            raise Trouble(Why.LIMIT)
        return body

    def _parsed(self, body: bytes) -> list[Operation]:
        from pypdf.generic import ContentStream, StreamObject

        stream = StreamObject()
        stream.set_data(body)
        content = ContentStream(stream, self._reader, "bytes")
        try:
            return content.operations
        except (MemoryError, RecursionError):
            raise
        except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
            limit = type(problem).__name__ == "LimitReachedError"
            self.torn = Why.LIMIT if limit else Why.BROKEN
        return content._operations  # those before the one that cannot be parsed
