"""
How the documents of one place are addressed, and at which address each is had.

The well-known ones are presets of kind `follow` (see `sources/presets`); an
operator's own are a line each in the configuration.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from sources.listed import bounded, check_template, filled
from watcher.api import ConfigError

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?")
_LAST = r"https?://{host}/(?:[^?#]*/)?([^/?#]+)"  # the last step of the path


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """
    `address` matches the beginning of a document's address, its first group is
    the key; `raw` is where the document is had, "" for where it was named.
    """

    address: re.Pattern[str]
    raw: str

    def of(self, named: str) -> tuple[str, str] | None:
        """Key and address of the document that is named so; None where none is."""
        found = self.address.match(named)
        if found is None:
            return None
        return bounded(found[1]), filled(self.raw, found[1]) if self.raw else named


@functools.cache
def shipped() -> Mapping[str, Template]:
    """The templates of the well-known places, by host."""
    found: dict[str, Template] = {}
    for file in importlib.resources.files("sources.presets").iterdir():
        if not file.name.endswith(".toml"):
            continue
        preset = tomllib.loads(file.read_text("utf-8"))
        if preset["kind"] == "follow":
            options = preset["options"]
            template = Template(address=re.compile(options["address"]), raw=options["raw"])
            found |= dict.fromkeys(options["hosts"], template)
    return found


def own(host: str, raw: str = "") -> Template:
    """
    The template of a host of the operator's: a document's key is its address's last step.

    Without `raw` the whole address is the key.
    """
    name = re.escape(host)
    if raw:
        return Template(address=re.compile(_LAST.format(host=name)), raw=raw)
    return Template(address=re.compile(rf"https?://{name}/(.+)"), raw="")


def check_host(key: str, host: str) -> None:
    """Raise ConfigError unless this is a host, in lower case, with a port at most."""
    if not _HOST.fullmatch(host):
        raise ConfigError(
            f'{key}: needs the host alone, in lower case, e.g. "paste.example", not {host!r}'
        )


def check_own(key: str, host: str, raw: str) -> None:
    """Raise ConfigError unless this is a host, and an address with `{key}` in its path or query."""
    check_host(key, host)
    check_template(key, raw)
