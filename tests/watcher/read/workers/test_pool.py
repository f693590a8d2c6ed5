from __future__ import annotations

import asyncio
import gzip
import os
import select
import signal
import subprocess
import sys
import tracemalloc
from contextlib import aclosing
from pathlib import Path

import pytest
from backports import zstd

from tests.watcher.read.made import MIB, archive, capture, gathered, parts, rows, unread, workbook
from tests.watcher.read.ocr.scanned import is_list, needed, page, saved
from tests.watcher.read.packed import rar, sevened, tarred
from tests.watcher.read.workers.test_child import pids
from watcher.config.settings import Ocr, Read
from watcher.errors import ConfigError, ReadError
from watcher.model import Part
from watcher.read import Readers
from watcher.read.workers.pool import DOCUMENTS, LARGE

TABLE = b"ref,surname\n" + b"".join(b"%d,Adebayo\n" % number for number in range(400_000))
SLOW = b"<html>" + b"<div><p>x" * 150_000


async def test_each_kind_of_document_is_read() -> None:
    """Text in the service, the rest in workers; every part has its address."""
    async with Readers(Read()) as readers:
        found = parts(await gathered(readers.read(capture("Siân".encode("cp1252")))))
        assert found[""].text == "Siân"
        body = archive([("list.xlsx", workbook()), ("a.csv", b"a,b\n1,2\n")])
        found = parts(await gathered(readers.read(capture(body))))
        assert rows(found["list.xlsx!/List (hidden)"]) == [["Quill", "Siân"]]
        assert found["a.csv"].table
        packed = capture(gzip.compress(b"plain text"), encoding="gzip")
        assert parts(await gathered(readers.read(packed)))[""].text == "plain text"
        assert await gathered(readers.read(capture(b""))) == []


async def test_archives_are_opened_by_a_confined_worker() -> None:
    """Also with libraries that load when they are first needed; a file's name may say its password."""
    members = [("a.rar", rar()), ("b.tar.zst", zstd.compress(tarred())), ("c.7z", sevened())]
    locked = sevened(password="Sesame1", names=True)
    async with Readers(Read(workers=1)) as readers:
        found = parts(await gathered(readers.read(capture(archive(members)))))
        for where in ("b.tar.zst!/a.txt", "c.7z!/a.txt"):
            assert found[where].text.startswith("PC Adebayo")
        assert "Quill" in found["a.rar!/names of members"].text
        named = capture(locked, url="https://site.example/dump_pw-Sesame1.7z")
        assert parts(await gathered(readers.read(named)))["a.txt"].text.startswith("PC Adebayo")
        assert unread(await gathered(readers.read(capture(locked)))) == [("", "encrypted")]


async def test_a_declared_charset_reaches_both_sides() -> None:
    """The header's charset counts for text and for pages."""
    async with Readers(Read(workers=1)) as readers:
        for body in ("Łukasz\n", "<p>Łukasz"):
            made = capture(body.encode("iso8859-2"), kind="text/html; charset=ISO-8859-2")
            assert "Łukasz" in parts(await gathered(readers.read(made)))[""].text


async def test_a_cut_body_is_said_to_be() -> None:
    """What is there is read, and the rest is `unread: size`."""
    async with Readers(Read(workers=1)) as readers:
        for body in (b"plain", b"a,b\n1,2\n"):
            items = await gathered(readers.read(capture(body, cut=True)))
            assert isinstance(items[0], Part)
            assert unread(items) == [("", "size")]


async def test_a_file_that_has_gone_is_broken(tmp_path: Path) -> None:
    """No exception for content, nor for its absence."""
    path = tmp_path / "a"
    path.write_bytes(b"x")
    gone = capture(path)
    path.unlink()
    async with Readers(Read(workers=1)) as readers:
        assert unread(await gathered(readers.read(gone))) == [("", "broken")]
        with pytest.raises(ReadError, match="pastes, text: the body is no longer there"):
            await readers.ask("text", gone)


async def test_a_sparse_sheet_that_ends_the_worker_is_read_all_the_same() -> None:
    """The abort costs a worker; every sheet is read, each part once, nothing is unread."""
    async with Readers(Read(workers=1, memory=512 * MIB)) as readers:
        first = pids()
        items = await gathered(readers.read(capture(workbook(sparse=True))))
        assert pids() != first
    assert unread(items) == []
    places = [(item.where, item.first) for item in items if isinstance(item, Part) and item.cells]
    assert places == [
        ("Staff", 1),
        ("List (hidden)", 1),
        ("Old (very hidden)", 4),
        *(("Corner", 1), ("Corner", 1048576)),
        ("After", 1),
    ]


async def test_a_killed_worker_is_replaced_and_no_part_comes_twice() -> None:
    """After one loss the walk goes on where it was; after two the document is unread."""
    async with Readers(Read(workers=1)) as readers:
        whole = await gathered(readers.read(capture(TABLE)))
        for losses in (1, 2):
            items = []
            async for item in readers.read(capture(TABLE)):
                items.append(item)
                if len(items) <= losses:
                    (pid,) = pids()
                    os.kill(pid, signal.SIGKILL)
            if losses == 1:
                assert items == whole
            else:
                assert unread(items) == [("", "lost worker")]
                assert items[:-1] == whole[: len(items) - 1]
        assert await gathered(readers.read(capture(TABLE))) == whole


async def test_memory_is_a_limit_of_one_document() -> None:
    """A page that needs more than a worker may have is unread or cut, and the next is read."""
    async with Readers(Read(workers=1, memory=64 * MIB)) as readers:
        items = await gathered(readers.read(capture(SLOW)))
        assert {why for _, why in unread(items)} <= {"limit", "lost worker"}
        assert unread(items)
        assert parts(await gathered(readers.read(capture(b"a,b\n1,2\n"))))[""].table


async def test_time_is_a_limit_of_one_document() -> None:
    """A document beyond its seconds is given up, twice, and then unread."""
    async with Readers(Read(workers=1, seconds=0)) as readers:
        assert unread(await gathered(readers.read(capture(SLOW)))) == [("", "limit")]


async def test_a_slow_consumer_makes_the_worker_wait(tmp_path: Path) -> None:
    """While nobody asks for the next part, no more of the file is read, and other documents are."""
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        for _ in range(10):
            file.write(TABLE)
    async with Readers(Read(workers=2)) as readers, aclosing(readers.read(capture(path))) as items:
        await anext(items)
        for _ in range(3):
            await gathered(readers.read(capture(TABLE[:LARGE])))
        (number,) = (
            each.name
            for each in Path("/proc/self/fd").iterdir()
            if each.exists() and each.samefile(path)
        )
        position = Path(f"/proc/self/fdinfo/{number}").read_text().split()[1]
        assert int(position) < path.stat().st_size / 3


async def test_a_line_without_end_is_read_in_little_memory(tmp_path: Path) -> None:
    """48 MiB in one line pass through a few windows."""
    path = tmp_path / "line"
    with path.open("wb") as file:
        for _ in range(48):
            file.write(b"Adebayo " * (MIB // 8))
    made = capture(path)
    async with Readers(Read(workers=1)) as readers:
        tracemalloc.start()
        size = 0
        async for item in readers.read(made):
            assert isinstance(item, Part)
            size += len(item.text) - item.overlap
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert size == 48 * MIB
    assert peak < 12 * MIB


async def test_a_consumer_that_goes_away_leaves_the_pool_whole() -> None:
    """Closing or cancelling a walk frees its turn; the pool has no more and no fewer workers."""
    async with Readers(Read(workers=1)) as readers:
        async with aclosing(readers.read(capture(TABLE))) as items:
            await anext(items)
        waiting = asyncio.create_task(gathered(readers.read(capture(SLOW))))
        asking = asyncio.create_task(readers.ask("text", capture(b"x")))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asking == "x"
        assert len(pids()) == 1


async def test_documents_leave_room_for_questions_and_large_ones_for_small() -> None:
    """However many are begun and not gone on with: what a page says is answered all the same."""
    small = b"<html>" + b"<p>tea" * 1000
    large = small + b"<p>tea" * (LARGE // 5)
    async with (
        Readers(Read(workers=2)) as readers,
        aclosing(readers.read(capture(large))) as first,
        aclosing(readers.read(capture(large))) as second,
        aclosing(readers.read(capture(small))) as third,
        aclosing(readers.read(capture(small))) as fourth,
    ):
        await anext(first)
        waiting = asyncio.create_task(anext(second))
        await anext(third)
        more = asyncio.create_task(anext(fourth))
        assert await readers.ask("text", capture(b"<p>tea")) == "<p>tea"
        assert not waiting.done()
        assert not more.done()
        await first.aclose()
        await third.aclose()
        await asyncio.gather(waiting, more)


async def test_a_worker_is_replaced_after_its_documents() -> None:
    """What leaks in a library, leaks for 200 documents."""
    async with Readers(Read(workers=1)) as readers:
        seen = []
        for _ in range(DOCUMENTS + 1):
            await readers.ask("text", capture(b"x"))
            seen.extend(pids())
        assert len(set(seen[: DOCUMENTS - 1])) == 1
        assert seen[-1] != seen[0]
    assert pids() == []


def test_a_system_without_processes_is_told() -> None:
    """Where no worker can be started, starting says so, and reading is an Unread, not an error."""
    code = (
        "import asyncio, os, resource\n"
        "from tests.watcher.read.made import capture, gathered\n"
        "from watcher.config.settings import Read\n"
        "from watcher.errors import ReadError\n"
        "from watcher.read import Readers\n"
        "async def main():\n"
        "    readers = Readers(Read(workers=1))\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir('/proc/self/fd')),) * 2)\n"
        "    try: await readers.start()\n"
        "    except ReadError as problem: print(problem)\n"
        "    print(await gathered(Readers(Read(workers=1)).read(capture(b'a,b\\n1,2\\n'))))\n"
        "asyncio.run(main())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[4],
    )
    told, items = ran.stdout.splitlines()
    assert told.startswith("reading workers cannot be started")
    assert items == "[Unread(where='', why=<Why.LOST: 'lost worker'>)]"


async def test_documents_are_unread_when_the_pool_stops() -> None:
    """Stopping in the middle of a document is a loss, not a hang."""
    readers = Readers(Read(workers=1))
    await readers.start()
    items = []
    async for item in readers.read(capture(TABLE)):
        items.append(item)
        if len(items) == 1:
            await readers.stop()
    assert unread(items) == [("", "lost worker")]
    assert pids() == []


async def test_questions_are_answered_over_the_pipe() -> None:
    """All five, and a refusal that says what and where, and nothing of the body."""
    page = capture(b"<a href='/x'>Adebayo</a>")
    async with Readers(Read()) as readers:
        assert await readers.ask("text", page) == "<a href='/x'>Adebayo</a>"
        assert await readers.ask("select", page, "a") == [
            ["Adebayo", {"href": "https://site.example/x"}]
        ]
        assert await readers.ask("find", page, "A.*o") == ["Adebayo"]
        assert await readers.ask("search", capture(b'{"a": "\xc3\xa9"}'), "a") == "é"
        feed = capture(b"<rss version='2.0'><channel><item><link>/l</link></item></channel></rss>")
        assert (await readers.ask("entries", feed))["entries"][0][
            "link"
        ] == "https://site.example/l"
        with pytest.raises(ReadError) as caught:
            await readers.ask("search", page, "a")
        assert str(caught.value) == "pastes, search: the body is not JSON"


async def test_a_question_without_end_is_a_read_error() -> None:
    """A pattern that backtracks for ever costs its seconds, and the pool goes on."""
    async with Readers(Read(workers=1, seconds=1)) as readers:
        with pytest.raises(ReadError, match="longer"):
            await readers.ask("find", capture(b"a" * 40), "(a+)+b")
        assert await readers.ask("text", capture(b"x")) == "x"


def test_workers_die_with_the_service() -> None:
    """When the service is killed, a worker in the middle of a document is gone as well."""
    code = (
        "import asyncio, pathlib\n"
        "from tests.watcher.read.made import capture\n"
        "from watcher.config.settings import Read\n"
        "from watcher.read import Readers\n"
        "async def main():\n"
        "    async with Readers(Read(workers=1)) as readers:\n"
        "        await readers.ask('text', capture(b'x'))\n"
        "        print(pathlib.Path('/proc/thread-self/children').read_text(), flush=True)\n"
        "        await readers.ask('find', capture(b'a' * 40), '(a+)+b')\n"
        "asyncio.run(main())\n"
    )
    service = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    with service:
        assert service.stdout is not None
        handle = os.pidfd_open(int(service.stdout.readline()))
        service.kill()
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    assert poll.poll(20_000)
    os.close(handle)


async def test_ocr_that_is_switched_on_and_not_installed_is_no_start() -> None:
    """Nothing is read until the operator has chosen; the message has the mend."""
    with pytest.raises(ConfigError, match="no data for xyz; apt install tesseract-ocr "):
        await Readers(Read(ocr=Ocr(languages=("xyz",)))).start()
    with pytest.raises(ConfigError):
        async with Readers(Read(ocr=Ocr(languages=("eng", "xyz")))):
            raise AssertionError


@needed
async def test_words_in_pictures_are_read_by_a_confined_worker() -> None:
    """Its engine and its data were loaded before it gave up the files."""
    body = saved(page(), "PDF", resolution=150)
    async with Readers(Read(workers=1, ocr=Ocr(languages=("eng",)))) as readers:
        found = parts(await gathered(readers.read(capture(body))))
        assert is_list(found["page 1 (OCR)"].text)
