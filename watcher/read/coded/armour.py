"""
Other bytes dressed as letters inside a text: base64, hexadecimal, uuencode and their like.

    parts of any reader → runs of letters that mean something → members

It looks at the parts that a reader gives, whatever the reader: a workbook in
base64 in a cell is found as one in JSON is. The text stays as it is; only
windows that lie inside such a run from end to end are left out. In the
service the same look says whether a text has to be given to a worker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from watcher.model import CELL, ROW, Part, Unread
from watcher.read.budget import Budget, Trouble
from watcher.read.coded import literals, properties, quoted
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.runs import Run, Runs
from watcher.read.coded.spots import Spots
from watcher.read.coded.wrapped import AHEAD
from watcher.read.encoding import undone
from watcher.read.stream import CHUNK, Item, Member, Stream

_KEPT = AHEAD + (1 << 11)  # characters at the end of a window that are looked at with the next
APART = 500  # runs of one part that are members of their own; short texts beyond come together
_SHORT = 1 << 12
_TOGETHER = 1 << 18


def promising(part: Part) -> bool:
    """Whether a part holds a run that is to be opened, judged without opening anything."""
    if next(_readings(part), None):
        return True
    cursor = Cursor("\n" + _shown(part), line=part.first - 1)
    return next(_found(cursor, opened=False, last=True), None) is not None


def opened(items: Iterable[Item], budget: Budget) -> Iterator[Item]:
    """The items of a reader, and behind each part the members that its text is dressed as."""
    yield from _Walk(iter(items), budget).walked()


def _shown(part: Part, start: int = 0) -> str:
    """The text of a part; that of a table in lines, its cells between commas."""
    text = part.text[start:] if start else part.text
    if not part.table:
        return text
    return text.replace(CELL + ROW, ROW + "\n").replace(CELL, ",")


def _readings(part: Part) -> Iterator[tuple[str, tuple[int, int], Callable[[str], bytes]]]:
    """The notations in which a part says something a second time, where it does, and what decodes them."""
    if part.echo or part.table:
        return
    for called, notation in (("quoted-printable", quoted), ("values decoded", literals)):
        if place := notation.lines(part.text):
            yield called, place, notation.plain


def _found(cursor: Cursor, *, opened: bool, last: bool) -> Iterator[Run]:
    """
    The runs in what is in hand; with each the cursor stands at its beginning.

    Whoever takes one moves the cursor on. Not `last`: what begins near the
    end waits for what follows.
    """
    runs = Runs(cursor, opened=opened)
    text: str | None = None
    while True:
        if cursor.text is not text:
            text = cursor.text
            spots = Spots(text)
        spot = spots.next(cursor.at)
        if spot is None or (not last and spot[0] > cursor.end - AHEAD):
            break
        before = cursor.at
        if run := runs.at(*spot, spots):
            yield run
        if cursor.text is text and cursor.at <= before:
            cursor.at = max(spot[0], before) + 1
    if not last:
        cursor.at = max(cursor.at, cursor.end - _KEPT)


class _Bytes:
    """The bytes of a run as a stream takes them."""

    def __init__(self, run: Run, cursor: Cursor, budget: Budget) -> None:
        self._data = run.data(cursor)
        self._cursor = cursor
        self._start = cursor.passed
        self._budget = budget
        self._rest = b""
        self._given = 0
        self.over = False  # it goes on beyond a limit

    def more(self, size: int) -> bytes:
        """At most so many. Raises Trouble."""
        while not self._rest:
            self._rest = next(self._data, b"")
            if not self._rest:
                return b""
            self._given += len(self._rest)
            try:
                self._budget.spend(len(self._rest))
                packed = self._cursor.passed - self._start
                self._budget.expanded(packed, self._given, len(self._rest))
            except Trouble:
                self.over = True
                raise
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def drain(self) -> None:
        """Go to the end of the run, where a limit does not come first."""
        with suppress(Trouble):
            while not self.over and self.more(CHUNK):
                pass


class _Walk:
    """One reader's items on their way to the dispatcher."""

    def __init__(self, items: Iterator[Item], budget: Budget) -> None:
        self._items = items
        self._budget = budget
        self._waiting: deque[Item] = deque()
        self._part: Part | None = None
        self._cursor = Cursor()
        # Windows that were taken to read on in a run, and where they end.
        self._ahead: deque[tuple[Part, int]] = deque()
        self._names: dict[str, int] = {}
        self._members = 0
        self._short: list[bytes] = []
        self._short_size = 0
        self._short_name = ""
        self._short_again = True
        self._full = False

    def walked(self) -> Iterator[Item]:
        while (item := self._next()) is not None:
            if not isinstance(item, Part):
                yield item
                continue
            if self._continues(item):
                self._part = item
                self._cursor.push(_shown(item, item.overlap))
            else:
                self._waiting.appendleft(item)
                yield from self._ended()
                self._waiting.popleft()
                self._begin(item)
            yield item
            yield from self._quoted(item)
            yield from self._opened(last=False)
        yield from self._ended()
        self._cursor = Cursor()  # which asks us for more: together they would be held for long

    def _next(self) -> Item | None:
        return self._waiting.popleft() if self._waiting else next(self._items, None)

    def _begin(self, part: Part) -> None:
        self._part = part
        self._names.clear()
        self._members = 0
        self._full = False
        self._cursor = Cursor(
            "\n" + _shown(part, part.overlap),
            line=part.first - (0 if part.table else 1),
            mark=ROW if part.table else "\n",
            more=self._more,
        )

    def _continues(self, part: Part) -> bool:
        last = self._part
        return last is not None and (last.where, last.table, last.echo, last.hidden) == (
            *(part.where, part.table, part.echo, part.hidden),
        )

    def _more(self) -> str:
        """The text of the next window of the part in hand, "" where it has ended."""
        item = self._next()
        if not isinstance(item, Part) or not self._continues(item):
            if item is not None:
                self._waiting.appendleft(item)
            return ""
        self._part = item
        text = _shown(item, item.overlap)
        self._forget()
        self._ahead.append((item, self._cursor.passed + len(self._left()) + len(text)))
        return text

    def _left(self) -> str:
        return self._cursor.text[self._cursor.at :]

    def _forget(self) -> None:
        """The windows that a run has left behind."""
        while self._ahead and self._ahead[0][1] <= self._cursor.passed:
            self._ahead.popleft()

    def _ended(self) -> Iterator[Item]:
        """What is left in the part that ends here."""
        if self._part is not None:
            yield from self._opened(last=True)
            yield from self._gathered()
        self._part = None

    def _opened(self, *, last: bool) -> Iterator[Item]:
        if self._full:
            self._cursor.at = self._cursor.end
            return
        for run in _found(self._cursor, opened=True, last=last):
            name = self._named(f"{run.name} at {self._place()}")
            again = run.text and properties.is_value(self._cursor)
            if self._members >= APART and (short := self._briefly(run)):
                self._short_name = self._short_name or f"{run.name} from {self._place()}"
                self._short.append(short)
                self._short_again &= again
                self._short_size += len(short)
                if self._short_size > _TOGETHER:
                    yield from self._gathered()
                continue
            try:
                self._budget.member()
            except Trouble as trouble:
                self._full = True
                yield Unread(where=self._where(name), why=trouble.why)
                self._cursor.at = self._cursor.end
                return
            self._members += 1
            held = _Bytes(run, self._cursor, self._budget)
            stream = Stream(held.more)
            if run.deflated:
                stream = undone(stream, "deflate", self._budget)
            yield self._member(name, stream, again=again)
            held.drain()
            if held.over:
                self._full = True
                self._cursor.at = self._cursor.end
            self._forget()
            while self._ahead:
                part, _ = self._ahead.popleft()
                yield part
                yield from self._quoted(part)

    def _place(self) -> str:
        table = self._part is not None and self._part.table
        return f"{'row' if table else 'line'} {max(self._cursor.line, 1)}"

    def _named(self, name: str) -> str:
        number = self._names.get(name, 0) + 1
        if not number > 1:
            self._names = {name: number}  # places only grow
            return name
        self._names[name] = number
        return f"{name} ({number})"

    def _where(self, name: str) -> str:
        base = self._part.where if self._part else ""
        return f"{base}!/{name}" if base and name else base or name

    def _member(self, name: str, stream: Stream, *, again: bool = False) -> Member:
        echo = again or (self._part is not None and self._part.echo)
        return Member(name=self._where(name), stream=stream, echo=echo)

    def _briefly(self, run: Run) -> bytes:
        """All bytes of a short text, b"" where it is none; the cursor then stands behind it."""
        if not run.text or self._cursor.end - self._cursor.at < AHEAD:
            return b""
        fork = self._cursor.fork(_SHORT)
        limit = fork.end
        data = b"".join(run.data(fork))
        if fork.at >= limit:
            return b""
        self._cursor.at = fork.at
        return data

    def _gathered(self) -> Iterator[Item]:
        """The short texts that were collected, a line each."""
        if not self._short:
            return
        data, self._short, self._short_size = b"\n".join(self._short), [], 0
        name, self._short_name = self._short_name, ""
        again, self._short_again = self._short_again, True
        with suppress(Trouble):
            self._budget.member()
            yield self._member(name, _held(data), again=again)

    def _quoted(self, part: Part) -> Iterator[Item]:
        """What a window says in notations that are a second reading of it, decoded."""
        for called, (start, end), plain in _readings(part):
            line = part.first + part.text.count("\n", 0, start)
            said = plain(part.text[start:end])
            with suppress(Trouble):
                self._budget.member()
                name = self._where(f"{called} at line {line}")
                yield Member(name=name, stream=_held(said), echo=True)


def _held(data: bytes) -> Stream:
    rest = [data]
    return Stream(lambda size: _taken(rest, size))


def _taken(rest: list[bytes], size: int) -> bytes:
    data, rest[0] = rest[0][:size], rest[0][size:]
    return data
