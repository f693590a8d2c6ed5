"""Pages that are pictures, or show some: looked at where OCR is switched on, told of where it is not."""

from __future__ import annotations

from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.ocr import look
from watcher.read.pdf.page import Drawn
from watcher.read.pdf.rendered import Rendered
from watcher.read.stream import Item
from watcher.read.text import windows


class Pictured:
    """The pages of one revision of a file; `pages`: how many it has, once that is known."""

    def __init__(self, body: bytes, budget: Budget) -> None:
        self.pages = 0
        self._rendered = Rendered(body)
        self._budget = budget

    def page(
        self, drawn: Drawn, text: str, size: float, *, number: int | None, where: str, hidden: bool
    ) -> Iterator[Item]:
        """
        What can be seen on a page and is not in its text.

        `text`: its own; `size`: its area, in units of user space; `number`:
        from 1, None for a page in no tree, which cannot be drawn.
        """
        if drawn.is_picture(text, size):
            yield from self._looked(number, where, hidden=hidden)
        elif self._budget.sight and drawn.has_picture(text, size):
            # The page's own text is in it as well, a second time.
            yield from self._looked(number, f"{where}, pictures", hidden=hidden, echo=True)

    def _looked(
        self, number: int | None, where: str, *, hidden: bool, echo: bool = False
    ) -> Iterator[Item]:
        sight = self._budget.sight
        if sight is None or number is None:
            yield Unread(where=where, why=Why.IMAGE_ONLY)
            return
        try:
            text = look.text(
                lambda: self._rendered.page(number - 1, self.pages, sight.pixels), self._budget
            )
        except Trouble as trouble:
            yield Unread(where=where, why=trouble.why)
            return
        yield from windows([text], f"{where} (OCR)", hidden=hidden, echo=echo)
