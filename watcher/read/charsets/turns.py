"""
Where a body turns from one kind of bytes into another: lines, UTF-16, no text at all.

Dumps are appended to dumps by many hands, and whoever hides a list puts it
where nobody looks any more. So every kilobyte is judged for itself, not only
the first ones. What is no text is left out, and said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.read.charsets import ebcdic

WINDOW = 1 << 10
EBCDIC = ("cp500", "cp1140")
LINES = ""  # bytes that hold ASCII as it is; any other kind of text is a codec's name
NOTHING = "no text"

# Controls that text does not have: all but BS, TAB, LF, VT, FF, CR, SUB, ESC, the separators,
# and the four by which chats are coloured.
CONTROLS = bytes(
    each
    for each in range(32)
    if each not in (2, 3, 8, 9, 10, 11, 12, 13, 15, 22, 26, 27, 28, 29, 30, 31)
)
SHARE = 32  # one in so many is too many; in random bytes it is one in 16
FEW = 3
_CONTROL = re.compile(b"[%b]" % re.escape(CONTROLS))
_PLAIN = bytes((9, 10, 13, *range(32, 127)))
_SAMPLE = 1 << 12
_SOME = 8  # plain bytes before the first NUL that are no UTF-16 yet
_TAIL = 32  # plain bytes after the last NUL that are no UTF-16 any more


def controls(data: bytes) -> int:
    """How many bytes are controls that text does not have."""
    return len(data) - len(data.translate(None, CONTROLS))


def too_many(number: int, size: int) -> bool:
    """Whether so many controls in so many bytes are the sign that they are no text."""
    return number > max(FEW, size // SHARE)


def patterned(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where its NULs stand; "" for neither."""
    sample = head[: min(len(head), 4096) // 4 * 4]
    if len(sample) < 4 or b"\0" not in sample:
        if len(head) == 2 and head.count(0) == 1:
            return "utf-16-le" if head[1] == 0 else "utf-16-be"
        return ""
    nulls = [sample[at::4].count(0) for at in range(4)]
    quarter = len(sample) // 4
    few, most = quarter // 20, quarter * 0.9
    if nulls[0] <= few and min(nulls[2:]) >= most:
        return "utf-32-le"
    if nulls[3] <= few and min(nulls[:2]) >= most:
        return "utf-32-be"
    even, odd = nulls[0] + nulls[2], nulls[1] + nulls[3]
    if odd * 5 >= quarter * 2 and even * 20 <= odd:
        return "utf-16-le"
    if even * 5 >= quarter * 2 and odd * 20 <= even:
        return "utf-16-be"
    return ""


def opening(head: bytes) -> str:
    """The kind of text that a body without a mark begins with, judged by all of its head."""
    kind = patterned(head)
    if kind.startswith("utf-16"):
        before = head[: _turn(head)]
        if len(before) >= _SOME and not before.translate(None, _PLAIN):
            return LINES  # and it turns
    return kind or ebcdic.codec(head[:_SAMPLE])


def _is_wide(window: bytes, kind: str) -> bool:
    """Whether a window may be text of this codec: neither torn characters nor NULs in number."""
    text = window.decode(kind, "replace")
    return text.count("\ufffd") <= max(4, len(text) // 100) and not too_many(
        text.count("\0"), len(text)
    )


def _tail(window: bytes, kind: str) -> int:
    """Where the plain bytes at the end of a window of UTF-16 begin; its length without any."""
    last = window.rfind(0)
    end = last + (1 if kind == "utf-16-le" else 2) if last >= 0 else 0
    tail = window[end:]
    return len(window) if len(tail) < _TAIL or tail.translate(None, _PLAIN) else end


class Turns:
    """
    Cuts bytes that arrive in pieces into runs of one kind. `kind` is that of the first.

    `foreign`: something was no text. The cuts do not depend on the pieces.
    """

    def __init__(self, kind: str = LINES) -> None:
        self._kind = kind
        self._rest = b""
        self.foreign = False

    def feed(self, data: bytes, *, last: bool = False) -> Iterator[tuple[str, bytes]]:
        """Runs, as (kind, bytes), as far as they are judged; all of them with the last piece."""
        data = self._rest + data if self._rest else data
        end = len(data) if last else len(data) - len(data) % WINDOW
        if end and self._kind == LINES and controls(data[:end]) <= FEW:
            # The usual case; a window that begins anywhere would be judged the same.
            self._rest = data[end:]
            yield LINES, data[:end]
            return
        at = 0
        while len(data) - at >= WINDOW or (last and at < len(data)):
            kind, size = self._judged(data[at : at + WINDOW])
            if size:
                self._kind = kind
                self.foreign |= kind == NOTHING
                yield kind, data[at : at + size]
            at += size
        self._rest = data[at:]

    def _judged(self, window: bytes) -> tuple[str, int]:
        """What a window is, and how much of it."""
        kind = self._kind
        if kind.startswith("utf-16"):
            if not window[:_TAIL].translate(None, _PLAIN) and len(window) >= _TAIL:
                kind = LINES  # again
            elif _is_wide(window, kind) and (end := _tail(window, kind)):
                return kind, end
        elif (kind in EBCDIC and ebcdic.goes_on(window)) or (
            kind.startswith("utf-32") and _is_wide(window, kind)
        ):
            return kind, len(window)
        if not too_many(controls(window), len(window)):
            return LINES, len(window)
        if kind == LINES and (start := _turn(window)):
            # The text before it ends here; what begins is judged by a window of its own.
            return LINES, start
        wide = patterned(window)
        if wide.startswith("utf-16") and _is_wide(window, wide):
            return wide, _tail(window, wide) or len(window)
        return NOTHING, len(window)


def _turn(window: bytes) -> int:
    """Where the text at the beginning of a window ends: before the first control, or its character."""
    found = _CONTROL.search(window)
    at = found.start() if found else len(window)
    if window[:at].endswith(b"\xfe\xff"):
        return at - 2
    if window[: at - 1].endswith(b"\xff\xfe"):
        return at - 3
    return at if window[:at].endswith(b"\n") else max(at - 1, 0)
