"""
What each bomb costs at the bounds of an installation that says nothing: `python -m tests.watcher.read.bombs [WORDS]`.

A line for each: its size, the seconds to make and to read it, those of the worker's processor, the peaks of worker and service in MiB, and what is told.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections import Counter

from tests.watcher.read.bombs import BOMBS
from tests.watcher.read.bombs.peaks import forget, peak, processor, workers
from tests.watcher.read.made import capture
from watcher.config.settings import Read
from watcher.model import Part
from watcher.read import Readers


def sampled(stop: threading.Event, peaks: dict[int, float], used: dict[int, float]) -> None:
    while not stop.wait(0.05):
        for pid in workers():
            peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            used[pid] = max(used.get(pid, 0), processor(pid))


async def cost(name: str) -> str:
    begun = time.perf_counter()
    body = BOMBS[name].make()
    making = time.perf_counter() - begun
    made = capture(body, encoding=BOMBS[name].encoding)
    peaks: dict[int, float] = {}
    used: dict[int, float] = {}
    stop = threading.Event()
    told: Counter[str] = Counter()
    first: dict[str, str] = {}
    size = number = 0
    async with Readers(Read(workers=1)) as readers:
        service = forget()
        watching = threading.Thread(target=sampled, args=(stop, peaks, used))
        watching.start()
        begun = time.perf_counter()
        async for item in readers.read(made):
            if isinstance(item, Part):
                size, number = size + len(item.text), number + 1
            else:
                told[item.why.value] += 1
                first.setdefault(item.why.value, item.where[-40:])
        seconds = time.perf_counter() - begun
        stop.set()
        watching.join()
        grown = peak() - service
    outcome = ", ".join(f"{n} {why} ({first[why]})" for why, n in told.items())
    return (
        f"{name:36} {len(body) / 2**20:7.1f} {making:5.1f} {seconds:6.1f} {sum(used.values()):6.1f} {max(peaks.values(), default=0):6.0f} "
        f"{grown:5.0f} {len(peaks)} {number:6} {size / 2**20:7.1f} {outcome}"
    )


def main() -> None:
    """Print the table."""
    print(
        f"{'bomb':36} {'MiB':>7} {'made':>5} {'s':>6} {'CPU':>6} {'worker':>6} {'serv':>5} w  parts    MiB told"
    )  # a table for people
    for name in BOMBS:
        if len(sys.argv) == 1 or any(word in name for word in sys.argv[1:]):
            print(asyncio.run(cost(name)), flush=True)  # a table for people


if __name__ == "__main__":
    main()
