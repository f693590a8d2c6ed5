"""`init` and `enrol`: what comes before the first scan."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli import codes, output
from watcher.cli.main import settings

if TYPE_CHECKING:
    from watcher.enrol import Report


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--custodian",
    "custodians",
    multiple=True,
    metavar="age1…",
    help="Public key of someone who may open evidence. Without one a pair is made.",
)
def init(directory: Path, custodians: tuple[str, ...]) -> int:
    """Make a configuration, a data directory and a key in DIRECTORY. Never overwrites."""
    from watcher.init import create

    made = create(directory, custodians=custodians, home=Path.home())
    console = output.out()
    rows = [
        ("configuration", f"{made.config} (sources are there, all off)"),
        ("data", f"{made.data} (only its owner may enter)"),
        ("key", f"{made.key} (mode 0600; back it up, but never together with the data)"),
    ]
    if made.private_key is not None:
        rows.append(("custodian", f"{made.private_key} opens all evidence"))
    console.print("Made")
    output.facts(console, rows)
    if made.private_key is not None:
        console.print(
            "\nMove the custodian's private key off this machine now: the service seals evidence\n"
            "and never opens it. `watcher doctor` keeps warning until it is gone."
        )
    elsewhere = directory.resolve() != Path.cwd()
    option = f" --config {made.config}" if elsewhere else ""
    console.print(f"\nNext: watcher{option} enrol roster.csv", markup=False)
    return codes.CLEAN


@click.command(short_help="Build the sealed index from a roster.")
@click.argument("roster", metavar="ROSTER")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column holds (or `ignore`), where its heading does not say.",
)
@click.option("--dry-run", is_flag=True, help="Read, check and report; change nothing.")
@click.option("--shrink", is_flag=True, help="Accept a roster more than 20 % smaller.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_context
def enrol(
    ctx: click.Context,
    roster: str,
    mapped: tuple[str, ...],
    *,
    dry_run: bool,
    shrink: bool,
    as_json: bool,
) -> int:
    """Build the sealed index from ROSTER: a CSV or XLSX file, or - for standard input.

    The roster is read once and stored nowhere. Enrolling again replaces the
    index in one step.
    """
    from watcher import enrol as enrolling
    from watcher import keys, registry
    from watcher.store import Book

    # Opened before this process may become another user, who may not read it.
    handle = sys.stdin.buffer if roster == "-" else None
    path = Path(os.path.abspath(roster))  # noqa: PTH100  # a link stays the name the user gave
    config = settings(ctx)
    master = keys.load(config.key, config.data)
    read = asyncio.run(
        enrolling.read_roster(
            handle or path, mapped=enrolling.parse_map(mapped), limits=config.read
        )
    )
    version = 0
    if config.store.exists():
        with Book.open(config.store) as book:
            version = book.index_version()
    now = datetime.now(UTC)
    report = enrolling.enrol(
        config,
        read,
        master=master,
        matchers=registry.matchers(config.matching.matchers, config.watch),
        index_version=version,
        dry_run=dry_run,
        shrink=shrink,
        now=now,
    )
    if not dry_run:
        with Book.open(config.store, create=True) as book:
            book.set_index(report.version, people=report.people, now=now)
    if as_json:
        output.line({"type": "enrolled", **report.as_json()})
    else:
        _print(report, read.name)
    return codes.CLEAN


def _print(report: Report, name: str) -> None:
    console = output.out()
    own = ""
    if report.distinct is not None and report.distinct != report.people:
        own = f" ({report.distinct:,} when those who share a number or address count once)"
    console.print(f"Read {report.people:,} people{own} from {output.clean(name)}", markup=False)
    output.facts(
        console, [(output.clean(heading), f"→ {field}") for heading, field in report.columns]
    )
    for heading, near in report.unknown:
        mend = f"--map '{heading}={near or 'FIELD'}'"
        guess = f"; it may be {near}" if near else ""
        console.print(
            f"  column {output.clean(heading)!r} is not understood{guess}: {output.clean(mend)},"
            " or =ignore",
            markup=False,
        )
    if report.shapes:
        shown = " · ".join(f"{shape} {share:.0%}" for shape, share in report.shapes[:6])
        console.print(f"Number shapes    {shown}", markup=False)
    if report.variants is not None:
        console.print(f"Variants         {report.variants:.1f} per person on average")
    for rule, rate in report.chances:
        console.print(f"Chance           {rate:.1%} of strangers match on {rule}", markup=False)
    if report.previous is not None:
        console.print(
            f"Since last time  {report.joined:,} joined · {report.left:,} left ·"
            f" {report.changed:,} changed (there were {report.previous:,})"
        )
    if report.dry_run:
        console.print("Nothing was written (--dry-run).")
    else:
        console.print(
            f"Enrolled as index {report.version}. No name, number or address was stored in clear.\n"
            "The roster file is still where it was: remove it (shred -u) if nobody needs it."
        )
