"""`sources` and `sources check`."""

from __future__ import annotations

from tests.world import World
from watcher.store import Book


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


def test_what_goes_through_tor_is_shown(world: World) -> None:
    """By its own word, or by an onion address; people and scripts."""
    world.configure(
        f'[sources.dark]\nkind = "page"\nurl = "http://{"a" * 56}.onion/"\n'
        '[sources.told]\nkind = "page"\nvia = "tor"\nurl = "https://x.example/"\n'
        '[sources.open]\nkind = "page"\nurl = "https://x.example/"\n'
    )
    listed = {each["name"]: each["via"] for each in world.run("sources", "--json").of("source")}
    assert [listed[name] for name in ("dark", "told", "open")] == ["tor", "tor", None]
    assert world.run("sources").out.count("page via tor") == 2


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
