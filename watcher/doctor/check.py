"""One thing that was looked at, and how it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watcher.config.settings import Config

Level = Literal["ok", "warn", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. `mend` is "" if there is nothing to do."""

    level: Level
    what: str
    mend: str = ""
    code: int = 2  # what the command exits with, for an error


Looks = Callable[[Config, datetime], Iterator[Check]]
"""Looks at one thing of an installation, at this moment."""
