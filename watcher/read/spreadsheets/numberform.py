"""
Number formats of spreadsheets: what they make of a number that a person would read.

The codes are those of ECMA-376, 18.8.30 and 18.8.31 (MS-XLS 2.5.165 uses the
same). A pay number under `000000` is shown with its leading zeros, a date is
a count of days, and `;;;` shows nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_SPENT = frozenset((46,))  # [h]:mm:ss, a span of time and no moment
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_MOMENT = re.compile(r"[dyhs]|m", re.IGNORECASE)
_PARTS = re.compile(r"\.0+")  # of a second
_NUMBER = re.compile(r"[0#?]")
_DIGITS = re.compile(r"0{2,}")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # spreadsheets know no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  # likewise
_LAST = 2_958_466  # days to the end of the year 9999
WIDEST = 30  # digits that a format may ask for
# What a cell of binary records says instead of a value (MS-XLS 2.5.10).
ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}


@dataclass(frozen=True, slots=True)
class Form:
    """`digits`: as many as a whole number is given at least. `unseen`: nothing is shown."""

    digits: int = 0
    date: bool = False
    unseen: bool = False


PLAIN = Form()


def form(code: str) -> Form:
    """What a format code does."""
    if not code or code in ("General", "@"):
        return PLAIN
    sections = code[:1000].split(";")
    if len(sections) >= 3 and not any(sections[:3]):
        return Form(unseen=True)
    first = _ASIDE.sub("", sections[0])
    if _DIGITS.fullmatch(first) and len(first) <= WIDEST:
        return Form(digits=len(first))
    if _MOMENT.search(first) and not _NUMBER.search(_PARTS.sub("", first)):
        return Form(date="[" not in first)
    return PLAIN


def numbered(number: int, codes: Mapping[int, str]) -> Form:
    """The form of a format by its number: one of the workbook's own, or built in."""
    if number in codes:
        return form(codes[number])
    return Form(date=True) if number in _DATES and number not in _SPENT else PLAIN


def written(value: float, shape: Form = PLAIN, *, since_1904: bool = False) -> str:
    """A number as a person would write it: whole ones whole, dates as ISO 8601."""
    if shape.date and 0 <= value < _LAST:
        return _moment(value, since_1904=since_1904)
    if value.is_integer() and abs(value) < 1e17:
        return str(int(value)).zfill(shape.digits) if value >= 0 else str(int(value))
    return repr(value)


def _moment(days: float, *, since_1904: bool) -> str:
    if days < 1 and not since_1904:
        seconds = round(days * 86_400)
        return str((_EPOCH + timedelta(seconds=seconds)).time()) if days else "00:00:00"
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    if days < 60 and not since_1904:
        epoch += timedelta(days=1)  # the 29 February 1900 that never was
    try:
        found = epoch + timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return repr(days)
    whole = not (found.hour or found.minute or found.second)
    return found.date().isoformat() if whole else found.isoformat(" ")


def as_is(text: str) -> bool:
    """Whether a number in this text is written as it stands: whole, without a sign or a leading zero."""
    return text.isdecimal() and text.isascii() and len(text) < 16 and text[0] != "0"
