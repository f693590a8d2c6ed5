"""
Pay, warrant and collar numbers: how they are filed, found, and how rare they are.

A number is filed in full (letters and digits, without spaces, dashes and
leading zeros) and by its core of digits alone. Its *shape* (letters before,
digits, letters after) says how likely an accident is: how many numbers of that
shape are enrolled, over which span. Spans are rounded outwards to two digits:
the tables must not hold anybody's number, not even the first and the last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people.fold import fold
from matchers.people.words import bare

ROLES = ("pay_number", "warrant_number", "collar_number")
MOST_DIGITS = 15
ENOUGH = 100  # enrolled numbers of a shape, below which its span is not trusted
LONGEST = 28  # letters before the first digit of a number, and what joins them
WEAK_BITS = 1.0  # a year, date, time or price in open text: more than half of four-digit tokens

_ALIKE = re.compile(rb"([a-z]{0,6})0*(\d{1,%d})([a-z]{0,4})" % MOST_DIGITS)
_NOT_IN_NUMBERS = re.compile(rb"[^a-z0-9]+")
_NUMBER = re.compile(
    rb"(?<![a-z0-9.@])(?:[a-z]{1,6}[-/])?[a-z0-9]{0,20}?\d[a-z0-9]{0,20}(?:[-/]\d{1,8}){0,3}"
    rb"(?:[-/][a-z]{1,4})?(?![a-z0-9@])"
)
_DIGITS = re.compile(rb"\d+")  # found first: most words hold none
_LEAD = re.compile(rb"(?:(?<![a-z0-9])[a-z]{1,6}[-/])?[a-z]{0,20}$")
_DATE = re.compile(
    rb"\d{1,2}[-/]\d{1,2}[-/](?:\d{2}|\d{4})|(?:19|20)\d\d[-/]\d{1,2}(?:[-/]\d{1,2})?"
)
_YEAR = re.compile(rb"(?:19\d\d|20\d\d|2100)s?")
_POSTCODE_PART = re.compile(rb"[a-z]{1,2}\d{1,2}[a-z]?|\d[a-z]{2}")
_PHONE = re.compile(rb"0[1-9]\d{8,9}|44\d{9,10}")  # `00…` is padded
_ORDINAL = re.compile(rb"\d+(?:st|nd|rd|th|am|pm|km|kg|mm|cm|mph|gb|mb|kb|ml|m|k|bn|px)")
_MONTH = re.compile(rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ,.]{1,2}$")
_MONTH_AFTER = re.compile(rb" (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_AS_DECIMAL = re.compile(rb"\.0(?![\d.])")
_IN_GROUPS = re.compile(rb"\s*(\d{2,6}(?: \d{2,6}){1,3})\s*")
_MORE_BEFORE = re.compile(rb"(?:\d{2,5} )+$")
_MORE_AFTER = re.compile(rb"(?: \d{2,6})+")
_POSTCODE_BEFORE = re.compile(rb"(?<![a-z0-9])[a-z]{1,2}\d{1,2}[a-z]? $")
_POSTCODE_AFTER = re.compile(rb" \d[a-z]{2}(?![a-z0-9])")


class Number(NamedTuple):
    """A number as it is filed: `full` (b"" if it has no digits) and its digits alone."""

    full: bytes
    core: bytes
    shape: int


class Found(NamedTuple):
    """A number-shaped token in folded text."""

    start: int
    end: int
    number: Number
    weak: bool


NONE = Number(b"", b"", 0)


def shape_of(before: int, digits: int, after: int) -> int:
    """A shape as one number: letters before, digits, letters after."""
    return before << 16 | digits << 8 | after


def shape_text(shape: int) -> str:
    """`A999999` for a letter and six digits."""
    return "A" * (shape >> 16) + "9" * (shape >> 8 & 0xFF) + "A" * (shape & 0xFF)


def parse(folded: bytes) -> Number:
    """The number that folded text spells, NONE if it spells none."""
    if folded.endswith(b".0") and folded[:-2].isdigit():
        folded = folded[:-2]  # a spreadsheet's column of numbers with gaps, exported
    if folded.isdigit() and len(folded) <= MOST_DIGITS:
        core = folded.lstrip(b"0") or b"0"
        return Number(core, core, shape_of(0, len(core), 0))
    compact = _NOT_IN_NUMBERS.sub(b"", bare(folded))
    match = _ALIKE.fullmatch(compact)
    if match is None:
        if any(char in b"0123456789" for char in compact) and len(compact) <= 24:
            digits = sum(char in b"0123456789" for char in compact)
            return Number(compact, b"", shape_of(len(compact) - digits, digits, 0xFF))
        return NONE
    before, core, after = match.groups()
    core = core.lstrip(b"0") or b"0"
    return Number(before + core + after, core, shape_of(len(before), len(core), len(after)))


def number(text: str) -> Number:
    """The number that a plain value spells."""
    return parse(fold(text))


def _is_weak(text: bytes, start: int, end: int) -> bool:
    # Each pattern is tried only where its first sign is seen: this is asked of every number.
    token = text[start:end]
    before, after = text[max(0, start - 14) : start], text[end : end + 14]
    plain = token.isdigit()
    if plain:
        if _YEAR.fullmatch(token) or _PHONE.fullmatch(token):
            return True
    elif _YEAR.fullmatch(token) or _DATE.fullmatch(token) or _ORDINAL.fullmatch(token):
        return True
    if before[-1:] in (b"$", b"+") or after[:1] == b"%":
        return True
    before, next_one = before.removesuffix(b"\n"), after[:1]
    last = before[-1:]
    if (last in (b".", b":") and before[-2:-1].isdigit()) or before.endswith(b"gbp "):
        return True
    if next_one in (b".", b":") and after[1:2].isdigit() and not _AS_DECIMAL.match(after):
        return True
    if (
        not plain
        and _POSTCODE_PART.fullmatch(token)
        and (_POSTCODE_AFTER.match(after[:5]) or _POSTCODE_BEFORE.search(before))
    ):
        return True
    if len(token) <= 2 and (_MONTH.search(before) or _MONTH_AFTER.match(after[:4])):
        return True
    if not plain:
        return False
    # A group of a longer run of digits: a telephone or card number.
    left = _MORE_BEFORE.search(before) if last == b" " else None
    right = _MORE_AFTER.match(after) if next_one == b" " else None
    if not left and not right:
        return len(token.lstrip(b"0")) >= 10  # `00…` is padded
    run = len(token) + sum(len(part.group().replace(b" ", b"")) for part in (left, right) if part)
    return run >= 10


class Shapes:
    """How many enrolled numbers have each shape, and over which span."""

    def __init__(self, table: npt.NDArray[np.int64]) -> None:
        self._shapes = {int(row[0]): tuple(int(value) for value in row[1:]) for row in table}
        self._spans = {shape: self._span(shape) for shape in self._shapes}
        self._bits = {shape: math.log2(span) for shape, span in self._spans.items()}

    def span(self, shape: int) -> int:
        """How many numbers of this shape there could be: the enrolled span, or the whole shape."""
        known = self._spans.get(shape)
        return self._span(shape) if known is None else known

    def _span(self, shape: int) -> int:
        digits = shape >> 8 & 0xFF
        whole = 9 * 10 ** (digits - 1) if digits > 1 else 10
        count, low, high = self._shapes.get(shape, (0, 0, 0))
        return max(high - low + 1, count) if count >= ENOUGH else max(whole, count)

    def bits(self, shape: int) -> float:
        """−log2 of the chance that somebody's number of this shape is a given one."""
        known = self._bits.get(shape)
        return math.log2(self.span(shape)) if known is None else known

    def density(self, parsed: Number) -> float:
        """The chance that a number like this one is enrolled: 0 outside the enrolled span."""
        count, low, high = self._shapes.get(parsed.shape, (0, 0, 0))
        if not count:
            return 0.0
        if not parsed.core:
            return count / self.span(parsed.shape)
        if count >= ENOUGH and not low <= int(parsed.core) <= high:
            return 0.0
        return min(1.0, count / self.span(parsed.shape))

    def known(self, parsed: Number) -> bool:
        """Whether a number like this one, in full or by its digits, is enrolled at all."""
        return parsed.shape in self._shapes or (
            bool(parsed.core) and shape_of(0, len(parsed.core), 0) in self._shapes
        )

    def counts(self) -> dict[str, int]:
        """`A999999` → how many are enrolled, commonest first."""
        ranked = sorted(self._shapes.items(), key=lambda item: -item[1][0])
        return {shape_text(shape): row[0] for shape, row in ranked}


def find(text: bytes, shapes: Shapes) -> list[Found]:
    """Tokens of folded text without SKIP that have an enrolled shape, in order."""
    found: list[Found] = []
    if not _DIGITS.search(text):
        return found
    if alone := _IN_GROUPS.fullmatch(text):
        parsed = parse(alone.group(1))
        if shapes.known(parsed):  # `5991 5480` on a line of its own
            weak = _PHONE.fullmatch(alone.group(1).replace(b" ", b"")) is not None
            return [Found(*alone.span(1), parsed, weak)]
    memory: dict[bytes, Number | None] = {}
    end = 0
    for digit in _DIGITS.finditer(text):
        if digit.start() < end:
            continue
        end = digit.end()
        start = digit.start()
        if text[start - 1 : start] not in (b" ", b"\n", b"\t", b"(", b""):
            lead = _LEAD.search(text[max(0, start - LONGEST) : start])
            start -= len(lead.group()) if lead else 0
        match = _NUMBER.match(text, start)
        if match is None:
            continue
        end = match.end()
        token = match.group()
        if token not in memory:
            read = parse(token)
            memory[token] = read if shapes.known(read) else None
        if (known := memory[token]) is not None:
            found.append(Found(match.start(), end, known, _is_weak(text, match.start(), end)))
    return found


def learn(enrolled: Iterable[Number]) -> npt.NDArray[np.int64]:
    """Rows of (shape, count, low, high) for distinct enrolled numbers, in full and by their core."""
    seen: dict[int, set[bytes]] = {}
    for each in enrolled:
        seen.setdefault(each.shape, set()).add(each.full)
        if each.core and each.core != each.full:
            seen.setdefault(shape_of(0, len(each.core), 0), set()).add(each.core)
    rows = []
    for shape, values in sorted(seen.items()):
        digits = shape >> 8 & 0xFF
        cores = [int(re.sub(rb"\D", b"", value)) for value in values]
        unit = 10 ** max(0, digits - 2)
        low, high = min(cores) // unit * unit, (max(cores) // unit + 1) * unit - 1
        if shape & 0xFF == 0xFF or digits > 17:
            low, high = 0, 10 ** min(digits, 17)
        rows.append((shape, len(values), low, high))
    return np.array(rows, dtype=np.int64).reshape(len(rows), 4)
