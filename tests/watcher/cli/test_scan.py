"""`scan`, as scripts and people meet it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.watcher.cli.chat import chat
from tests.world import World, leaked_csv
from watcher.store import Book

SUMMARY = {"type", "documents", "bytes", "alerts", "unread", "seconds"}


def test_scan_json_is_the_contract(world: World, tmp_path: Path) -> None:
    """Alert, then unread, then one summary; refs as enrolled; exit 1."""
    drop = tmp_path / "drop"
    drop.mkdir()
    leak = drop / "leak.csv"
    leak.write_bytes(leaked_csv(world.rows[:40]))
    (drop / "plan.pdf").write_bytes(b"%PDF-1.7\nx")
    done = world.run("scan", "--json", str(drop))
    assert done.code == 1
    (alert,) = done.of("alert")
    assert alert["id"] == "A-1"
    assert alert["incident"] == "I-1"
    assert alert["severity"] == "critical"
    assert alert["document"] == str(leak)
    assert set(alert["officers"]) <= {row["ref"] for row in world.rows[:40]}
    assert alert["count"] == 40
    assert alert["rows"] == 40
    assert {"surname", "pay_number", "vetting"} <= set(alert["fields"])
    assert (world.data / "evidence" / alert["evidence"]["file"]).is_file()
    (unread,) = done.of("unread")
    assert unread == {
        "type": "unread",
        "document": str(drop / "plan.pdf"),
        "where": "",
        "reason": "broken",
    }
    assert set(done.objects[-1]) == SUMMARY
    summary = done.objects[-1]
    assert (summary["documents"], summary["alerts"], summary["unread"]) == (2, 1, 1)
    assert summary["bytes"] == leak.stat().st_size + 10


def test_no_store_prints_and_keeps_nothing(world: World) -> None:
    """The same finding with nulls; neither store nor evidence is touched."""
    for path in world.data.glob("watcher.db*"):
        path.unlink()
    done = world.run("scan", "--json", "--no-store", "-", stdin=leaked_csv(world.rows[:40]))
    assert done.code == 1
    (alert,) = done.of("alert")
    assert (alert["id"], alert["incident"], alert["evidence"]) == (None, None, None)
    assert alert["count"] == 40
    assert sorted(path.name for path in world.data.iterdir()) == ["index.sealed"]


def test_a_quiet_input_ends_with_0(world: World) -> None:
    """Nothing found, everything read."""
    done = world.run("scan", "--json", "-", stdin=b"The minutes of the gardening club.\n" * 20)
    assert (done.code, [each["type"] for each in done.objects]) == (0, ["summary"])


@pytest.mark.parametrize("body", [b"%PDF-1.7\nx", b"PK\x03\x04broken"])
def test_what_cannot_be_read_ends_with_3(world: World, body: bytes) -> None:
    """Nothing was found, but nobody could look: that is not 0."""
    done = world.run("scan", "--json", "-", stdin=body)
    assert done.code == 3
    assert done.of("unread")


def test_a_missing_file_ends_with_3(world: World, tmp_path: Path) -> None:
    """And is named."""
    done = world.run("scan", str(tmp_path / "no.csv"))
    assert done.code == 3
    assert "no.csv" in done.out + done.err


def test_the_threshold_is_the_users(world: World) -> None:
    """--fail-on says from which severity on the command ends with 1."""
    names = "\n".join(f"{row['forename']} {row['surname']}" for row in world.rows[:30]).encode()
    found = world.run("scan", "--json", "-", stdin=names)
    (alert,) = found.of("alert")
    assert (alert["severity"], found.code) == ("medium", 1)
    assert world.run("scan", "--fail-on", "critical", "-", stdin=names).code == 0


def test_scan_tells_nobody_unless_asked(world: World) -> None:
    """A target hears of a scan only with --notify."""
    with chat(world) as heard:
        body = leaked_csv(world.rows[:40])
        assert world.run("scan", "-", stdin=body).code == 1
        assert heard == []
        done = world.run("scan", "--notify", "-", stdin=body)
        assert (done.code, len(heard)) == (1, 1)
        assert "no target" not in done.err


def test_notify_without_a_target_is_said(world: World) -> None:
    """On stderr, before anything is read; what was found is found all the same."""
    done = world.run("scan", "--json", "--notify", "-", stdin=leaked_csv(world.rows[:40]))
    assert done.code == 1
    assert "there is no target, so nobody is told" in done.err
    assert done.of("alert")


def test_what_was_not_there_is_an_unread_object_like_any(world: World, tmp_path: Path) -> None:
    """Exactly four keys, with the reason `missing`; why it is missing is for people, on stderr."""
    gone = tmp_path / "no.csv"
    done = world.run("scan", "--json", str(gone))
    assert done.objects[0] == {
        "type": "unread",
        "document": str(gone),
        "where": "",
        "reason": "missing",
    }
    assert "No such file" in done.err
    assert (done.code, done.objects[-1]["unread"]) == (3, 1)


def test_one_is_one_and_none_is_not_told(world: World) -> None:
    """A turn says `1 source`, and nothing of deliveries when there were none."""
    (world.folder / "drop").mkdir()
    world.configure('[sources.mine]\nkind = "folder"\npath = "drop"\n')
    done = world.run("scan")
    assert done.code == 0, done
    assert "visited 1 source; 0 documents" in done.err
    assert "told" not in done.err


def test_a_turn_beside_a_daemon_says_so(world: World) -> None:
    """Exit 2 with who visits already."""
    from watcher.store import visiting

    world.configure('[sources.x]\nkind = "listing"\nurl = "https://paste.example/"\nitem = "a"\n')
    with visiting(world.data / "lock"):
        done = world.run("scan")
    assert done.code == 2
    assert "visits sources" in done.err


def test_text_is_for_people(world: World) -> None:
    """Severity, id, place, how many, why and what to do; no colour into a pipe; no value."""
    done = world.run("scan", "-", stdin=leaked_csv(world.rows[:40]))
    assert "CRITICAL" in done.out
    assert "watcher show A-1" in done.out
    assert "40 of our people" in done.out
    assert "\x1b" not in done.out + done.err
    assert not [row for row in world.rows[:40] if row["pay_number"] in done.out]
    with Book.open(world.data / "watcher.db") as book:
        assert len(book.alerts()) == 1
