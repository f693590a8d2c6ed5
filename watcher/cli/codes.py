"""
What the command ends with, whatever happens.

0 nothing of `low` (or of `--fail-on`) or above found · 1 something was, and
nothing else · 2 usage or configuration · 3 something could not be read and
nothing was found · 4 evidence or store cannot be trusted · 70 a programming
error (EX_SOFTWARE of sysexits.h) · 130 Ctrl-C · 141 the reader of our output
went away (128 + SIGPIPE, as any Unix filter).
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import click

from watcher.errors import WatcherError

CLEAN, FOUND, USAGE, UNREAD, CUSTODY = 0, 1, 2, 3, 4
FAULT, INTERRUPTED, NO_READER = 70, 130, 141


def run(command: Callable[[], object]) -> int:
    """Run a click command (not standalone) and say what to exit with. Never raises."""
    try:
        result = command()
        sys.stdout.flush()
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as problem:
        problem.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more at exit; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return NO_READER
    except WatcherError as problem:
        click.echo(f"watcher: {problem}", err=True)
        return problem.exit_code
    except Exception as problem:  # noqa: BLE001  # told without values: a message could quote a roster
        click.echo(f"watcher: programming error: {_where(problem)}", err=True)
        return FAULT


def _where(problem: BaseException) -> str:
    """Class and place of a fault, without its message and without values."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "watcher" in frame.filename] or frames
    place = f" at {os.path.basename(ours[-1].filename)}:{ours[-1].lineno}" if ours else ""  # noqa: PTH119
    return f"{type(problem).__name__}{place}"
