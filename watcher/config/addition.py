"""
A source written into the configuration file.

Comments, order and the file's owner and mode stay as they are. The file is
replaced in one step, and only if what it then says can be meant.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from watcher.config.address import below
from watcher.config.decode import Decoder
from watcher.config.load import source_table
from watcher.config.presets import Preset
from watcher.config.settings import Config, SourceTable
from watcher.errors import ConfigError

_STEP = re.compile(r"[A-Za-z0-9_-]+")


def table(preset: Preset, settings: Sequence[str]) -> dict[str, Any]:
    """
    The table of a source with this preset. `settings`: `key=value`, or `key.key=value`.

    A variable's value is text; any other is TOML where it can be, else text.
    It is switched off unless the preset is ready. Raises ConfigError.
    """
    found: dict[str, Any] = {"preset": preset.name}
    if not preset.ready and not any(
        each.partition("=")[0].strip() == "enabled" for each in settings
    ):
        found["enabled"] = False
    for each in settings:
        key, equals, value = each.partition("=")
        steps = key.strip().split(".")
        if not equals or not all(map(_STEP.fullmatch, steps)):
            raise ConfigError("--set takes key=value, such as --set channel=example")
        into = found
        for step in steps[:-1]:
            into = into.setdefault(step, {})
            if not isinstance(into, dict):
                raise ConfigError(f"--set {key.strip()}: {step} has a value of its own already")
        if steps[-1] in into:
            raise ConfigError(f"--set {key.strip()}: is given twice")
        into[steps[-1]] = value if steps[0] in preset.variables else _value(value)
    return found


def judged(config: Config, name: str, wanted: Mapping[str, Any]) -> SourceTable:
    """What such a table would say. Raises ConfigError where it is wrong, or its name is taken."""
    if name in config.sources:
        raise ConfigError(
            f"{config.path}: there is a source {name!r} already; --name gives another"
        )
    decoder = Decoder(config.path, os.environ, secrets=False)
    made = source_table(decoder, below("sources", name), name, wanted)
    decoder.check()
    assert made is not None
    return made


def add(config: Config, name: str, wanted: Mapping[str, Any]) -> None:
    """
    Write `[sources.NAME]` at the end of the configuration file.

    Raises ConfigError where the table is wrong, or the file cannot be written;
    it is unchanged then.
    """
    judged(config, name, wanted)
    # Where a link leads: it stays a link.
    path = Path(os.path.realpath(config.path))
    _replace(path, text(path, name, wanted))


def text(path: Path, name: str, wanted: Mapping[str, Any]) -> str:
    """The whole file with this table in it. Raises ConfigError."""
    # Loaded here: it keeps comments, and nothing else needs that.
    import tomlkit

    try:
        before = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{path}: cannot be read ({type(problem).__name__})") from None
    document = tomlkit.parse(before)
    if name in document.get("sources", {}):
        raise ConfigError(f"{path}: there is a source {name!r} already; --name gives another")
    end = "" if not before or before.endswith("\n") else "\n"
    after = f"{before}{end}\n{lines(name, wanted)}"
    try:
        said = tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        said = {}
    if said.get("sources", {}).get(name) != wanted:
        # `sources = { … }` on one line: a table cannot follow it.
        document.setdefault("sources", tomlkit.table())[name] = wanted
        after = tomlkit.dumps(document)
    return after


def lines(name: str, wanted: Mapping[str, Any]) -> str:
    """The table as it is written."""
    import tomlkit

    inner = tomlkit.table()
    for key, value in wanted.items():
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            inner.add(key, inline)
        else:
            inner.add(key, value)
    outer = tomlkit.document()
    sources = tomlkit.table(is_super_table=True)
    sources.add(name, inner)
    outer.add("sources", sources)
    return f"{tomlkit.dumps(outer).rstrip()}\n"


def _value(value: str) -> Any:
    try:
        said = tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return value
    return said["value"] if list(said) == ["value"] else value


def _replace(path: Path, content: str) -> None:
    """Put this content in the file's place, whole or not at all; owner and mode stay."""
    temporary = None
    try:
        before = path.stat()
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(stream.fileno(), before.st_mode & 0o7777)
            mine = (os.geteuid(), os.fstat(stream.fileno()).st_gid)
            if mine != (before.st_uid, before.st_gid):
                os.fchown(stream.fileno(), before.st_uid, before.st_gid)
            stream.write(content.encode())
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as problem:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise ConfigError(
            f"{path}: {problem.strerror}; it is unchanged. Run the command as the file's owner"
        ) from problem
