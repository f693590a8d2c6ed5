"""`sources list --available` and `sources add`."""

from __future__ import annotations

import json

from tests.world import World


def test_all_presets_are_listed_with_what_they_need(world: World) -> None:
    """For people and as JSON; without --available it is what is configured."""
    done = world.run("sources", "list", "--available", "--json")
    assert done.code == 0, done
    found = {each["name"]: each for each in done.of("preset")}
    assert found["telegram"]["needs"] == ["channel"]
    assert found["telegram"]["state"] == "verified"
    assert found["pastebin"]["verdict"] == "P"
    assert found["pastebin"]["needs"] == ["terms_accepted"]
    assert found["mastodon"]["state"] == "unverified"
    assert "telegram" in world.run("sources", "list", "--available").out
    assert world.run("sources", "list", "--json").out == world.run("sources", "--json").out


def test_a_ready_place_is_added_and_switched_on(world: World) -> None:
    """It is shown as written, and what comes next is said."""
    done = world.run("sources", "add", "telegram", "--set", "channel=met_news", "--set", "every=1h")
    assert done.code == 0, done
    assert done.out.splitlines() == [
        "[sources.telegram-met_news]",
        'preset = "telegram"',
        'channel = "met_news"',
        'every = "1h"',
    ]
    assert "watcher sources check telegram-met_news" in done.err
    assert "systemctl reload watcher" in done.err
    assert world.config.read_text().endswith(done.out)
    row = {each["name"]: each for each in world.run("sources", "--json").objects}[
        "telegram-met_news"
    ]
    assert (row["preset"], row["verdict"], row["verified"], row["kind"]) == (
        "telegram",
        "Y",
        True,
        "posts",
    )
    assert row["state"] == "not visited yet"
    again = world.run("sources", "add", "telegram", "--set", "channel=met_news")
    assert again.code == 2
    assert "already" in again.err


def test_what_is_unverified_or_needs_leave_is_added_off(world: World) -> None:
    """With what to look at, and whom to ask; checked before there is leave, it says so and asks nobody."""
    done = world.run("sources", "add", "pastebin", "--name", "pb")
    assert done.code == 0, done
    assert "enabled = false" in done.out
    assert "doc_scraping_api" in done.err
    assert "Unverified" in done.err
    assert "pastebin (P, unverified)" in world.run("sources").out
    check = world.run("sources", "check", "pb")
    assert check.code == 2
    assert "terms_accepted" in check.err


def test_what_is_wrong_is_told_and_not_written(world: World) -> None:
    """Also what only the kind knows."""
    before = world.config.read_text()
    for words, told in (
        (("telegrm",), 'did you mean "telegram"'),
        (("telegram",), "sources.telegram.channel: is missing"),
        (
            ("gists", "--set", "minimun=1"),
            'sources.gists.minimun: unknown key; did you mean "minimum"?',
        ),
        (("telegram", "--set", "channel=abcd", "--set", "chanel=x"), 'did you mean "channel"?'),
        (("telegram",), "watcher sources add telegram --set channel=…"),
        (("hibp-range",), "--set 'key={ file = \"…\" }'"),
        (
            ("rentry",),
            "only followed: its addresses in documents are fetched, it is no source; switch on",
        ),
        (("gists", "--set", "every"), "--set"),
    ):
        done = world.run("sources", "add", *words)
        assert done.code == 2, done
        assert told in done.err, done
    assert world.config.read_text() == before


def test_what_to_look_at_is_told_with_what_was_given(world: World) -> None:
    """In addresses as in addresses; by default where nothing was given; by name in the list of all."""
    given = ("--set", "host=foi.example.org", "--set", "query=police staff")
    done = world.run("sources", "add", "alaveteli", *given, "--name", "foi")
    assert done.code == 0, done
    assert "  https://foi.example.org/feed/search/police%20staff: an Atom feed" in done.err
    world.configure(
        '[sources.chan]\npreset = "mastodon"\nhost = "127.0.0.1"\nurl = "http://127.0.0.1:9/x"\n'
    )
    checked = world.run("sources", "check", "chan")
    assert "    https://127.0.0.1/api/v1/timelines/public" in checked.out, checked
    assert "unverified: look at" in checked.out
    listed = world.run("sources", "list", "--available", "--json").of("preset")
    found = {each["name"]: each for each in listed}
    assert "https://HOST/s/CHANNEL" in found["telegram"]["look"][0]
    assert found["feed"]["state"] == "any place"


def test_a_preset_that_was_removed_keeps_nobody_from_watching(world: World) -> None:
    """While its source is off it is told to whoever looks; switched on it is an error."""
    world.configure('[sources.old]\npreset = "gone-board"\nboard = "x"\nenabled = false\n')
    shown = world.run("sources")
    assert shown.code == 0, shown
    assert "gone-board (no such preset)" in shown.out
    assert "no preset has this name" in shown.out
    (row,) = [each for each in world.run("sources", "--json").objects if each["name"] == "old"]
    assert (row["state"], row["preset"], row["verdict"]) == ("off", "gone-board", None)
    checks = world.run("doctor", "--json").objects
    (told,) = [each for each in checks if each["what"].startswith("source old: off, and wrong")]
    assert told["level"] == "warn"
    assert world.run("sources", "check", "old").code == 2
    text = world.config.read_text()
    world.config.write_text(text.replace('board = "x"\nenabled = false', 'board = "x"'))
    done = world.run("sources")
    assert done.code == 2
    assert "sources.old.preset: no preset has this name" in done.err


def test_a_check_of_a_place_says_what_to_look_at(world: World) -> None:
    """Whether it went well or not; as JSON too."""
    (world.folder / "page.txt").write_text("x")
    world.configure('[sources.mine]\npreset = "feed"\nurl = "http://127.0.0.1:9/feed"\n')
    done = world.run("sources", "check", "mine")
    assert done.code == 3
    assert "look at" in done.out
    assert "unverified" not in done.out  # of no place, so nobody could have recorded it
    whole = json.loads(world.run("sources", "check", "mine", "--json").out.splitlines()[-1])
    assert whole["look"]
