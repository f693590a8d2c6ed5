"""An installation with a roster of its own, made by the command, and what that cost."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.detection.roster import DOMAIN, Member, members
from watcher import config, index, keys, registry
from watcher.api import Recogniser
from watcher.match import recognisers
from watcher.model import Officer

COLUMNS = {
    "ref": "ref",
    "forename": "forename",
    "middle": "middle",
    "surname": "surname",
    "known_as": "known_as",
    "previous_surname": "previous",
    "rank": "rank",
    "pay_number": "pay",
    "warrant_number": "warrant",
    "collar_number": "collar",
    "email": "email",
    "vetting": "vetting",
    "unit": "unit",
    "location": "location",
    "risk_group": "risk",
}
SEED = 1


# Runs a command without its output; prints exit code, seconds, processor seconds and kilobytes held.
_STARTER = """
import os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
seconds = time.perf_counter() - began
print(os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.stdout.flush()
os._exit(0)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A command's wall and processor time in seconds, and the most that a process of it held, in MB."""

    seconds: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An opened index, as a scan has it."""

    recognisers: tuple[Recogniser, ...] = field(repr=False)
    officers: tuple[Officer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """`folder` holds configuration, data and key; `enrolled`: what enrolling cost."""

    folder: Path
    count: int
    members: tuple[Member, ...] = field(repr=False)
    enrolled: Cost

    def load(self) -> Loaded:
        """Index and matchers, in this process."""
        found = config.load(self.folder / "config.toml")
        master = keys.load(found.key, found.data)
        opened = index.open(found.index, master)
        matchers = registry.matchers(found.matching.matchers, found.watch)
        known = recognisers(matchers, opened.tables, lambda name: opened.key(master, name))
        return Loaded(recognisers=tuple(known.values()), officers=opened.officers)

    def run(self, *words: str) -> Cost:
        """`watcher WORDS…` here. Raises CalledProcessError for an end that is not meant."""
        return command(self.folder, *words)


def command(folder: Path, *words: str) -> Cost:
    """
    A whole process of ours; its memory as the kernel counts it at its end (ru_maxrss).

    A small process starts it: what a child held before it became another program
    counts as its own, and this one holds all texts.
    """
    environ = {**os.environ, "HOME": str(folder), "WATCHER_CONFIG": str(folder / "config.toml")}
    done = subprocess.run(
        [sys.executable, "-S", "-c", _STARTER, sys.executable, "-m", "watcher", *words],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    ended, seconds, cpu, kilobytes = map(float, done.stdout.split())
    if ended not in (0, 1, 3):  # 1: something was found; 3: something in it could not be read
        raise subprocess.CalledProcessError(int(ended), words, stderr=done.stderr)
    return Cost(seconds=seconds, cpu=cpu, peak=kilobytes * 1024 / 1e6)


def install(folder: Path, count: int) -> Installation:
    """`watcher init` and `watcher enrol`, and one small leak scanned, so that there is an alert."""
    folder.mkdir()
    found = members(SEED, count)
    command(folder, "init")
    path = folder / "config.toml"
    text = path.read_text().replace("domains = []", f'domains = ["{DOMAIN}"]')
    path.write_text(text.replace("suppliers = []", 'suppliers = ["Fairholme Badges Ltd"]'))
    (folder / "roster.csv").write_text(roster(found))
    enrolled = command(folder, "enrol", "roster.csv")
    (folder / "leak.csv").write_text(
        roster(found[:40], ("pay_number", "rank", "forename", "surname", "vetting"))
    )
    command(folder, "scan", "leak.csv")
    return Installation(folder=folder, count=count, members=found, enrolled=enrolled)


def roster(found: Sequence[Member], columns: Sequence[str] = tuple(COLUMNS)) -> str:
    """The roster as a personnel system would export it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([getattr(each, COLUMNS[column]) for column in columns] for each in found)
    return text.getvalue()
