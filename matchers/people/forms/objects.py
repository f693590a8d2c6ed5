"""
JSON (RFC 8259) in text: objects and rows of values, wherever they stand.

Arrays of objects, JSON Lines, objects inside objects, pretty-printed or not,
in the middle of other text, cut off at the end. An object is decoded where it
begins; where that fails the objects inside it are tried. What failed attempts
may cost together is bounded, so that brackets without end are read in linear
time.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from matchers.people.forms.flat import Value, holds_lists, plain, records
from matchers.people.forms.found import COLUMNS, Builder, Found, Path, Row, Source
from matchers.people.forms.lines import LEAP, MOST
from matchers.people.forms.worth import NAMES, fields_of, says_who, shows_who

EFFORT = 6  # times the length of a text that is spent on what fails
NESTED = 1000  # what an attempt costs that is nested too deeply for the decoder
LONG = 1 << 15  # characters of an object whose inner lists are read where they stand
TORN = 1 << 14  # characters of a record cut off at the end
LOOKED = 2000  # characters of an object in which its keys are looked for
KEY = 300  # characters of a key with all that may stand around it
LAYOUTS = 500  # first keys of objects that are told apart
FEW = 20  # of them, so that the whole may be one table
FIRST = 30  # objects by which those without known keys are judged
LOOSE = 4000  # characters of an object that is not quite JSON
PIECE = 1 << 12  # characters in which an object is likely to end
WORD = 8  # characters of the longest word of JSON, and more
FEWEST = 3  # rows of values without keys

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_NAME = r"""(?:"([^"\\\n]{1,60})"|'([^'\\\n]{1,60})'|([A-Za-z_]\w{0,40}))\s{0,20}:"""
_OBJECT = re.compile(r"\{\s{0,200}" + _NAME)
_VALUES = re.compile(r"""\[(?=\s{0,200}["'\d-])""")
_EITHER = re.compile(_OBJECT.pattern + "|" + _VALUES.pattern)
_ROWS = re.compile(r"""\],\s{0,200}\[\s{0,200}["'\d-]""")
_KEY = re.compile(r"""[{,]\s{0,200}["']?([^"'\\\n:,{}]{1,60})["']?\s{0,20}:""")
# A field as JSON has it, as Python shows it, or as JavaScript writes it.
_PAIR = re.compile(
    r"(?<=[{,\s])" + _NAME + r"""\s{0,20}(?:"((?:[^"\\]|\\.){0,2000})"|'((?:[^'\\]|\\.){0,2000})'"""
    r"|(-?\d[\d.eE+-]{0,40}(?=\s{0,20}[,}]))|(?:null|None|nil|undefined)\b)"
)
_ESCAPED = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)


def find(source: Source) -> Iterator[Found]:
    """Tables of the objects in a text, and of its rows of values."""
    text = source.text
    if '"' not in text and "'" not in text:
        return
    keyed = "{" in text and _objects_say_who(source)
    bare = b"]," in source.marks and _values_follow(text)
    if not keyed and not bare:
        return
    reading = _Reading(source)
    reading.read(keyed=keyed, bare=bare)
    yield from reading.builder.found()
    for rows in reading.runs:
        if len(rows) >= FEWEST:
            yield Found((), rows)


def beyond(text: str, start: int, end: int) -> int:
    """Where rows of values that a stretch cuts end; `end` if it cuts none."""
    last = end
    at = text.find("],", max(start, end - LOOSE), end + LOOSE)
    while at >= 0:
        if _ROWS.match(text, at):
            last = max(last, at + 1)
        at = text.find("],", at + 2, last + LOOSE)
    return last if last == end else text.find("]", last, last + LOOSE) + 1 or last


def cut_off(text: str) -> list[tuple[int, int]]:
    """Where the rows of values stand with which a text begins whose list began before it."""
    first = _ROWS.search(text, 0, LOOSE)
    if first is None:
        return []
    end = beyond(text, first.start(), first.start() + 1)
    if '"' not in text[:end] and "'" not in text[:end]:
        return []
    return [(0, end)] if text.count("],", 0, end) >= FEWEST else []


def _values_follow(text: str) -> bool:
    """Whether rows of plain values stand one after another anywhere."""
    at = text.find("],")
    left = MOST
    while at >= 0:
        if _ROWS.match(text, at):
            return True
        left -= 1
        at = text.find("],", at + (2 if left > 0 else LEAP))
    return False


def _objects_say_who(source: Source) -> bool:
    """
    Whether the keys of any object name people, or unknown ones stand before what looks like them.

    Objects with the same first key are taken for the same.
    """
    text = source.text
    keys = _Keys(text)
    firsts: set[str] = set()
    names = False
    at, left = text.find("{"), MOST
    while at >= 0 and len(firsts) <= LAYOUTS:
        match = _OBJECT.match(text, at)
        step = 1
        if match is None:
            left -= 1
            step = 1 if left > 0 else LEAP
        else:
            first = match[1] or match[2] or match[3]
            if first not in firsts:
                firsts.add(first)
                fields = fields_of((key,) for key in keys.between(at, at + LOOKED))
                if says_who(fields):
                    return True
                names = names or not fields.isdisjoint(NAMES)
        at = text.find("{", at + step)
    if not names and len(firsts) > FEW:
        return False
    first_objects = _Reading(source)
    first_objects.read(keyed=True, bare=False, objects=FIRST)
    return any(
        shows_who([row.cells for row in found.rows]) for found in first_objects.builder.found()
    )


class _Keys:
    """The keys of a text in their order, each read once however many objects begin before it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done = 0  # up to where keys were read
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._keys: list[str] = []

    def between(self, start: int, end: int) -> set[str]:
        """The keys that stand between these places, none of which lies before those of the last call."""
        for match in _KEY.finditer(self._text, max(self._done, start), end):
            self._starts.append(match.start())
            self._ends.append(match.end())
            self._keys.append(match[1])
        self._done = max(end - KEY, self._ends[-1] if self._ends else 0)
        return set(self._keys[bisect_left(self._starts, start) : bisect_right(self._ends, end)])


class _Reading:
    """One walk through a text."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._whole = source.whole
        self._effort = EFFORT * len(source.text) + 4 * NESTED
        self.builder = Builder()
        self.runs: list[list[Row]] = [[]]

    def read(self, *, keyed: bool, bare: bool, objects: int = -1) -> None:
        """The objects of a text and its rows of values; or so many objects of it."""
        opens = _EITHER if keyed and bare else _OBJECT if keyed else _VALUES
        sign = "" if keyed and bare else "{" if keyed else "["
        text = self._text
        at = 0
        torn = -1  # where the first object begins that did not end
        while objects and self._effort > 0:
            start = text.find(sign, at) if sign else at
            opened = opens.match(text, start) if sign else opens.search(text, at)
            if start < 0 or (opened is None and not sign):
                break
            at = start + 1
            if opened is None:
                continue
            start = opened.start()
            at = start + 1
            is_object = text[start] == "{"
            try:
                value, end = self._decoded(start)
            except json.JSONDecodeError:
                if is_object and (end := self._loose(start)):
                    at = end
                    objects -= 1
                elif is_object and torn < 0:
                    torn = start
                continue
            except RecursionError:
                self._effort -= NESTED
                continue
            if isinstance(value, dict):
                if end - start > LONG and holds_lists(value):
                    self._effort -= end - start
                    continue
                for fields in records(value):
                    self.builder.add(start, end, fields)
                torn, at = -1, end
                objects -= 1
            elif isinstance(value, list) and self._values(value, start, end):
                at = end
        if keyed and torn >= 0:
            self._cut_off(torn)

    def _decoded(self, start: int) -> tuple[Value, int]:
        """
        The value that begins here and its end.

        Tried on a piece of the text, and on a larger one where that was too
        little: an error costs the decoder the length of what it was given.
        Raises json.JSONDecodeError and RecursionError.
        """
        size = PIECE
        while True:
            piece = self._text[start : start + size]
            try:
                value, end = _DECODER.raw_decode(piece)
            except json.JSONDecodeError as problem:
                self._effort -= problem.pos + 1
                ended = problem.pos < len(piece) - WORD and not problem.msg.startswith("Unterm")
                if ended or len(piece) < size or self._effort <= 0:
                    raise
                size *= 16
            else:
                return value, start + end

    def _loose(self, start: int) -> int:
        """The end of an object that is not quite JSON and holds no other; 0 if it is none."""
        end = self._text.find("}", start, start + LOOSE)
        self._effort -= min(LOOSE, max(end - start, 0))
        if end < 0 or self._text.find("{", start + 1, end) >= 0:
            return 0
        fields = self._pairs(start, end + 1)
        return end + 1 if len(fields) >= 2 and self.builder.add(start, end + 1, fields) else 0

    def _pairs(self, start: int, end: int) -> dict[Path, str]:
        fields: dict[Path, str] = {}
        for pair in _PAIR.finditer(self._text, start, end):
            one, two, three, *said = pair.groups()
            value = next((each for each in said if each), "")
            fields.setdefault((one or two or three,), _ESCAPED.sub(_unescaped, value))
        return fields

    def _values(self, value: list[Value], start: int, end: int) -> bool:
        """Take a row of plain values. False if it holds others: they are looked at themselves."""
        if any(isinstance(each, dict | list) for each in value):
            self._effort -= end - start
            return False
        run = self.runs[-1]
        if 2 <= len(value) <= COLUMNS:
            if run and (len(run[-1].cells) != len(value) or start - run[-1].end > COLUMNS):
                run = []
                self.runs.append(run)
            run.append(Row(start, end, [plain(each) for each in value]))
        return True

    def _cut_off(self, start: int) -> None:
        """The fields that are whole of the last object, unless the next window has all of it."""
        end = len(self._text)
        if start < self._whole and end - start <= TORN:
            fields = self._pairs(start, end)
            if len(fields) >= 2:
                self.builder.add(start, end, fields)


def _unescaped(match: re.Match[str]) -> str:
    said = match.group()
    if said[1] == "u":
        return chr(int(said[2:], 16))
    return " " if said[1] in "nrtbf" else said[1]
