"""
The configuration file: which one it is, and what it says.

`settings` has the types, `decode` the strictness. Here is the layout of the
file, and what must hold between its parts.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from watcher.api import Watch
from watcher.config import presets
from watcher.config.address import below
from watcher.config.decode import Decoder
from watcher.config.publishers import wrong
from watcher.config.settings import (
    HONOURED,
    Canary,
    Config,
    Evidence,
    Heartbeat,
    Key,
    Matching,
    Metrics,
    Network,
    Notify,
    Read,
    SourceTable,
)
from watcher.errors import ConfigError

VARIABLE = "WATCHER_CONFIG"
PLACES = (Path("config.toml"), Path("/etc/watcher/config.toml"))

LONGEST_PACE = timedelta(hours=1)
WORDS = 3  # fewer say no why

SCAN = "scan"
"""Under this name the store keeps what was scanned by hand."""

CANARY = "canary"
"""Under this name the service visits where its own canary is published."""

_RESERVED = {SCAN: "what `watcher scan` reads", CANARY: "the service's own test"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]\w{0,31}", re.ASCII)  # eng, chi_sim
_AGE = re.compile(r"age1[0-9a-z]{8,2048}")  # C2SP age: a bech32 recipient
_WHERE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """`[store]`: the data directory."""

    directory: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The file, table by table. Sources are decoded by their plug-ins, except for `Head`."""

    store: Store
    key: Key
    evidence: Evidence = field(default_factory=Evidence)
    network: Network = field(default_factory=Network)
    read: Read = field(default_factory=Read)
    watch: Watch = field(default_factory=Watch)
    matching: Matching = field(default_factory=Matching)
    notify: Notify = field(default_factory=Notify)
    publishers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    canary: Canary = field(default_factory=Canary)
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    metrics: Metrics = field(default_factory=Metrics)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every `[sources.NAME]` has, whatever its kind."""

    kind: str
    enabled: bool = True
    leak_listing: bool = False
    via: Literal["", "tor"] = ""
    images: bool = False
    pace: timedelta = timedelta()
    robots: str = ""
    preset: str = ""
    terms_accepted: str = ""


HEAD = tuple(each.name for each in fields(Head))


def find(
    explicit: Path | None, environ: Mapping[str, str], places: Sequence[Path] = PLACES
) -> Path:
    """
    The configuration file, as an absolute path.

    `--config`, then $WATCHER_CONFIG, then `places`. A file that is named and
    not there is not replaced by another. Raises ConfigError.
    """
    named = explicit or (Path(environ[VARIABLE]) if environ.get(VARIABLE) else None)
    if named is not None:
        if _is_file(named):
            return named.absolute()
        by = "--config" if explicit else f"${VARIABLE}"
        raise ConfigError(f"{named}: no such file (named by {by}); `watcher init` writes one")
    for place in places:
        if _is_file(place):
            return place.absolute()
    looked = ", ".join(("--config", f"${VARIABLE}", *map(str, places)))
    raise ConfigError(f"no configuration; looked for {looked}. `watcher init` writes one")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError as problem:
        raise ConfigError(
            f"{path}: {problem.strerror}; run the command as root or as the service's user"
        ) from problem


def load(path: Path, environ: Mapping[str, str] | None = None, *, secrets: bool = True) -> Config:
    """
    What this file says. Raises ConfigError with all that is wrong, one problem a line.

    With `secrets` false the targets' secrets are not read and are "" (see
    `Decoder`). `environ` is the process's own unless given.
    """
    path = path.absolute()
    decoder = Decoder(path, os.environ if environ is None else environ, secrets=secrets)
    layout = decoder.table(Layout, _parse(path))
    if layout is not None:
        sources = _sources(decoder, layout.sources)
        _judge(decoder, layout)
    decoder.check()
    assert layout is not None
    return Config(
        path=path,
        data=layout.store.directory,
        key=layout.key,
        evidence=layout.evidence,
        network=layout.network,
        read=layout.read,
        watch=layout.watch,
        matching=layout.matching,
        notify=layout.notify,
        publishers=layout.publishers,
        canary=layout.canary,
        heartbeat=layout.heartbeat,
        metrics=layout.metrics,
        sources=sources,
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode())
    except OSError as problem:
        raise ConfigError(f"{path}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{path}: byte {problem.start} is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        found = _WHERE.fullmatch(str(problem))
        if found is None:
            raise ConfigError(f"{path}: is not TOML: {problem}") from problem
        place = f"line {found['line']}, column {found['column']}"
        raise ConfigError(f"{path}: {place}: is not TOML: {found['what']}") from problem


def _sources(decoder: Decoder, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, SourceTable]:
    sources = {}
    for name, table in tables.items():
        at = below("sources", name)
        if found := source_table(decoder, at, name, table):
            sources[name] = found
    return sources


def source_table(
    decoder: Decoder, at: str, name: str, table: Mapping[str, Any]
) -> SourceTable | None:
    """
    What a `[sources.NAME]` says, with its preset's options in it; None after noting why not.

    One that is off may have a preset that is no longer there: the others are
    watched all the same, and `wrong` says it to whoever looks.
    """
    _named(decoder, at, name)
    if name in _RESERVED:
        decoder.note(at, f"{name!r} stands for {_RESERVED[name]}; choose another name")
    preset: presets.Preset | None = None
    given = table
    wrong = presets.missing(table.get("preset", "")) if _is_off(table) else ""
    if wrong:
        table = {**table, "kind": ""}
    elif "preset" in table:
        preset, table = presets.applied(decoder, at, table, beside=HEAD)
        if preset is None:
            return None
    head = decoder.table(Head, {key: table[key] for key in HEAD if key in table}, at)
    if head is None:
        return None
    _mannered(decoder, at, head)
    options = {key: value for key, value in table.items() if key not in HEAD}
    if preset is not None and (head.enabled or preset.verdict == "F"):
        problem = presets.unmet(preset, head.terms_accepted, options)
        if problem:
            decoder.note(at, f"{preset.name} {problem}")
    return SourceTable(
        name=name,
        kind=head.kind,
        enabled=head.enabled,
        leak_listing=head.leak_listing,
        via=head.via,
        images=head.images,
        pace=head.pace,
        robots=head.robots,
        preset=head.preset,
        variables=dict.fromkeys(preset.variables, "") | presets.values(preset, given)
        if preset
        else {},
        wrong=wrong,
        terms_accepted=head.terms_accepted,
        options=options,
    )


def _is_off(table: Mapping[str, Any]) -> bool:
    return "preset" in table and table.get("enabled") is False


def _mannered(decoder: Decoder, at: str, head: Head) -> None:
    """Note a pace that is none, and a reason that is none."""
    if not timedelta() <= head.pace <= LONGEST_PACE:
        decoder.note(below(at, "pace"), 'must be between "0s" and "1h"; `every` is between visits')
    if head.robots and head.robots != HONOURED and len(head.robots.split()) < WORDS:
        decoder.note(
            below(at, "robots"),
            'must say why it is not asked, such as "leave from its operator by letter, May 2026"; '
            f'or "{HONOURED}"',
        )


def _judge(decoder: Decoder, layout: Layout) -> None:
    """Note what is of the right type and still cannot be meant."""
    key = layout.key
    if bool(key.file) == bool(key.credential):
        decoder.note("key", 'needs one of file = "…" and credential = "…", and not both')
    if key.file and inside(key.file, layout.store.directory):
        decoder.note(
            "key.file",
            f"is inside the data directory {layout.store.directory}, and would be copied with what "
            "it protects; keep it elsewhere",
        )
    for place, each in enumerate(layout.evidence.custodians):
        if not _AGE.fullmatch(each):
            mend = "is not an age public key (age1…)"
            if each.upper().startswith("AGE-SECRET-KEY-"):
                mend = "is a private key; give the public one (age1…), and make a new pair"
            decoder.note(f"evidence.custodians[{place}]", mend)
    for name, patterns in layout.publishers.items():
        at = below("publishers", name)
        for place, each in enumerate(patterns):
            if problem := wrong(each, layout.sources):
                decoder.note(f"{at}[{place}]", problem)
    for name, target in layout.notify.targets.items():
        at = below("notify.targets", name)
        _named(decoder, at, name)
        if target.url and not target.url.lower().startswith(("https://", "http://")):
            decoder.note(f"{at}.url", "what it names does not hold an address (https://…)")
        if _is_onion(target.url):
            decoder.note(f"{at}.url", "is an onion address; alerts are not sent through Tor")
        if target.kind == "webhook" and target.url and not target.secret:
            decoder.note(
                f"{at}.secret",
                "is missing; a webhook is signed. `openssl rand -base64 32` makes one, for a file "
                'of its own and secret = { file = "…" }',
            )
    for place, each in enumerate(layout.read.ocr.languages):
        if not _LANGUAGE.fullmatch(each):
            decoder.note(
                f"read.ocr.languages[{place}]",
                'is no name of tesseract\'s for a language, such as "eng"',
            )
    _watch_over(decoder, layout)
    for at, table in (
        ("network", layout.network),
        ("read", layout.read),
        ("read.ocr", layout.read.ocr),
    ):
        for limit in fields(table):
            _at_least(decoder, f"{at}.{limit.name}", getattr(table, limit.name))


def _is_onion(url: str) -> bool:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").endswith(".onion")
    except ValueError:  # brackets that do not close
        return False


def _watch_over(decoder: Decoder, layout: Layout) -> None:
    """Note what is wrong with canary, heartbeat and metrics."""
    canary = layout.canary
    if canary.every < timedelta(minutes=1):
        decoder.note("canary.every", "must be a minute or more")
    if not timedelta(0) < canary.within <= canary.every:
        decoder.note("canary.within", "must be more than nothing, and at most `every`")
    if canary.place != "local" and not Path(canary.place).is_absolute():
        decoder.note("canary.place", 'must be "local" or the whole path of a file (/srv/…)')
    if canary.source and canary.source not in layout.sources:
        decoder.note("canary.source", f"there is no [sources.{canary.source}]")
    beat = layout.heartbeat
    if beat.url and not beat.url.lower().startswith(("https://", "http://")):
        decoder.note("heartbeat.url", "what it names does not hold an address (https://…)")
    if beat.patience < timedelta(minutes=1):
        decoder.note("heartbeat.patience", "must be a minute or more")
    if layout.metrics.listen and not loopback(layout.metrics.listen):
        decoder.note("metrics.listen", 'must be an address of this machine, as "127.0.0.1:9464"')


def loopback(listen: str) -> tuple[str, int] | None:
    """Host and port of `127.0.0.1:9464` or `[::1]:9464`; None for what others could reach."""
    host, colon, port = listen.rpartition(":")
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    sound = colon and address.is_loopback and port.isascii() and port.isdigit()
    return (str(address), int(port)) if sound and 0 < int(port) < 65536 else None


def _named(decoder: Decoder, at: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        decoder.note(at, "a name has letters, digits, - and _ only, at most 64")


_MAY_BE_ZERO = ("network.redirects", "network.per_host", "read.depth")


def _at_least(decoder: Decoder, at: str, value: object) -> None:
    """Note a limit that would let nothing pass."""
    number = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(number, int | float) and number < (0 if at in _MAY_BE_ZERO else 1):
        decoder.note(at, "must not be negative" if at in _MAY_BE_ZERO else "must be 1 or more")


def inside(path: Path, directory: Path) -> bool:
    """Whether a path is a directory's or below it, links followed."""
    # realpath and not resolve: a loop of links is no reason to crash.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(directory))
