"""
What a careful administrator would look at, and what to do about each.

Nothing is sent anywhere. Every check says what it looked at even when all is
well, so that a missing check cannot pass for a good one.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from watcher import index, init, keys
from watcher.config.settings import Config
from watcher.errors import WatcherError
from watcher.store import Book

LOW_SPACE = 1 << 30  # bytes: evidence of a day of large leaks
STALE = timedelta(days=90)  # a roster older than this misses the people who joined since


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. `mend` is "" if there is nothing to do."""

    level: Literal["ok", "warn", "error"]
    what: str
    mend: str = ""
    code: int = 2  # what the command exits with, for an error


def examine(config: Config, *, now: datetime | None = None) -> Iterator[Check]:
    """Every check in turn. A check that cannot be made is an error of its own."""
    moment = now or datetime.now(UTC)
    yield Check(level="ok", what=f"configuration {config.path}")
    checks: tuple[Callable[[Config, datetime], Iterator[Check]], ...] = (
        _key,
        _custody,
        _directory,
        _index,
        _store,
        _sources,
        _targets,
        _clock,
        _unit,
    )
    for check in checks:
        try:
            yield from check(config, moment)
        except WatcherError as problem:
            yield Check(level="error", what=str(problem), code=problem.exit_code)


def _key(config: Config, _: datetime) -> Iterator[Check]:
    keys.load(config.key, config.data)
    if config.key.credential:
        yield Check(level="ok", what=f"key: systemd credential {config.key.credential}")
        return
    assert config.key.file is not None
    yield Check(level="ok", what=f"key: {config.key.file}, for its owner only, outside the data")
    if config.key.file.stat().st_dev == config.data.stat().st_dev:
        yield Check(
            level="warn",
            what="key and data lie on one file system: one backup may hold both",
            mend="leave the key out of the backup of the data, or give it as a systemd credential",
        )


def _custody(config: Config, _: datetime) -> Iterator[Check]:
    many = len(config.evidence.custodians)
    if not many:
        yield Check(
            level="error",
            what="evidence: no custodian, so no evidence could be kept and no alert raised",
            mend='put an age public key into [evidence] custodians = ["age1…"]',
        )
        return
    yield Check(level="ok", what=f"evidence: sealed to {many} custodian{'s' if many > 1 else ''}")
    left = init.private_key_left(config)
    if left is not None:
        yield Check(
            level="warn",
            what=f"the custodian's private key is still on this machine: {left}",
            mend="move it to the custodian and remove it here; this machine only needs to seal",
        )


def _directory(config: Config, _: datetime) -> Iterator[Check]:
    found = config.data.stat()
    loose = stat.S_IMODE(found.st_mode) & 0o077
    if loose:
        yield Check(
            level="error",
            what=f"data directory {config.data}: others may look inside",
            mend=f"chmod 700 {config.data}",
        )
    else:
        yield Check(level="ok", what=f"data directory {config.data}, for its owner only")
    free = shutil.disk_usage(config.data).free
    if free < LOW_SPACE:
        yield Check(
            level="warn",
            what=f"{free >> 20} MiB are free for store and evidence",
            mend="make room: a full disk stops visits, though alerts already found are still told",
        )
    else:
        yield Check(level="ok", what=f"{free >> 30} GiB are free for store and evidence")


def _index(config: Config, now: datetime) -> Iterator[Check]:
    at_least = 0
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            at_least = book.index_version()
    opened = index.open(config.index, keys.load(config.key, config.data), at_least=at_least)
    age = now - opened.made_at
    what = f"index: {len(opened.officers)} people, version {opened.version}, {age.days} days old"
    if age > STALE:
        yield Check(level="warn", what=what, mend="enrol the roster of today: watcher enrol ROSTER")
    else:
        yield Check(level="ok", what=what)


def _store(config: Config, now: datetime) -> Iterator[Check]:
    if not config.store.exists():
        yield Check(level="ok", what="store: none yet; the first scan or run makes it")
        return
    with Book.open(config.store, readonly=True) as book:
        book.check()
        counts = book.counts()
        alerts = counts.get("alerts", 0)
        yield Check(level="ok", what=f"store: whole, {alerts} alerts, chain intact")
        dead = book.dead()
        if dead:
            names = ", ".join(sorted({each.target for each in dead}))
            yield Check(
                level="error",
                what=f"{len(dead)} deliveries were given up: {names}",
                mend="mend the target, then `watcher test --notify`; `watcher alerts` has them all",
                code=3,
            )
        due_at = book.next_delivery()
        if due_at is not None and due_at < now - timedelta(hours=1):
            yield Check(
                level="warn",
                what=f"a delivery has been due since {due_at:%Y-%m-%d %H:%M} UTC",
                mend="is the daemon running? `systemctl status watcher`",
            )


def _sources(config: Config, _: datetime) -> Iterator[Check]:
    on = [name for name, table in config.sources.items() if table.enabled]
    if not on:
        yield Check(
            level="warn",
            what="no source is enabled: nothing is being watched",
            mend=f"set enabled = true in {config.path}, then `watcher sources check NAME`",
        )
        return
    known = {}
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            known = {state.name: state for state in book.sources()}
    for name in on:
        state = known.get(name)
        if state is None:
            yield Check(level="ok", what=f"source {name}: not visited yet")
        elif state.last_error:
            since = f"{state.last_ok:%Y-%m-%d %H:%M} UTC" if state.last_ok else "the beginning"
            yield Check(
                level="error",
                what=f"source {name}: blind since {since}: {state.last_error}",
                mend=f"watcher sources check {name}",
                code=3,
            )
        else:
            yield Check(level="ok", what=f"source {name}: listed {state.items_last} last time")


def _targets(config: Config, _: datetime) -> Iterator[Check]:
    if not config.notify.targets:
        yield Check(
            level="warn",
            what="no target: alerts reach nobody unless somebody looks",
            mend="add a [notify.targets.NAME] to the configuration",
        )
    for target in config.notify.targets.values():
        level: Literal["ok", "warn"] = "ok"
        mend = "watcher test --notify sends a harmless card"
        what = f"target {target.name}: {target.kind}, from {target.severity} on"
        if target.url.startswith("http://"):
            level, what = "warn", f"{what}, over http: its address can be read on the way"
            mend = "use an https:// address"
        yield Check(level=level, what=what, mend=mend if level == "warn" else "")


def _clock(config: Config, now: datetime) -> Iterator[Check]:
    if config.index.exists():
        made = datetime.fromtimestamp(config.index.stat().st_mtime, UTC)
        if made > now + timedelta(minutes=5):
            yield Check(
                level="error",
                what="clock: it is earlier than when the index was made",
                mend="set the clock; evidence with a wrong time is hard to defend",
                code=3,
            )
            return
    synchronised = _timedatectl()
    if synchronised == "yes":
        yield Check(level="ok", what="clock: synchronised")
    elif synchronised == "no":
        yield Check(
            level="warn",
            what="clock: not synchronised",
            mend="switch on systemd-timesyncd or chrony: evidence needs the right time",
        )
    else:
        yield Check(level="ok", what=f"clock: {now:%Y-%m-%d %H:%M} UTC (no timedatectl to ask)")


def _timedatectl() -> str:
    """`yes`, `no`, or "" where nobody can say."""
    command = shutil.which("timedatectl")
    if command is None or not Path("/run/systemd/system").is_dir():
        return ""
    asked = subprocess.run(  # noqa: S603  # a fixed command, found on the administrator's path
        [command, "show", "--property=NTPSynchronized", "--value"],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return asked.stdout.strip()


def _unit(config: Config, _: datetime) -> Iterator[Check]:
    if not Path("/run/systemd/system").is_dir():
        yield Check(level="ok", what="unit: this machine does not run systemd")
        return
    systemctl = shutil.which("systemctl")
    assert systemctl is not None, "systemd brings it"
    asked = subprocess.run(  # noqa: S603  # as above
        [systemctl, "is-active", "watcher.service"],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    state = asked.stdout.strip()
    if state == "active":
        yield Check(level="ok", what="unit: watcher.service is active")
    else:
        yield Check(
            level="warn",
            what=f"unit: watcher.service is {state or 'not installed'}",
            mend="systemctl enable --now watcher",
        )
    if os.geteuid() == 0 and config.data.stat().st_uid == 0:
        yield Check(
            level="warn",
            what="the data belongs to root",
            mend="run the service as the user `watcher`; see systemd/ in the source",
        )
