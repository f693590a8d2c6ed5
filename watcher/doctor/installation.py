"""What an installation is made of: key, custodians, directory, index, store and evidence."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from watcher import index, init, keys
from watcher.canary import is_ref
from watcher.config.settings import Config
from watcher.doctor.check import Check
from watcher.record import LOW_SPACE
from watcher.store import Book

STALE = timedelta(days=90)  # a roster older than this misses the people who joined since


def key(config: Config, _: datetime) -> Iterator[Check]:
    """Whether the master key is there, closed, and apart from what it protects."""
    keys.load(config.key, config.data)
    if config.key.credential:
        yield Check(level="ok", what=f"key: systemd credential {config.key.credential}")
        return
    assert config.key.file is not None
    yield Check(level="ok", what=f"key: {config.key.file}, for its owner only, outside the data")
    if config.data.is_dir() and config.key.file.stat().st_dev == config.data.stat().st_dev:
        yield Check(
            level="warn",
            what="key and data lie on one file system: one backup may hold both",
            mend="leave the key out of the backup of the data, or give it as a systemd credential",
        )


def custody(config: Config, _: datetime) -> Iterator[Check]:
    """Whether somebody can open evidence, and nobody here."""
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


def directory(config: Config, _: datetime) -> Iterator[Check]:
    """Whether the data directory is closed and has room."""
    try:
        found = config.data.stat()
    except FileNotFoundError:
        yield Check(
            level="error",
            what=f"data directory {config.data}: is not there",
            mend=f"make it for the service's user (mkdir -m 700 {config.data}), "
            "or mend [store] directory",
        )
        return
    if stat.S_IMODE(found.st_mode) & 0o077:
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


def enrolled(config: Config, now: datetime) -> Iterator[Check]:
    """Whether the index opens, is the newest, and is not too old."""
    at_least = 0
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            at_least = book.index_version()
    opened = index.open(config.index, keys.load(config.key, config.data), at_least=at_least)
    age = now - opened.made_at
    many = sum(not is_ref(each.ref) for each in opened.officers)
    people = f"{many} {'person' if many == 1 else 'people'}"
    days = f"{age.days} day{'' if age.days == 1 else 's'} old"
    what = f"index: {people}, version {opened.version}, {days}"
    if age > STALE:
        yield Check(level="warn", what=what, mend="enrol the roster of today: watcher enrol ROSTER")
    else:
        yield Check(level="ok", what=what)


def store(config: Config, now: datetime) -> Iterator[Check]:
    """Whether the store is whole, and what it owes."""
    if not config.store.exists():
        yield Check(level="ok", what="store: none yet; the first scan or run makes it")
        return
    with Book.open(config.store, readonly=True) as book:
        book.check()
        alerts = book.counts().get("alerts", 0)
        files = sum(1 for _ in book.evidence())
        dead = book.dead()
        due_at = book.next_delivery()
    yield Check(
        level="ok",
        what=f"store: whole, {alerts} alert{'' if alerts == 1 else 's'}, chain intact",
    )
    many = f"{files} file{'' if files == 1 else 's'}"
    yield Check(level="ok", what=f"evidence: {many}; `watcher verify` checks them")
    if dead:
        names = ", ".join(sorted({each.target for each in dead}))
        were = "delivery was" if len(dead) == 1 else "deliveries were"
        yield Check(
            level="error",
            what=f"{len(dead)} {were} given up: {names}",
            mend="mend the target, then `watcher test --notify`; `watcher alerts` has them all",
            code=3,
        )
    if due_at is not None and due_at < now - timedelta(hours=1):
        yield Check(
            level="warn",
            what=f"a delivery has been due since {due_at:%Y-%m-%d %H:%M} UTC",
            mend="is the daemon running? `systemctl status watcher`",
        )
