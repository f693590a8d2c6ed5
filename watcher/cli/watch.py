"""`scan`, `run`, `test` and `demo`: the commands that read or tell."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watcher.cli import codes, output
from watcher.cli.main import settings
from watcher.errors import ConfigError
from watcher.model import Severity, Unread

if TYPE_CHECKING:
    from watcher.config.settings import Config
    from watcher.pipeline import Missed
    from watcher.scan import Scanned

STDIN_LIMIT = 1 << 30  # bytes held of standard input; a longer input is a file's job


class SeverityName(click.ParamType[Severity]):
    """A severity on the command line."""

    name = "severity"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Severity:
        if isinstance(value, Severity):
            return value
        try:
            return Severity.parse(value)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


@click.command(short_help="Read files, addresses or standard input, now.")
@click.argument("things", metavar="[PATH… | URL… | -]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.option("--no-store", is_flag=True, help="Print only: store nothing, keep no evidence.")
@click.option("--notify", is_flag=True, help="Tell the configured targets, as the daemon would.")
@click.option(
    "--fail-on",
    type=SeverityName(),
    default=Severity.LOW,
    metavar="SEVERITY",
    help="Exit with 1 from this severity on (default: low).",
)
@click.pass_context
def scan(
    ctx: click.Context,
    things: tuple[str, ...],
    *,
    as_json: bool,
    no_store: bool,
    notify: bool,
    fail_on: Severity,
) -> int:
    """Read files, folders, archives, addresses or standard input, now.

    Without arguments: one turn of the daemon, visiting every enabled source
    once and delivering what is due.
    """
    config = settings(ctx, secrets=notify or not things)
    if no_store and notify:
        raise click.UsageError("--notify tells what is stored: leave --no-store out")
    if not things:
        if no_store or notify:
            raise click.UsageError("--no-store and --notify go with a PATH, a URL or -")
        return asyncio.run(_turn(config, as_json=as_json, fail_on=fail_on))
    return asyncio.run(
        _scan(config, things, as_json=as_json, keep=not no_store, notify=notify, fail_on=fail_on)
    )


async def _scan(
    config: Config,
    things: tuple[str, ...],
    *,
    as_json: bool,
    keep: bool,
    notify: bool,
    fail_on: Severity,
) -> int:
    from watcher.pipeline import Road, deliver
    from watcher.scan import STDIN, found
    from watcher.scan import scan as walk

    began = time.monotonic()
    counts = {"documents": 0, "bytes": 0, "alerts": 0, "unread": 0}
    failed = hit = False
    stdin = _standard_input() if STDIN in things else b""
    async with Road(config, stored=keep, telling=notify) as road:
        async for each in walk(road, things, keep=keep, notify=notify, stdin=stdin):
            counts["documents"] += 1
            counts["bytes"] += each.size
            counts["alerts"] += each.finding is not None
            counts["unread"] += len(each.unread) + bool(each.problem)
            failed = failed or bool(each.problem) or bool(each.unread)
            hit = hit or found(each.finding.severity if each.finding else None, fail_on)
            (_print_objects if as_json else _print_text)(each)
        if notify:
            await deliver(road)
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        output.line({"type": "summary", **counts, "seconds": seconds})
    else:
        _print_summary(counts, seconds)
    return codes.FOUND if hit else codes.UNREAD if failed else codes.CLEAN


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(data) > STDIN_LIMIT:
        raise ConfigError(
            f"standard input: more than {STDIN_LIMIT >> 20} MiB; write it to a file and scan that"
        )
    return data


def _print_objects(each: Scanned) -> None:
    if each.finding is not None:
        output.line(
            output.alert_object(
                each.finding,
                document=each.document,
                id=each.alert,
                incident=each.incident,
                evidence=each.evidence,
            )
        )
    for part in each.unread:
        output.line(output.unread_object(each.document, part))
    if each.problem:
        output.line(output.missing_object(each.document, each.problem))


def _print_text(each: Scanned) -> None:
    console = output.out()
    if each.finding is not None:
        console.print(output.heading(each.finding.severity, each.alert, each.finding.title))
        rows = output.finding_facts(each.finding, document=each.document)
        if each.alert:
            rows.append(("do", f"watcher show {each.alert}"))
        output.facts(console, rows)
    for part in each.unread:
        place = f"!/{part.where}" if part.where else ""
        console.print(f"not read  {output.clean(each.document + place)}: {part.why}", markup=False)
    if each.problem:
        console.print(f"not read  {output.clean(each.problem)}", markup=False)


def _print_summary(counts: dict[str, int], seconds: float) -> None:
    def many(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    found = many(counts["alerts"], "finding") if counts["alerts"] else "nothing found"
    unread = f", {many(counts['unread'], 'part')} not read" if counts["unread"] else ""
    output.err().print(
        f"scanned {many(counts['documents'], 'document')}, {counts['bytes']:,} bytes, "
        f"{seconds:.2f} s: {found}{unread}"
    )


async def _turn(config: Config, *, as_json: bool, fail_on: Severity) -> int:
    from watcher import registry
    from watcher.pipeline import Road
    from watcher.scan import turn
    from watcher.store import Book, visiting

    began = time.monotonic()
    sources = registry.enabled(config)
    if not sources:
        raise ConfigError(f"{config.path}: sources: none is enabled; set enabled = true in one")
    with visiting(config.lock):
        async with Road(config) as road:
            done = await turn(road, sources)
            rows = [await road.store.do(Book.alert, alert) for alert in done.alerts]
    found = [row for row in rows if row is not None]
    console = output.out()
    for row in found:
        if as_json:
            output.line(
                output.alert_object(
                    row.finding,
                    document=row.url,
                    id=row.id,
                    incident=row.incident,
                    evidence=row.evidence,
                )
            )
        else:
            console.print(output.heading(row.finding.severity, row.id, row.finding.title))
            output.facts(console, output.finding_facts(row.finding, document=row.url))
    missed = [each for visited in done.visits for each in visited.missed]
    for each in missed:
        _print_missed(each, as_json=as_json)
    sick = [visited for visited in done.visits if visited.error]
    for visited in sick:
        output.err().print(f"source {visited.source}: {output.clean(visited.error)}", markup=False)
    seconds = round(time.monotonic() - began, 3)
    counts = {
        "documents": sum(visited.documents for visited in done.visits),
        "bytes": sum(visited.size for visited in done.visits),
        "alerts": len(found),
        "unread": len(missed),
    }
    if as_json:
        output.line({"type": "summary", **counts, "seconds": seconds})
    else:
        output.err().print(f"visited {len(done.visits)} sources, told {done.told} times; ", end="")
        _print_summary(counts, seconds)
    if any(row.finding.severity >= fail_on for row in found):
        return codes.FOUND
    return codes.UNREAD if sick or missed else codes.CLEAN


def _print_missed(each: Missed, *, as_json: bool) -> None:
    """What a turn could not look at. A document that was not there at all has the reason `missing`."""
    if as_json and each.why is not None:
        output.line(output.unread_object(each.document, Unread(where=each.where, why=each.why)))
    elif as_json:
        output.line(output.missing_object(each.document, each.problem))
    else:
        place = f"!/{each.where}" if each.where else ""
        what = each.why or each.problem
        output.out().print(output.clean(f"not read  {each.document}{place}: {what}"), markup=False)


@click.command()
@click.pass_context
def run(ctx: click.Context) -> int:
    """Watch: the daemon, until SIGTERM or Ctrl-C."""
    asyncio.run(_run(settings(ctx, service=True, secrets=True)))
    return codes.CLEAN


async def _run(config: Config) -> None:
    """Until a stop; SIGHUP reads the configuration anew and keeps the old one if it is bad."""
    import os

    from watcher.config import load
    from watcher.daemon import serve

    stop, reload = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, reload.set)
    await serve(
        config, again=lambda: load(config.path), stop=stop, reload=reload, environ=os.environ
    )


@click.command("test", short_help="Send a harmless card to every target.")
@click.option("--notify", is_flag=True, required=True, help="Send a harmless card to every target.")
@click.pass_context
def test(ctx: click.Context, *, notify: bool) -> int:
    """Send a harmless card to every target and say what each answered."""
    assert notify
    config = settings(ctx, secrets=True)
    if not config.notify.targets:
        raise ConfigError(f"{config.path}: notify.targets: there is none to send a card to")
    return asyncio.run(_send_test_cards(config))


async def _send_test_cards(config: Config) -> int:
    from datetime import UTC, datetime

    from watcher.notify import Teller

    console = output.out()
    worst = codes.CLEAN
    async with Teller(config.network, config.notify) as teller:
        for target in config.notify.targets.values():
            began = time.monotonic()
            sent = await teller.test(target, now=datetime.now(UTC))
            verdict = "sent a test card" if sent.ok else "FAILED"
            seconds = time.monotonic() - began
            console.print(
                f"{target.name} ({target.kind}): {verdict} · {sent.said} · {seconds:.1f} s",
                markup=False,
            )
            if not sent.ok:
                worst = codes.UNREAD
    return worst


@click.command(short_help="Show the whole road with a synthetic leak.")
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, another leak.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Work in this new folder and leave everything there.",
)
def demo(seed: int, keep: Path | None) -> int:
    """Show the whole road on a local site with a synthetic leak. Takes seconds."""
    from watcher.demo import run as tell

    return asyncio.run(tell(seed=seed, keep=keep, out=output.out()))
