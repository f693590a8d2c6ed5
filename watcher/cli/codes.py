"""
What the command ends with, whatever happens.

0 nothing of `low` (or of `--fail-on`) or above found · 1 something was, and
nothing else · 2 usage or configuration · 3 something could not be read (or
printed) and nothing was found · 4 evidence or store cannot be trusted · 70 a
programming error (EX_SOFTWARE of sysexits.h) · 130 Ctrl-C (128 + SIGINT) · 141
the reader of our output went away (128 + SIGPIPE, as any Unix filter) · 143
`demo` was told to stop (128 + SIGTERM).
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from watcher.cli.streams import NoReader, Unwritable
from watcher.errors import WatcherError
from watcher.model import Severity
from watcher.plain import clean

CLEAN, FOUND, USAGE, UNREAD, CUSTODY = 0, 1, 2, 3, 4
FAULT, INTERRUPTED, NO_READER, TERMINATED = 70, 130, 141, 143


def found(severity: Severity | None, fail_on: Severity) -> bool:
    """Whether a finding of this severity makes the command end with 1."""
    return severity is not None and severity >= fail_on


def run(command: Callable[[], object]) -> int:
    """Run a click command (not standalone) and say what to exit with. Never raises."""
    code = _ended(command)
    try:
        # At the interpreter's own last flush a failure would end with 120.
        sys.stdout.flush()
    except NoReader:
        return NO_READER
    except Unwritable as problem:
        _say(str(problem))
        return max(code, UNREAD)
    return code


def _ended(command: Callable[[], object]) -> int:
    try:
        result = command()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as problem:
        problem.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except NoReader:
        return NO_READER
    except WatcherError as problem:
        _say(str(problem))
        return problem.exit_code
    except OSError as problem:
        _say(_surroundings(problem))
        return UNREAD
    except SystemExit as ended:  # click's completion of a shell's words ends so
        return USAGE if ended.code else CLEAN
    except Exception as problem:  # noqa: BLE001  # told without values: a message could quote a roster
        _say(f"programming error: {type(problem).__name__}{_place(problem)}")
        return FAULT
    return result if isinstance(result, int) else CLEAN


def _say(message: str) -> None:
    """Each line by itself: names of files may come from strangers."""
    click.echo("watcher: " + "\n".join(map(clean, message.split("\n"))), err=True)


def _surroundings(problem: OSError) -> str:
    """What the system refused: a full disk, too many open files, a folder that has gone."""
    what = os.fsdecode(problem.filename) if isinstance(problem.filename, str | bytes) else ""
    said = problem.strerror or type(problem).__name__
    return f"{what}: {said}" if what else f"{said}{_place(problem)}"


def _place(problem: BaseException) -> str:
    """Where in our files it was, without its message and without values."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "watcher" in frame.filename] or frames
    return f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
