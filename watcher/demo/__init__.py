"""
`watcher demo`: a leak on a site of our own becomes an alert, with the real daemon.

The synthetic roster and the leaks serve tests as well (`roster`, `leaks`), so
nothing else loads before `run` is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["run"]


async def run(*, seed: int = 7, keep: Path | None = None, out: Console) -> int:
    """
    Tell the story on `out`. The exit code: 0 if every promise held, 4 if evidence differs, else 3.

    Works in a temporary directory, or in the new directory `keep`, which
    stays. Raises WatcherError where something cannot be set up or started.
    """
    from watcher.demo.drive import drive

    return await drive(seed=seed, keep=keep, out=out)
