"""A place in a text that comes in pieces: what is behind it is forgotten, what is ahead is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def _nothing() -> str:
    return ""


class Cursor:
    """
    Stands at `at` in `text`, which is known up to `end`; `line` is the number
    of its line, which ends with `mark`.

    `more` gives what follows, "" at the end. `text` and `at` change with
    `pull`; positions before that are no longer good.
    """

    def __init__(
        self,
        text: str = "",
        at: int = 0,
        end: int | None = None,
        *,
        line: int = 1,
        mark: str = "\n",
        more: Callable[[], str] = _nothing,
    ) -> None:
        self.text = text
        self.at = at
        self.end = len(text) if end is None else min(end, len(text))
        self._more = more
        self._mark = mark
        self._line = line  # of `_counted`
        self._counted = at
        self._behind = 0

    @property
    def passed(self) -> int:
        """How many characters are behind."""
        return self._behind + self.at

    @property
    def line(self) -> int:
        return self.line_of(self.at)

    def line_of(self, at: int) -> int:
        """The number of the line of a position from here on."""
        if at >= self._counted:
            self._line += self.text.count(self._mark, self._counted, at)
        else:
            self._line -= self.text.count(self._mark, at, self._counted)
        self._counted = at
        return self._line

    def push(self, text: str) -> None:
        """The next piece has come by itself."""
        self._line = self.line
        self._behind += self.at
        self.text = self.text[self.at :] + text
        self.at = self._counted = 0
        self.end = len(self.text)

    def pull(self) -> bool:
        """One piece more, if there is any."""
        piece = self._more()
        if piece:
            self.push(piece)
        return bool(piece)

    def ahead(self, size: int) -> bool:
        """Whether so many characters are in hand from here on, now that they were asked for."""
        while self.end - self.at < size:
            if not self.pull():
                return False
        return True

    def fork(self, size: int) -> Cursor:
        """Another one on the same text, which ends after so many characters in hand."""
        return Cursor(self.text, self.at, min(self.end, self.at + size))

    def lines(self, longest: int) -> Iterator[str]:
        """Lines from here on; a longer one ends them. Moves behind each as it is given."""
        while True:
            found = self.text.find("\n", self.at, min(self.end, self.at + longest)) + 1
            if not found:
                if self.end - self.at < longest and self.pull():
                    continue
                if self.end - self.at >= longest or self.at == self.end:
                    return
                found = self.end
            line = self.text[self.at : found]
            self.at = found
            yield line
