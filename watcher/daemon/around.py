"""What the watcher needs around it, looked at: room, evidence, index, configuration, and targets that take what is sent."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from watcher.model import OK, Notice, Severity
from watcher.record import LOW_SPACE
from watcher.store import TargetState

EMPTY = 100 << 20
_MIB = 1 << 20


def room(data: Path, now: datetime) -> Notice:
    """Whether there is room where the store and the evidence are. Raises OSError."""
    free = shutil.disk_usage(data).free
    if free >= LOW_SPACE:
        return _well("disk", "", "there is room again for store and evidence", now)
    return Notice(
        kind="disk",
        state="low",
        severity=Severity.HIGH if free < EMPTY else Severity.MEDIUM,
        title=f"{free // _MIB:,} MiB are free for store and evidence",
        reasons=("a full disk stops visits; what was found already is still told",),
        at=now,
    )


def evidence(directory: Path, now: datetime) -> Notice:
    """Whether evidence could be written: without it no alert is raised."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=directory, prefix=".probe-") as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as problem:
        return Notice(
            kind="evidence",
            state="failing",
            severity=Severity.HIGH,
            title="evidence cannot be written, so no alert is raised",
            reasons=(problem.strerror or "the directory cannot be used",),
            at=now,
        )
    return _well("evidence", "", "evidence can be written again", now)


def index(refused: str, now: datetime) -> Notice:
    """Whether the newest index was taken up. `refused`: why not, "" if it was."""
    if not refused:
        return _well("index", "", "the index was taken up", now)
    title = "a new index is refused; who is enrolled in it is not watched for"
    return _refused("index", Severity.HIGH, title, (refused,), now)


def configuration(refused: str, now: datetime) -> Notice:
    """Whether the newest configuration was taken up. `refused`: why not, "" if it was."""
    if not refused:
        return _well("configuration", "", "the configuration was taken up", now)
    title = "a new configuration is refused; the service goes on with the one before"
    reasons = tuple(refused.splitlines()[:3])
    return _refused("configuration", Severity.MEDIUM, title, reasons, now)


def targets(states: Sequence[TargetState], now: datetime) -> list[Notice]:
    """Whether each target takes what it is sent."""
    return [_target(each, now) for each in states]


def _target(state: TargetState, now: datetime) -> Notice:
    if state.failing_since is None:
        return _well("target", state.name, f"target {state.name} takes what it is sent again", now)
    given_up = f"{state.dead:,} given up, " if state.dead else ""
    return Notice(
        kind="target",
        subject=state.name,
        state="failing",
        severity=Severity.HIGH,
        title=f"target {state.name} does not take what it is sent: {given_up}{state.owed:,} owed",
        reasons=(state.reason,) if state.reason else (),
        at=now,
    )


def _well(kind: str, subject: str, title: str, now: datetime) -> Notice:
    return Notice(kind=kind, subject=subject, state=OK, severity=Severity.INFO, title=title, at=now)


def _refused(
    kind: str, severity: Severity, title: str, reasons: tuple[str, ...], now: datetime
) -> Notice:
    return Notice(
        kind=kind, state="refused", severity=severity, title=title, reasons=reasons, at=now
    )
