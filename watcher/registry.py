"""
Plug-ins: found by their entry points, loaded when named, built from configuration.

Ours and strangers' come through the same door. Importing a stranger's code, and
building what it offers, may fail in any way; here, and nowhere else, every
exception of that is caught: a configuration that is read anew ends no watch.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from watcher.api import Follower, Matcher, Source, Watch
from watcher.config.address import near
from watcher.config.decode import Decoder
from watcher.config.load import HEAD
from watcher.config.settings import Config, SourceTable
from watcher.errors import ConfigError, PluginError, WatcherError

SOURCES = "watcher.sources"
MATCHERS = "watcher.matchers"


def source(
    table: SourceTable,
    config_path: Path,
    *,
    environ: Mapping[str, str] | None = None,
    secrets: bool = True,
    plugins: Iterable[EntryPoint] | None = None,
) -> Source:
    """
    The source that a table configures.

    Raises PluginError for a kind that is not there or does not load, and
    ConfigError for what is wrong in the table. `secrets` false leaves secrets
    unread (see `Decoder`). `environ` is the process's own, and `plugins` are
    those installed, unless given.
    """
    if table.wrong:
        raise ConfigError(f"{config_path}: sources.{table.name}.preset: {table.wrong}")
    at = f"{config_path}: sources.{table.name}.kind"
    kind = source_class(table.kind, at, plugins)
    decoder = Decoder(config_path, os.environ if environ is None else environ, secrets=secrets)
    try:
        made = decoder.table(
            kind,
            dict(table.options),
            f"sources.{table.name}",
            given={"name": table.name},
            beside=(*HEAD, *table.variables),
        )
    except WatcherError:
        raise
    except Exception as problem:  # a stranger's class may fail in any way
        raise PluginError(
            f"{at}: {table.kind!r} cannot be built: {type(problem).__name__}: {problem}"
        ) from problem
    decoder.check()
    if not hasattr(made, "every"):
        raise PluginError(f"{at}: {table.kind!r} has no field `every`")
    return cast("Source", made)


def enabled(config: Config) -> dict[str, tuple[SourceTable, Source]]:
    """The sources that are switched on, by name. Raises PluginError or ConfigError."""
    return {
        name: (table, source(table, config.path))
        for name, table in config.sources.items()
        if table.enabled
    }


def followers(config: Config) -> dict[str, Follower]:
    """The sources that are switched on and follow what documents name. Raises as `enabled` does."""
    return {
        name: cast("Follower", source(table, config.path))
        for name, table in config.sources.items()
        if table.enabled and callable(getattr(source_class(table.kind), "named", None))
    }


def source_class(
    name: str, at: str = SOURCES, plugins: Iterable[EntryPoint] | None = None
) -> type[Any]:
    """The class of this kind of source; `at` begins the messages. Raises PluginError."""
    kind = _load(name, SOURCES, at, plugins)
    _check_class(kind, ("discover", "fetch"), at)
    return kind


def matchers(
    names: Iterable[str],
    watch: Watch,
    *,
    disclosed: Iterable[str] = (),
    plugins: Iterable[EntryPoint] | None = None,
) -> dict[str, Matcher]:
    """
    The matchers of these names, in this order, then those of `disclosed`. Raises PluginError.

    A matcher whose hashes are for questions to a third party (see `api.Ranges`)
    is none of the former: whoever wants it says so each time that he enrols.
    """
    found: dict[str, Matcher] = {}
    asked = tuple(disclosed)
    for name in (*names, *asked):
        at = "matching.matchers"
        kind = _load(name, MATCHERS, at, plugins)
        _check_class(kind, ("enrol", "load"), at)
        if _discloses(kind) != (name in asked):
            raise PluginError(
                f"{at}: {name!r} is no matcher of documents: `watcher enrol --{name} ROSTER` enrols"
                " for it; take it out of this list"
                if _discloses(kind)
                else f"{at}: {name!r} asks nobody"
            )
        try:
            made = kind(watch)
        except Exception as problem:  # as above
            raise PluginError(f"{at}: {name!r} cannot be built: {problem}") from problem
        if getattr(made, "name", None) != name:
            raise PluginError(f"{at}: {name!r} calls itself {getattr(made, 'name', None)!r}")
        found[name] = cast("Matcher", made)
    return found


def disclosing(names: Iterable[str]) -> dict[str, Matcher]:
    """Of the matchers of these names, those that are installed and ask a third party."""
    found = {}
    for name in sorted(set(names).intersection(known(MATCHERS))):
        kind = _load(name, MATCHERS, "index", None)
        if _discloses(kind):
            found[name] = cast("Matcher", kind(Watch()))
    return found


def _discloses(kind: type[Any]) -> bool:
    return bool(getattr(kind, "discloses", False))


def known(group: str) -> list[str]:
    """The names of the plug-ins installed for a group, in order."""
    return sorted({each.name for each in entry_points(group=group)})


def _load(name: str, group: str, at: str, plugins: Iterable[EntryPoint] | None) -> type[Any]:
    """The class behind a name. Raises PluginError."""
    there = list(entry_points(group=group) if plugins is None else plugins)
    named = {each.value: each for each in there if each.name == name}
    if not named:
        names = sorted({each.name for each in there})
        listed = f"there is {', '.join(names) or 'none'}"
        raise PluginError(f"{at}: no plug-in {name!r}{near(name, names, listing=False)} ({listed})")
    if len(named) > 1:
        raise PluginError(
            f"{at}: {name!r} is offered twice, as {' and '.join(sorted(named))}; uninstall one"
        )
    (entry,) = named.values()
    try:
        kind = entry.load()
    except Exception as problem:  # a stranger's import may fail in any way
        raise PluginError(
            f"{at}: the plug-in {name!r} ({entry.value}) does not load: "
            f"{type(problem).__name__}: {problem}"
        ) from problem
    if not inspect.isclass(kind):
        raise PluginError(f"{at}: the plug-in {name!r} ({entry.value}) is not a class")
    return kind


def _check_class(kind: type[Any], methods: Iterable[str], at: str) -> None:
    for method in methods:
        if not callable(getattr(kind, method, None)):
            raise PluginError(f"{at}: {kind.__module__}.{kind.__qualname__} has no `{method}`")
