"""`alerts`, `show`, `sources` and `verify`."""

from __future__ import annotations

import pytest

from tests.world import World, leaked_csv


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


def test_sources_shows_what_is_configured(world: World) -> None:
    """What is off, what was never visited, and what is sick."""
    world.configure('[sources.mine]\nkind = "folder"\npath = "nowhere"\nevery = "1m"\n')
    listed = {each["name"]: each for each in world.run("sources", "--json").objects}
    assert listed["mine"]["state"] == "not visited yet"
    assert listed["pastes"]["state"] == "off"
    world.run("scan")
    listed = {each["name"]: each for each in world.run("sources", "--json").objects}
    assert listed["mine"]["state"] == "failing"
    assert "nowhere" in listed["mine"]["error"]
    assert "failing" in world.run("sources").out


def test_sources_check_says_what_is_there_and_what_is_missing(world: World) -> None:
    """A visit that stores nothing: items, the first document, or the marker that is not there."""
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\n'
        '[sources.short]\nkind = "folder"\npath = "drop"\nminimum = 5\n'
    )
    good = world.run("sources", "check", "mine")
    assert good.code == 0, good
    assert "listed 1" in good.out
    bad = world.run("sources", "check", "short")
    assert bad.code == 3
    assert "at least 5" in bad.out
    unknown = world.run("sources", "check", "nine")
    assert unknown.code == 2
    assert "mine" in unknown.err


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
