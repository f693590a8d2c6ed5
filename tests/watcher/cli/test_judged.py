"""`scan --explain`, as people and scripts meet it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.world import World, leaked_csv

KEYS = {
    "type",
    "document",
    "parts",
    "lists",
    "bits_needed",
    "records",
    "context",
    "rules",
    "otherwise",
    "public_mentions_left_out",
    "unread",
}


def test_json_has_one_explanation_for_each_document(world: World, tmp_path: Path) -> None:
    """Behind its alert, with the numbers that judged it; a quiet document has one as well."""
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "a.csv").write_bytes(leaked_csv(world.rows[:40]))
    (drop / "b.txt").write_text("The minutes of the gardening club.\n")
    done = world.run("scan", "--json", "--no-store", "--explain", str(drop))
    assert [each["type"] for each in done.objects] == [
        "alert",
        "explanation",
        "explanation",
        "summary",
    ]
    leak, quiet = done.of("explanation")
    (alert,) = done.of("alert")
    assert set(leak) == set(quiet) == KEYS
    assert leak["rules"][0]["severity"] == alert["severity"]
    assert leak["parts"] == [
        {
            "where": "",
            "kind": "table",
            "characters": leak["parts"][0]["characters"],
            "rows": 41,
            "hidden": False,
            "second_reading": False,
        }
    ]
    names = next(each for each in leak["lists"] if each["of"] == "name")
    assert (names["rows"], names["ours"]) == (40, 40)
    assert names["bits"] > leak["bits_needed"]["critical"]
    assert leak["records"]["officers_sure"] == 40
    assert (quiet["rules"], quiet["lists"]) == ([], [])
    assert quiet["otherwise"]


def test_a_person_reads_every_step(world: World) -> None:
    """What was read, weighed and ruled, and what would have changed it; of nobody a value."""
    done = world.run("scan", "--no-store", "--explain", "-", stdin=leaked_csv(world.rows[:40]))
    for label in ("read", "lists", "records", "context", "rules", "otherwise", "unread"):
        assert f"\n  {label}" in done.out
    assert "40 ours" in done.out
    assert "table, 41 rows" in done.out
    for row in world.rows[:40]:
        assert row["pay_number"] not in done.out
        assert f" {row['surname']} " not in done.out


def test_a_quiet_document_says_how_far_off_it_was(world: World) -> None:
    """Nothing found is explained as well, and ends with 0."""
    done = world.run("scan", "--no-store", "--explain", "-", stdin=b"Tea and rain.\n")
    assert done.code == 0
    assert "Nothing found in standard input" in done.out
    assert "none applies" in done.out


def test_addresses_name_nobody(world: World, tmp_path: Path) -> None:
    """A member called after somebody is told as in the alert."""
    row = world.rows[0]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"{row['forename']} {row['surname']}.csv", leaked_csv(world.rows[:40]))
        archive.writestr(f"{row['surname']} {row['forename']}.pdf", b"%PDF-1.7\n")
    (tmp_path / "a.zip").write_bytes(held.getvalue())
    for words in ((), ("--json",)):
        done = world.run("scan", "--no-store", "--explain", *words, str(tmp_path / "a.zip"))
        assert row["surname"] not in done.out
        assert "item 1 (.csv)" in done.out
    (alert,) = done.of("alert")
    (said,) = done.of("explanation")
    assert "item 1 (.csv)" in {each["where"] for each in said["parts"]}
    assert any("item 1 (.csv)" in each for each in alert["where"])
    assert {each["where"] for each in said["unread"]} == {
        each["where"] for each in done.of("unread")
    }


def test_a_turn_is_not_explained(world: World) -> None:
    """It goes with what is named."""
    done = world.run("scan", "--explain")
    assert done.code == 2
    assert "--explain" in done.err
