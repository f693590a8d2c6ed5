"""`run`, `test --notify` and `demo`, as processes."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watcher.cli.chat import chat
from tests.world import World
from watcher.cli import codes


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, codes.CLEAN), (signal.SIGINT, codes.INTERRUPTED)]
)
async def test_the_daemon_ends_as_it_was_told(
    world: World, number: signal.Signals, code: int
) -> None:
    """A stop by the service manager is 0; Ctrl-C is 130, and as orderly."""
    daemon = await world.start("run")
    assert daemon.stderr is not None
    async with asyncio.timeout(60):
        while b"daemon.ready" not in (line := await daemon.stderr.readline()):
            assert line, "the daemon ended by itself"
        daemon.send_signal(number)
        _, rest = await daemon.communicate()
    assert daemon.returncode == code, rest
    assert b"daemon.stopped" in rest


def test_each_target_gets_a_card_and_its_answer_is_told(world: World) -> None:
    """For people a line, for scripts an object."""
    with chat(world) as heard:
        done = world.run("test", "--notify")
        assert (done.code, len(heard)) == (0, 1)
        assert "ops (slack): sent a test card" in done.out
        (told,) = world.run("test", "--notify", "--json").objects
    assert set(told) == {"type", "target", "kind", "ok", "said", "seconds"}
    assert (told["type"], told["target"], told["kind"], told["ok"]) == (
        "test",
        "ops",
        "slack",
        True,
    )


def test_a_target_that_does_not_answer_is_said(world: World) -> None:
    """Exit 3, the target's name, and nothing of its address."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        url = world.secret("hook", f"http://127.0.0.1:{port}/secret-path")
        world.configure(f'[notify.targets.ops]\nkind = "slack"\nurl = {{ file = "{url}" }}')
        done = world.run("test", "--notify")
    assert done.code == 3
    assert "ops" in done.out
    assert "secret-path" not in done.out + done.err
    assert "FAILED" in done.out


def test_a_demo_that_is_told_to_stop_leaves_nothing(tmp_path: Path) -> None:
    """SIGTERM ends it with 143, and its temporary directory goes with it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    world = World(tmp_path, tmp_path, [], {"TMPDIR": str(folder)})
    with subprocess.Popen(
        [sys.executable, "-m", "watcher", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=world.environ(),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if b"enrolled" in line:
                break
        assert list(folder.iterdir())
        process.terminate()
        process.communicate(timeout=60)
        assert process.returncode == codes.TERMINATED
    assert not list(folder.iterdir())
