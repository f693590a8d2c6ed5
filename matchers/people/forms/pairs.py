"""
Blocks of `Key: value`, one key a line: forms, INI, YAML lists, expanded query output.

    Name: John Smith          - name: John Smith       *** 1. row ***
    Rank: Sergeant              rank: Sergeant            name: John Smith

A record ends at an empty line or a rule, where its list goes on with a dash,
or where its first key comes again. Other lines of a block stay with the record
above them.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from matchers.people.forms.found import COLUMNS, Builder, Found, Path, Source
from matchers.people.forms.lines import Walk, after
from matchers.people.forms.worth import NAMES
from watcher.api import heading

LINES = 1 << 16  # of one window
LONGEST = 1000  # characters of a line that is a pair
VALUE = 500  # characters of a line that is none
KEY = 62  # characters before the end of a key's first word
BACK = 200  # lines of a block before the one that was noticed

_PAIR = re.compile(
    r"(?P<lead>[ \t>]{0,20}(?P<dash>[-*•][ \t]{1,4})?)[\"'*_`]{0,3}"
    r"(?P<key>[A-Za-z][A-Za-z0-9 _/#&()'’.-]{0,38}?)[\"'*_`]{0,3}"
    r"(?:[ \t.]{0,40}[:=](?!//)[\"'*_]{0,3}(?=[ \t]|[^\"'*_])|[ \t]{1,20}\|)[ \t]{0,60}(?P<value>\S.*)?$"
)
_RULE = re.compile(r"[\W_]*(?:\d+\. row|\[? ?record \d+ ?\]?)?[\W_]*", re.IGNORECASE)
# What shows at a glance that a line is no pair: program code, dates, sentences.
_NO_START = frozenset(b"0123456789(<#@{}[+/\\")
_NO_LEAD = frozenset(b".(,;[{<=$@")
_NO_END = frozenset(b",)(;[]?!")
_QUOTES = "\"'`"


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    pair: re.Match[str] | None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"  # what it holds is shown nowhere


def find(source: Source) -> Iterator[Found]:
    """Tables of the blocks in which a key calls for a name."""
    builder = Builder()
    taken: list[tuple[int, int]] = []
    for root in source.roots:
        walk = Walk(source.low, root)
        for start, at, end in walk:
            if builder.full:
                break
            if not _may_be(source.low, start, at, at + len(root)) or not _is_name(
                source.text[start : min(end, start + LONGEST)]
            ):
                walk.miss()
                continue
            index = bisect_right(taken, (start, len(source.text)))
            inside = taken[index - 1][1] if index and start < taken[index - 1][1] else 0
            if not inside:
                first = _first(source.text, start, taken[index - 1][1] if index else 0)
                inside = _block(builder, source, first)
                insort(taken, (first, inside))
            walk.on(inside)
    yield from builder.found()


def _may_be(low: bytes, start: int, at: int, end: int) -> bool:
    """Whether the word from `at` to `end` may be the end of a line's key."""
    return not (
        at - start > KEY
        or low[start] in _NO_START
        or (at > start and low[at - 1] in _NO_LEAD)
        or (end < len(low) and low[end] in _NO_END)
    )


def _is_name(line: str) -> bool:
    pair = _PAIR.match(line.rstrip())
    return pair is not None and heading(pair["key"]) in NAMES


def _first(text: str, start: int, done: int) -> int:
    """Where the block begins that holds this line."""
    for _ in range(BACK):
        if start <= done:
            break
        before = text.rfind("\n", 0, start - 1) + 1
        line = text[before : start - 1].strip()
        if not line or start - before > LONGEST:
            break
        start = before
        if _RULE.fullmatch(line):
            break
    return max(start, done)


def _block(builder: Builder, source: Source, start: int) -> int:
    """Take the records of the block that begins here; where it ends."""
    lines: list[_Line] = []
    end = start
    ruled = -1  # where the rule before the first record begins
    for begin, stop in after(source.text, start, LINES):
        said = source.text[begin:stop].rstrip()
        end = stop + 1
        if not said or _RULE.fullmatch(said):
            if lines or not said:
                break
            ruled = begin
            continue
        pair = _PAIR.match(said) if len(said) <= LONGEST else None
        if lines or pair:
            lines.append(_Line(begin, stop, said, pair))
        else:
            ruled = -1  # what stands above the first pair stays text
    if sum(line.pair is not None for line in lines) * 2 >= len(lines):
        for record in _records(lines):
            fields = _fields(record)
            start, stop = record[0].start, record[-1].end
            if ruled >= 0:
                start, ruled = ruled, -1
            torn = stop >= len(source.text) and start >= source.whole
            if not torn and _is_person(fields):
                builder.add(start, stop, fields)
    return end


def _is_person(fields: dict[Path, str]) -> bool:
    """Whether a name and something else that we know are called for."""
    known = {heading(path[-1]) for path in islice(fields, COLUMNS) if path[-1]} - {None}
    return len(known) > 1 and bool(known & NAMES)


def _records(lines: list[_Line]) -> Iterator[list[_Line]]:
    record: list[_Line] = []
    seen: set[str] = set()
    first = ""
    dashed: int | None = None  # how far in the dashes of the list stand
    for line in lines:
        pair = line.pair
        key = " ".join(pair["key"].split()).casefold() if pair else ""
        again = bool(key) and (key == first or (key in seen and heading(key) in NAMES))
        if pair and pair["dash"]:
            depth = len(pair["lead"]) - len(pair["dash"])
            again = again or dashed is None or depth <= dashed
            dashed = depth if dashed is None else min(depth, dashed)
        if again and record:
            yield record
            record, seen, first = [], set(), ""
        record.append(line)
        if key and pair and (pair["value"] or len(record) > 1):
            seen.add(key)
            first = first or key
    if record:
        yield record


def _fields(record: list[_Line]) -> dict[Path, str]:
    fields: dict[Path, str] = {}
    rest: list[str] = []
    for line in record:
        if line.pair is None:
            rest.append(line.text.strip()[:VALUE])
            continue
        place = (" ".join(line.pair["key"].split()),)
        value = (line.pair["value"] or "").strip()
        if len(value) > 1 and value[0] in _QUOTES and value.rstrip(",;")[-1:] == value[0]:
            value = value.rstrip(",;")[1:-1]
        if place in fields:
            fields[place] = f"{fields[place]} ; {value}" if fields[place] else value
        else:
            fields[place] = value
    if rest:
        fields[("",)] = " ; ".join(rest)
    return fields
