from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from watcher import registry
from watcher.api import Capture, Ref, Tables, Watch, Web
from watcher.config.settings import SourceTable
from watcher.errors import ConfigError, PluginError

FILE = Path("/etc/watcher/config.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A stranger's source."""

    name: str
    server: str
    every: timedelta = timedelta(minutes=5)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        yield Ref(source=self.name, key="1", url=self.server)

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """No source: it lacks `fetch`."""

    name: str

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        yield Ref(source=self.name, key="1", url="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd(Chat):
    """One whose own code fails."""

    def __post_init__(self) -> None:
        raise LookupError("no such network")


class Names:
    """A stranger's matcher."""

    name = "names"

    def __init__(self, watch: Watch) -> None:
        if "?" in watch.domains:
            raise ValueError("a domain is in doubt")

    def enrol(self, people: Iterable[Any], key: bytes) -> Tables:
        raise NotImplementedError

    def load(self, tables: Tables, key: bytes) -> Any:
        raise NotImplementedError


VALUE = 5

PLUGINS = [
    EntryPoint("chat", f"{__name__}:Chat", registry.SOURCES),
    EntryPoint("mute", f"{__name__}:Mute", registry.SOURCES),
    EntryPoint("odd", f"{__name__}:Odd", registry.SOURCES),
    EntryPoint("value", f"{__name__}:VALUE", registry.SOURCES),
    EntryPoint("gone", "no_such_package_at_all:Thing", registry.SOURCES),
    EntryPoint("lost", f"{__name__}:Lost", registry.SOURCES),
    EntryPoint("twice", "one:Thing", registry.SOURCES),
    EntryPoint("twice", "two:Thing", registry.SOURCES),
]
MATCHERS = [
    EntryPoint("names", f"{__name__}:Names", registry.MATCHERS),
    EntryPoint("other", f"{__name__}:Names", registry.MATCHERS),
]


def table(kind: str, **options: object) -> SourceTable:
    return SourceTable(name="irc", kind=kind, enabled=True, options=options)


def test_a_strangers_source_is_built_from_its_table() -> None:
    """The class is its configuration; the table's name is its name."""
    made = registry.source(table("chat", server="irc.example", every="1m"), FILE, plugins=PLUGINS)
    assert made == Chat(name="irc", server="irc.example", every=timedelta(minutes=1))


def test_what_is_wrong_in_the_table_has_its_address() -> None:
    """File, table and key; a key of every source is suggested too; all at once."""
    wrong = table("chat", evry="1m", enalbed=True)
    with pytest.raises(ConfigError) as caught:
        registry.source(wrong, FILE, plugins=PLUGINS)
    assert str(caught.value).splitlines() == [
        f'{FILE}: sources.irc.evry: unknown key; did you mean "every"?',
        f'{FILE}: sources.irc.enalbed: unknown key; did you mean "enabled"?',
        f'{FILE}: sources.irc.server: is missing; such as server = "…"',
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("chta", "no plug-in 'chta'; did you mean \"chat\"? (there is chat, gone, lost, mute"),
        ("gone", "'gone' (no_such_package_at_all:Thing) does not load: ModuleNotFoundError"),
        ("lost", "does not load: AttributeError"),
        ("mute", "Mute has no `fetch`"),
        ("odd", "'odd' cannot be built: LookupError: no such network"),
        ("value", "is not a class"),
        ("twice", "'twice' is offered twice, as one:Thing and two:Thing; uninstall one"),
    ],
)
def test_a_plug_in_that_is_broken_is_named(kind: str, said: str) -> None:
    """The configuration's line, the plug-in and what is wrong with it; a command exits 2."""
    with pytest.raises(PluginError) as caught:
        registry.source(table(kind, server="x"), FILE, plugins=PLUGINS)
    assert str(caught.value).startswith(f"{FILE}: sources.irc.kind: ")
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_only_what_is_named_is_loaded() -> None:
    """A broken plug-in that nobody uses breaks nothing: most of these would not load."""
    assert registry.source(table("chat", server="x"), FILE, plugins=PLUGINS).name == "irc"


def test_matchers_are_built_in_the_order_of_their_names() -> None:
    """Each under its own name."""
    assert list(registry.matchers(["names"], Watch(), plugins=MATCHERS)) == ["names"]
    assert registry.matchers([], Watch(), plugins=MATCHERS) == {}


@pytest.mark.parametrize(
    ("name", "watch", "said"),
    [
        ("nmaes", Watch(), 'did you mean "names"?'),
        ("other", Watch(), "'other' calls itself 'names'"),
        ("names", Watch(domains=("?",)), "'names' cannot be built: a domain is in doubt"),
    ],
)
def test_a_matcher_that_cannot_be_had_is_named(name: str, watch: Watch, said: str) -> None:
    """Its keys are derived from its name, so the name must be its own."""
    with pytest.raises(PluginError) as caught:
        registry.matchers([name], watch, plugins=MATCHERS)
    assert said in str(caught.value)


def test_our_own_are_found_through_the_same_door() -> None:
    """The entry points of the distribution itself."""
    assert {"folder", "listing", "feed", "json"} <= set(registry.known(registry.SOURCES))
    assert {"people", "suppliers"} <= set(registry.known(registry.MATCHERS))


def test_who_asks_a_third_party_is_no_matcher_of_documents() -> None:
    """It is enrolled only where that was asked for, and never because a list names it."""
    with pytest.raises(PluginError, match="enrol --hibp"):
        registry.matchers(["people", "hibp"], Watch())
    assert list(registry.matchers(["suppliers"], Watch(), disclosed=["hibp"])) == [
        "suppliers",
        "hibp",
    ]
    with pytest.raises(PluginError, match="asks nobody"):
        registry.matchers([], Watch(), disclosed=["suppliers"])
    assert list(registry.disclosing(["suppliers", "hibp", "gone"])) == ["hibp"]
