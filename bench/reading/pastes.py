"""
Documents per second on the whole road: read, match, assess; nothing is found.

Run as a process of its own on one core, with its reading workers on the same:
`python -m bench.reading.pastes CONFIGURATION`. Counted is the processor time of
all of them: what else runs on the machine shall not count. The pastes are 5 KB each and no
two are equal, as they come: most are text that the service decodes itself,
some are tables and pages that a worker reads.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from bench.reading.content import paragraphs, prose, rows
from bench.reading.turn import pin, processor
from bench.speed.figures import Figure
from watcher import config
from watcher.model import Body, Capture, Ref
from watcher.pipeline import Road, take

SIZE = 5_000
COUNT = 800
WARM = 100
REACH = 400.0
KINDS = ("text", "table", "page", "mixed")


def pastes(kind: str, count: int) -> list[bytes]:
    """So many documents of about 5 KB. `mixed`: eight texts, one table, one page in ten."""
    if kind == "text":
        text = prose(SIZE * count)
        return [text[at * SIZE : (at + 1) * SIZE].encode() for at in range(count)]
    if kind == "table":
        return [_table(at) for at in range(count)]
    if kind == "page":
        said = paragraphs(2_000)
        return [
            _page([said[(at * 7 + step) % len(said)] for step in range(14)]) for at in range(count)
        ]
    texts, tables, pages = (pastes(each, count) for each in KINDS[:3])
    return [
        tables[at] if at % 10 == 3 else pages[at] if at % 10 == 7 else texts[at]
        for at in range(count)
    ]


def _table(at: int) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([rows(0)[0], *rows(200_000)[1 + at * 60 :][:60]])
    return text.getvalue().encode()


def _page(said: Sequence[str]) -> bytes:
    told = "".join(f"<p>{escape(each)}</p>\n" for each in said)
    return f"<!doctype html><html><head><title>x</title></head><body>{told}</body></html>".encode()


async def _timed(path: Path) -> dict[str, float]:
    rates: dict[str, float] = {}
    async with Road(config.load(path), stored=False, telling=False, fetching=False) as road:
        for kind in KINDS:
            found = pastes(kind, COUNT + WARM)
            found = found[COUNT:] + found[:COUNT]
            for number, body in enumerate(found):
                if number == WARM:
                    began = processor()
                url = f"https://site.example/{number}"
                ref = Ref(source="pastes", key=str(number), url=url)
                capture = Capture(ref=ref, taken_at=datetime.now(UTC), url=url, body=Body(body))
                await take(road, capture, keep=False)
            rates[kind] = COUNT / (processor() - began)
    return rates


def measured(path: Path, officers: int) -> list[Figure]:
    """Documents per second of each kind, with the configuration that lies there."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading.pastes", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    rates = json.loads(done.stdout.splitlines()[-1])
    said = {"text": "text", "table": "tables", "page": "pages", "mixed": "8 texts, a table, a page"}
    return [
        Figure(
            key=f"pastes.{kind}",
            what=f"pastes of 5 KB, {said[kind]}: read, matched, judged, {officers:,} officers",
            value=round(rates[kind]),
            unit="/s",
            reach=REACH,
        )
        for kind in KINDS
    ]


def main() -> None:
    """Measure, and say it in JSON."""
    pin()
    print(json.dumps(asyncio.run(_timed(Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
