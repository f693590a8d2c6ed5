"""Every preset: decoded by its kind, and tried on the answer that it was made for, on a real site."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jmespath
import pytest

from tests.watcher.fetch.site import Site
from watcher import registry
from watcher.api import Capture, ConfigError, FetchError, Ref, SourceError
from watcher.config import presets
from watcher.config.decode import Decoder
from watcher.config.load import HEAD, source_table
from watcher.config.presets import Preset
from watcher.config.settings import Read, SourceTable
from watcher.fetch import Fetcher
from watcher.model import Part
from watcher.read import Readers
from watcher.testing.source import check_source

HERE = Path(__file__).parent
PLANTED = "Quillfeather"
ALL = presets.available()
FIXED = [each for each in ALL.values() if each.fixture]
FILE = Path("/etc/watcher/config.toml")

# What an operator would fill in.
VALUES = {
    "board": "po",
    "body": "psni",
    "channel": "example",
    "domain": "force.example",
    "host": "site.example",
    "organisation": "civil-nuclear-constabulary",
    "subreddit": "police",
    "tag": "police",
}
# What the generic ones leave to their operator.
GIVEN: dict[str, dict[str, object]] = {
    "feed": {"url": "https://site.example/feed"},
    "json": {"url": "https://site.example/list", "key": "id", "text": "text"},
    "listing": {"url": "https://site.example/list", "item": "a"},
    "page": {"url": "https://site.example/page"},
}


def table(preset: Preset, **more: Any) -> SourceTable:
    """A `[sources.NAME]` with this preset, decoded as in a file."""
    raw: dict[str, Any] = {"preset": preset.name, "terms_accepted": "A. Reed, 2026-03-01"}
    raw |= {name: VALUES[name] for name in preset.variables if name in VALUES}
    if preset.key:
        where, _, name = preset.key.partition(".")
        raw[where] = {name: {"credential": "token"}} if name else {"credential": "token"}
    raw |= GIVEN.get(preset.name, {})
    decoder = Decoder(FILE, {}, secrets=False)
    made = source_table(decoder, f"sources.{preset.name}", preset.name, raw | more)
    decoder.check()
    assert made is not None
    return made


def moved(value: Any, place: Site) -> Any:
    """The same with its addresses on our own site."""
    if isinstance(value, list):
        return [moved(each, place) for each in value]
    return re.sub(r"https?://[^/]+", place.url(""), value) if isinstance(value, str) else value


def here(preset: Preset, place: Site) -> Any:
    made = table(preset)
    options = {key: moved(value, place) for key, value in made.options.items()}
    whole = SourceTable(name=preset.name, kind=preset.kind, enabled=True, options=options)
    return registry.source(whole, FILE, secrets=False)


def local(body: bytes, place: Site) -> bytes:
    return re.sub(rb"https://[a-z0-9.]+", place.url("").encode(), body)


async def read(capture: Capture) -> str:
    async with Readers(Read(workers=1)) as readers:
        return "\n".join(
            [part.text async for part in readers.read(capture) if isinstance(part, Part)]
        )


@pytest.mark.parametrize("preset", ALL.values(), ids=ALL)
def test_a_preset_is_what_its_kind_takes(preset: Preset) -> None:
    """With its variables filled in, the strict decoder of its kind has nothing to say."""
    if preset.verdict == "F":
        with pytest.raises(ConfigError, match="only followed"):
            table(preset)
        assert re.compile(preset.options["address"]).groups
        assert "{key}" in preset.options["raw"]
        return
    made = table(preset)
    if preset.kind not in registry.known(registry.SOURCES):
        pytest.skip(f"the kind {preset.kind} is not installed")
    source = registry.source(made, FILE, secrets=False)
    assert source.every.total_seconds() >= 60


@pytest.mark.parametrize("preset", ALL.values(), ids=ALL)
def test_a_preset_says_what_one_must_know(preset: Preset) -> None:
    """Terms always; what to look at where nobody has recorded it; whom to ask where leave is needed."""
    assert preset.terms
    assert preset.about
    assert preset.look or preset.verdict == "F"
    assert bool(preset.ask) == (preset.verdict == "P")
    assert bool(preset.verified) == bool(preset.fixture), "no made-up fixture, and none missing"
    assert not (preset.key and preset.verdict != "P")
    for name, variable in preset.variables.items():
        assert name not in HEAD
        assert not variable.default or re.fullmatch(variable.pattern, variable.default)


@pytest.mark.parametrize("preset", ALL.values(), ids=ALL)
def test_every_placeholder_is_a_variable_or_the_kind_s_own(preset: Preset) -> None:
    """One that is neither would be asked for as it stands."""
    if preset.verdict == "F":
        return
    said = str(dict(table(preset).options))
    assert set(re.findall(r"\{([a-z]\w*)\}", said)) <= {"key", "page"}
    whole = str(dict(preset.options))
    assert {name for name in preset.variables if f"{{{name}}}" not in whole} == set()


@pytest.mark.parametrize("preset", FIXED, ids=[each.name for each in FIXED])
async def test_a_verified_preset_reads_its_fixture(
    preset: Preset, place: Site, out: Fetcher
) -> None:
    """Discovered and fetched through the real way out; the planted name is in what is read."""
    source = here(preset, place)
    path = re.sub(r"^http://[^/]+|\?.*", "", source.url)
    place.says(path, local((HERE / preset.fixture).read_bytes(), place))
    found = await check_source(source, out.web(preset.name), fetched=0)
    assert found
    captures = [each for each in found if isinstance(each, Capture)]
    documents = list(HERE.glob(f"{preset.name}-document.*"))
    for ref in (each for each in found if isinstance(each, Ref)):
        (document,) = documents
        place.says(re.sub(r"^http://[^/]+", "", ref.url), document.read_bytes())
        captures.append(await source.fetch(out.web(preset.name), ref))
        break
    texts = [
        await read(each) for each in captures if PLANTED[:5].encode() in each.body.open().read()
    ]
    assert any(PLANTED in text for text in texts)


@pytest.mark.parametrize("preset", FIXED, ids=[each.name for each in FIXED])
async def test_a_verified_preset_reads_what_was_recorded(
    preset: Preset, place: Site, out: Fetcher, samples: Path
) -> None:
    """The place's own answer, as somebody else found it."""
    body = local((samples / preset.recording).read_bytes(), place)
    source = replace(here(preset, place), minimum=1)  # what was recorded was shortened
    place.says("/s/telegram", body)  # where its own link to older posts leads
    place.says(re.sub(r"^http://[^/]+|\?.*", "", source.url), body)
    found = await check_source(source, out.web(preset.name), fetched=0)
    wanted = {"telegram": 1, "gists": 17, "4chan": 9, "ransomwatch": 27, "hibp-breaches": 267}
    assert len(found) == wanted[preset.name]


async def test_a_telegram_post_is_what_it_says_itself(place: Site, out: Fetcher) -> None:
    """Not what it answers, nor what another site says; the names of files count, a picture has no text."""
    source = here(ALL["telegram"], place)
    place.says("/s/example", local((HERE / "telegram.html").read_bytes(), place))
    found = await check_source(source, out.web("telegram"), fetched=0)
    posts = {each.ref.key: each for each in found if isinstance(each, Capture)}
    assert list(posts) == ["example/41", "example/42", "example/44"]
    assert posts["example/42"].ref.url == place.url("/example/42")
    said = [await read(each) for each in posts.values()]
    assert "staff list.xlsx" in said[2]
    assert not any("another" in text for text in said)


async def test_a_channel_that_is_none_is_told_as_that(place: Site, out: Fetcher) -> None:
    """Telegram answers 200 for it, with a page that has no title of a channel."""
    source = here(ALL["telegram"], place)
    place.says("/s/example", b"<html><title>Telegram: Contact @example</title></html>")
    with pytest.raises(SourceError, match="does not exist, is private, or its preview is off"):
        await check_source(source, out.web("telegram"))


async def test_a_gist_is_told_by_its_file_and_revision(place: Site, out: Fetcher) -> None:
    """An edited file has another address, and so is another ref."""
    source = here(ALL["gists"], place)
    body = local((HERE / "gists.json").read_bytes(), place)
    place.says("/gists/public", body)
    before = {
        each.key
        for each in await check_source(source, out.web("g"), fetched=0)
        if isinstance(each, Ref)
    }
    place.says("/gists/public", body.replace(b"3" * 40, b"4" * 40))
    after = {
        each.key
        for each in await check_source(source, out.web("g"), fetched=0)
        if isinstance(each, Ref)
    }
    assert len(before) == 3
    assert len(after - before) == 1


async def test_a_thread_is_read_again_when_it_changed(place: Site, out: Fetcher) -> None:
    """Its version is the time of its last change; one that was pruned is gone, and that is all."""
    source = here(ALL["4chan"], place)
    body = (HERE / "4chan.json").read_bytes()
    place.says("/po/threads.json", body)
    found = [
        each
        for each in await check_source(source, out.web("4chan"), fetched=0)
        if isinstance(each, Ref)
    ]
    assert len({each.version for each in found}) == len(found) == 12
    with pytest.raises(FetchError) as caught:
        await source.fetch(out.web("4chan"), found[0])
    assert (caught.value.status, caught.value.retry) == (404, False)


async def test_the_documented_answers_are_understood(
    place: Site, out: Fetcher, samples: Path
) -> None:
    """Pastebin's list and its refusals; the addresses of a domain as one document, a line for each."""
    pastebin = here(ALL["pastebin"], place)
    place.says("/api_scraping.php", (samples / ALL["pastebin"].recording).read_bytes())
    (ref,) = await check_source(pastebin, out.web("pastebin"), fetched=0)
    assert isinstance(ref, Ref)
    for name, told, retry in (
        ("gone", "nothing any more", False),
        ("not_ready", "later", True),
        ("not_whitelisted", "white-list this machine", True),
    ):
        said = (samples / "pastebin" / f"DOCUMENTED_error_{name}.txt").read_bytes()
        place.says("/api_scrape_item.php", said)
        with pytest.raises(FetchError, match=told) as caught:
            await pastebin.fetch(out.web("pastebin"), ref)
        assert caught.value.retry is retry
    place.says("/api_scraping.php", said)
    with pytest.raises(FetchError, match="no access"):
        await check_source(pastebin, out.web("pastebin"))

    domain = here(ALL["hibp-domain"], place)
    path = "/api/v3/breacheddomain/force.example"
    place.says(path, (samples / ALL["hibp-domain"].recording).read_bytes())
    (one,) = await check_source(domain, out.web("hibp-domain"))
    assert isinstance(one, Capture)
    assert one.body.open().read().split() == [f"alias{n}@force.example".encode() for n in (1, 2, 3)]
    place.says(path, status=404)
    assert await check_source(domain, out.web("hibp-domain")) == []


def test_the_documented_event_of_jetstream_has_what_is_asked_for(samples: Path) -> None:
    """The stream's expressions, on the event as its project shows it."""
    preset = ALL["bluesky"]
    event = json.loads((samples / preset.recording).read_text())
    found = {
        name: jmespath.search(preset.options[name], event) for name in ("text", "key", "cursor")
    }
    assert found == {
        "text": ["Hello world!"],
        "key": "at://did:plc:abc123/app.bsky.feed.post/3k...",
        "cursor": 1703123456789012,
    }


async def test_the_feed_of_alaveteli_has_entries(place: Site, out: Fetcher, samples: Path) -> None:
    """Built from the template that makes it: `published` and no `updated`."""
    for name in ("whatdotheyknow", "whatdotheyknow-body", "alaveteli"):
        source = here(ALL[name], place)
        path = unquote(re.sub(r"^http://[^/]+|\?.*", "", source.url))
        place.says(path, (samples / ALL[name].recording).read_bytes())
        assert len(await check_source(source, out.web(name), fetched=0)) == 2
