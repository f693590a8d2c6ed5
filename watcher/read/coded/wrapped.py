"""
A run of letters in one line or wrapped into many, and where it ends.

Lines of a run are equally long, only the last may be shorter, and the first
where its line began with something else (a folded header, RFC 5322 §2.2.3).
Between any two of them stands the same: a line end, one written as an escape
in a string, an indentation, quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from watcher.read.coded.cursor import Cursor

AHEAD = 6000  # characters in hand that show how a run is wrapped
NARROWEST = 8  # letters of a line
WIDEST = 1 << 14
_JOINT = re.compile(
    r"""(?:["'][ \t]?[+.&,\\]?|[+&\\,])?[ \t\x1e]{0,4}(?:\r?\n|\\r\\n|\\n)[ \t]{0,40}[>|#*;"' \t]{0,8}"""
)
_PADS = re.compile(r"(?:=|%3[dD]|\\u003[dD]){0,6}")
_CLOSED = re.compile(r"""[ \t\x1e]*(?:\r?\n|\Z)|["'<)\]},;\\`]""")
_SLACK = 16  # characters that may be the beginning of an escape, a padding, a joint


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Letters as a character class, how else one of them may be written, and how many go together."""

    name: str
    letters: str
    quantum: int
    escapes: str = ""

    def unit(self, *, escaped: bool) -> str:
        return f"(?:{self.letters}|{self.escapes})" if escaped and self.escapes else self.letters

    def run(self, *, escaped: bool = True) -> re.Pattern[str]:
        """What matches unbroken letters."""
        if not escaped or not self.escapes:
            return re.compile(f"{self.letters}++")
        return re.compile(f"(?:{self.letters}++|{self.escapes})++")


BASE64 = Alphabet("base64", "[A-Za-z0-9+/_-]", 4, r"\\/|\\u002[bBfF]|%2[bBfF]")
BASE32 = Alphabet("base32", "[A-Za-z2-7]", 8)
HEX = Alphabet("hexadecimal", "[0-9A-Fa-f]", 2)


@dataclass(frozen=True, slots=True)
class _Layout:
    joint: str = ""
    width: int = 0


def _layout(cursor: Cursor, run: re.Pattern[str], unit: re.Pattern[str]) -> _Layout:
    """How the run at the cursor is wrapped, judged by what is in hand."""
    text, end = cursor.text, cursor.end
    first = run.match(text, cursor.at, end)
    joint = _JOINT.match(text, first.end(), end) if first else None
    second = run.match(text, joint.end(), end) if joint else None
    if not first or not joint or not second:
        return _Layout()
    if max(len(first[0]), len(second[0])) > WIDEST:
        return _Layout()
    # A letter that is escaped is one letter.
    size, width = (sum(1 for _ in unit.finditer(each[0])) for each in (first, second))
    if size == width and width >= NARROWEST:
        return _Layout(joint[0], width)
    column = first.start() - text.rfind("\n", 0, first.start()) - 1
    indent = len(joint[0]) - joint[0].rfind("\n") - 1
    if indent and column + size == indent + width:
        return _Layout(joint[0], width)
    closed = _CLOSED.match(text, _padded(text, second.end(), end), end)
    if width < size and size >= NARROWEST and closed:
        return _Layout(joint[0], size)
    return _Layout()


def _padded(text: str, at: int, end: int) -> int:
    found = _PADS.match(text, at, end)
    return found.end() if found else at


def pieces(cursor: Cursor, alphabet: Alphabet, fits: Callable[[str], bool]) -> Iterator[str]:
    """
    The letters of the run at the cursor, without what stands between its lines. Moves to its end.

    `fits` is asked about a last line that is shorter and not padded: it may be
    a word that stands below the run.
    """
    cursor.ahead(AHEAD)
    window = cursor.text[cursor.at : min(cursor.end, cursor.at + AHEAD)]
    escaped = bool(alphabet.escapes) and ("\\" in window or "%" in window)
    run = alphabet.run(escaped=escaped)
    layout = _layout(cursor, run, re.compile(alphabet.unit(escaped=escaped)))
    if layout.width:
        first = run.match(cursor.text, cursor.at, cursor.end)
        if first:
            yield first[0]
            cursor.at = first.end()
        yield from _lines(cursor, alphabet, layout, fits, escaped=escaped)
    else:
        yield from _unbroken(cursor, run)
    cursor.ahead(_SLACK)
    cursor.at = _padded(cursor.text, cursor.at, cursor.end)


def _unbroken(cursor: Cursor, run: re.Pattern[str]) -> Iterator[str]:
    while True:
        found = run.match(cursor.text, cursor.at, cursor.end)
        if found:
            cursor.at = found.end()
            yield found[0]
        if cursor.end - cursor.at > _SLACK or not cursor.pull():
            return


def _lines(
    cursor: Cursor,
    alphabet: Alphabet,
    layout: _Layout,
    fits: Callable[[str], bool],
    *,
    escaped: bool,
) -> Iterator[str]:
    unit = alphabet.unit(escaped=escaped)
    joint = re.escape(layout.joint)
    full = re.compile(f"(?:{joint}{unit}{{{layout.width}}}(?!{unit}))++")
    last = re.compile(f"{joint}({unit}{{1,{layout.width}}}+)(?!{unit})")
    need = len(layout.joint) + 6 * layout.width + _SLACK
    while True:
        found = full.match(cursor.text, cursor.at, cursor.end)
        if found:
            # The last line in hand may be torn: it is taken with what follows.
            more = cursor.end - found.end() < need
            cut = cursor.text.rfind(layout.joint, cursor.at, found.end()) if more else found.end()
            if cut > cursor.at:
                letters = cursor.text[cursor.at : cut].replace(layout.joint, "")
                cursor.at = cut
                yield letters
                continue
        if cursor.end - cursor.at < 2 * need and cursor.pull():
            continue
        if found:
            letters = cursor.text[cursor.at : found.end()].replace(layout.joint, "")
            cursor.at = found.end()
            yield letters
        break
    found = last.match(cursor.text, cursor.at, cursor.end)
    if not found or found[1] == "":
        return
    padded = _padded(cursor.text, found.end(), cursor.end)
    if not _CLOSED.match(cursor.text, padded, cursor.end):
        return
    if padded == found.end() and not fits(found[1]):
        return
    cursor.at = found.end()
    yield found[1]
