from __future__ import annotations

import os
import re
import signal
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.watcher.read.bombs import BOMBS, GROUPS, LINE, Bomb
from tests.watcher.read.bombs.archives import nested, stored, zipped
from tests.watcher.read.bombs.peaks import forget, peak
from tests.watcher.read.bombs.texts import deep_html
from tests.watcher.read.made import MIB, archive, capture, gathered, parts, unread
from tests.watcher.read.workers.test_child import pids
from watcher.config.settings import Read
from watcher.model import Capture, Part
from watcher.read import Readers

# As an installation has it, but for what makes a bomb long: it goes off sooner.
SOONER = Read(workers=1, members=2000, max_bytes=112 * MIB)
BEFORE, AFTER, NEXT = (
    b"PC %b 44001%b\n" % each for each in ((b"Quill", b"23"), (b"Ffion", b"24"), (b"Bevan", b"25"))
)
STARTS = 64  # MiB that a worker has before it reads, at most
SERVICE = 64  # MiB that any document may cost the service


@dataclass(slots=True)
class Cost:
    """What a document was: the texts found at its places, the reasons told, the most that a worker held."""

    held: float = 0
    reasons: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)


async def cost(readers: Readers, made: Capture) -> Cost:
    """A document read to its end and let go of as it comes. What it costs the service is bounded."""
    found = Cost()
    before = forget()
    async for item in readers.read(made):
        if isinstance(item, Part):
            found.places.setdefault(item.where[:200], item.text[:200])
        else:
            found.reasons.add(item.why.value)
        found.held = max([found.held, *map(peak, pids())])
    found.held = max([found.held, *map(peak, pids())])
    assert peak() - before < SERVICE
    return found


def beside(bomb: Bomb, body: bytes) -> bytes:
    """The bomb between two clean files."""
    return stored([("before.txt", BEFORE), (bomb.name, body), ("end/after.txt", AFTER)])


@pytest.mark.parametrize("group", GROUPS)
async def test_no_bomb_takes_anything_with_it(group: str) -> None:
    """
    It is read or told; worker and service stay within their memory; its archive's
    other members are read, and so is the next document.
    """
    wrong: list[str] = []
    async with Readers(SOONER) as readers:
        for name, bomb in GROUPS[group].items():
            if bomb.long:
                continue  # see tests/torture
            body = bomb.make()
            if bomb.encoding:
                found = await cost(readers, capture(body, encoding=bomb.encoding))
            else:
                found = await cost(readers, capture(beside(bomb, body)))
                for place, text in (("before.txt", BEFORE), ("end/after.txt", AFTER)):
                    if found.places.get(place) != text.decode():
                        wrong.append(f"{name}: {place} is not read")
            if found.held > STARTS + SOONER.memory / MIB:
                wrong.append(f"{name}: {found.held} MiB")
            if "lost worker" in found.reasons or (bomb.told and not found.reasons & bomb.told):
                wrong.append(f"{name}: told {found.reasons}")
            items = await gathered(readers.read(capture(archive([("next.csv", b"a,b\n" + NEXT)]))))
            if NEXT.decode().strip() not in parts(items)["next.csv"].text:
                wrong.append(f"{name}: the next document is not read")
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["gzip", "zip, overlapping", "billion laughs", "png, 60,000 × 60,000"]
)
async def test_with_the_bounds_of_an_installation(name: str) -> None:
    """The same where nothing is set: alone, and the next document after it."""
    bomb, limits = BOMBS[name], Read()
    async with Readers(limits) as readers:
        found = await cost(readers, capture(bomb.make()))
        assert found.held < STARTS + limits.memory / MIB
        assert not bomb.told or found.reasons & bomb.told
        assert parts(await gathered(readers.read(capture(NEXT))))[""].text == NEXT.decode()


@pytest.mark.parametrize(
    ("limits", "body", "told"),
    [
        ({"depth": 3}, nested(9), [("a.zip!/a.zip!/a.zip!/a.zip", "limit")]),
        ({"members": 3}, archive([(f"{at}.txt", LINE) for at in range(9)]), [("", "limit")]),
        ({}, zipped("a.txt"), [("a.txt", "limit")]),
        ({"ratio": 400, "max_bytes": 80 * MIB}, zipped("a.txt"), [("a.txt", "limit")]),
    ],
    ids=["depth", "members", "ratio", "bytes"],
)  # fmt: skip
async def test_what_is_counted_is_a_limit(
    limits: dict[str, int], body: bytes, told: list[tuple[str, str]]
) -> None:
    """Depth, members, ratio and bytes, each by itself, in a worker."""
    async with Readers(Read(workers=1, **limits)) as readers:
        assert unread(await gathered(readers.read(capture(body)))) == told


async def test_what_the_system_counts_is_a_limit() -> None:
    """Memory, open files and what may be written, of a worker that reads."""
    limits = Read(workers=1, memory=300 * MIB)
    async with Readers(limits) as readers, aclosing(readers.read(capture(nested(3)))) as items:
        await anext(items)
        (pid,) = pids()
        said = Path(f"/proc/{pid}/limits").read_text()
        size = int(re.search(r"VmSize:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) << 10  # type: ignore[index]  # every process has one
    found = {line[:26].strip(): line[26:].split()[0] for line in said.splitlines()[1:]}
    assert size < int(found["Max address space"]) < limits.memory + 128 * MIB
    assert int(found["Max open files"]) <= 32
    assert (found["Max file size"], found["Max core file size"]) == ("0", "0")
    assert int(found["Max cpu time"]) <= limits.seconds + 9


async def test_a_worker_that_has_swollen_is_replaced() -> None:
    """What a document took of its memory shall not be missing to the next."""
    async with Readers(Read(workers=1, memory=160 * MIB)) as readers:
        await gathered(readers.read(capture(nested(3))))
        first = pids()
        await gathered(readers.read(capture(nested(3))))
        assert pids() == first
        await gathered(readers.read(capture(deep_html(150_000))))
        await gathered(readers.read(capture(nested(3))))
        assert pids() != first


async def test_a_worker_that_dies_is_replaced_once() -> None:
    """Two processes for a document that ends each; a third reads the next. Nothing goes round."""
    seen: list[int] = []
    body = capture(archive([(f"{at}.txt", LINE * 30_000) for at in range(40)]))
    async with Readers(Read(workers=1)) as readers:
        items = []
        async for item in readers.read(body):
            items.append(item)
            for pid in pids():
                seen.append(pid)
                os.kill(pid, signal.SIGKILL)
        assert unread(items) == [("", "lost worker")]
        assert len(set(seen)) == 2
        assert pids() == []
        await gathered(readers.read(body))
        assert len(pids()) == 1
