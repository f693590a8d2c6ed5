from __future__ import annotations

import asyncio
import os
import signal
from contextlib import aclosing
from pathlib import Path

import pytest

from watcher.config.settings import Ocr, Read
from watcher.model import Body, Why
from watcher.read.workers.child import Child, Job, Lost, chunks, seconds
from watcher.read.workers.frames import Kind

# Backtracks for longer than anyone waits.
ENDLESS = Job(op="find", encoding="", charset="", url="", argument="(a+)+b")
BODY = Body(b"a" * 40)


def pids() -> list[int]:
    """The processes that this one started."""
    return [int(each) for each in Path("/proc/thread-self/children").read_text().split()]


async def test_bytes_come_in_pieces_from_memory_and_from_a_file(tmp_path: Path) -> None:
    """The pieces are the body; a file that has gone is an OSError."""
    path = tmp_path / "body"
    path.write_bytes(b"x" * 1_000_000)
    for body in (Body(b"x" * 1_000_000), Body(path)):
        assert b"".join([piece async for piece in chunks(body)]) == b"x" * 1_000_000
    body = Body(path)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        await anext(chunks(body))


async def test_a_worker_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable, argument or open file of the service reaches a worker."""
    monkeypatch.setenv("WATCHER_SECRET", "hunter2")
    child = await Child.start(Read())
    async with aclosing(child.work(Job(op="text", encoding="", charset="", url=""), BODY)) as told:
        assert [kind async for kind, _ in told] == [Kind.ANSWER]
    (pid,) = pids()
    process = Path(f"/proc/{pid}")
    environment = (process / "environ").read_bytes().split(b"\0")
    names = {each.split(b"=")[0] for each in environment if each}
    assert names <= {b"LANG", b"PATH", b"LD_LIBRARY_PATH"}
    assert (process / "cmdline").read_bytes().split(b"\0")[1:-1] == [
        *(b"-I", b"-m", b"watcher.read.workers.worker")
    ]
    links = {str(each.readlink()).split(":")[0] for each in (process / "fd").iterdir()}
    assert links <= {"pipe", "/dev/null"}
    await child.end()
    assert pids() == []


@pytest.mark.parametrize(
    ("number", "why"), [(signal.SIGKILL, Why.LOST), (signal.SIGXCPU, Why.LIMIT)]
)
async def test_a_dead_worker_is_lost(number: signal.Signals, why: Why) -> None:
    """Whoever waits for a worker that dies hears so, and why."""
    child = await Child.start(Read())
    (pid,) = pids()
    messages = child.work(ENDLESS, BODY)
    waiting = asyncio.ensure_future(anext(messages))
    os.kill(pid, number)
    with pytest.raises(Lost) as caught:
        await waiting
    assert caught.value.why is why
    assert not child.alive
    await child.end()


async def test_a_slow_worker_is_lost_to_the_limit() -> None:
    """Beyond its seconds a document is given up."""
    child = await Child.start(Read(seconds=1))
    with pytest.raises(Lost, match="limit"):
        await anext(child.work(ENDLESS, BODY))
    await child.end()
    assert pids() == []


def test_pictures_have_time_of_their_own() -> None:
    """Beside what a document may take without them, where they are looked at."""
    assert seconds(Read(seconds=60)) == 60
    assert seconds(Read(seconds=60, ocr=Ocr(languages=("eng",), seconds=300))) == 360
