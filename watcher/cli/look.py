"""`alerts`, `show`, `sources`, `verify` and `doctor`: the commands that look."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

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


def _when(moment: datetime | None) -> str:
    return "–" if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.pass_context
def alerts(ctx: click.Context, *, as_json: bool, limit: int) -> int:
    """List what was found, newest first."""
    with _book(settings(ctx)) as book:
        rows = book.alerts(limit=limit)
    if as_json:
        for row in rows:
            output.line(_object(row))
        return codes.CLEAN
    if not rows:
        output.err().print("No alerts. `watcher sources` shows what is being watched.")
        return codes.CLEAN
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("alert", "incident", "severity", "found", "source", "people", "what"):
        table.add_column(name, justify="right" if name == "people" else "left")
    for row in rows:
        finding = row.finding
        table.add_row(
            row.id,
            row.incident,
            Text(str(finding.severity), style=output.STYLES[finding.severity]),
            _when(row.found_at),
            output.clean(row.source),
            str(finding.count or "–"),
            Text(output.clean(finding.title)),
        )
    output.out().print(table)
    return codes.CLEAN


def _object(row: AlertRow) -> dict[str, Any]:
    value = output.alert_object(
        row.finding, document=row.url, id=row.id, incident=row.incident, evidence=row.evidence
    )
    return {**value, "source": row.source, "found_at": row.found_at.isoformat()}


@click.command(short_help="Show one alert: places, columns, counts.")
@click.argument("alert", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.pass_context
def show(ctx: click.Context, alert: str, *, as_json: bool) -> int:
    """Show one alert: which columns, which lines, how many. No values."""
    with _book(settings(ctx)) as book:
        row = book.alert(alert)
    if row is None:
        raise ConfigError(f"{output.clean(alert)}: no such alert; `watcher alerts` lists them")
    if as_json:
        output.line(_object(row))
        return codes.CLEAN
    console = output.out()
    console.print(output.heading(row.finding.severity, row.id, row.finding.title))
    rows = output.finding_facts(row.finding, document=row.url)
    refs = ", ".join(row.finding.officers[:20])
    if len(row.finding.officers) > 20:
        refs += f" and {len(row.finding.officers) - 20} more (--json lists all)"
    rows += [("refs", refs)] if refs else []
    if row.finding.possible:
        rows.append(("possible", f"{len(row.finding.possible)} groups that it cannot tell apart"))
    rows += [("not read", f"{part.where or 'the document'}: {part.why}") for part in row.unread]
    rows += [
        ("incident", row.incident),
        ("found", f"{_when(row.found_at)} from {row.source}"),
        ("evidence", f"{row.evidence.file} (sha256 of what was received {row.evidence.sha256})"),
    ]
    output.facts(console, rows)
    return codes.CLEAN


@click.group("sources", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> int:
    """List what is configured and how it is."""
    if ctx.invoked_subcommand is not None:
        return codes.CLEAN
    config = settings(ctx)
    known = {}
    waiting: dict[str, int] = {}
    if config.store.exists():
        with _book(config) as book:
            known = {state.name: state for state in book.sources()}
            waiting = book.waiting()
    rows = []
    for name, table in config.sources.items():
        state = known.get(name)
        if not table.enabled:
            how = "off"
        elif state is None or (state.last_ok is None and not state.last_error):
            how = "not visited yet"
        else:
            how = "failing" if state.last_error else "ok"
        rows.append(
            {
                "type": "source",
                "name": name,
                "kind": table.kind,
                "state": how,
                "last_ok": state.last_ok.isoformat() if state and state.last_ok else None,
                "next_due": state.next_due.isoformat() if state and state.next_due else None,
                "listed": state.items_last if state else None,
                "pending": waiting.get(name, 0),
                "error": state.last_error if state else "",
                "failures": state.failures if state else 0,
            }
        )
    if as_json:
        for row in rows:
            output.line(row)
        return codes.CLEAN
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False)
    for column in ("source", "kind", "state", "last success", "listed", "pending", "trouble"):
        grid.add_column(column, justify="right" if column in {"listed", "pending"} else "left")
    for row in rows:
        state = known.get(str(row["name"]))
        grid.add_row(
            str(row["name"]),
            str(row["kind"]),
            Text(str(row["state"]), style="bold red" if row["state"] == "failing" else ""),
            _when(state.last_ok if state else None),
            "–" if row["listed"] is None else str(row["listed"]),
            str(row["pending"]),
            Text(output.clean(str(row["error"]))),
        )
    output.out().print(grid)
    return codes.CLEAN


@sources.command("check")
@click.argument("name")
@click.pass_context
def check(ctx: click.Context, name: str) -> int:
    """Fetch once, store nothing, and say what was found and which marker is missing."""
    config = settings(ctx, secrets=True)
    if name not in config.sources:
        known = ", ".join(config.sources) or "none"
        raise ConfigError(
            f"{config.path}: no source is named {output.clean(name)!r} (there is: {known})"
        )
    return asyncio.run(_check(config, name))


async def _check(config: Config, name: str) -> int:
    from watcher import registry
    from watcher.errors import FetchError, ReadError, SourceError
    from watcher.fetch import Fetcher
    from watcher.model import Ref
    from watcher.read import Readers

    source = registry.source(config.sources[name], config.path)
    console = output.out()
    listed = []
    trouble = ""
    async with (
        Readers(config.read) as readers,
        Fetcher(config.network, readers.ask) as fetcher,
    ):
        web = fetcher.web(name)
        try:
            async for item in source.discover(web):
                listed.append(item)
                if len(listed) >= 1000:
                    break
        except (SourceError, FetchError, ReadError) as problem:
            trouble = str(problem)
        documents = [item for item in listed if isinstance(item, Ref)]
        console.print(f"{name}: listed {len(listed)} items", markup=False)
        for item in listed[:5]:
            ref = item if isinstance(item, Ref) else item.ref
            console.print(f"  {output.clean(ref.key)}  {output.clean(ref.url)}", markup=False)
        if documents and not trouble:
            try:
                capture = await source.fetch(fetcher.web(name), documents[0])
                console.print(f"  fetched the first: {capture.body.size:,} bytes", markup=False)
            except FetchError as problem:
                trouble = f"the first item cannot be fetched: {problem}"
    if trouble:
        console.print(f"  trouble: {output.clean(trouble)}", markup=False)
        return codes.UNREAD
    console.print("  every marker is there")
    return codes.CLEAN


@click.command(short_help="Check all evidence and the store's chain.")
@click.pass_context
def verify(ctx: click.Context) -> int:
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
    for problem_text in problems:
        output.out().print(f"DIFFERS  {output.clean(problem_text)}", markup=False)
    if problems:
        return codes.CUSTODY
    output.out().print(f"{len(kept)} evidence files are as recorded, and the chain is whole")
    loose = unclaimed(config.evidence_directory, kept)
    if loose:
        output.err().print(
            f"{len(loose)} more files belong to no alert: a crash between recording and storing"
            " leaves one, and so does a store restored from an older backup"
        )
    return codes.CLEAN


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
        text = Text(f"{each.level:<6}", style=styles[each.level])
        text.append(output.clean(each.what), style="none")
        console.print(text)
        if each.mend:
            console.print(f"      → {output.clean(each.mend)}", markup=False)
    errors = [each for each in findings if each.level == "error"]
    warnings = [each for each in findings if each.level == "warn"]
    if not as_json:
        output.err().print(f"{len(errors)} errors, {len(warnings)} warnings")
    return max((each.code for each in errors), default=codes.CLEAN)
