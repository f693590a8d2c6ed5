"""
Lengths of time and numbers of bytes, as people write them.

    "30s"  "5m"  "1h30m"  "2d"          "512 kB"  "64 MB"  "2 GB"
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

BYTES = "bytes"
Bytes = Annotated[int, BYTES]
"""An `int` field that also takes a size such as "64 MB"."""

_LONGEST = timedelta(days=3650)  # beyond ten years it is a slip of the finger
_DURATION = re.compile(
    r"(?:(?P<days>\d{1,5})d)?(?:(?P<hours>\d{1,6})h)?(?:(?P<minutes>\d{1,8})m)?(?:(?P<seconds>\d{1,9})s)?",
    re.ASCII,
)
_SIZE = re.compile(r"(\d{1,15}) ?(B|kB|KB|MB|GB|KiB|MiB|GiB)", re.ASCII)
_UNIT = {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def duration(text: str) -> timedelta:
    """Days, hours, minutes and seconds, in this order. Raises ValueError."""
    found = _DURATION.fullmatch(text.replace(" ", ""))
    if found is None or not any(found.groups()):
        raise ValueError('must be a length of time such as "30s", "5m", "1h30m" or "2d"')
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
    length = timedelta(**parts)
    if length > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST.days} days")
    return length


def size(text: str) -> int:
    """
    A number of bytes. Raises ValueError.

    kB, MB and GB are powers of 1,024 here, as KiB, MiB and GiB are: these are
    limits of memory.
    """
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError('must be a number of bytes, or a size such as "512 kB", "64 MB" or "2 GB"')
    number, unit = found.groups()
    return int(number) * _UNIT[unit[0].upper()]
