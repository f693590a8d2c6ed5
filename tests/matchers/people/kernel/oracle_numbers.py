"""Numbers found in folded text by regular expressions, to hold the kernel against."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from matchers.people.numbers import Number, parse

_NUMBER = re.compile(
    rb"(?:(?<![a-z0-9.@])|(?:(?<=\A@)|(?<=[^a-z0-9]@))(?=[a-z]+\d))"  # `@JaneSmith1234`
    rb"(?:[a-z]{1,6}[-/])?[a-z0-9]{0,20}?\d[a-z0-9]{0,20}(?:[-/]\d{1,8}){0,3}"
    rb"(?:[-/][a-z]{1,4})?(?![a-z0-9@])"
)
_DIGITS = re.compile(rb"\d+")
_LEAD = re.compile(rb"(?:(?<![a-z0-9])[a-z]{1,6}[-/])?[a-z]{0,20}\Z")
_LONGEST = 28  # letters before the first digit of a number, and what joins them
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
_MORE_BEFORE = re.compile(rb"(?:\d{2,5} )+$")
_MORE_AFTER = re.compile(rb"(?: \d{2,6})+")
_POSTCODE_BEFORE = re.compile(rb"(?<![a-z0-9])[a-z]{1,2}\d{1,2}[a-z]? $")
_POSTCODE_AFTER = re.compile(rb" \d[a-z]{2}(?![a-z0-9])")
_PIECE = re.compile(rb"[^\r\n\t\x1e\x1f]+")
_IN_GROUPS = re.compile(
    rb" *(\d{2,6}(?: \d{2,6}){1,3}|\d{1,3}(?:,\d{3}){2,3}|\d{1,3}(?:\.\d{3}){2,3}) *"
)


class Found(NamedTuple):
    """A number-shaped token."""

    start: int
    end: int
    number: Number
    weak: bool


def is_weak(text: bytes, start: int, end: int) -> bool:
    """Whether a token is probably a year, a date, a time, a price, a postcode or a telephone number."""
    token = text[start:end]
    before, after = text[max(0, start - 14) : start], text[end : end + 14]
    plain = token.isdigit()
    if _YEAR.fullmatch(token) or (plain and _PHONE.fullmatch(token)):
        return True
    if not plain and (_DATE.fullmatch(token) or _ORDINAL.fullmatch(token)):
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
        return len(token.lstrip(b"0")) >= 10
    run = len(token) + sum(len(part.group().replace(b" ", b"")) for part in (left, right) if part)
    return run >= 10


def extents(text: bytes) -> list[tuple[int, int]]:
    """Where numbers begin and end, whatever their shape."""
    found = []
    end = 0
    for digit in _DIGITS.finditer(text):
        if digit.start() < end:
            continue
        end = digit.end()
        start = digit.start()
        lead = _LEAD.search(text[max(0, start - _LONGEST) : start])
        start -= len(lead.group()) if lead else 0
        match = _NUMBER.match(text, start)
        if match is not None:
            end = match.end()
            found.append(match.span())
    return found


def find(text: bytes, known: Callable[[Number], bool]) -> list[Found]:
    """The numbers of clean folded text that are `known`, in order; those in groups that are all of a line."""
    alone = []
    for piece in _PIECE.finditer(text):
        if match := _IN_GROUPS.fullmatch(piece.group()):
            parsed = parse(match.group(1))
            if known(parsed):
                start, end = (piece.start() + at for at in match.span(1))
                digits = re.sub(rb"\D", b"", match.group(1))
                alone.append(Found(start, end, parsed, _PHONE.fullmatch(digits) is not None))
    found = list(alone)
    for start, end in extents(text):
        if any(each.start <= start < each.end for each in alone):
            continue
        parsed = parse(text[start:end])
        if known(parsed):
            found.append(Found(start, end, parsed, is_weak(text, start, end)))
    return sorted(found)
