"""
Presets: well-known places as data.

A preset is a TOML file in a package that an entry point of `watcher.presets`
names: ours and strangers' come through the same door. It says of which kind
the place is, with which options, and what one must know of it:

    kind = "posts"
    about = "a public channel's preview"
    verdict = "Y"
    terms = "…"
    look = ["…"]

    [variables.channel]
    about = "the channel's name, without @"
    pattern = "[A-Za-z0-9_]{4,32}"

    [options]
    url = "https://t.me/s/{channel}"

Verdict Y is ready to be switched on; P needs leave (`terms_accepted`) or a
key; F is only followed, from documents that name its addresses. A preset that
was never tried on a recorded answer of the place has no `verified`, is shown as
unverified, and is not switched on by itself; nor is one that is of no place
(`any_place`), of which nobody could have recorded one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from watcher.config.address import below, near
from watcher.config.decode import Decoder
from watcher.errors import ConfigError, PluginError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "watcher.presets"

_AS_IT_IS = "/:@,;=~"  # in an address; all else that a variable holds is percent-encoded
_ACCEPTED = re.compile(r"\S.*,\s*\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """What the operator fills in: `pattern` is a regular expression for all of it."""

    about: str
    pattern: str
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """
    One place. `options` are those of the kind and what every source has
    (`every`, `pace`, …), with `{variable}` in their texts.

    `verified`: when the answer was recorded on which it was tried; `fixture`:
    a small one of the same form, for tests; `recording`: the recorded answer,
    or the documented one. `ask`: where leave or a key is had; `key`: the
    option that holds it (`headers.X-API-KEY`). `off`: why it is not switched
    on by itself though it could be. `look`: what to look at by hand, with
    `{variable}` as in the options. `any_place`: it is of no place, its operator
    says which.
    """

    name: str
    kind: str
    about: str
    verdict: Literal["Y", "P", "F"]
    terms: str
    verified: str = ""
    any_place: bool = False
    fixture: str = ""
    recording: str = ""
    ask: str = ""
    key: str = ""
    off: str = ""
    look: tuple[str, ...] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """`verified`, `unverified` or `any place`."""
        if self.any_place:
            return "any place"
        return "verified" if self.verified else "unverified"

    @property
    def ready(self) -> bool:
        """Whether it may be switched on by whoever adds it without a further thought."""
        return self.verdict == "Y" and bool(self.verified) and not self.off

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys that a table with this preset must have."""
        wanted = [name for name, each in self.variables.items() if not each.default]
        if self.verdict == "P":
            wanted.append(self.key or "terms_accepted")
        return tuple(wanted)


def available() -> dict[str, Preset]:
    """All presets there are, by name. Raises PluginError."""
    return {name: _read(name, file) for name, file in sorted(_files().items())}


def find(name: str) -> Preset:
    """The preset of this name. Raises ConfigError, PluginError."""
    files = _files()
    if name not in files:
        listed = near(name, files, listing=False)
        raise ConfigError(
            f"no preset has this name{listed}; `watcher sources list --available` lists them"
        )
    return _read(name, files[name])


def filled(preset: Preset, values: Mapping[str, str]) -> dict[str, Any]:
    """The preset's options with the variables' values in their places."""
    whole = {name: each.default for name, each in preset.variables.items()} | dict(values)
    return {key: _put(value, whole) for key, value in preset.options.items()}


def looked(preset: Preset, values: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What to look at by hand; a variable without a value stands there as its name: `HOST`."""
    named = {name: name.upper() for name in preset.variables}
    return tuple(_put(list(preset.look), named | dict(values or {})))


def missing(name: object) -> str:
    """Why there is no preset of this name, "" if there is; as when its package was removed."""
    try:
        if isinstance(name, str):
            find(name)
    except (ConfigError, PluginError) as problem:
        return str(problem)
    return ""


def values(preset: Preset, table: Mapping[str, Any]) -> dict[str, str]:
    """The variables' values, as a table gives them or by default; none for what is wrong."""
    found = {
        name: _text(table.get(name)) or each.default for name, each in preset.variables.items()
    }
    return {name: value for name, value in found.items() if value}


def applied(
    decoder: Decoder, at: str, table: Mapping[str, Any], *, beside: Collection[str]
) -> tuple[Preset | None, Mapping[str, Any]]:
    """
    The preset that a table names, and its options with what the table itself says over them.

    What is wrong is noted; the preset is None where there is none of that
    name. `beside`: keys that every table may hold.
    """
    name = table["preset"]
    if not isinstance(name, str):
        decoder.note(below(at, "preset"), 'must be text, such as preset = "telegram"')
        return None, table
    try:
        preset = find(name)
    except ConfigError as problem:
        decoder.note(below(at, "preset"), str(problem))
        return None, table
    given = {key: table[key] for key in table if key in preset.variables}
    own = {key: value for key, value in table.items() if key not in given}
    if "kind" in own:
        decoder.note(below(at, "kind"), f"the preset says it: {preset.kind}; take this line away")
    wrong = list(_problems(preset, given, [key for key in own if key not in beside]))
    for key, message in wrong:
        decoder.note(below(at, key), message)
    values = {} if wrong else {key: str(value) for key, value in given.items()}
    return preset, {**filled(preset, values), **own, "kind": preset.kind}


def unmet(preset: Preset, terms_accepted: str, options: Mapping[str, Any]) -> str:
    """Why this place may not be asked yet, and the mend; "" if it may."""
    if preset.verdict == "F":
        return (
            "is only followed: its addresses in documents are fetched, it is no source; "
            'switch on a source with kind = "follow"'
        )
    if preset.verdict != "P":
        return ""
    where: Any = options
    for step in preset.key.split(".") if preset.key else ():
        where = where.get(step) if isinstance(where, Mapping) else None
    if preset.key and where:
        return ""
    mend = f"{preset.terms} {preset.ask}".strip()
    if preset.key:
        return f'needs a key: {preset.key} = {{ file = "…" }}. {mend}'
    if not terms_accepted:
        return f'needs leave: terms_accepted = "who, YYYY-MM-DD" says who has it. {mend}'
    if not _ACCEPTED.fullmatch(terms_accepted.strip()):
        return 'terms_accepted: must say who and when: "A. Reed, 2026-03-01"'
    return ""


def _problems(
    preset: Preset, given: Mapping[str, object], others: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the variables' values: (key, message). `others`: keys that are the kind's, or nobody's."""
    for name, variable in preset.variables.items():
        if name not in given:
            if variable.default:
                continue
            meant = next((key for key in others if near(key, [name], listing=False)), "")
            if meant:
                yield meant, f"unknown key{near(meant, [name], listing=False)}"
            else:
                yield name, f'is missing: {variable.about}; such as {name} = "…"'
        elif not re.fullmatch(variable.pattern, _text(given[name])):
            yield name, f"must be {variable.about} (it fits {variable.pattern})"


@functools.cache  # a table each may ask; what is installed does not change meanwhile
def _files() -> Mapping[str, Traversable]:
    # Loaded here: a configuration without presets needs neither.
    import importlib.resources
    from importlib.metadata import entry_points

    found: dict[str, Traversable] = {}
    for entry in entry_points(group=GROUP):
        try:
            folder = importlib.resources.files(entry.value)
        except ModuleNotFoundError as problem:
            raise PluginError(f"{GROUP}: {entry.name!r} ({entry.value}) is not there") from problem
        for file in folder.iterdir():
            name = file.name.removesuffix(".toml")
            if name == file.name:
                continue
            if name in found and found[name] != file:
                raise PluginError(f"{GROUP}: the preset {name!r} is offered twice; uninstall one")
            found[name] = file
    return found


def _read(name: str, file: Traversable) -> Preset:
    decoder = Decoder(Path(file.name), {}, secrets=False)
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
        preset = decoder.table(Preset, raw, given={"name": name})
        decoder.check()
    except (ConfigError, tomllib.TOMLDecodeError) as problem:
        raise PluginError(f"the preset {name!r} cannot be read: {problem}") from problem
    assert preset is not None
    return preset


def _put(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_put(each, values) for each in value]
    if isinstance(value, dict):
        return {key: _put(each, values) for key, each in value.items()}
    if not isinstance(value, str):
        return value
    address = "://" in value
    return re.sub(
        r"\{(\w+)\}",
        lambda found: _written(found, values, address=address),
        value,
    )


def _written(found: re.Match[str], values: Mapping[str, str], *, address: bool) -> str:
    name = found[1]
    if name not in values:
        return found[0]  # `{key}` and `{page}` are the kind's own
    return quote(values[name], safe=_AS_IT_IS) if address else values[name]


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
