"""`alerts`, `show`, `verify` and `doctor`: the commands that look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from watcher.cli import codes, output
from watcher.cli.main import settings
from watcher.errors import ConfigError, CustodyError

if TYPE_CHECKING:
    from watcher.config.settings import Config
    from watcher.store import AlertRow, Book


def _book(config: Config) -> Book:
    """The store, to be read and closed."""
    from watcher.store import Book

    return Book.open(config.store, readonly=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--source", help="Only what this source brought.")
@click.option("--incident", help="Only this incident, as I-4.")
@click.option("--canary", is_flag=True, help="The canary's returns instead; they are no leaks.")
@click.pass_context
def alerts(
    ctx: click.Context,
    *,
    as_json: bool,
    limit: int,
    source: str | None,
    incident: str | None,
    canary: bool,
) -> int:
    """List what was found, newest first."""
    with _book(settings(ctx, looking=True)) as book:
        rows = book.alerts(limit=limit, source=source, incident=incident, canary=canary)
    if as_json:
        for row in rows:
            output.line(_object(row))
        return codes.CLEAN
    if not rows:
        output.err().print("No alerts. `watcher sources` shows what is being watched.")
        return codes.CLEAN
    from rich.text import Text

    output.listing(
        output.out(),
        ("alert", "severity", "people", "found", "source", "incident", "what"),
        [
            (
                row.id,
                Text(str(row.finding.severity), style=output.STYLES[row.finding.severity]),
                str(row.finding.count or "–"),
                output.when(row.found_at),
                row.source,
                row.incident,
                row.finding.title,
            )
            for row in rows
        ],
        right={"people"},
    )
    return codes.CLEAN


def _object(row: AlertRow) -> dict[str, Any]:
    value = output.alert_object(
        row.finding, document=row.url, id=row.id, incident=row.incident, evidence=row.evidence
    )
    named_by = None
    if row.named_by is not None:
        source, alert = row.named_by
        named_by = {"source": source, "alert": alert or None}
    found_at = row.found_at.isoformat()
    whence = {"source": row.source, "key": row.key, "named_by": named_by, "page": row.page or None}
    return {**value, **whence, "found_at": found_at}


def _tells(url: str, key: str) -> bool:
    """Whether the address itself says which item this is."""
    plain = unquote(url)
    return plain.endswith(key) or key in re.split(r"[/?&=#]", plain)


@click.command(short_help="Show one alert: places, columns, counts.")
@click.argument("alert", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.pass_context
def show(ctx: click.Context, alert: str, *, as_json: bool) -> int:
    """Show one alert: which columns, which lines, how many. No values."""
    with _book(settings(ctx, looking=True)) as book:
        row = book.alert(alert)
    if row is None:
        raise ConfigError(f"{output.clean(alert)}: no such alert; `watcher alerts` lists them")
    if as_json:
        output.line(_object(row))
        return codes.CLEAN
    console = output.out()
    console.print(output.heading(row.finding.severity, row.id, row.finding.title))
    rows = output.finding_facts(row.finding, document=row.url)
    # What a listing itself carries has the listing's address: the key tells which item it was.
    rows += [] if _tells(row.url, row.key) else [("item", row.key)]
    rows += [("behind", row.page)] if row.page else []
    refs = ", ".join(row.finding.officers[:20])
    if len(row.finding.officers) > 20:
        refs += f" and {len(row.finding.officers) - 20} more (--json lists all)"
    rows += [("refs", refs)] if refs else []
    if row.finding.possible:
        groups = output.many(len(row.finding.possible), "group")
        rows.append(("possible", f"{groups} of people whom it cannot tell apart"))
    rows += [("not read", f"{part.where or 'the document'}: {part.why}") for part in row.unread]
    rows += [("besides", each) for each in row.context]
    rows += [
        ("incident", row.incident),
        ("found", f"{output.when(row.found_at)} from {row.source}"),
        ("evidence", f"{row.evidence.file} (sha256 of what was received {row.evidence.sha256})"),
    ]
    output.facts(console, rows)
    return codes.CLEAN


@click.command(short_help="Check all evidence and the store's chain.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def verify(ctx: click.Context, *, as_json: bool) -> int:
    """Check every evidence file and the store's chain; exit 4 and name what differs."""
    from watcher.record import unclaimed
    from watcher.record import verify as differing

    config = settings(ctx)
    problems = []
    with _book(config) as book:
        try:
            book.check()
        except CustodyError as problem:
            problems.append(str(problem))
        kept = list(book.evidence())
    problems += differing(config.evidence_directory, kept)
    loose = unclaimed(config.evidence_directory, kept)
    if as_json:
        for each in problems:
            output.line({"type": "differs", "what": each})
        counts = {"evidence": len(kept), "differs": len(problems), "unclaimed": len(loose)}
        output.line({"type": "verified", **counts})
    else:
        for each in problems:
            output.out().print(f"DIFFERS  {output.clean(each)}", markup=False)
        if not problems:
            _print_whole(len(kept), len(loose))
    return codes.CUSTODY if problems else codes.CLEAN


def _print_whole(kept: int, loose: int) -> None:
    files = "1 evidence file is" if kept == 1 else f"{kept:,} evidence files are"
    output.out().print(f"{files} as recorded, and the chain is whole")
    if loose:
        more = "1 more file belongs" if loose == 1 else f"{loose:,} more files belong"
        output.err().print(
            f"{more} to no alert: a crash between recording and storing"
            " leaves one, and so does a store restored from an older backup"
        )


@click.command(short_help="Check the installation; say what to do.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> int:
    """Check key, store, clock, targets, permissions and unit; say what to do about each."""
    from rich.text import Text

    from watcher.doctor import examine

    config = settings(ctx, secrets=True)
    console = output.out()
    styles = {"ok": "green", "warn": "bold yellow", "error": "bold red"}
    findings = list(examine(config))
    for each in findings:
        if as_json:
            output.line({"type": "check", "level": each.level, "what": each.what, "do": each.mend})
            continue
        output.hanging(console, Text(f"{each.level:<6}", style=styles[each.level]), each.what)
        if each.mend:
            output.hanging(console, Text("      → "), each.mend)
    errors = [each for each in findings if each.level == "error"]
    warnings = [each for each in findings if each.level == "warn"]
    if not as_json:
        counts = (output.many(len(errors), "error"), output.many(len(warnings), "warning"))
        output.err().print(", ".join(counts))
    return max((each.code for each in errors), default=codes.CLEAN)
