"""
One reader, one file, one process on one core: `python -m bench.reading.turn NAME FILE`.

Prints seconds of processor time (the median of a few rounds), characters, the most that was held
beyond what the process held before, and what was not read. A first round on the
file is not counted in time: what loads at first use is not the file's cost. It
is counted in memory.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.reading.beside import BESIDE
from watcher.model import Part
from watcher.read.budget import Bounds, Budget
from watcher.read.dispatch import document
from watcher.read.stream import Stream

OURS = "watcher"
ROUNDS = 3
SECONDS = 1.5  # in which the rounds end, but for the last
MIB = 1 << 20
BOUNDS = Bounds(memory=1024 * MIB, depth=8, members=10_000, ratio=200, max_bytes=2048 * MIB)


def pin() -> None:
    """This process, and those that it starts, on the last of its cores."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def processor() -> float:
    """Seconds of processor time that this process and its children have had so far."""
    seconds = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        seconds += used.ru_utime + used.ru_stime
    tick = os.sysconf("SC_CLK_TCK")
    for task in Path("/proc/self/task").iterdir():
        for pid in (task / "children").read_text(encoding="ascii").split():
            # utime and stime behind the name in brackets (proc(5)).
            told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
            seconds += sum(map(int, told.rpartition(")")[2].split()[11:13])) / tick
    return seconds


def held(name: str) -> int:
    """A line of this process' memory in bytes: `VmRSS`, `VmHWM` (proc(5))."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def ours(path: Path) -> tuple[int, list[str]]:
    """Characters that the reading room gives, and why what it does not give is missing."""
    size, missing = 0, []
    with path.open("rb") as file:
        for item in document(Stream(file.read), "", Budget(BOUNDS)):
            if isinstance(item, Part):
                size += len(item.text) - item.overlap
            else:
                missing.append(f"{item.where}: {item.why.value}")
    return size, missing


def main() -> None:
    """Measure, and say it in JSON."""
    name, path = sys.argv[1], Path(sys.argv[2])
    pin()
    read: Callable[[Path], tuple[int, list[str]]]
    read = ours if name == OURS else lambda path: (BESIDE[name](path), [])
    before = held("VmRSS")
    size, missing = read(path)
    peak = held("VmHWM") - before
    seconds: list[float] = []
    end = time.process_time() + SECONDS
    while len(seconds) < ROUNDS and (not seconds or time.process_time() < end):
        gc.collect()
        began = time.process_time()
        read(path)
        seconds.append(time.process_time() - began)
    told = {"seconds": median(seconds), "size": size, "peak": peak, "missing": missing}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
