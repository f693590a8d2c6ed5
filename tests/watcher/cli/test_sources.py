"""`sources` and `sources check`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.watcher.store.test_canaries import back
from tests.world import World
from watcher.store import Book, Brought


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


def test_sources_shows_how_each_is(world: World) -> None:
    """Blind and since when, what a place brings a day, and the canary's last return."""
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\nevery = "1h"\n'
        '[sources.gone]\nkind = "folder"\npath = "nowhere"\n'
    )
    now = datetime.now(UTC)
    with Book.open(world.data / "watcher.db", create=True) as book:
        for hour in range(20 * 24, -1, -1):
            at = now - timedelta(hours=hour)
            brought = Brought(new=2)
            book.visited("mine", now=at, next_due=at + timedelta(hours=1), items=4, brought=brought)
        book.visited("gone", now=now - timedelta(hours=3), next_due=now, items=1)
        for _ in range(3):
            book.visited("gone", now=now, next_due=now, error="it is not there", kind="listing")
        book.settle(back("c"), now=now, canary=True)
    done = world.run("sources", "--json")
    listed = {each["name"]: each for each in done.objects}
    assert (listed["mine"]["state"], listed["mine"]["since"]) == ("ok", None)
    assert abs(listed["mine"]["usual"] - 48) < 4
    assert (listed["gone"]["state"], listed["gone"]["usual"]) == ("blind", None)
    assert listed["gone"]["since"] == (now - timedelta(hours=3)).isoformat()
    assert listed["gone"]["error"] == "it is not there"
    shown = world.run("sources")
    assert "usual a day" in shown.out
    assert "canary: came back" in shown.err


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
    assert "watcher sources check" not in bad.out, "that is what was just done"
    unknown = world.run("sources", "check", "nine")
    assert unknown.code == 2
    assert "mine" in unknown.err


def test_a_check_speaks_json(world: World) -> None:
    """An object for each item, and last what came of it; trouble ends with 3 here too."""
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\n'
        '[sources.short]\nkind = "folder"\npath = "drop"\nminimum = 5\n'
    )
    good = world.run("sources", "check", "mine", "--json")
    assert good.code == 0
    assert [each["type"] for each in good.objects] == ["item", "check"]
    assert good.objects[-1]["trouble"] == ""
    bad = world.run("sources", "check", "short", "--json")
    assert bad.code == 3
    assert "at least 5" in bad.of("check")[0]["trouble"]


def test_what_places_said_of_themselves_is_shown_and_looked_after(world: World) -> None:
    """Where one has moved for good, after three visits; one that is gone is asked again after a check."""
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    world.configure('[sources.mine]\nkind = "folder"\npath = "drop"\n')
    world.run("scan")
    with Book.open(world.folder / "data" / "watcher.db") as book:
        for _ in range(3):
            assert world.run("sources", "--json").of("source")[-1]["moved"] is None
            book.learned("mine", moved="https://new.example/list")
    assert world.run("sources", "--json").of("source")[-1]["moved"] == "https://new.example/list"
    assert "https://new.example/list" in world.run("sources").out.replace("\n", "")
    with Book.open(world.folder / "data" / "watcher.db") as book:
        book.learned("mine", gone="mark")
        assert world.run("sources", "check", "mine").code == 0
        assert book.place("mine").gone == ""


def test_a_source_that_is_off_and_wrong_is_told(world: World) -> None:
    """Whoever switches it on should not find out only then; the exit code stays 0."""
    world.configure(
        '[sources.later]\nkind = "listing"\nenabled = false\nitem = "a"\n'
        '[sources.strange]\nkind = "nosuchkind"\nenabled = false\n'
        '[sources.now]\nkind = "folder"\npth = "drop"\n'
    )
    done = world.run("sources", "--json")
    assert done.code == 0, done
    listed = {each["name"]: each for each in done.objects}
    assert listed["later"]["state"] == "off"
    assert listed["later"]["error"].startswith("off, and wrong: ")
    assert "sources.later.url" in listed["later"]["error"]
    assert "nosuchkind" in listed["strange"]["error"]
    assert listed["now"]["state"] == "wrong"
    assert "sources.now.pth" in listed["now"]["error"]
    assert listed["pastes"]["error"] == ""
    assert "off, and wrong" in world.run("sources").out


def test_without_any_source_it_says_so(world: World) -> None:
    """On stderr; stdout stays data."""
    text = world.config.read_text()
    world.config.write_text(text[: text.index("# A folder on this machine.")])
    done = world.run("sources")
    assert (done.code, done.out) == (0, "")
    assert "No source" in done.err
