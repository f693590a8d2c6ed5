"""`python -m bench.reading`: measure, print, compare, record."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.reading import flat, layers, measure, page, pastes
from bench.reading.measure import Row
from bench.speed.figures import Figure, recorded, show, write
from bench.speed.installation import install

GROUPS = ("families", "coded", "pastes", "flat")
OFFICERS = 10_000


def main(words: Sequence[str] | None = None) -> int:
    """0 whatever was measured; a reach that is missed is told, not punished."""
    asked = _asked(words)
    console = Console(width=None if sys.stdout.isatty() else 160)
    last = recorded(page.RESULTS)
    began = time.monotonic()
    rows: list[Row] = []
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="watcher-bench-") as name:
        folder = Path(name)
        if "families" in asked.only:
            for row in measure.measured(folder, asked.families):
                rows.append(row)
                _said(console, began, row.what)
        for each in _figures(asked, folder):
            figures.append(each)
            _said(console, began, f"{each.what}: {each.value:g} {each.unit}")
    if rows:
        _show(rows, console)
    show(figures, last, console)
    if not asked.dry and not asked.families:
        write(page.RESULTS, figures)
        if rows:
            page.keep(rows)
        page.update()
        console.print(f"recorded in {page.RESULTS.name}; {time.monotonic() - began:.0f} s")
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--long", action="store_true", help="files of up to 2 GB besides")
    parser.add_argument("--dry", action="store_true", help="do not record this run")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--families", default="", help="only these, by their keys; not recorded")
    found = parser.parse_args(words)
    found.only = set(found.only.split(","))
    found.families = [each for each in found.families.split(",") if each]
    return found


def _figures(asked: argparse.Namespace, folder: Path) -> Iterable[Figure]:
    if "coded" in asked.only:
        yield from layers.measured()
    if asked.only & {"pastes", "flat"}:
        place = install(folder / "installation", OFFICERS)
        if "pastes" in asked.only:
            yield from pastes.measured(place.folder / "config.toml", OFFICERS)
        if "flat" in asked.only:
            yield from flat.measured(place.folder, flat.LONG if asked.long else flat.SIZES)


def _said(console: Console, began: float, what: str) -> None:
    console.print(f"{time.monotonic() - began:6.0f} s  {what}", style="dim", markup=False)


def _show(rows: Sequence[Row], console: Console) -> None:
    table = Table(box=None, header_style="bold")
    for head in page.HEADS:
        table.add_column(head, justify="left" if head in ("family", "beside") else "right")
    for row in rows:
        table.add_row(*page.cells(row.told()))
    console.print(table)
    for line in measure.warned(rows):
        console.print(line, markup=False)


if __name__ == "__main__":
    sys.exit(main())
