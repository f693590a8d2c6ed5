"""
A record becomes a line: JSON for machines, a readable line for a terminal.

For journald each line begins with its priority (`<4>`, sd-daemon(3)).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any, TextIO

PRIORITY = {"critical": 2, "error": 3, "warning": 4, "info": 6, "debug": 7}  # syslog(3)
_COLOUR = {"critical": "1;31", "error": "31", "warning": "33", "debug": "2"}


class Json:
    """A structlog renderer: one JSON object a line."""

    def __init__(self, *, priority: bool) -> None:
        self._priority = priority

    def __call__(self, logger: object, method: str, facts: MutableMapping[str, Any]) -> str:
        line = json.dumps(facts, default=str, ensure_ascii=False)
        return f"<{PRIORITY.get(facts.get('level', ''), 6)}>{line}" if self._priority else line


class Terminal:
    """A structlog renderer: local time, level from warning on, event, facts."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, logger: object, method: str, facts: MutableMapping[str, Any]) -> str:
        rest = dict(facts)
        time = datetime.fromisoformat(rest.pop("timestamp")).astimezone().strftime("%H:%M:%S")
        level, event = rest.pop("level", "info"), rest.pop("event", "")
        rest.pop("logger", None) if event != "foreign.record" else None
        said = event if level in ("info", "debug") else f"{level.upper()} {event}"
        if self._colour and level in _COLOUR:
            said = f"\x1b[{_COLOUR[level]}m{said}\x1b[0m"
        return "  ".join(
            [time, said, " ".join(f"{key}={_shown(rest[key])}" for key in rest)]
        ).rstrip()


class Writer:
    """
    Where lines go. A stream that takes no more is no reason to stop watching.

    structlog calls it by the name of the level.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def msg(self, line: str) -> None:
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except (OSError, ValueError):  # full, broken pipe; closed
                return

    debug = info = warning = error = critical = msg


def to_journal(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether this stream ends in journald: $JOURNAL_STREAM names it (systemd.exec(5))."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return environ.get("JOURNAL_STREAM") == f"{found.st_dev}:{found.st_ino}"


def _shown(value: object) -> str:
    if isinstance(value, str) and value and not set(value) & set(' "='):
        return value
    return json.dumps(value, default=str, ensure_ascii=False)
