"""`python -m bench.watching`: run, measure, print, compare, record."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console

from bench.speed.figures import Figure, recorded, show, write
from bench.speed.installation import install
from bench.watching import figures, page, pages
from bench.watching.run import LONG, SHORT, watch

OFFICERS = 10_000
GROUPS = ("run", "pages")


def main(words: Sequence[str] | None = None) -> int:
    """0 whatever was measured; a reach that is missed is told, not punished."""
    asked = _asked(words)
    console = Console(width=None if sys.stdout.isatty() else 160)
    last = recorded(page.RESULTS)
    began = time.monotonic()

    def say(what: str) -> None:
        console.print(f"{time.monotonic() - began:6.0f} s  {what}", style="dim", markup=False)

    with tempfile.TemporaryDirectory(prefix="watcher-bench-") as name:
        found = list(_figures(asked, asked.keep or Path(name), say))
    show(found, last, console)
    if not asked.dry:
        write(page.RESULTS, found)
        page.update()
        console.print(f"recorded in {page.RESULTS.name}; {time.monotonic() - began:.0f} s")
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.watching", description=__doc__)
    parser.add_argument("--long", action="store_true", help="500 sources for ten minutes")
    parser.add_argument("--dry", action="store_true", help="do not record this run")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--keep", type=Path, help="work in this new folder and leave it there")
    found = parser.parse_args(words)
    found.only = set(found.only.split(","))
    return found


def _figures(
    asked: argparse.Namespace, folder: Path, say: Callable[[str], None]
) -> Iterable[Figure]:
    folder.mkdir(exist_ok=True)
    place = install(folder / "installation", OFFICERS)
    say(f"{OFFICERS:,} people enrolled")
    if "pages" in asked.only:
        for each in pages.measured(place):
            say(f"{each.what}: {each.value:g} {each.unit}")
            yield each
        for left in (place.folder / "data").glob("watcher.db*"):
            left.unlink()  # the run has a store of its own
    if "run" in asked.only:
        run = watch(place, LONG if asked.long else SHORT, say)
        yield from figures.measured(run, place.folder / "data" / "watcher.db")


if __name__ == "__main__":
    sys.exit(main())
