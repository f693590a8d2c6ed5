"""
What the configuration says, as types. Reading the file is in `load`.

Every field with a default is optional in the file. Comments here give units
and reasons; `config.example.toml` explains each key to its operator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from watcher.api import Secret, Watch
from watcher.config.units import Bytes
from watcher.model import Severity

MIB = 1 << 20
HONOURED = "honoured"  # `robots` of a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """`[key]`: where the master key is. Exactly one of the two."""

    file: Path | None = None
    credential: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`[evidence]`: age public keys (`age1…`) of those who may open evidence."""

    custodians: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """`[network]`: how the service gets out, and what it refuses."""

    contact: str = ""  # address or page, goes into the User-Agent
    proxy: str = ""  # http://host:port
    no_proxy: tuple[str, ...] = ()  # host names; a leading dot means the domain below it
    ca_file: Path | None = None
    allow_private: tuple[str, ...] = ()  # host names or addresses that may be private or loopback
    timeout: timedelta = timedelta(seconds=60)  # a whole exchange
    max_bytes: Bytes = 64 * MIB  # a body; beyond it the rest is `unread: size`
    redirects: int = 5
    per_host: timedelta = timedelta(seconds=1)  # between two requests to one host
    tor: str = "socks5://127.0.0.1:9050"  # tor's SOCKS port; "": there is none
    tor_timeout: timedelta = timedelta(seconds=120)  # a whole exchange through Tor


@dataclass(frozen=True, slots=True, kw_only=True)
class Ocr:
    """`[read.ocr]`: whether words are looked for in pixels, and in how many. Off without languages."""

    languages: tuple[str, ...] = ()  # by tesseract's names
    pixels: int = 50_000_000  # of one picture
    pictures: int = 500  # of one document, and its pages that are pictures
    seconds: int = 300  # for all of them, beside those of `[read]`


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """`[read]`: the limits under which documents are opened."""

    workers: int = 2
    memory: Bytes = 1024 * MIB  # address space of a worker beyond what it starts with
    seconds: int = 60  # wall time for one document
    depth: int = 8
    members: int = 10_000
    ratio: int = 200  # expansion, judged beyond 64 MiB
    max_bytes: Bytes = 2048 * MIB  # text and members that one document may expand to
    ocr: Ocr = Ocr()  # frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """`[matching]`: which matchers, and how much evidence makes an alert (bits)."""

    matchers: tuple[str, ...] = ("people", "suppliers")
    list_bits: float = 40.0
    names_bits: float = 24.0
    seconds: int = 900  # for matching one document; the rest of it is `unread: limit`


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`[notify.targets.NAME]`: one place that alerts are sent to. `url` is a secret."""

    name: str
    kind: Literal["webhook", "mattermost", "slack"]
    url: Secret = field(repr=False)
    secret: Secret = field(default=Secret(""), repr=False)  # signs a webhook; 24 bytes or more
    severity: Severity = Severity.MEDIUM  # tells nothing below this


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """`[notify]`: `link` is the card's address, with `{id}`; "" gives the command to type."""

    link: str = ""
    targets: Mapping[str, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """`[canary]`: a made-up officer, published now and then and expected back as an alert."""

    enabled: bool = False
    every: timedelta = timedelta(hours=1)
    within: timedelta = timedelta(minutes=15)
    place: str = "local"  # or the path of a file that a source of ours can find
    source: str = ""  # the one that finds it there; "" for any


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """`[heartbeat]`: an address elsewhere, asked for every minute while all is well. A secret."""

    url: Secret = field(default=Secret(""), repr=False)
    patience: timedelta = timedelta(minutes=30)  # that a delivery may be owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """`[metrics]`: figures for Prometheus, on this machine only. "" for none."""

    listen: str = ""  # 127.0.0.1:9464


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """`[sources.NAME]`: undecoded; the plug-in's class decodes the rest (see `registry`)."""

    name: str
    kind: str
    enabled: bool
    leak_listing: bool = False  # its items name victims of leaks
    via: Literal["", "tor"] = ""  # as written; see `outward.by_tor`
    images: bool = False  # pictures are read through Tor as well
    pace: timedelta = timedelta()  # between two requests to one host, where longer than `per_host`
    robots: str = ""  # why robots.txt is not asked; HONOURED asks it; "": as its kind does
    preset: str = ""  # whose options are among `options` already
    # Of the preset's own, put into `options` already: by name, "" for one without a value.
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    wrong: str = ""  # why its preset is none, while it is off
    terms_accepted: str = ""  # who has leave to ask this place, and since when
    options: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole file. Paths are absolute."""

    path: Path
    data: Path  # `[store] directory`: store, index, evidence, lock
    key: Key
    evidence: Evidence = Evidence()
    network: Network = Network()
    read: Read = Read()
    watch: Watch = Watch()  # noqa: RUF009  # frozen
    matching: Matching = Matching()
    notify: Notify = Notify()
    publishers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # see `publishers`
    canary: Canary = Canary()
    heartbeat: Heartbeat = Heartbeat()
    metrics: Metrics = Metrics()
    sources: Mapping[str, SourceTable] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.data / "watcher.db"

    @property
    def index(self) -> Path:
        return self.data / "index.sealed"

    @property
    def evidence_directory(self) -> Path:
        return self.data / "evidence"

    @property
    def lock(self) -> Path:
        return self.data / "lock"
