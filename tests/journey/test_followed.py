"""What becomes of a leak: it comes again elsewhere, a listing grows, and its evidence is altered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.journey.people import Row, delimited, private, strangers, table
from tests.journey.scanned import Scan, refs
from tests.watcher.read.made import archive
from tests.world import World

pytestmark = pytest.mark.journey

TAMPERED = 4  # what a command ends with that finds something altered


def test_a11_the_list_again_elsewhere(scan: Scan) -> None:
    """Columns and rows in another order, a fifth of them gone: a second place of the same incident."""
    alert = scan.alert("a11.csv")
    assert alert["severity"] == "critical"
    assert set(alert["officers"]) <= set(scan.alert("a1.xlsx")["officers"])
    (one,) = scan.incidents("a1.xlsx", "a11.csv")
    known = scan.world.run("alerts", "--json", "--limit", "1000")
    places = {each["document"] for each in known.of("alert") if each["incident"] == one}
    assert {Path(each).name for each in places} >= {"a1.xlsx", "a11.csv"}


def page(*lines: str) -> str:
    """What a leak site shows of its victim."""
    return "\n".join(["EXAMPLE-CARD LIMITED (UK)", "cards and badges, 41 GB", *lines, ""])


def tree(rows: Sequence[Row]) -> list[str]:
    """What thieves list of what they took."""
    return [f"warrant_cards/{each['warrant_number']}.jpg" for each in rows]


def listed(world: World, root: Path) -> tuple[World, Path]:
    """A copy of the world that visits a folder in which leaks are listed, and knows the supplier."""
    own = world.copy(root)
    for each in own.data.glob("watcher.db*"):
        each.unlink()  # nothing has leaked yet: whoever is in all of it is of that data set
    folder = root / "listing"
    folder.mkdir()
    text = own.config.read_text()
    assert text.count("\nsuppliers = []") == 1
    own.config.write_text(
        text.replace("\nsuppliers = []", '\nsuppliers = ["Example Card Ltd | ExCard"]')
    )
    own.configure(
        f'[sources.taken]\nkind = "folder"\nleak_listing = true\nevery = "1s"\npath = "{folder}"'
    )
    return own, folder


def visited(world: World) -> dict[str, Any]:
    """The one alert of a turn of the daemon, long after the one before: edits are not read at once."""
    if (path := world.data / "watcher.db").exists():
        with closing(sqlite3.connect(path)) as store, store:
            store.execute("UPDATE outcome SET at = '2023-01-01T00:00:00.000000+00:00'")
    ran = world.run("scan", "--json")
    assert [each["type"] for each in ran.objects] == ["alert", "summary"], ran
    (alert,) = ran.of("alert")
    return dict(alert)


def test_a6_a_supplier_on_a_leak_listing(scan: Scan, tmp_path: Path) -> None:
    """
    Medium when it is named; high when its files are listed; critical, of one incident with
    the files themselves, when they are those of officers.
    """
    world, folder = listed(scan.world, tmp_path / "a6")
    ours = private(world.rows, 8_000, 60)
    post = folder / "example-card.txt"
    said = []
    for at, lines in enumerate(
        ([], tree(strangers(world.rows, 20)), [*tree(strangers(world.rows, 20)), *tree(ours)])
    ):
        post.write_text(page(*lines))
        os.utime(post, (1_700_000_000 + at, 1_700_000_000 + at))  # the listing grows
        said.append(visited(world))
    assert [(each["severity"], each["rule"]) for each in said] == [
        ("medium", "supplier"),
        ("high", "supplier"),
        ("critical", "numbers"),
    ]
    assert [each["officers"] for each in said[:2]] == [[], []]
    assert set(said[2]["officers"]) == refs(ours)
    taken = table(ours, ("Service No", "Forename", "Surname"))
    cards = [(name, b"") for name in tree(ours)]
    (folder / "part1.zip").write_bytes(archive([("staff.csv", delimited(taken).encode()), *cards]))
    data = visited(world)
    assert (data["severity"], data["incident"]) == ("critical", said[2]["incident"])


def test_n4_a_page_that_changes_is_one_incident(scan: Scan, tmp_path: Path) -> None:
    """The same list with another time on it is the same leak."""
    world, folder = listed(scan.world, tmp_path / "n4")
    lines = delimited(table(private(world.rows, 8_000, 40), ("PayNo", "Forename", "Surname")))
    incidents = set()
    for at in range(3):
        (folder / "page.csv").write_text(f"{lines}\nfetched 14:{at:02}\n")
        os.utime(folder / "page.csv", (1_700_000_000 + at, 1_700_000_000 + at))
        incidents.add(visited(world)["incident"])
    assert len(incidents) == 1


@pytest.mark.parametrize("how", ["gone", "altered"])
def test_h2_evidence_that_is_gone_or_altered(scan: Scan, tmp_path: Path, how: str) -> None:
    """`watcher verify` says so and ends with the code for it; before that all is well."""
    own = scan.world.copy(tmp_path / how)
    assert own.run("verify").code == 0
    kept = max((own.data / "evidence").rglob("*.age"), key=lambda path: path.stat().st_size)
    if how == "gone":
        kept.unlink()
    else:
        body = bytearray(kept.read_bytes())
        body[len(body) // 2] ^= 1
        kept.write_bytes(body)
    assert own.run("verify").code == TAMPERED
