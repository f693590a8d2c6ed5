"""What the machine gives: the time, and somebody who starts the service."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watcher.config.settings import Config
from watcher.doctor.check import Check

SYSTEMD = Path("/run/systemd/system")  # sd_booted(3)
PATIENCE = 10  # seconds for a tool that asks the system bus


def clock(config: Config, now: datetime) -> Iterator[Check]:
    """Whether the time can be right."""
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
    synchronised = _answer("timedatectl", "show", "--property=NTPSynchronized", "--value")
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


def unit(config: Config, _: datetime) -> Iterator[Check]:
    """Whether the service runs, and as whom."""
    if not SYSTEMD.is_dir():
        yield Check(level="ok", what="unit: this machine does not run systemd")
        return
    state = _answer("systemctl", "is-active", "watcher.service")
    if state == "active":
        yield Check(level="ok", what="unit: watcher.service is active")
    else:
        yield Check(
            level="warn",
            what=f"unit: watcher.service is {state or 'not installed'}",
            mend="systemctl enable --now watcher",
        )
    if os.geteuid() == 0 and config.data.is_dir() and config.data.stat().st_uid == 0:
        yield Check(
            level="warn",
            what="the data belongs to root",
            mend="run the service as the user `watcher`: docs/operating.md in the source",
        )


def _answer(command: str, *words: str) -> str:
    """What a tool of systemd says, or "" where it is not or cannot say."""
    path = shutil.which(command)
    if path is None or not SYSTEMD.is_dir():
        return ""
    try:
        asked = subprocess.run(  # noqa: S603  # a fixed command, found on the administrator's path
            [path, *words], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return asked.stdout.strip()
