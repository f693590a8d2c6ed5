"""
Pages a second on the whole road: fetched, read, matched, judged, stored; nothing is found.

Run as a process of its own: `python -m bench.watching.pages CONFIGURATION`. It
and its reading workers are held to one core (`sched_setaffinity`), the
places that it reads to another. Eight sites side by side, each of one host; what
is awaited between two requests of a host is set to nothing, so that the road is
measured and not our manners. Counted is processor time, and beside it the
time that passed. The pages are those of `bench.reading.pastes`: 5 KB, eight texts, a
table and a page in ten.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.reading.turn import pin, processor
from bench.speed.figures import Figure
from bench.speed.installation import Installation
from bench.watching.answers import BULK
from bench.watching.mix import Place, hosts, tables
from bench.watching.serving import served
from watcher import config, registry
from watcher.pipeline import Road, Visited, visit

SITES = 8
ROUNDS = 2


def sites() -> list[Place]:
    """One to warm up on, and those that count."""
    return [
        Place(name=f"bulk-{at:03}", host=f"127.2.0.{at + 1}", behaviour="bulk", group="bulk",
              kind="listing", every=3600)
        for at in range(ROUNDS * SITES + 1)
    ]  # fmt: skip


async def _timed(path: Path) -> dict[str, float]:
    found = config.load(path)
    seconds, passed = [], []
    async with Road(found, telling=False) as road:
        sources = registry.enabled(found)

        async def read(name: str) -> Visited:
            return await visit(road, *sources[name])

        names = sorted(sources)
        await read(names.pop(0))
        for at in range(ROUNDS):
            began, clock = processor(), time.perf_counter()
            visits = await asyncio.gather(*map(read, names[at * SITES : (at + 1) * SITES]))
            seconds.append(processor() - began)
            passed.append(time.perf_counter() - clock)
            for each in visits:
                lost = sum(bool(part.problem) for part in each.missed)
                if each.error or lost or each.documents != BULK:
                    raise RuntimeError(f"{each.source}: {each.error}, {lost} lost")
    many = BULK * SITES
    return {"processor": many / min(seconds), "passed": many / min(passed)}


def measured(place: Installation) -> Iterator[Figure]:
    """Pages a second, beside a thread for each site."""
    found = sites()
    core = min(os.sched_getaffinity(0))
    with served(hosts(found), Path(os.devnull), core=core) as (port, _):
        allowed = ", ".join(f'"{each}"' for each in hosts(found))
        text = (place.folder / "config.toml").read_text()
        text = text.replace("allow_private = []", f"allow_private = [{allowed}]")
        text = text.replace('per_host = "1s"', 'per_host = "0s"')
        path = place.folder / "pages.toml"
        path.write_text("\n".join([text, *tables(found, port)]))
        ours = _said("bench.watching.pages", str(path))
        urls = [f"http://{each.host}:{port}/{each.name}/list" for each in found[:SITES]]
        other = _said("bench.watching.beside", str(place.folder / "roster.csv"), *urls)
    rate = other["pages"] / other["seconds"]
    what = f"pages of 5 KB on one core, {place.count:,} officers: fetched, read, matched, judged, stored"
    beside = {"a thread a site, a regular expression a name": round(ours["processor"] / rate, 1)}
    yield Figure(key="pages", what=what, value=round(ours["processor"]), unit="/s", beside=beside)
    yield Figure(key="pages.passed", what="the same by the clock", value=round(ours["passed"]), unit="/s")  # fmt: skip


def _said(module: str, *words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", module, *words], check=True, stdout=subprocess.PIPE, text=True
    )
    return {key: float(value) for key, value in json.loads(done.stdout.splitlines()[-1]).items()}


def main() -> None:
    """Measure, and say it in JSON."""
    pin()
    print(json.dumps(asyncio.run(_timed(Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
