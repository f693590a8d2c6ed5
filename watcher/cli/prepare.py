"""`init` and `enrol`: what comes before the first scan."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli import codes, output, streams
from watcher.cli.main import settings
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.enrol import Disclosure, Report, Roster

CHANCES = {
    "full": "the full name of one of ours",
    "initial": "the initial and surname of one of ours",
    "one edit": "a name one typing error away from one of ours",
}
"""What a matcher's rules say of people who are not enrolled."""

HIBP = "hibp"
"""The matcher whose hashes Have I Been Pwned is asked about."""


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

    made = create(directory, custodians=custodians, home=_home())
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


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as problem:
        raise ConfigError(
            "the key goes below the home directory, and there is none; set $HOME"
        ) from problem


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
@click.option(
    "--hibp",
    is_flag=True,
    help="Enrol addresses for questions to Have I Been Pwned as well; says what it is told.",
)
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_context
def enrol(
    ctx: click.Context,
    roster: str,
    mapped: tuple[str, ...],
    *,
    dry_run: bool,
    shrink: bool,
    hibp: bool,
    as_json: bool,
) -> int:
    """Build the sealed index from ROSTER: a CSV or XLSX file, or - for standard input.

    The roster is read once and stored nowhere. Enrolling again replaces the
    index in one step. With --hibp, and only then, the source `hibp-range` may ask
    Have I Been Pwned about the enrolled addresses, by six digits of a hash of each;
    enrolling without it ends that.
    """
    from watcher import canary, keys, registry
    from watcher import enrol as enrolling
    from watcher.store import Book

    if not roster:
        raise click.UsageError("an empty argument names no roster; - is standard input")
    path = Path(os.path.abspath(roster))  # noqa: PTH100  # a link stays the name the user gave
    config = settings(ctx)
    master = keys.load(config.key, config.data)
    # Read before there is an event loop, which would wait for the end of it at Ctrl-C.
    source = io.BytesIO(streams.standard_input()) if roster == "-" else path
    read = asyncio.run(
        enrolling.read_roster(source, mapped=enrolling.parse_map(mapped), limits=config.read)
    )
    version = 0
    if config.store.exists():
        with Book.open(config.store) as book:
            version = book.index_version()
    now = datetime.now(UTC)
    matchers = registry.matchers(
        config.matching.matchers, config.watch, disclosed=(HIBP,) if hibp else ()
    )
    told = enrolling.disclosure(matchers[HIBP], read.people) if hibp else None
    if told is not None:
        _print_disclosure(told, as_json=as_json)
    try:
        report = enrolling.enrol(
            config,
            read,
            master=master,
            matchers=matchers,
            index_version=version,
            dry_run=dry_run,
            shrink=shrink,
            now=now,
            canary=canary.person(master) if config.canary.enabled else None,
        )
    except ConfigError:
        if dry_run and not as_json:  # what the columns are is half of what was asked
            _print_columns(read)
        raise
    if not dry_run:
        with Book.open(config.store, create=True) as book:
            book.set_index(report.version, people=report.people, now=now)
    if as_json:
        asked = {HIBP: None if told is None else dataclasses.asdict(told)}
        output.line({"type": "enrolled", **report.as_json(), **asked})
    else:
        _print(report, read, from_file=roster != "-")
    return codes.CLEAN


def _print_disclosure(told: Disclosure, *, as_json: bool) -> None:
    """What a third party will be told, before anything of it is enrolled."""
    (output.err() if as_json else output.out()).print(
        f"--{HIBP}: Have I Been Pwned (haveibeenpwned.com) will be told the first six hexadecimal\n"
        f"digits of the SHA-1 of {told.addresses:,} addresses: {told.prefixes:,} different beginnings,\n"
        f"which {told.shared:,} of the addresses share with another of ours. The addresses and the rest of\n"
        "the hashes stay here. Each beginning fits some hundreds of addresses that the service\n"
        "knows: it cannot be sure of one; but it knows who asks, and can guess which of the police\n"
        "addresses among them are enrolled. It needs a plan with searches by k-anonymity, and the\n"
        "source `hibp-range`. To undo it: enrol again without --hibp.\n",
        markup=False,
        highlight=False,
    )


def _print_columns(read: Roster, distinct: int | None = None) -> None:
    console = output.out()
    own = ""
    if distinct is not None and distinct != len(read.people):
        own = f" ({distinct:,} when those who share a number or address count once)"
    people = "1 person" if len(read.people) == 1 else f"{len(read.people):,} people"
    console.print(output.clean(f"Read {people}{own} from {read.name}"), markup=False)
    output.facts(
        console, [(output.clean(heading), f"→ {field}") for heading, field in read.columns]
    )
    for heading, near in read.unknown:
        mend = f"--map '{heading}={near or 'FIELD'}'"
        guess = f"; it may be {near}" if near else ""
        console.print(
            f"  column {output.clean(heading)!r} is not understood{guess}: {output.clean(mend)},"
            " or =ignore",
            markup=False,
        )
    if not read.has_refs:
        console.print(
            "No ref column: people are called by their row number (1 is the first row below the"
            " headings)."
        )


def _print(report: Report, read: Roster, *, from_file: bool) -> None:
    console = output.out()
    _print_columns(read, report.distinct)
    if report.shapes:
        shown = " · ".join(f"{shape} {share:.0%}" for shape, share in report.shapes[:6])
        console.print(f"Number shapes    {shown}", markup=False)
    if report.variants is not None:
        console.print(f"Variants         {report.variants:.1f} per person on average")
    for number, (rule, rate) in enumerate(report.chances):
        share = f"{rate:.1%}" if rate >= 0.0005 or not rate else "under 0.1%"
        who = "strangers (drawn like the roster)" if not number else "them"
        console.print(
            f"{'By chance' if not number else '':<17}{share} of {who} have"
            f" {CHANCES.get(rule, f'a match on {rule}')}",
            markup=False,
        )
    if report.previous is not None:
        console.print(
            f"Since last time  {report.joined:,} joined · {report.left:,} left ·"
            f" {report.changed:,} changed (there were {report.previous:,})"
        )
    if HIBP in report.dropped:
        console.print(
            "Have I Been Pwned is no longer asked about anybody: this time --hibp was not given."
        )
    if report.dry_run:
        console.print("Nothing was written (--dry-run).")
    else:
        console.print(
            f"Enrolled as index {report.version}. No name, number or address was stored in clear."
        )
        if from_file:
            console.print(
                "The roster file is still where it was: remove it (shred -u) if nobody needs it."
            )
