from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.watcher.read.made import BOUNDS, archive, parts, unread
from tests.watcher.read.ocr.scanned import page, saved
from watcher.model import Part
from watcher.read.ocr.picture import WHERE
from watcher.read.workers.frames import Kind, frames, receive
from watcher.read.workers.wire import unpacked

JOB: dict[str, Any] = {
    "op": "read",
    "encoding": "",
    "charset": "",
    "url": "",
    "argument": "",
    "skip": 0,
    "careful": None,
}


class Worker:
    def __init__(self, **more: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "watcher.read.workers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        told = {name: getattr(BOUNDS, name) for name in BOUNDS.__slots__} | {"seconds": 20} | more
        self.say(Kind.LIMITS, json.dumps(told).encode())

    def say(self, kind: Kind, payload: bytes = b"") -> None:
        assert self.process.stdin is not None
        for frame in frames(kind, payload):
            self.process.stdin.write(frame)
        self.process.stdin.flush()

    def give(self, body: bytes, **job: Any) -> list[tuple[Kind, bytes]]:
        """The messages about one body, up to DONE."""
        assert self.process.stdout is not None
        self.say(Kind.JOB, json.dumps(JOB | job).encode())
        self.say(Kind.BODY, body)
        self.say(Kind.END)
        heard = [receive(self.process.stdout)]
        while heard[-1][0] is not Kind.DONE:
            heard.append(receive(self.process.stdout))
        return heard


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    with made.process:
        yield made
        made.process.kill()


def test_one_document_after_another(worker: Worker) -> None:
    """A worker reads as many as it is given; what is left of a body it drops."""
    for name in (b"Adebayo", b"Quill"):
        (kind, payload), done = worker.give(b"name,no\n" + name + b",1\n")
        item = unpacked(payload)
        assert (kind, done) == (Kind.ITEM, (Kind.DONE, b""))
        assert isinstance(item, Part)
        assert name.decode() in item.text
        assert worker.give(b"%PDF-1.4" + bytes(3 << 20))[0][0] is Kind.ITEM


def test_an_engine_that_does_not_start_costs_the_words_in_pictures_only() -> None:
    """Whatever else is in the document is read; each picture is told as unread."""
    ocr = {"languages": ["xyz"], "pixels": 10**6, "pictures": 9, "seconds": 9}
    worker = Worker(ocr=ocr)
    with worker.process:
        body = archive(
            [("a.png", saved(page((("Quill",),), size=(200, 60)))), ("b.txt", b"Adebayo")]
        )
        heard = [unpacked(payload) for kind, payload in worker.give(body) if kind is Kind.ITEM]
        assert unread(heard) == [(f"a.png!/{WHERE}", "unsupported")]
        assert parts(heard)["b.txt"].text == "Adebayo"
        worker.process.kill()


def test_what_was_handed_out_is_skipped(worker: Worker) -> None:
    """A retry walks the same way and is silent up to where the other had come."""
    page = b"<html><p>seen<p hidden>not"
    whole = worker.give(page)
    assert worker.give(page, skip=2) == whole[2:]


def test_an_answer_or_a_reason(worker: Worker) -> None:
    """A question is answered in JSON or refused with a word from the list."""
    assert worker.give(b"a1", op="find", argument="[0-9]")[0] == (Kind.ANSWER, b'["1"]')
    assert worker.give(b"a1", op="find", argument="(")[0] == (Kind.REFUSED, b"pattern")


def test_a_worker_hears_no_signal_and_ends_with_its_pipe(worker: Worker) -> None:
    """It goes on after Ctrl-C and TERM, ends when the pipe does, and says nothing."""
    worker.give(b"a,b\n1,2\n")
    worker.process.send_signal(signal.SIGINT)
    worker.process.send_signal(signal.SIGTERM)
    worker.give(b"a,b\n1,2\n")
    out, errors = worker.process.communicate()
    assert (worker.process.returncode, out, errors) == (0, b"", b"")


def _memory(process: int) -> Iterator[bytes]:
    """What a process holds that it can write to: pieces that overlap by a page."""
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines():
            where, rights, *_ = line.split()
            if not rights.startswith("rw") or "[vvar" in line:
                continue
            start, end = (int(each, 16) for each in where.split("-"))
            memory.seek(start)
            left = end - start
            while left > 0 and (data := memory.read(left)):
                yield data
                left -= len(data)


def test_a_worker_never_holds_the_key(worker: Worker) -> None:
    """What the service holds when it starts one does not come along, in any spelling."""
    key = os.urandom(32)  # ours, as the service has its own
    spelled = [key, key.hex().encode(), base64.b64encode(key)]
    worker.give(b"MARK-OF-A-DOCUMENT " * 20)
    held = b"".join(_memory(worker.process.pid))
    assert b"MARK-OF-A-DOCUMENT" in held  # it is this memory
    assert not any(each in held for each in spelled)


def test_processor_time_ends_a_worker() -> None:
    """By the system, where nobody outside looks at a clock."""
    made = Worker(seconds=0)
    with made.process:
        with pytest.raises(EOFError):
            made.give(b"a" * 40, op="find", argument="(a+)+b")
        assert made.process.wait() == -signal.SIGXCPU
