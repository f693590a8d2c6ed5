"""
Tables drawn with signs: Markdown, ASCII art, the consoles of MySQL and PostgreSQL.

    | Surname | Rank |         surname | rank
    |---------|------|        ---------+------
    | Smith   | PC   |         Smith   | PC
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matchers.people.forms.found import COLUMNS, Found, Path, Row, Source
from matchers.people.forms.lines import Walk, after

LINES = 1 << 17  # of one window
LONGEST = 4000  # characters of a line
FEWEST = 2  # rows of a table without a rule below its headings
_DRAWN = "│┃║┆┊╎╏¦｜"
_DRAWN_SIGNS = frozenset(_DRAWN)
_RULE = re.compile(r"[\s|+:=_\-─━═╌┄┼╪╋╬├┤┌┐└┘┬┴╞╡╔╗╚╝╠╣╦╩╒╕╘╛]+")


def find(source: Source) -> Iterator[Found]:
    """The tables, headings first where a rule stands below them."""
    text = source.text
    if not text.isascii() and (drawn := [sign for sign in _DRAWN if sign in text]):
        for sign in drawn:
            text = text.replace(sign, "|")
        low = text.encode("latin-1", "replace")
    elif "|" in text:
        low = source.low
    else:
        return
    walk = Walk(low, b"|")
    for start, bar, end in walk:
        if text[start:bar].strip() and not _rule_after(text, end):
            walk.miss()
            continue
        found, done = _table(text, _border(text, start), source.whole)
        walk.on(done - 1)
        if found is None:
            walk.miss()
        else:
            yield found


def beyond(text: str, start: int, end: int) -> int:
    """Where a table that a stretch cuts ends; `end` if it cuts none."""
    at = text.rfind("\n", start, end - 1) + 1 or start
    for begin, stop in after(text, at, LINES):
        line = text[begin:stop].strip()
        barred = "|" in line or not (line.isascii() or _DRAWN_SIGNS.isdisjoint(line))
        if stop - begin > LONGEST or not (barred or _RULE.fullmatch(line)):
            break
        end = max(end, min(stop + 1, len(text)))
    return end


def _rule_after(text: str, end: int) -> bool:
    """Whether the next line is a rule, which makes this one headings."""
    following = text[end + 1 : end + LONGEST].partition("\n")[0]
    return "--" in following and _RULE.fullmatch(following) is not None


def _border(text: str, start: int) -> int:
    """Where a table begins: at the line above, if that is a rule."""
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    line = text[above : max(start - 1, 0)]
    return above if "--" in line and _RULE.fullmatch(line) else start


def _table(text: str, start: int, whole: int) -> tuple[Found | None, int]:
    """The table that begins here, if it is one, and where it ends."""
    rows: list[Row] = []
    rules: list[tuple[int, int]] = []
    header: tuple[Path, ...] = ()
    width = 0
    end = start
    for begin, stop in after(text, start, LINES):
        line = text[begin:stop].strip()
        if not line or stop - begin > LONGEST or ("|" not in line and not _RULE.fullmatch(line)):
            break
        end = stop + 1
        if _RULE.fullmatch(line):
            rules.append((begin, stop))
            if len(rows) == 1 and not header:
                header = tuple((cell,) for cell in rows[0].cells)
                rules.append((rows[0].start, rows[0].end))
                rows.clear()
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if width and abs(len(cells) - width) > width // 2:
            end = begin
            break
        width = width or len(cells)
        if stop == len(text) and begin >= whole:
            break
        rows.append(Row(begin, stop, cells[:COLUMNS]))
    if width < 2 or len(rows) < (1 if header else FEWEST):
        return None, max(end, start + 1)
    return Found(header, rows, rules), max(end, start + 1)
