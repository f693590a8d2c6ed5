"""
Becoming the second leak: marked people and marked text go through everything, and are looked for everywhere.

The marks are enrolled identifiers and unmatched text beside them. Each is
looked for as it stands, folded, in UTF-16, in hexadecimal and in base64 (at all
three alignments), in everything that is left on disk or was said. They may be
in encrypted evidence, and nowhere else.
"""

from __future__ import annotations

import asyncio
import base64
import csv
import gzip
import io
import signal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyrage
import pytest

from tests.world import SECRET, World, loosen
from watcher.demo.pages import Page
from watcher.demo.receiver import Receiver
from watcher.demo.roster import people
from watcher.demo.site import Site

pytestmark = pytest.mark.journey

SURNAMES = ("Quillfeather", "Zwingmarrow", "Oakthistledown", "Brambleforth", "Yewhollow")
FORENAMES = ("Thessalonia", "Barnabyte", "Philomenta", "Octavianus", "Wilhelmund")
BESIDE = ("Sassafras Lane 99", "hunter2-marmalade", "unmatched-tangerine-prose")


def marked() -> list[Mapping[str, str]]:
    """Enough ordinary people to judge by, and thirty whose every detail is a mark."""
    rows: list[Mapping[str, str]] = list(people(5, 300))
    for n in range(30):
        surname, forename = SURNAMES[n % 5] + "abcdef"[n // 5], FORENAMES[n // 6]
        rows.append(
            {
                **rows[n],
                "ref": f"M-{n:03}",
                "forename": forename,
                "surname": surname,
                "known_as": "",
                "middle": "",
                "previous_surname": "",
                "pay_number": f"7{n:02}41852",
                "collar_number": "",
                "warrant_number": "",
                "email": f"{forename}.{surname}@northshire.police.example".lower(),
            }
        )
    return rows


def marks(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Every value that must not be found."""
    own = [row for row in rows if row["ref"].startswith("M-")]
    values = {row[field] for row in own for field in ("surname", "pay_number", "email")}
    return sorted(values | set(FORENAMES) | set(BESIDE))


def spellings(mark: str) -> Iterator[bytes]:
    """The mark in every dress in which it could slip out."""
    for text in {mark, mark.lower(), mark.upper(), mark.replace(" ", "")}:
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            yield raw
            yield raw.hex().encode()
            yield raw.hex().upper().encode()
            for shift in range(3):
                whole = base64.b64encode(b"\0" * shift + raw)
                # The first and last groups mix with neighbours: what is between is certain.
                yield whole[4 if shift else 0 : len(whole) - 4]


def everything_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()
                yield f"the name of {path}", str(path).encode()


def leak(rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Pay No", "Rank", "Forename", "Surname", "Email", "Home address", "Password"])
    for row in rows:
        if row["ref"].startswith("M-"):
            values = [row[name] for name in ("pay_number", "rank", "forename", "surname", "email")]
            writer.writerow([*values, BESIDE[0], BESIDE[1]])
    return text.getvalue().encode() + BESIDE[2].encode() + b"\n"


async def test_what_was_found_is_nowhere_but_in_encrypted_evidence(tmp_path: Path) -> None:
    """After enrol, scan and the daemon, no mark is on disk, in a process's face, in a log or in a card."""
    rows = marked()
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    world = World(tmp_path / "watch", home, rows, extra={"TMPDIR": str(temporary)})
    said: list[bytes] = []

    def run(*words: str, stdin: bytes = b"") -> int:
        done = world.run(*words, stdin=stdin, cwd=tmp_path)
        said.extend((done.out.encode(), done.err.encode()))
        return done.code

    assert run("init", str(world.folder)) == 0
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    assert run("enrol", "-", stdin=text.getvalue().encode()) == 0
    body = leak(rows)
    assert run("--verbose", "scan", "--json", "-", stdin=body) == 1
    assert run("scan", "-", stdin=body.decode().encode("utf-16")) == 1
    assert run("alerts", "--json") == 0
    assert run("show", "A-1") == 0

    page = Page(content_type="text/plain", body=body)
    archive = Page(content_type="text/html", body=b'<a class="p" href="/raw/1">one</a>')
    async with Site({"/": archive, "/raw/1": page}) as site, Receiver(SECRET) as receiver:
        hook, key = world.secret("hook", receiver.address), world.secret("hook-key", SECRET)
        world.configure(
            f'[sources.site]\nkind = "listing"\nevery = "1s"\nurl = "{site.address}/"\n'
            f'item = "a.p"\n[notify.targets.ops]\nkind = "webhook"\n'
            f'url = {{ file = "{hook}" }}\nsecret = {{ file = "{key}" }}\n'
        )
        loosen(world)
        daemon = await world.start("--verbose", "run")
        assert daemon.stderr is not None
        faces: list[bytes] = []
        async with asyncio.timeout(60):
            while not receiver.cards:
                line = await daemon.stderr.readline()
                assert line, "the daemon ended by itself"
                said.append(line)
                faces += await asyncio.to_thread(processes, daemon.pid)
        daemon.send_signal(signal.SIGTERM)
        _, rest = await daemon.communicate()
        said.append(rest)
        cards = [repr(card.body).encode() for card in receiver.cards]

    places = [("what was said", b"".join(said)), ("a card", b"".join(cards))]
    places += [("a process's command line or environment", b"".join(faces))]
    places += list(everything_below(tmp_path))
    for mark in marks(rows):
        for dress in spellings(mark):
            for where, held in places:
                assert len(dress) < 6 or dress not in held, f"a mark in {where}"
    assert _opened(world), "evidence holds what was found, or the search proves nothing"


def processes(pid: int) -> list[bytes]:
    """Command line and environment of a process and of all it started."""
    shown = []
    for each in [pid, *_children(pid)]:
        for name in ("cmdline", "environ"):
            try:
                shown.append(Path(f"/proc/{each}/{name}").read_bytes())
            except OSError:
                continue  # it ended meanwhile
    return shown


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _opened(world: World) -> bool:
    """Whether the custodian's key opens evidence that holds a mark."""
    (private,) = [
        path
        for path in world.folder.parent.rglob("*")
        if path.is_file() and b"AGE-SECRET-KEY-" in path.read_bytes()
    ]
    line = next(x for x in private.read_text().splitlines() if x.startswith("AGE-SECRET-KEY-"))
    identity = pyrage.x25519.Identity.from_str(line.strip())
    return any(
        SURNAMES[0].encode() in gzip.decompress(pyrage.decrypt(path.read_bytes(), [identity]))
        for path in (world.data / "evidence").rglob("*.age")
    )
