"""Presets: data that becomes a source's table, strictly. The places themselves are tried beside their fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config import load, presets
from watcher.config.presets import Preset, Variable
from watcher.errors import ConfigError
from watcher.outward import by_tor

REST = """[store]
directory = "d"
[key]
file = "/elsewhere/key"
"""


def told(folder: Path, table: str) -> str:
    """What the loader says of a table with a preset."""
    path = folder / "config.toml"
    path.write_text(f"{REST}[sources.met]\n{table}\n")
    try:
        load(path, {}, secrets=False)
    except ConfigError as problem:
        return str(problem).removeprefix(f"{path}: ")
    return ""


def test_a_preset_fills_a_table_and_the_table_has_the_last_word(tmp_path: Path) -> None:
    """Variables are put in, keys of the kind and of every source override."""
    path = tmp_path / "config.toml"
    path.write_text(
        f'{REST}[sources.met]\npreset = "telegram"\nchannel = "met_news"\nevery = "1h"\npace = "5s"\n'
    )
    table = load(path, {}).sources["met"]
    assert (table.kind, table.preset) == ("posts", "telegram")
    assert table.variables == {"channel": "met_news", "host": "t.me"}
    assert table.options["url"] == "https://t.me/s/met_news"
    assert table.options["every"] == "1h"
    assert table.pace.total_seconds() == 5
    assert "channel" not in table.options


def test_what_every_source_has_may_come_from_the_preset(tmp_path: Path) -> None:
    """That a place lists leaks, at which pace it is asked, and that it is an API."""
    path = tmp_path / "config.toml"
    path.write_text(f'{REST}[sources.r]\npreset = "ransomlook"\n')
    table = load(path, {}).sources["r"]
    assert table.leak_listing
    assert table.pace.total_seconds() == 5
    assert table.robots.startswith("an API")


def test_an_onion_address_in_a_preset_goes_through_tor(tmp_path: Path) -> None:
    """What the ways out are told of a source is what its preset made of it."""
    path = tmp_path / "config.toml"
    host = f"{'a' * 56}.onion"
    path.write_text(f'{REST}[sources.o]\npreset = "mastodon"\nhost = "{host}"\n')
    assert by_tor(load(path, {}).sources["o"])


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            'preset = "telegrm"',
            'sources.met.preset: no preset has this name; did you mean "telegram"?',
        ),
        ("preset = 5", "sources.met.preset: must be text"),
        ('preset = "telegram"', "sources.met.channel: is missing: the channel's name, without @"),
        (
            'preset = "telegram"\nchanel = "a"',
            'sources.met.chanel: unknown key; did you mean "channel"?',
        ),
        (
            'preset = "telegram"\nchannel = "@a b"',
            "sources.met.channel: must be the channel's name",
        ),
        ('preset = "telegram"\nchannel = true', "sources.met.channel: must be the channel's name"),
        (
            'preset = "telegram"\nchannel = "abcd"\nkind = "posts"',
            "sources.met.kind: the preset says it",
        ),
        (
            'preset = "telegram"\nchannel = "abcd"\nenabld = true',
            "",
        ),  # the kind's decoder tells that
        ('preset = "paste-ee"', "sources.met: paste-ee is only followed"),
        (
            'preset = "pastebin"',
            'sources.met: pastebin needs leave: terms_accepted = "who, YYYY-MM-DD"',
        ),
        (
            'preset = "pastebin"\nterms_accepted = "yes"',
            "sources.met: pastebin terms_accepted: must say who",
        ),
        ('preset = "pastebin"\nterms_accepted = "A. Reed, 2026-03-01"', ""),
        ('preset = "pastebin"\nenabled = false', ""),
        (
            'preset = "hibp-domain"\ndomain = "a.example"',
            "sources.met: hibp-domain needs a key: headers.",
        ),
        (
            'preset = "hibp-domain"\ndomain = "a.example"\nheaders = { hibp-api-key = { file = "k" } }',
            "",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_is(tmp_path: Path, table: str, wanted: str) -> None:
    """With the mend, and with whom to ask; what is off may wait for its leave."""
    found = told(tmp_path, table)
    assert found.startswith(wanted)
    assert bool(found) == bool(wanted)
    if "needs" in wanted:
        assert "https://" in found


def test_values_are_put_where_their_names_stand() -> None:
    """In lists and tables as well; encoded in an address, as they are elsewhere; other braces stay."""
    preset = Preset(
        name="p",
        kind="json",
        about="a place",
        verdict="Y",
        terms="none",
        variables={"q": Variable(about="a search", pattern=".+"), "n": Variable(about="n", pattern=".", default="1")},
        options={
            "url": "https://site.example/{q}/{n}/{key}",
            "expect": ["{q}", 5],
            "refusals": {"no": "gone: {q}"},
            "items": "{key: id}",
        },
    )  # fmt: skip
    assert presets.filled(preset, {"q": "a b?&(c)/d"}) == {
        "url": "https://site.example/a%20b%3F%26%28c%29/d/1/{key}",
        "expect": ["a b?&(c)/d", 5],
        "refusals": {"no": "gone: a b?&(c)/d"},
        "items": "{key: id}",
    }
    assert preset.needs == ("q",)
    assert (preset.state, preset.ready) == ("unverified", False)


def test_there_are_the_places_that_were_promised() -> None:
    """By name; each can be looked up by itself."""
    found = presets.available()
    assert {"pastebin", "gists", "telegram", "4chan", "reddit", "mastodon", "bluesky", "bluesky-v2",
            "ransomlook", "ransomware-live", "hibp-breaches", "hibp-domain", "whatdotheyknow", "alaveteli",
            "police-disclosures", "govuk-foi", "listing", "feed", "json", "page"} <= set(found)  # fmt: skip
    assert presets.find("gists") == found["gists"]
    assert found["gists"].ready
    assert not found["4chan"].ready
