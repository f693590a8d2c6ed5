"""`python -m bench.speed`: measure, print, compare, record."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from bench.speed import page, rates, texts, whole
from bench.speed.engines import Engine, Watcher, others
from bench.speed.figures import Figure, recorded, show, write
from bench.speed.installation import Installation, install
from bench.speed.windows import Workload, workload

ROSTERS = (1_000, 10_000, 47_000, 250_000)
MAIN = 47_000
GROUPS = ("rates", "growth", "memory", "waits")
# MB/s to be reached on one core, by workload.
REACHES = {"natural": 60.0, "new": 25.0, "new-capital": 25.0, "combo": 50.0, "dump": 50.0, "dump17": 50.0}  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """0 whatever was measured; a reach that is missed is told, not punished."""
    asked = _asked(words)
    console = Console(width=None if sys.stdout.isatty() else 160)
    last = recorded(page.RESULTS)
    began = time.monotonic()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="watcher-bench-") as name:
        for each in _measured(asked, Path(name), console):
            figures.append(each)
            console.print(f"{time.monotonic() - began:6.0f} s  {each.what}: {each.value:g} {each.unit}",
                          style="dim", markup=False)  # fmt: skip
    show(figures, last, console)
    if not asked.dry and asked.scale == 1:  # a part of the texts is another measurement
        write(page.RESULTS, figures)
        page.update()
        console.print(f"recorded in {page.RESULTS.name}; {time.monotonic() - began:.0f} s")
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--long", action="store_true", help="inputs ten times as large besides")
    parser.add_argument("--dry", action="store_true", help="do not record this run")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"of {', '.join(GROUPS)}")
    parser.add_argument(
        "--profile", action="store_true", help="print what natural text spends its time in"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="share of each text")
    parser.add_argument("--rosters", default=",".join(map(str, ROSTERS)))
    found = parser.parse_args(words)
    found.only = set(found.only.split(","))
    found.rosters = [int(each) for each in found.rosters.split(",")]
    return found


def _measured(asked: argparse.Namespace, folder: Path, console: Console) -> Iterable[Figure]:
    console.print("enrolling", style="dim")
    places: dict[int, Installation] = {}
    for count in asked.rosters:
        places[count] = install(folder / f"roster-{count}", count)
        yield from whole.enrolled(places[count])
    main = places.get(MAIN) or places[max(places)]
    text = texts.natural(int(42 * texts.MB * asked.scale), main.members)
    natural = workload("natural", "natural text", text, folder)
    if "waits" in asked.only:
        yield from whole.waits(main)
    if "memory" in asked.only:
        for count, place in places.items():
            if count >= MAIN:
                yield from whole.resident(place, *_long(text, 50, folder))
                if asked.long:
                    yield from whole.resident(place, *_long(text, 500, folder))
    if "rates" in asked.only:
        loaded = main.load()
        own, engines = Watcher(loaded), others(main.members)
        for load in _workloads(natural, main, folder, asked.scale):
            yield rates.rate(load, own, engines, count=main.count, reach=REACHES[load.key])
        yield rates.threaded(natural, loaded)
        if asked.profile:
            for name, taken in rates.profiled(natural, Watcher(loaded)):
                console.print(f"{taken:8.2f} ms/MB  {name}", markup=False)
        if asked.long and 250_000 in places:
            yield from _large(natural, places[250_000])
    if "growth" in asked.only and len(places) > 1:
        sizes = {count: Watcher(place.load()) for count, place in places.items()}
        yield from rates.growth(natural, sizes)


def _workloads(
    natural: Workload, main: Installation, folder: Path, scale: float
) -> Iterable[Workload]:
    yield natural
    size = int(20 * texts.MB * scale)
    what = "every word new and random"
    yield workload("new", what, texts.new_words(size), folder)
    capital = texts.new_words(size, capitalised=True)
    yield workload("new-capital", f"{what}, capitalised", capital, folder)
    combo = texts.combo(int(2_000_000 * scale), main.members)
    yield workload("combo", "combo list, 2 M lines", combo, folder)
    narrow = texts.dump(int(1_000_000 * scale), main.members)
    yield workload("dump", "CSV dump, 1 M rows, 6 columns", narrow, folder, table=True)
    wide = texts.dump(int(300_000 * scale), main.members, wide=True)
    yield workload("dump17", "CSV dump, 300,000 rows, 17 columns", wide, folder, table=True)


def _large(natural: Workload, place: Installation) -> Iterable[Figure]:
    engines: list[Engine] = others(place.members)
    own = Watcher(place.load())
    yield rates.rate(natural, own, engines, count=place.count, reach=None)


def _long(text: str, megabytes: int, folder: Path) -> tuple[Path, int]:
    """A file of so many MB; beyond the text it repeats itself, which memory does not know."""
    path = folder / f"long-{megabytes}.txt"
    if not path.exists():
        data = text.encode()
        with path.open("wb") as file:
            left = megabytes * texts.MB
            while left > 0:
                left -= file.write(data[:left])
    return path, megabytes


if __name__ == "__main__":
    sys.exit(main())
