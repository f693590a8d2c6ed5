"""`sources` and `sources list`: what is being watched, and how it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from watcher.cli import check, codes, output, presets, standing
from watcher.cli.main import settings
from watcher.errors import ConfigError, PluginError

if TYPE_CHECKING:
    from watcher.config.settings import Config, SourceTable
    from watcher.store import Place
    from watcher.store.rows import SourceState

_VISITED = frozenset({"failing", "blind", "blocked", "degraded", "quiet"})
SETTLED = 3  # visits in a row that were sent to the same address for good (301, 308)


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
    health: dict[str, standing.Health] = {}
    around: list[Mapping[str, Any]] = []
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
            health = standing.health(config, sound, book)
            around = list(standing.around(book))
    rows = [
        _row(
            table, known.get(name), waiting.get(name, 0), wrong=wrong[name], health=health.get(name)
        )
        | {"moved": _moved(places.get(name))}
        for name, table in config.sources.items()
    ]
    if as_json:
        for row in (*rows, *around):
            output.line(row)
        return codes.CLEAN
    if not rows:
        output.err().print(f"No source is configured in {config.path}.", markup=False)
        return codes.CLEAN
    _print(rows, known, gone={name for name, place in places.items() if place.gone})
    for each in around:
        output.err().print(output.clean(standing.told(each)), markup=False)
    return codes.CLEAN


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
    health: standing.Health | None,
) -> dict[str, Any]:
    """The `source` object of `sources --json`."""
    from watcher.outward import by_tor

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
        "via": "tor" if by_tor(table) else None,
        "preset": table.preset or None,
        "verdict": preset.verdict if preset else None,
        "verified": presets.verified(preset),
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


def _again(row: Mapping[str, Any], now: datetime) -> str:
    """When a source in trouble is visited next: after errors that is later than `every`."""
    due = datetime.fromisoformat(row["next_due"]) if row["next_due"] else now
    return f" (next visit {output.when(due)})" if due > now else ""


def _print(
    rows: list[dict[str, Any]], known: dict[str, SourceState], *, gone: Collection[str]
) -> None:
    """`gone`: places that are not asked again."""
    from rich.text import Text

    now = datetime.now(UTC)

    table = []
    for row in rows:
        state = known.get(row["name"])
        sick = row["state"] in {"failing", "wrong", "blind", "blocked"}
        again = _again(row, now) if row["state"] in _VISITED and row["name"] not in gone else ""
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
                f"{row['error']}{again}" if row["error"] else _advice(row["moved"]),
            )
        )
    heads = (
        *("source", "kind", "state", "since", "last success"),
        *("listed", "usual a day", "pending", "trouble"),
    )
    output.listing(output.out(), heads, table, right={"listed", "usual a day", "pending"})


sources.add_command(presets.add)
sources.add_command(check.check)
