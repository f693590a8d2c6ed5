"""`alerts`, `show`, `verify` and `doctor`."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.watcher.store.books import alert
from tests.watcher.store.test_canaries import REF, back
from tests.world import World, leaked_csv
from watcher.model import Ref
from watcher.store import Book


@pytest.fixture
def alerted(world: World) -> World:
    """A world in which one leak was found."""
    assert world.run("scan", "-", stdin=leaked_csv(world.rows[:40])).code == 1
    return world


def test_alerts_lists_what_was_found(alerted: World) -> None:
    """For people a table, for scripts an object a line."""
    (alert,) = alerted.run("alerts", "--json").objects
    assert (alert["id"], alert["source"], alert["count"]) == ("A-1", "scan", 40)
    table = alerted.run("alerts")
    assert table.code == 0
    assert "A-1" in table.out
    assert "critical" in table.out


def test_the_canary_is_listed_only_where_it_is_asked_for(world: World) -> None:
    """Its returns are no alerts."""
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.settle(back("c"), now=datetime.now(UTC), canary=True)
    assert world.run("alerts", "--json").objects == []
    (row,) = world.run("alerts", "--canary", "--json").objects
    assert row["officers"] == [REF]


def test_show_tells_structure_and_counts(alerted: World) -> None:
    """Places, columns and numbers of people; no value of any of them."""
    shown = alerted.run("show", "A-1")
    assert shown.code == 0
    assert "pay_number" in shown.out
    assert "rows 1-41" in shown.out
    for row in alerted.rows[:40]:
        assert row["pay_number"] not in shown.out
        assert row["email"] not in shown.out
    assert alerted.run("show", "A-1", "--json").objects[0]["rows"] == 40


@pytest.mark.parametrize(
    ("key", "url", "shown"),
    [
        ("group / Example Card Ltd", "https://looks.example/api/recent/100", True),
        ("2", "https://127.0.0.1/api", True),
        ("ab12", "https://paste.example/raw/ab12?x=1", False),
        ("a b/c.csv", "file:///srv/in/a%20b/c.csv", False),
    ],
)
def test_show_tells_the_item_where_the_address_does_not(
    world: World, key: str, url: str, *, shown: bool
) -> None:
    """What a listing itself carries has the listing's address; JSON has every key."""
    one = alert()
    with Book.open(world.data / "watcher.db", create=True) as book:
        ref = Ref(source="looks", key=key, url=url)
        book.settle(replace(one, ref=ref), now=datetime.now(UTC))
    assert (f"item      {key}" in world.run("show", "A-1").out) is shown
    assert world.run("show", "A-1", "--json").objects[0]["key"] == key


@pytest.mark.parametrize(
    ("called", "told"),
    [("Example Card Ltd", "names Example Card Ltd"), ("", "of the mark 3f2a91c0d4e5")],
)
def test_show_tells_which_supplier(world: World, called: str, told: str) -> None:
    """By the operator's name for it; an alert from before names were kept by its mark."""
    one = alert(officers=())
    reasons = (f"names {called}",) if called else ("a watched supplier is named",)
    names = (called,) if called else ()
    finding = replace(
        one.finding, suppliers=("3f2a91c0d4e5",), called=names, reasons=reasons, rule="supplier"
    )
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.settle(replace(one, finding=finding), now=datetime.now(UTC))
    assert told in world.run("show", "A-1").out
    assert world.run("show", "A-1", "--json").objects[0]["suppliers"] == list(names)


def test_an_alert_that_is_not_there(alerted: World) -> None:
    """Exit 2, and the command that lists them."""
    done = alerted.run("show", "A-99")
    assert done.code == 2
    assert "watcher alerts" in done.err


def test_without_alerts_it_says_so(world: World) -> None:
    """An empty table explains itself, on stderr; stdout stays data."""
    done = world.run("alerts")
    assert (done.code, done.out) == (0, "")
    assert "No alerts" in done.err


def test_verify_names_what_differs(alerted: World) -> None:
    """Exit 0 while all is as recorded; 4 and the file's name when a byte is not."""
    assert alerted.run("verify").code == 0
    (file,) = (alerted.data / "evidence").rglob("*.age")
    held = bytearray(file.read_bytes())
    held[-1] ^= 1
    file.chmod(0o600)
    file.write_bytes(held)
    altered = alerted.run("verify")
    assert altered.code == 4
    assert file.name in altered.out
    file.unlink()
    missing = alerted.run("verify")
    assert missing.code == 4
    assert file.name in missing.out


def test_verify_speaks_json(alerted: World) -> None:
    """What differs, one object each, and last the counts; the exit code is the same."""
    assert alerted.run("verify", "--json").objects == [
        {"type": "verified", "evidence": 1, "differs": 0, "unclaimed": 0}
    ]
    (file,) = (alerted.data / "evidence").rglob("*.age")
    file.unlink()
    done = alerted.run("verify", "--json")
    assert done.code == 4
    assert file.name in done.of("differs")[0]["what"]
    assert done.objects[-1]["differs"] == 1


def test_one_file_is_one(alerted: World) -> None:
    """Numbers and their words agree."""
    assert "1 evidence file is as recorded" in alerted.run("verify").out


def on_terminal(world: World, columns: int, *words: str) -> str:
    """What the command shows on a terminal so wide, without its colours."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "watcher", *words],
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=subprocess.DEVNULL,
        env=world.environ() | {"COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "xterm"},
    ) as process:
        os.close(its)
        shown = b""
        with contextlib.suppress(OSError):  # how the end of a terminal is told
            while more := os.read(ours, 65536):
                shown += more
        os.close(ours)
        process.wait(60)
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [30, 50, 80, 200])
def test_no_terminal_is_too_narrow_for_an_alert(alerted: World, columns: int) -> None:
    """Id, severity and title are whole, whatever folds."""
    shown = on_terminal(alerted, columns, "alerts")
    title = alerted.run("alerts", "--json").objects[0]["title"]
    assert "A-1 " in shown
    assert "critical" in shown
    assert "…" not in shown
    assert title in " ".join(shown.split())


def test_folded_lines_of_the_doctor_keep_their_indent(world: World) -> None:
    """On a narrow terminal a line that goes on stays beside its beginning."""
    shown = on_terminal(world, 50, "doctor")
    lines = shown.splitlines()
    assert all(each.startswith(("ok  ", "warn  ", "error ", "      ")) for each in lines), shown
    assert all(len(each) <= 50 for each in lines)
    assert any(each.startswith("      → ") for each in lines)
    assert any(re.match(r"        \S", each) for each in lines)


def test_alerts_answers_at_once(alerted: World) -> None:
    """A person waits for it: nothing is loaded that fetching, reading, matching or logging need."""
    code = (
        "import sys; from watcher.cli.main import group\n"
        "group.main(['alerts'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=alerted.environ(),
        cwd=alerted.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "A-1" in done.stdout
    loaded = set(done.stdout.splitlines()[-1].split())
    heavy = {"aiohttp", "asyncio", "bs4", "cryptography", "lxml", "numba", "numpy", "structlog"}
    assert not loaded & heavy
