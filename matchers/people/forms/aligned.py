"""
Columns of fixed width: a line of headings with two spaces between them, and lines below it.

The gaps of the lines themselves decide where a column ends: those that all of
them, or nearly all, leave empty. Headings that stand in such gaps name the
columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matchers.people.forms.found import COLUMNS, Found, Path, Row, Source
from matchers.people.forms.lines import Walk, after
from matchers.people.forms.worth import NAMES
from watcher.api import heading, headings

LINES = 1 << 16  # of one window
WIDEST = 400  # characters of a line
SAMPLE = 200  # lines that decide where the columns are
FEWEST = 2  # rows
LOOSE = 4  # lines of a table without a gap, one after another, beyond which it is not followed
TORN = 0.05  # share of lines that may write across a gap

_GAP = re.compile(r"[ \t]{2,}")
_RULE = re.compile(r"[\s=_\-─━═]+")


def find(source: Source) -> Iterator[Found]:
    """The tables below each line of headings."""
    text, low = source.text, source.low
    done = 0
    for root in source.roots:
        walk = Walk(low, root)
        for start, root_at, end in walk:
            walk.miss()
            if end - start > WIDEST or (
                low.find(b"  ", root_at, end) < 0 and b"  " not in low[start:root_at].lstrip()
            ):
                continue
            cells = _GAP.split(text[start:end].strip())
            said = (cell for cell in cells if root in cell.lower().encode("latin-1", "replace"))
            if not any(heading(cell) in NAMES for cell in said):
                continue
            known = headings(cells) if 1 < len(cells) <= COLUMNS else {}
            if start < done or len(known) < 2 or not NAMES.intersection(known.values()):
                continue
            found, done = _table(text, start, end, source.whole)
            walk.on(done - 1)
            if found is not None:
                yield found


def beyond(text: str, start: int, end: int) -> int:
    """Where a table that a stretch cuts ends; `end` if it cuts none."""
    at = text.rfind("\n", start, end - 1) + 1 or start
    empty = loose = 0
    for begin, stop in after(text, at, LINES):
        line = text[begin : min(stop, begin + WIDEST + 1)].expandtabs().strip()
        empty = 0 if line else empty + 1
        loose = 0 if "  " in line else loose + 1
        if empty > 1 or loose > LOOSE or stop - begin > WIDEST:
            break
        if not loose:
            end = max(end, min(stop + 1, len(text)))
    return end


def _table(text: str, start: int, end: int, whole: int) -> tuple[Found | None, int]:
    """The rows below the headings that stand from `start` to `end`, and where they end."""
    title = text[start:end].expandtabs()
    places: list[tuple[int, int, str]] = []
    rules: list[tuple[int, int]] = [(start, end)]
    done = end + 1
    empty = 0
    for begin, stop in after(text, end + 1, LINES):
        line = text[begin:stop].rstrip().expandtabs()
        if len(line) > WIDEST:
            break
        if not line:
            empty += 1
            if empty > 1:
                break
            continue
        if _RULE.fullmatch(line):
            rules.append((begin, stop))
        elif "  " not in line.strip() and len(_GAP.split(title.strip())) > 2:
            break
        elif not (stop == len(text) and begin >= whole):
            places.append((begin, stop, line))
        empty = 0
        done = stop + 1
    if len(places) < FEWEST:
        return None, done
    cuts = _cuts(title, [line for _, _, line in places[:SAMPLE]])
    if len(cuts) < 2:
        return None, done
    header: tuple[Path, ...] = tuple((cell,) for cell in _cells(title, cuts))
    rows = [
        Row(begin, stop, _cells(line, cuts))
        for begin, stop, line in places
        if not any(_across([line], cut) for cut in cuts[1:])  # else it stays a line of text
    ]
    return Found(header, rows, rules), done


def _cuts(title: str, lines: list[str]) -> list[int]:
    """Where each column begins: at a heading, unless most lines write across the space before it."""
    starts = [0, *(match.end() for match in _GAP.finditer(title.rstrip()) if match.start() > 0)]
    cuts = [0]
    for start in starts[1:]:
        left = start  # headings may stand right of what is below them: move to a gap
        while left > cuts[-1] + 1 and _across(lines, left) > TORN * len(lines):
            left -= 1
        if left > cuts[-1] + 1:
            cuts.append(left)
    return cuts


def _across(lines: list[str], at: int) -> int:
    """How many lines have something other than a space right before this place."""
    return sum(len(line) >= at and line[at - 1] != " " for line in lines)


def _cells(line: str, cuts: list[int]) -> list[str]:
    return [
        line[start:stop].strip() for start, stop in zip(cuts, [*cuts[1:], len(line)], strict=True)
    ]
