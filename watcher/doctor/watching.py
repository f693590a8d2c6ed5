"""What is watched, how the service gets there, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watcher import outward, registry, schedule
from watcher.api import Source
from watcher.config.settings import Config, SourceTable
from watcher.doctor.check import Check, Level
from watcher.errors import ConfigError, PluginError
from watcher.health import BLIND, BLOCKED, Judged
from watcher.histories import Histories, Known
from watcher.model import OK
from watcher.store import Book, SourceState


def sources(config: Config, now: datetime) -> Iterator[Check]:
    """Each source: whether its table is right, and how its last visit ended."""
    sound: dict[str, tuple[SourceTable, Source]] = {}
    wrong: dict[str, str] = {}
    for table in config.sources.values():
        try:
            sound[table.name] = table, registry.source(table, config.path, secrets=False)
        except (ConfigError, PluginError) as problem:
            wrong[table.name] = "; ".join(str(problem).splitlines())
    states: dict[str, SourceState] = {}
    known: dict[str, Known] = {}
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            states = {state.name: state for state in book.sources()}
            known = Histories.of(sound).judged(book, now)
    for name, table in config.sources.items():
        if name in wrong:
            yield _wrong(table, wrong[name])
        elif table.enabled and name in states:
            _, source = sound[name]
            yield _source(name, states[name], known[name].judged)
            yield from _ahead(name, states[name], now, source.every)
        elif table.enabled:
            yield Check(level="ok", what=f"source {name}: not visited yet")
    if not any(table.enabled for table in config.sources.values()):
        yield Check(
            level="warn",
            what="no source is enabled: nothing is being watched",
            mend=f"set enabled = true in {config.path}, then `watcher sources check NAME`",
        )


def _wrong(table: SourceTable, why: str) -> Check:
    off = "" if table.enabled else "off, and "
    return Check(
        level="error" if table.enabled else "warn",
        what=f"source {table.name}: {off}wrong: {why}",
        mend="" if table.enabled else "mend it before it is switched on, or remove it",
    )


def _source(name: str, state: SourceState, judged: Judged) -> Check:
    """As it is judged to be; what its last visit met is told before that is more than a stumble."""
    mend = f"watcher sources check {name}"
    if judged.state != OK:
        reasons = "; ".join(judged.reasons) or state.last_error
        what = f"source {name}: {judged.state} since {judged.since:%Y-%m-%d %H:%M} UTC: {reasons}"
        level: Level = "error" if judged.state in (BLIND, BLOCKED) else "warn"
        return Check(level=level, what=what, mend=mend, code=3)
    if state.last_error:
        since = f" since {state.last_ok:%Y-%m-%d %H:%M} UTC" if state.last_ok else " yet"
        what = f"source {name}: no good visit{since}: {state.last_error}"
        return Check(level="error", what=what, mend=mend, code=3)
    return Check(level="ok", what=f"source {name}: listed {state.items_last} last time")


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
