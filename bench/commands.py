"""How long whole commands take, as processes, on an installation made for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from watcher.demo.roster import csv_of, people


def run(folder: Path, *words: str, stdin: bytes = b"") -> None:
    """`watcher WORDS…` in this folder. Raises CalledProcessError for an end that is not meant."""
    environ = {**os.environ, "HOME": str(folder), "WATCHER_CONFIG": str(folder / "config.toml")}
    done = subprocess.run(
        [sys.executable, "-m", "watcher", *words],
        cwd=folder,
        env=environ,
        input=stdin,
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):  # 1: something was found
        raise subprocess.CalledProcessError(done.returncode, words, done.stdout, done.stderr)


def prepared() -> tempfile.TemporaryDirectory[str]:
    """An installation with 2,000 people and one alert; the caller removes it."""
    held = tempfile.TemporaryDirectory(prefix="watcher-bench-")
    folder, rows = Path(held.name), people(1, 2_000)
    run(folder, "init")
    run(folder, "enrol", "-", stdin=csv_of(rows))
    columns = ("pay_number", "rank", "forename", "surname", "vetting")
    (folder / "leak.csv").write_bytes(csv_of(rows[:40], columns))
    run(folder, "scan", "leak.csv")
    return held
