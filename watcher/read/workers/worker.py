"""
A reading worker: one process, one document at a time, on two pipes.

Started by the pool as `python -I -m watcher.read.workers.worker`. It has no key, no
index, no configuration and nobody's environment. It ends when its pipe does.
What a document costs it is bounded from outside (`confine`) and inside
(`budget`); if it dies all the same, the pool knows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

from watcher.read.budget import Bounds, Budget, shares
from watcher.read.ocr.engine import Engine
from watcher.read.ocr.sight import Sight
from watcher.read.refusal import Refused
from watcher.read.stream import Stream
from watcher.read.workers import confine
from watcher.read.workers.frames import WORN, Kind, frames, receive
from watcher.read.workers.wire import MESSAGE, packed


class _Pipes:
    """The two pipes, moved away from where a library's print would disturb them."""

    def __init__(self) -> None:
        self._input = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
        self._output = os.fdopen(os.dup(1), "wb", buffering=0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1):
            os.dup2(nowhere, each)
        os.close(nowhere)

    def receive(self) -> tuple[Kind, bytes]:
        return receive(self._input)

    def send(self, kind: Kind, payload: bytes = b"") -> None:
        for frame in frames(kind, payload):
            view = memoryview(frame)
            while view:
                view = view[self._output.write(view) :]


class _Body:
    """The body of the document in hand, as its frames come in."""

    def __init__(self, pipes: _Pipes) -> None:
        self._pipes = pipes
        self._rest = b""
        self._ended = False

    def more(self, size: int) -> bytes:
        if not self._rest and not self._ended:
            kind, self._rest = self._pipes.receive()
            self._ended = kind is Kind.END
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def drain(self) -> None:
        while self.more(1 << 20):
            pass


def _items(job: dict[str, Any], stream: Stream, budget: Budget) -> Iterator[bytes]:
    # Readers load when the first document comes: a worker that waits costs little.
    from watcher.read.dispatch import document
    from watcher.read.names import fields

    inside = job["op"] == "inside"
    budget.words.hear(fields(job["argument"]))
    for number, item in enumerate(document(stream, job["encoding"], budget, inside=inside)):
        if number >= job["skip"]:
            yield packed(item)


def _answer(job: dict[str, Any], stream: Stream, budget: Budget) -> bytes:
    from watcher.read.ask import answer

    found = answer(
        job["op"],
        job["argument"],
        url=job["url"],
        stream=stream,
        encoding=job["encoding"],
        budget=budget,
    )
    payload = json.dumps(found).encode()
    if len(payload) > MESSAGE:
        raise Refused("large")
    return payload


def _sight(told: dict[str, Any] | None) -> Callable[[], Sight | None]:
    """For each document its own, on the one engine, which is loaded here."""
    if told is None:
        return lambda: None
    languages = told.pop("languages")
    try:
        engine = Engine(languages)
    except (OSError, ImportError):
        engine = None  # every picture is then told as unread, and everything else read
    return lambda: Sight(engine=engine, **told)


def _serve(pipes: _Pipes, bounds: Bounds, seconds: int, sight: Callable[[], Sight | None]) -> None:
    while True:
        kind, payload = pipes.receive()
        if kind is not Kind.JOB:
            raise ValueError("no job")
        job = json.loads(payload)
        size = job.get("size", 0)
        confine.processor(seconds * shares(size))
        body = _Body(pipes)
        stream = Stream(body.more, declared=job["charset"], announced=size)
        budget = Budget(
            bounds,
            told=lambda step: pipes.send(Kind.STEP, str(step).encode()),
            careful=job["careful"],
            sight=sight(),
            size=size,
        )
        if job["op"] in ("read", "inside"):
            for item in _items(job, stream, budget):
                pipes.send(Kind.ITEM, item)
        else:
            try:
                pipes.send(Kind.ANSWER, _answer(job, stream, budget))
            except Refused as refused:
                pipes.send(Kind.REFUSED, refused.reason.encode())
        # What a document took is seldom given back whole, and the next would find less.
        pipes.send(Kind.DONE, b"" if confine.room(bounds.memory // 2) else WORN)
        body.drain()


def main() -> None:
    """Serve until the pipe ends."""
    pipes = _Pipes()
    confine.at_once()
    try:
        kind, payload = pipes.receive()
        if kind is not Kind.LIMITS:
            raise ValueError("no limits")
        told = json.loads(payload)
        seconds = int(told.pop("seconds"))
        sight = _sight(told.pop("ocr", None))
        confine.memory(told["memory"])
        confine.apart()
        _serve(pipes, Bounds(**told), seconds, sight)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
