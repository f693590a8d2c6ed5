"""What is watched, how the service gets there, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watcher import outward, registry, schedule
from watcher.config.settings import Config, SourceTable
from watcher.doctor.check import Check, Level
from watcher.errors import ConfigError, PluginError
from watcher.store import Book, SourceState


def sources(config: Config, now: datetime) -> Iterator[Check]:
    """Each source: whether its table is right, and how its last visit ended."""
    known = {}
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            known = {state.name: state for state in book.sources()}
    for table in config.sources.values():
        yield from _source(config, table, known.get(table.name), now)
    if not any(table.enabled for table in config.sources.values()):
        yield Check(
            level="warn",
            what="no source is enabled: nothing is being watched",
            mend=f"set enabled = true in {config.path}, then `watcher sources check NAME`",
        )


def _source(
    config: Config, table: SourceTable, state: SourceState | None, now: datetime
) -> Iterator[Check]:
    try:
        every = registry.source(table, config.path, secrets=False).every
    except (ConfigError, PluginError) as problem:
        off = "" if table.enabled else "off, and "
        wrong = "; ".join(str(problem).splitlines())
        yield Check(
            level="error" if table.enabled else "warn",
            what=f"source {table.name}: {off}wrong: {wrong}",
            mend="" if table.enabled else "mend it before it is switched on, or remove it",
        )
        return
    if not table.enabled:
        return
    if state is None:
        yield Check(level="ok", what=f"source {table.name}: not visited yet")
    elif state.last_error:
        since = f" since {state.last_ok:%Y-%m-%d %H:%M} UTC" if state.last_ok else " yet"
        yield Check(
            level="error",
            what=f"source {table.name}: no good visit{since}: {state.last_error}",
            mend=f"watcher sources check {table.name}",
            code=3,
        )
    else:
        yield Check(level="ok", what=f"source {table.name}: listed {state.items_last} last time")
    if state is not None:
        yield from _ahead(table.name, state, now, every)


def _ahead(name: str, state: SourceState, now: datetime, every: timedelta) -> Iterator[Check]:
    """Times that only a wrong clock can have set."""
    for what, at, limit in (
        ("was last well", state.last_ok, now + schedule.LONGEST),
        ("is due", state.next_due, schedule.latest(every, now)),
    ):
        if at is not None and at > limit:
            yield Check(
                level="warn",
                what=f"source {name}: {what} on {at:%Y-%m-%d %H:%M} UTC, in the future: "
                "the clock was wrong once",
                mend="see that the clock is right; the next visit sets it anew",
            )


def way_out(config: Config, _: datetime) -> Iterator[Check]:
    """Whether a site's owner can find out who asks."""
    asked = [
        name
        for name, table in config.sources.items()
        if table.enabled and table.kind not in outward.HERE
    ]
    if config.network.contact:
        yield Check(
            level="ok", what=f"network: sites are told whom to ask: {config.network.contact}"
        )
    elif asked:
        yield Check(
            level="warn",
            what=f"network: no contact, so the owners of {', '.join(asked)} cannot ask who visits",
            mend="put an address or a page into [network] contact; who hides is blocked sooner",
        )
    else:
        yield Check(level="ok", what="network: no source asks another host")


def targets(config: Config, _: datetime) -> Iterator[Check]:
    """Each place that is told."""
    if not config.notify.targets:
        yield Check(
            level="warn",
            what="no target: alerts reach nobody unless somebody looks",
            mend="add a [notify.targets.NAME] to the configuration",
        )
    for target in config.notify.targets.values():
        level: Level = "ok"
        mend = ""
        what = f"target {target.name}: {target.kind}, from {target.severity} on"
        if target.url.startswith("http://"):
            level, what = "warn", f"{what}, over http: its address can be read on the way"
            mend = "use an https:// address"
        yield Check(level=level, what=what, mend=mend)
