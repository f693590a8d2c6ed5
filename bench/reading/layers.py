"""
What looking for encoded text costs plain text: milliseconds for each MB over decoding alone.

Text that is nothing but itself pays for being looked at; lists of hashes and
tables of numbers, which look like encoded text on every line, pay most.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import time
from collections.abc import Callable, Iterable
from statistics import median

from bench.detection.filler import distinct
from bench.reading.turn import BOUNDS
from bench.speed import texts
from bench.speed.figures import Figure
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.coded import armour
from watcher.read.stream import Stream
from watcher.read.text import read

SIZE = 2_000_000
ROUNDS = 5


def _held(suffixes: tuple[str, ...]) -> str:
    pieces: list[str] = []
    size = 0
    for _, data in distinct(suffixes):
        pieces.append(data.decode("utf-8", "replace")[: texts.SHARE])
        size += len(pieces[-1])
        if size > SIZE:
            break
    return "".join(pieces)


def _words() -> str:
    return texts.new_words(SIZE).replace(" ", "\n")


def _hashes() -> str:
    lines = (f"{hashlib.sha1(b'%d' % at).hexdigest()}  files/{at}.txt\n" for at in range(40_000))
    return "".join(lines)


def _numbers() -> str:
    dice = random.Random(3)
    return "".join(
        " ".join(str(dice.randrange(1_000, 10_000)) for _ in range(12)) + "\n"
        for _ in range(30_000)
    )


def _locked() -> str:
    dice = random.Random(4)
    found = {
        f"node_modules/p{at}": {
            "version": f"{at % 9}.{at % 7}.1",
            "resolved": f"https://registry.example/p{at}/-/p{at}-{at % 9}.{at % 7}.1.tgz",
            "integrity": f"sha512-{base64.b64encode(dice.randbytes(64)).decode()}",
        }
        for at in range(8_000)
    }
    return json.dumps({"packages": found}, indent=1)


TEXTS: dict[str, tuple[str, Callable[[], str]]] = {
    "prose": ("prose", lambda: _held(texts.PROSE)),
    "sources": ("program code", lambda: _held(texts.CODE)),
    "words": ("a list of words", _words),
    "hashes": ("a list of SHA-1 hashes", _hashes),
    "numbers": ("a table of numbers", _numbers),
    "locked": ("a lock file of packages", _locked),
}


def _taken(walk: Callable[[], Iterable[object]]) -> float:
    began = time.process_time()
    for _ in walk():
        pass
    return time.process_time() - began


def measured() -> Iterable[Figure]:
    """A figure for each kind of text."""
    for key, (what, make) in TEXTS.items():
        body = make().encode()

        def plain(body: bytes = body) -> Iterable[Part]:
            return read(Stream(io.BytesIO(body).read), Budget(BOUNDS))

        def looked(plain: Callable[[], Iterable[Part]] = plain) -> Iterable[object]:
            return armour.opened(plain(), Budget(BOUNDS))

        turns = [(_taken(plain), _taken(looked)) for _ in range(ROUNDS)]
        size = len(body) / 1e6
        yield Figure(
            key=f"coded.{key}",
            what=f"looking for encoded text in {what}, over decoding it",
            value=round(1_000 * median(after - before for before, after in turns) / size, 1),
            unit="ms/MB",
            more=False,
            stages={"decoding, ms/MB": round(1_000 * median(t for t, _ in turns) / size, 1)},
        )
