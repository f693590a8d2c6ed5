"""`python -m bench.detection`: see the package. Exit 1 where a reach is missed."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from pathlib import Path
from typing import Any

from bench.detection import containers, febrl, lists, notations, odd, persons, sparse, variants
from bench.detection.engine import Engine
from bench.detection.forms import FORMS, Form
from bench.detection.measure import Result, measured
from bench.detection.quiet import MILLION, Distinct, Quiet, kept_quiet
from bench.detection.reaches import missed, short
from bench.detection.recorded import QUICK, RESULTS, changes, last, record, write
from bench.detection.roster import members
from bench.detection.world import World

# Importing them registers their forms.
REGISTERED = (containers, lists, notations, odd, persons, sparse, variants)
ROSTERS = (1_000, 10_000, 47_000, 250_000)
QUICK_ROSTERS = (1_000, 10_000)
LARGEST_FORCE = 47_000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.detection", description=__doc__)
    parser.add_argument("--rosters", default="", help="sizes, separated by commas")
    parser.add_argument("--per-form", type=int, default=0, help="documents of each form and roster")
    parser.add_argument(
        "--negatives-mb", type=float, default=-1.0, help="innocent text for each roster"
    )
    parser.add_argument(
        "--text", type=Path, action="append", default=[],
        help="a folder of further innocent text, all of which is read once, at the largest force; may be given again",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--forms", default="", help="only forms whose key begins so, separated by commas"
    )
    parser.add_argument("--json", type=Path, help="where the run is recorded")
    parser.add_argument(
        "--quick", action="store_true", help="two small rosters, few documents, little text"
    )
    parser.add_argument("--no-febrl", action="store_true", help="leave FEBRL4 out")
    asked = parser.parse_args()
    if not asked.per_form:
        asked.per_form = 2 if asked.quick else 200
    if asked.negatives_mb < 0:
        asked.negatives_mb = 1.5 if asked.quick else 500.0
    sizes = [int(each) for each in asked.rosters.split(",") if each]
    asked.rosters = sizes or (QUICK_ROSTERS if asked.quick else ROSTERS)
    asked.forms = tuple(each.strip() for each in asked.forms.split(",") if each.strip())
    return asked


def told(result: Result) -> None:
    rate = result.size / 1e6 / max(result.seconds, 1e-9)
    severities = " ".join(f"{key}:{count}" for key, count in result.severities.most_common())
    print(
        f"{result.form[:50]:<50} {result.documents:>5} {result.present:>8,} {result.recall:>7.1%} "
        f"{result.apart / max(1, result.present):>6.1%} {result.wrong:>5}/{result.named:<7} "
        f"{result.due:>4}/{result.documents:<4} {result.median_bits:>6.0f} {min(result.bits):>5.0f} "
        f"{rate:>6.1f} {severities}{'  <' if short(result) else ''}",
        flush=True,
    )


def told_quiet(quiet: Quiet) -> None:
    bits = f"{quiet.most_bits:.1f}" if quiet.most_bits > -1e9 else "-"
    rules = " ".join(f"{key}:{count}" for key, count in quiet.rules.most_common())
    print(
        f"{quiet.kind[:50]:<50} {quiet.documents:>6} {quiet.size / 1e6:>8.1f} {bits:>8} {quiet.above:>6} "
        f"{quiet.alerts:>6} {quiet.worst:<9} {rules}",
        flush=True,
    )
    for each in quiet.raised[:3]:
        print(f"      {each}")


def chosen(prefixes: tuple[str, ...]) -> list[Form]:
    return [each for each in FORMS.values() if not prefixes or each.key.startswith(prefixes)]


def main() -> int:
    asked = arguments()
    assert REGISTERED
    began = time.perf_counter()
    results: list[Result] = []
    quiets: list[Quiet] = []
    distinct = Distinct()
    read_at = max((size for size in asked.rosters if size <= LARGEST_FORCE), default=0)
    for size in asked.rosters:
        world = World(members(asked.seed, size))
        engine = Engine(world.members)
        print(f"\n{size:,} officers, enrolled in {engine.enrolled:.1f} s")
        print(f"{'form':<50} {'docs':>5} {'present':>8} {'found':>7} {'apart':>6} {'wrong/named':>13} {'due':>9} "
              f"{'bits':>6} {'least':>5} {'MB/s':>6}")  # fmt: skip
        forms = chosen(asked.forms)
        results += measured(
            engine, world, forms, seed=asked.seed, per_form=asked.per_form, told=told
        )
        if asked.negatives_mb > 0 and not asked.forms:
            print(
                f"\n{'innocent':<50} {'docs':>6} {'MB':>8} {'bits':>8} {'above':>6} {'alerts':>6} worst"
            )
            quiets += kept_quiet(
                engine,
                world,
                seed=asked.seed,
                size=int(asked.negatives_mb * 1e6),
                distinct=distinct,
                told=told_quiet,
                million=asked.negatives_mb >= MILLION,
                texts=asked.text if size == read_at else (),
            )
    scores = [] if asked.no_febrl or asked.quick or asked.forms else febrl.main()
    facts = {
        "python": platform.python_version(),
        "seed": asked.seed,
        "per form": asked.per_form,
        "seconds": round(time.perf_counter() - began),
        "distinct MB": round(distinct.size / 1e6),
    }
    if quiets:
        total = sum(each.size for each in quiets)
        alerts = sum(each.alerts for each in quiets)
        print(
            f"\ninnocent text {total / 1e6:,.0f} MB, about {distinct.size / 1e6:,.0f} MB of it distinct; "
            f"false alerts per GB {alerts / (total / 1e9):.1f}"
        )
    compared(asked, record(results, quiets, scores, facts))
    failed = missed(results, quiets, distinct.size)
    if failed:
        print("\nreaches missed:")
        print("\n".join(f"  {each}" for each in failed))
    return 1 if failed else 0


def compared(asked: argparse.Namespace, now: dict[str, Any]) -> None:
    """Say what has changed since the last recorded run, and record this one."""
    whole = not asked.quick and not asked.forms
    path = asked.json or (RESULTS if whole else QUICK)
    different = changes(last(RESULTS), now)
    if different:
        print("\nsince the last recorded run:")
        print("\n".join(f"  {each}" for each in different))
    write(path, now)
    print(f"\nwritten to {path}, {now['seconds']} s")


if __name__ == "__main__":
    sys.exit(main())
