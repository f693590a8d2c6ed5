from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from watcher import systemd


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A datagram socket as systemd has, and its name as systemd writes it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.settimeout(5)
        if request.param == "path":
            name = str(tmp_path / "notify")
            listening.bind(name)
        else:
            name = f"@watcher-test-{secrets.token_hex(8)}"
            listening.bind("\0" + name[1:])
        yield listening, name


def test_each_state_arrives(manager: tuple[socket.socket, str]) -> None:
    """As the words of sd_notify(3), one datagram each."""
    listening, name = manager
    environ = {"NOTIFY_SOCKET": name}
    for tell, word in (
        (systemd.ready, b"READY=1"),
        (systemd.reloading, b"RELOADING=1"),
        (systemd.watchdog, b"WATCHDOG=1"),
        (systemd.stopping, b"STOPPING=1"),
    ):
        assert tell(environ)
        assert listening.recv(1000) == word


def test_a_status_is_one_line(manager: tuple[socket.socket, str]) -> None:
    """A line break in it would be read as another message."""
    listening, name = manager
    assert systemd.status("3 sources\nREADY=1 " + "x" * 1000, {"NOTIFY_SOCKET": name})
    told = listening.recv(10_000)
    assert told.startswith(b"STATUS=3 sources READY=1 x")
    assert b"\n" not in told
    assert len(told) < 300


def test_without_a_manager_nothing_is_sent(tmp_path: Path) -> None:
    """By hand there is no socket; one that nobody listens on, or that we do not know, is no crash."""
    assert not systemd.ready({})
    assert not systemd.ready({"NOTIFY_SOCKET": "vsock:2:1234"})
    assert not systemd.ready({"NOTIFY_SOCKET": str(tmp_path / "gone")})
    assert not systemd.ready({"NOTIFY_SOCKET": "/" + "x" * 200})


@pytest.mark.parametrize(
    ("environ", "interval"),
    [
        ({"WATCHDOG_USEC": "60000000"}, timedelta(seconds=60)),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, timedelta(seconds=60)),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_fed_only_if_it_waits(
    environ: dict[str, str], interval: timedelta | None
) -> None:
    """sd_watchdog_enabled(3): a time, and perhaps for which process."""
    assert systemd.watchdog_interval(environ) == interval
