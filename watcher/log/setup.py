"""
One log for everything that happens in the process.

Records of other libraries, warnings, exceptions that nobody caught (in the
main thread, in other threads, in destructors, in the event loop) all end here,
and all are withheld as `facts` says.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from watcher.log import facts, lines, says

if TYPE_CHECKING:
    import asyncio  # 40 ms, and only a service has a loop whose trouble is told

_log = says.get("watcher.log")


def setup(
    *,
    json: bool,
    level: str = "info",
    stream: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
    at_once: bool = True,
) -> None:
    """
    Start logging to standard error, or to `stream`; called once, by the command.

    `json`: one JSON object a line, with journald's priority before it if that
    is where they go; else lines for a terminal (NO_COLOR is respected).
    `level`: debug, info, warning, error or critical. Other libraries' records
    are told from warning on. With `at_once` false structlog is loaded by the
    first record there is to tell; that is for commands that load no plug-in,
    which might use structlog itself and would find it as it comes.
    """
    stream = sys.stderr if stream is None else stream
    environ = os.environ if environ is None else environ
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer: lines.Json | lines.Terminal
    if json:
        renderer = lines.Json(priority=lines.to_journal(stream, environ))
    else:
        renderer = lines.Terminal(colour=stream.isatty() and not environ.get("NO_COLOR"))
    start = partial(_configure, number, renderer, lines.Writer(stream))
    if at_once:
        start()
    else:
        says.start_with(start, least=number)
    _take_over(max(number, logging.WARNING))


def _configure(level: int, renderer: lines.Json | lines.Terminal, writer: lines.Writer) -> None:
    import structlog  # 0.1 s; see `says`

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            facts.exceptions,
            facts.withhold,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: writer,
        cache_logger_on_first_use=False,
    )


def loop_handler(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`. The message is left out: it holds reprs of arguments."""
    _log.error("loop.trouble", exc_info=context.get("exception"))


class Foreign(logging.Handler):
    """Standard logging's records: logger, level and exception class, never the message."""

    def emit(self, record: logging.LogRecord) -> None:
        problem = record.exc_info[1] if record.exc_info else None
        level = next(
            name
            for name in ("critical", "error", "warning", "info", "debug")
            if record.levelno >= logging.getLevelNamesMapping()[name.upper()] or name == "debug"
        )
        getattr(_log, level)("foreign.record", **facts.foreign(record.name, problem))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Not logging's own, which prints the message and its arguments."""


def _take_over(level: int) -> None:
    """Standard logging and the interpreter's hooks end in our log."""
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False
    root = logging.getLogger()
    for name in [None, *logging.root.manager.loggerDict]:
        logger = logging.getLogger(name)
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.propagate = True
    root.addHandler(Foreign())
    root.setLevel(level)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def _uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    _log.critical("process.crashed", exc_info=problem)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    _log.critical("thread.crashed", exc_info=args.exc_value)


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    _log.error("object.unraisable", exc_info=args.exc_value)
