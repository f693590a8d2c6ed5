"""
The one way to say something: `get` a log, and call it by level.

structlog is imported by `setup` alone, or by the first record where `setup` left
it to that: a command that answers at once and has nothing to log does not pay
for it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

# How the log is started when there is something to tell, and from which level on that is so.
_waiting: list[tuple[Callable[[], None], int]] = []


class Log:
    """One module's log. `event` is a dotted name in lower case; facts are on the list in `facts`."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def debug(self, event: str, /, **facts: object) -> None:
        self._say("debug", event, facts)

    def info(self, event: str, /, **facts: object) -> None:
        self._say("info", event, facts)

    def warning(self, event: str, /, **facts: object) -> None:
        self._say("warning", event, facts)

    def error(self, event: str, /, **facts: object) -> None:
        self._say("error", event, facts)

    def critical(self, event: str, /, **facts: object) -> None:
        self._say("critical", event, facts)

    def exception(self, event: str, /, **facts: object) -> None:
        """An error, with the classes of the exception that is being handled and where it arose."""
        self._say("error", event, {"exc_info": True, **facts})

    def _say(self, level: str, event: str, facts: dict[str, object]) -> None:
        for start, least in tuple(_waiting):
            if logging.getLevelNamesMapping()[level.upper()] < least:
                return
            start()
            _waiting.clear()
        structlog = sys.modules.get("structlog")
        if structlog is None or not structlog.is_configured():
            return
        getattr(structlog.get_logger(), level)(event, **{"logger": self._name, **facts})


def start_with(start: Callable[[], None], *, least: int) -> None:
    """Have the first record of at least this level (logging's number) start the log."""
    _waiting[:] = [(start, least)]


def get(name: str) -> Log:
    """The log of a module: `log.get(__name__)`."""
    return Log(name)
