"""`sources`, `sources list` and `sources check`: what is being watched, and how it is."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from watcher.cli import codes, output, presets
from watcher.cli.main import settings
from watcher.errors import ConfigError, FetchError, PluginError, ReadError, SourceError
from watcher.model import Reached, Ref

if TYPE_CHECKING:
    from watcher.config.settings import Config, SourceTable
    from watcher.health import Judged
    from watcher.store import Book, Place
    from watcher.store.rows import SourceState

MOST = 1000  # items listed by a check
SHOWN = 5
SETTLED = 3  # visits in a row that were sent to the same address for good (301, 308)
# What a source advises whoever meets its trouble elsewhere.
_ADVICE = re.compile(r"[;,]? *`watcher sources check [^`]*` shows what is there")


@click.group("sources", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> int:
    """List what is configured and how it is."""
    if ctx.invoked_subcommand is not None:
        return codes.CLEAN
    return _configured(ctx, as_json=as_json)


@sources.command("list")
@click.option("--available", is_flag=True, help="The presets that `sources add` knows.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def listed(ctx: click.Context, *, available: bool, as_json: bool) -> int:
    """List what is configured, or with --available what could be."""
    return presets.show(as_json=as_json) if available else _configured(ctx, as_json=as_json)


def _configured(ctx: click.Context, *, as_json: bool) -> int:
    from watcher.store import Book

    config = settings(ctx)
    known = {}
    waiting: dict[str, int] = {}
    places: dict[str, Place] = {}
    wrong = {name: _wrong(config, table) for name, table in config.sources.items()}
    health: dict[str, Health] = {}
    troubles: list[str] = []
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            known = {state.name: state for state in book.sources()}
            waiting = book.waiting()
            places = book.places()
            sound = [
                table
                for table in config.sources.values()
                if table.enabled and not wrong[table.name]
            ]
            health = _health(config, sound, book)
            troubles = _troubles(book)
    rows = [
        _row(
            table, known.get(name), waiting.get(name, 0), wrong=wrong[name], health=health.get(name)
        )
        | {"moved": _moved(places.get(name))}
        for name, table in config.sources.items()
    ]
    if as_json:
        for row in rows:
            output.line(row)
        return codes.CLEAN
    if not rows:
        output.err().print(f"No source is configured in {config.path}.", markup=False)
        return codes.CLEAN
    _print(rows, known)
    for each in troubles:
        output.err().print(output.clean(each), markup=False)
    return codes.CLEAN


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is judged to be now, and what it usually brings a day; None while that is learned."""

    judged: Judged
    usual: float | None


def _health(config: Config, tables: list[SourceTable], book: Book) -> dict[str, Health]:
    from datetime import UTC, datetime

    from watcher import registry
    from watcher.daemon.history import Histories
    from watcher.health import SOURCE, judge
    from watcher.model import OK

    now = datetime.now(UTC)
    every = {
        table.name: registry.source(table, config.path, secrets=False).every for table in tables
    }
    told = {each.subject: each for each in book.conditions() if each.kind == SOURCE}
    found = {}
    for name, facts in Histories(every).facts(book, now).items():
        if facts.tried_at is not None:
            before = told.get(name)
            state, since = (before.state, before.since) if before else (OK, None)
            judged = judge(facts, was=state, since=since, now=now)
            found[name] = Health(judged, facts.usual.a_day if facts.usual else None)
    return found


def _troubles(book: Book) -> list[str]:
    """What else is told of the watcher, and when the canary came back last."""
    from watcher.health import SOURCE
    from watcher.model import OK

    lines = [
        f"{each.kind} {each.subject}".strip()
        + f": {each.state} since {output.when(each.since)}"
        + "".join(f"; {reason}" for reason in each.reasons)
        for each in book.conditions()
        if each.state != OK and each.kind != SOURCE
    ]
    if back := book.returned():
        lines.append(f"canary: came back {output.when(back.at)} from {back.source}")
    return lines


def _wrong(config: Config, table: SourceTable) -> str:
    """What keeps a table from being a source, or "". A source that is off would only tell when switched on."""
    from watcher import registry

    try:
        registry.source(table, config.path, secrets=False)
    except (ConfigError, PluginError) as problem:
        return "; ".join(str(problem).splitlines())
    return ""


def _row(
    table: SourceTable,
    state: SourceState | None,
    waiting: int,
    *,
    wrong: str,
    health: Health | None,
) -> dict[str, Any]:
    """The `source` object of `sources --json`."""
    error = state.last_error if state else ""
    if not table.enabled:
        how, error = "off", f"off, and wrong: {wrong}" if wrong else error
    elif wrong:
        how, error = "wrong", wrong
    elif state is None or (state.last_ok is None and not error):
        how = "not visited yet"
    else:
        how = "failing" if error else "ok"
    preset = presets.of(table)
    judged = health.judged if health and table.enabled and not wrong else None
    if judged is not None and judged.state != "ok":
        how, error = judged.state, "; ".join(judged.reasons) or error
    return {
        "type": "source",
        "name": table.name,
        "kind": table.kind,
        "preset": preset.name if preset else None,
        "verdict": preset.verdict if preset else None,
        "verified": bool(preset.verified) if preset else None,
        "state": how,
        "since": judged.since.isoformat() if judged and judged.state != "ok" else None,
        "last_ok": state.last_ok.isoformat() if state and state.last_ok else None,
        "next_due": state.next_due.isoformat() if state and state.next_due else None,
        "listed": state.items_last if state else None,
        "usual": round(health.usual, 1) if health and health.usual is not None else None,
        "pending": waiting,
        "error": error,
        "failures": state.failures if state else 0,
    }


def _moved(place: Place | None) -> str | None:
    """Where to the place has moved for good, once it has said so often enough to be believed."""
    return place.moved if place is not None and place.visits >= SETTLED else None


def _advice(moved: str | None) -> str:
    return f"moved for good: put {output.clean(moved)} into its table" if moved else ""


def _print(rows: list[dict[str, Any]], known: dict[str, SourceState]) -> None:
    from rich.text import Text

    table = []
    for row in rows:
        state = known.get(row["name"])
        sick = row["state"] in {"failing", "wrong", "blind", "blocked"}
        since = datetime.fromisoformat(row["since"]) if row["since"] else None
        table.append(
            (
                row["name"],
                presets.kind(row),
                Text(row["state"], style="bold red" if sick else ""),
                output.when(since),
                output.when(state.last_ok if state else None),
                "–" if row["listed"] is None else str(row["listed"]),
                "–" if row["usual"] is None else f"{row['usual']:g}",
                str(row["pending"]),
                row["error"] or _advice(row["moved"]),
            )
        )
    heads = (
        *("source", "kind", "state", "since", "last success"),
        *("listed", "usual a day", "pending", "trouble"),
    )
    output.listing(output.out(), heads, table, right={"listed", "usual a day", "pending"})


@dataclass(slots=True)
class Checked:
    """What one visit saw. `size`: bytes of the first document, None if it was not fetched."""

    items: list[Ref] = field(default_factory=list)
    size: int | None = None
    trouble: str = ""


sources.add_command(presets.add)


@sources.command("check")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def check(ctx: click.Context, name: str, *, as_json: bool) -> int:
    """Fetch once, store none of it, and say what was found and which marker is missing."""
    config = settings(ctx, secrets=True)
    if name not in config.sources:
        known = ", ".join(config.sources) or "none"
        raise ConfigError(
            f"{config.path}: no source is named {output.clean(name)!r} (there is: {known})"
        )
    preset = presets.allowed(config.path, config.sources[name])
    checked = asyncio.run(_check(config, name))
    if not checked.trouble:
        _look_again(config, name)
    trouble = _ADVICE.sub("", checked.trouble)
    look = preset.look if preset and (trouble or not preset.verified) else ()
    if as_json:
        for ref in checked.items:
            output.line({"type": "item", "key": ref.key, "url": ref.url})
        output.line(
            {
                "type": "check",
                "source": name,
                "listed": len(checked.items),
                "fetched": checked.size,
                "trouble": trouble,
                "look": list(look),
            }
        )
        return codes.UNREAD if trouble else codes.CLEAN
    lines = [f"{name}: listed {output.many(len(checked.items), 'item')}"]
    lines += [f"  {ref.key}  {ref.url}" for ref in checked.items[:SHOWN]]
    if checked.size is not None:
        lines.append(f"  fetched the first: {output.many(checked.size, 'byte')}")
    lines.append(f"  trouble: {trouble}" if trouble else "  every marker is there")
    if look:
        lines.append("  unverified: look at" if preset and not preset.verified else "  look at")
        lines += [f"    {each}" for each in look]
    for line in lines:
        output.out().print(output.clean(line), markup=False, soft_wrap=True)
    return codes.UNREAD if trouble else codes.CLEAN


def _look_again(config: Config, name: str) -> None:
    """Somebody looked and the place is there: if it had said that it is gone, it is visited again."""
    from watcher.store import Book

    if config.store.exists():
        with Book.open(config.store) as book:
            if book.place(name).gone:
                book.learned(name)


async def _check(config: Config, name: str) -> Checked:
    from watcher import registry
    from watcher.fetch import Fetcher
    from watcher.read import Readers

    source = registry.source(config.sources[name], config.path)
    checked = Checked()
    first = None
    async with (
        Readers(config.read) as readers,
        Fetcher(config.network, readers.ask, sources=config.sources) as fetcher,
    ):
        try:
            async for item in source.discover(fetcher.web(name)):
                if isinstance(item, Reached):
                    break  # a stream would go on for ever
                checked.items.append(item if isinstance(item, Ref) else item.ref)
                first = first or (item if isinstance(item, Ref) else None)
                if len(checked.items) >= MOST:
                    break
        except (SourceError, FetchError, ReadError) as problem:
            checked.trouble = str(problem)
        if first and not checked.trouble:
            try:
                checked.size = (await source.fetch(fetcher.web(name), first)).body.size
            except FetchError as problem:
                checked.trouble = f"the first item cannot be fetched: {problem}"
    return checked
