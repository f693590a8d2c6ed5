"""`scan`: files, folders, addresses and standard input now, or one turn of the daemon."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from watcher.cli import arguments, codes, output, streams
from watcher.cli.main import about_to_match, settings
from watcher.errors import ConfigError
from watcher.model import Evidence, Finding, Severity, Unread

if TYPE_CHECKING:
    from watcher.config.settings import Config
    from watcher.pipeline import Missed
    from watcher.scan import Scanned


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
@click.option("--explain", is_flag=True, help="Say of each document how it was judged.")
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
    explain: bool,
    fail_on: Severity,
) -> int:
    """Read files, folders, archives, addresses or standard input, now.

    Without arguments: one turn of the daemon, visiting every enabled source
    once and delivering what is due.
    """
    about_to_match()
    from watcher.scan import STDIN, is_address

    if no_store and notify:
        raise click.UsageError("--notify tells what is stored: leave --no-store out")
    if not things and (no_store or notify or explain):
        raise click.UsageError("--no-store, --notify and --explain go with a PATH, a URL or -")
    config = settings(ctx, secrets=notify or not things)
    if not things:
        return asyncio.run(_turn(config, as_json=as_json, fail_on=fail_on))
    # As the user who will read them: root may see what that one may not.
    paths = [each for each in things if each != STDIN and not is_address(each)]
    arguments.refuse(paths)
    if notify and not config.notify.targets:
        output.err().print(
            "--notify: there is no target, so nobody is told; add a [notify.targets.NAME] to "
            f"{config.path}",
            markup=False,
            soft_wrap=True,
        )
    # Read before there is an event loop, which would wait for the end of it at Ctrl-C.
    stdin = streams.standard_input() if STDIN in things else b""
    said = Said(as_json=as_json, fail_on=fail_on)
    asked = Asked(keep=not no_store, notify=notify, explain=explain)
    asyncio.run(_scan(config, things, said, stdin, asked))
    said.passed_over(arguments.passed_over(paths))
    return said.closing()


class Asked(NamedTuple):
    """What the options of a scan ask for."""

    keep: bool
    notify: bool
    explain: bool


class Said:
    """What a scan has printed so far, counted for its summary and its exit code."""

    def __init__(self, *, as_json: bool, fail_on: Severity) -> None:
        self._began = time.monotonic()
        self._counts = {"documents": 0, "bytes": 0, "alerts": 0, "unread": 0}
        self._as_json = as_json
        self._fail_on = fail_on
        self._hit = False

    def document(self, each: Scanned) -> None:
        """One document: what was found in it, and what of it was not read."""
        self._counts["documents"] += 1
        self._counts["bytes"] += each.size
        self._counts["alerts"] += each.finding is not None
        self._counts["unread"] += len(each.unread)
        severity = each.finding.severity if each.finding else None
        self._hit |= codes.found(severity, self._fail_on)
        if each.finding is not None:
            _print_finding(
                each.finding,
                document=each.document,
                alert=each.alert,
                incident=each.incident,
                evidence=each.evidence,
                as_json=self._as_json,
            )
        told = each.unread if self._as_json else each.unread[: output.FEW]
        for part in told:
            _print_unread(each.document, part, as_json=self._as_json)
        if left := len(each.unread) - len(told):
            rest = (
                f"not read  {each.document}: and {output.many(left, 'more part')} (--json has all)"
            )
            output.out().print(output.clean(rest), markup=False)
        if each.explanation is not None:
            from watcher.cli import judged

            judged.show(
                each.explanation,
                document=each.document,
                found=each.finding is not None,
                as_json=self._as_json,
            )
        if each.problem:
            self.missing(each.document, each.problem)

    def missing(self, document: str, problem: str) -> None:
        """A document that was not there to be read, or a folder that may not be entered."""
        self._counts["unread"] += 1
        _print_missing(document, problem, as_json=self._as_json)

    def passed_over(self, over: arguments.PassedOver) -> None:
        """What a scan of folders leaves out, so that nobody takes it for read."""
        for folder, why in over.closed:
            self.missing(folder, f"{folder}: {why}")
        left = [
            output.many(number, word)
            for number, word in ((over.links, "link"), (over.special, "special file"))
            if number
        ]
        if left:
            output.err().print(f"passed over in folders: {' and '.join(left)}")

    def closing(self) -> int:
        """The summary; what the command ends with."""
        _print_summary(self._counts, self._began, as_json=self._as_json)
        if self._hit:
            return codes.FOUND
        return codes.UNREAD if self._counts["unread"] else codes.CLEAN


async def _scan(
    config: Config, things: tuple[str, ...], said: Said, stdin: bytes, asked: Asked
) -> None:
    from watcher.pipeline import Road, deliver
    from watcher.scan import is_address
    from watcher.scan import scan as walk

    fetching = any(map(is_address, things))
    async with Road(config, stored=asked.keep, telling=asked.notify, fetching=fetching) as road:
        async for each in walk(
            road,
            things,
            keep=asked.keep,
            notify=asked.notify,
            stdin=stdin,
            explained=asked.explain,
        ):
            said.document(each)
        if asked.notify:
            await deliver(road)


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
    for row in found:
        _print_finding(
            row.finding,
            document=row.url,
            alert=row.id,
            incident=row.incident,
            evidence=row.evidence,
            as_json=as_json,
        )
    missed = [each for visited in done.visits for each in visited.missed]
    for each in missed:
        _print_missed(each, as_json=as_json)
    sick = [visited for visited in done.visits if visited.error]
    for visited in sick:
        output.err().print(output.clean(f"source {visited.source}: {visited.error}"), markup=False)
    counts = {
        "documents": sum(visited.documents for visited in done.visits),
        "bytes": sum(visited.size for visited in done.visits),
        "alerts": len(found),
        "unread": len(missed),
    }
    told = f", told {output.many(done.told, 'time')}" if done.told else ""
    head = f"visited {output.many(len(done.visits), 'source')}{told}; "
    _print_summary(counts, began, as_json=as_json, head=head)
    if any(codes.found(row.finding.severity, fail_on) for row in found):
        return codes.FOUND
    return codes.UNREAD if sick or missed else codes.CLEAN


def _print_finding(
    finding: Finding,
    *,
    document: str,
    alert: str | None,
    incident: str | None,
    evidence: Evidence | None,
    as_json: bool,
) -> None:
    if as_json:
        output.line(
            output.alert_object(
                finding, document=document, id=alert, incident=incident, evidence=evidence
            )
        )
        return
    console = output.out()
    console.print(output.heading(finding.severity, alert, finding.title))
    rows = output.finding_facts(finding, document=document)
    output.facts(console, [*rows, ("do", f"watcher show {alert}")] if alert else rows)


def _print_missed(each: Missed, *, as_json: bool) -> None:
    if each.why is None:
        _print_missing(each.document, f"{each.document}: {each.problem}", as_json=as_json)
    else:
        _print_unread(each.document, Unread(where=each.where, why=each.why), as_json=as_json)


def _print_unread(document: str, part: Unread, *, as_json: bool) -> None:
    if as_json:
        output.line(output.unread_object(document, part))
        return
    place = f"!/{part.where}" if part.where else ""
    output.out().print(output.clean(f"not read  {document}{place}: {part.why}"), markup=False)


def _print_missing(document: str, problem: str, *, as_json: bool) -> None:
    """The object holds no more than the contract says; why it is missing is for people."""
    if as_json:
        output.line(output.missing_object(document))
        output.err().print(output.clean(f"not read: {problem}"), markup=False)
    else:
        output.out().print(output.clean(f"not read  {problem}"), markup=False)


def _print_summary(
    counts: dict[str, int], began: float, *, as_json: bool, head: str = "scanned "
) -> None:
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        output.line({"type": "summary", **counts, "seconds": seconds})
        return
    found = output.many(counts["alerts"], "finding") if counts["alerts"] else "nothing found"
    unread = f", {output.many(counts['unread'], 'part')} not read" if counts["unread"] else ""
    output.err().print(
        f"{head}{output.many(counts['documents'], 'document')}, "
        f"{output.many(counts['bytes'], 'byte')}, {seconds:.2f} s: {found}{unread}"
    )
