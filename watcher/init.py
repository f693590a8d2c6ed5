"""
A new installation: configuration, data directory, master key, custodian's pair.

Nothing that exists is overwritten, and if anything cannot be made nothing is
left behind.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watcher import keys
from watcher.config import private
from watcher.config.example import example
from watcher.config.load import inside
from watcher.config.settings import Config
from watcher.errors import ConfigError
from watcher.record import check_custodian, new_pair

CONFIG = "config.toml"
DATA = "data"
PRIVATE_KEY = "custodian-private-key.txt"

_OPENING = """\
# Written by `watcher init`.
#
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What was made. `private_key`: the custodian's private half, to be moved off the machine."""

    config: Path
    data: Path
    key: Path
    custodians: tuple[str, ...]
    private_key: Path | None


def create(directory: Path, *, custodians: Sequence[str], home: Path) -> Created:
    """
    Make a new installation in `directory`, with the master key below `home`.

    `custodians` are age public keys; without any a pair is made, and its
    private half written beside the configuration. Raises ConfigError that
    names what is there already or is wrong; nothing has changed then.
    """
    for each in custodians:
        check_custodian(each)
    directory = directory.absolute()
    config, data, own = directory / CONFIG, directory / DATA, directory / PRIVATE_KEY
    key = _new_name(home.absolute() / ".config" / "watcher", directory)
    try:
        str(key).encode()
    except UnicodeEncodeError as problem:
        raise ConfigError(
            f"{str(key.parent)!a}: is not UTF-8, as names in a configuration are; "
            "set a UTF-8 locale, or another $HOME"
        ) from problem
    if inside(key, data):
        raise ConfigError(f"{key}: the key would lie in the data directory; choose another one")
    for path in (config, data, *(() if custodians else (own,))):
        if os.path.lexists(path):
            raise ConfigError(f"{path}: is there already, and nothing is overwritten")
    public = tuple(each.strip() for each in custodians)
    with _all_or_nothing() as made:
        _make_directory(directory, made, mode=0o755)
        _make_directory(data, made, mode=0o700)
        _make_directory(key.parent, made, mode=0o700)
        keys.create(key)
        made.append(key)
        if not public:
            half, secret = new_pair()
            public = (half,)
            private.write_new(own, _pair(half, secret).encode())
            made.append(own)
        _write(config, _filled(key, public))
        made.append(config)
    return Created(
        config=config,
        data=data,
        key=key,
        custodians=public,
        private_key=None if custodians else own,
    )


def private_key_left(config: Config) -> Path | None:
    """The custodian's private half, if it still lies where `create` put it."""
    path = config.path.parent / PRIVATE_KEY
    return path if path.exists() else None


def _new_name(directory: Path, installation: Path) -> Path:
    """A name of its own: two installations of one user must not share a key, or lose one."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", installation.name).strip("-")[:40] or "watcher"
    return directory / f"{name}-{secrets.token_hex(4)}.key"


def _filled(key: Path, custodians: Sequence[str]) -> str:
    """The example with this installation's values; its sources are all off."""
    # Loaded here: it keeps comments, and nothing else needs that.
    import tomlkit

    document = tomlkit.parse(example())
    document["store"]["directory"] = DATA
    document["key"]["file"] = str(key)
    document["evidence"]["custodians"] = list(custodians)
    return _OPENING + tomlkit.dumps(document)


def _pair(public: str, secret: str) -> str:
    """The file that age's own tools read as an identity."""
    return (
        "# The custodian's private key: it opens all evidence. Move this file off this machine,\n"
        "# to those who may open evidence, and keep a copy locked away. The service needs it never.\n"
        f"# public key: {public}\n{secret}\n"
    )


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as problem:
        raise ConfigError(f"{path}: {problem.strerror}") from problem


def _make_directory(path: Path, made: list[Path], *, mode: int) -> None:
    """Make a directory and what is missing above it."""
    # Where one may not even look, making it says so.
    missing = [each for each in (path, *path.parents) if not os.path.lexists(each)]
    for each in reversed(missing):
        try:
            each.mkdir(mode=mode)
        except OSError as problem:
            raise ConfigError(
                f"{each}: {problem.strerror}; name a directory in which you may write"
            ) from problem
        made.append(each)


@contextlib.contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """Takes away again what was made if not all could be."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
