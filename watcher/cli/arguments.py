"""What `scan` is asked to read, looked at before anything is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from watcher.plain import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """
    What lies in folders and is not read: links, and what is neither file nor folder.

    `closed`: folders that cannot be listed, each with the system's reason.
    """

    links: int
    special: int
    closed: tuple[tuple[str, str], ...]


def refuse(paths: Iterable[str]) -> None:
    """
    Raise UsageError for a path that nobody means, or whose reading may never end.

    One that is not there is left to be told as not read.
    """
    for path in paths:
        if not path:
            raise click.UsageError("an empty argument names nothing; `.` is the current folder")
        try:
            mode = Path(path).stat().st_mode
        except OSError:
            continue
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise click.UsageError(
                f"{clean(path)}: is a pipe, a socket or a device, which may never end; "
                "`… | watcher scan -` reads what another command writes"
            )


def passed_over(paths: Iterable[str]) -> PassedOver:
    """Walk the folders among these paths as a scan does, and count what it leaves out."""
    links = special = 0
    closed: list[tuple[str, str]] = []
    for path in paths:
        for mode in _modes(path, closed):
            links += stat.S_ISLNK(mode)
            special += not (stat.S_ISLNK(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return PassedOver(links=links, special=special, closed=tuple(closed))


def _modes(path: str, closed: list[tuple[str, str]]) -> Iterator[int]:
    def note(problem: OSError) -> None:
        # Files are arguments too, and they are no folders.
        if not isinstance(problem, NotADirectoryError | FileNotFoundError):
            closed.append((os.fsdecode(problem.filename), problem.strerror or "cannot be listed"))

    for folder, names, inside in os.walk(path, onerror=note):
        for name in (*names, *inside):
            try:
                yield Path(folder, name).lstat().st_mode
            except FileNotFoundError:  # gone meanwhile
                continue
            except OSError as problem:  # listed, and may not be entered
                note(problem)
                break
