"""
What fuzzing starts from: each body that the tests of the reading room read, by the family of its readers.

The tests run once more for it and leave their bodies in a folder
(`tests.watcher.read.made`); properties and bombs are left out.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.torture.fuzz.targets import FAMILIES, HEAD, ROOMY
from tests.watcher.read.made import CORPUS
from watcher.read import sniff
from watcher.read.archives import archive
from watcher.read.budget import Budget, Trouble
from watcher.read.sniff import Kind
from watcher.read.stream import Stream

ROOT = Path(__file__).parents[3]
_TESTS = ROOT / "tests" / "watcher" / "read"
_SLOW = ("bomb", "bounded", "is_a_limit", "not_held", "do_not_fill", "held_whole")
_PAGES = {Kind.HTML: 1, Kind.XML: 2, Kind.TEXT: 4}  # the question that suits each


def gathered(folder: Path) -> Path:
    """The folder, filled with what the tests read. Raises CalledProcessError where they do not run."""
    folder.mkdir()
    names = " and ".join(f"not {each}" for each in _SLOW)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_TESTS)]
    told = subprocess.run(
        [*command, "-m", "not hypothesis", "-k", names, "--ignore", str(_TESTS / "workers")],
        cwd=ROOT,
        env=os.environ | {CORPUS: str(folder)},
        capture_output=True,
        check=False,
    )
    if told.returncode not in (0, 1):  # a test that fails does so where it belongs
        raise subprocess.CalledProcessError(told.returncode, command, told.stdout, told.stderr)
    return folder


def sorted_out(bodies: Path, folder: Path) -> None:
    """Inputs of each target, in a folder of its name."""
    for name in (*FAMILIES, "everything", "asked"):
        (folder / name).mkdir(parents=True)
    for name, body in _with_members(bodies):
        found = _kind(body)
        places = {} if "." in name else {"everything": 0}  # what is in an archive was read with it
        if found in _PAGES:
            places["asked"] = _PAGES[found]
        for family, kinds in FAMILIES.items():
            if found in kinds:
                places[family] = kinds.index(found)
        for target, choice in places.items():
            head = bytes([choice]).ljust(HEAD, b"\0")
            (folder / target / name).write_bytes(head + body)


def _with_members(bodies: Path) -> Iterator[tuple[str, bytes]]:
    """The bodies, and what lies in those that are plain archives: tests like to wrap what they read."""
    for path in sorted(bodies.iterdir()):
        body = path.read_bytes()
        yield path.name, body
        if _kind(body) is not Kind.ZIP:
            continue
        with suppress(Trouble), archive.opened(_stream(body), Budget(ROOMY)) as opened:
            for number, info in enumerate(opened.infolist()):
                yield f"{path.name}.{number}", archive.content(opened, info, Budget(ROOMY)).head()


def _stream(body: bytes) -> Stream:
    return Stream(io.BytesIO(body).read)


def _kind(body: bytes) -> Kind:
    stream = _stream(body)
    found = sniff.kind(stream.head(), complete=stream.ended)
    if found is Kind.OLE:
        return sniff.compound(body)
    if found is not Kind.ZIP:
        return found
    budget = Budget(ROOMY)
    try:
        with archive.opened(stream, budget) as opened:
            return sniff.package(opened.namelist(), archive.mimetype(opened, budget))
    except Trouble:
        return Kind.ZIP
