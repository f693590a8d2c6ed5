from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import pytest

from watcher.api import Secret
from watcher.config.decode import Decoder
from watcher.errors import ConfigError, PluginError


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    name: str
    port: int = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    every: timedelta
    path: Path | None = None
    limit: Annotated[int, "bytes"] = 0
    tags: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    either: int | str = 0
    free: Any = None
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    inner: Mapping[str, Inner] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.every < timedelta(seconds=1):
            raise ConfigError("every: is too short")
        if "?" in self.tags:
            raise ValueError("the tags are in doubt")


def decode(tmp_path: Path, toml: str, *, secrets: bool = True, **environ: str) -> Thing:
    decoder = Decoder(tmp_path / "config.toml", environ, secrets=secrets)
    made = decoder.table(Thing, tomllib.loads(toml), "sources.x", given={"name": "x"})
    decoder.check()
    assert made is not None
    return made


def complaint(tmp_path: Path, toml: str) -> str:
    with pytest.raises(ConfigError) as caught:
        decode(tmp_path, toml)
    return str(caught.value)


def test_every_kind_of_field_is_filled(tmp_path: Path) -> None:
    """The annotation decides; paths start from the file's directory, keys name inner tables."""
    made = decode(
        tmp_path,
        """
        every = "5m"
        path = "in"
        limit = "2 kB"
        tags = ["a", "b"]
        words = ["c"]
        either = "six"
        free = { anything = [1, "two"] }
        inner = { one = { port = 81 }, two = {} }
        """,
    )
    assert made == Thing(
        name="x",
        every=timedelta(minutes=5),
        path=tmp_path / "in",
        limit=2048,
        tags=("a", "b"),
        words=frozenset({"c"}),
        either="six",
        free={"anything": [1, "two"]},
        inner={"one": Inner(name="one", port=81), "two": Inner(name="two")},
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """One problem a line, each with file and address, so that the file is mended once."""
    said = complaint(
        tmp_path,
        """
        evry = "5m"
        limit = "2 things"
        tags = ["a", 5]
        name = "y"
        inner = { one = { prt = 81 }, two = { port = "x" } }
        """,
    )
    file = tmp_path / "config.toml"
    keys = ("either", "every", "free", "headers", "inner", "limit", "path", "tags", "words")
    assert said.splitlines() == [
        f'{file}: sources.x.evry: unknown key; did you mean "every"?',
        f'{file}: sources.x.limit: must be a number of bytes, or a size such as "512 kB", "64 MB" or "2 GB"',
        f'{file}: sources.x.tags[1]: must be text, such as tags = "…", not a whole number',
        f"{file}: sources.x.name: unknown key (there is {', '.join(keys)})",
        f'{file}: sources.x.inner.one.prt: unknown key; did you mean "port"?',
        f"{file}: sources.x.inner.two.port: must be a whole number, such as port = 5, not text",
        f'{file}: sources.x.every: is missing; such as every = "5m"',
    ]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('every = "5m"\nlimit = true', "limit: must be a whole number, such as limit = 5"),
        ('every = "5m"\ntags = "a"', 'tags: must be a list, such as tags = ["…", "…"], not text'),
        (
            'every = "5m"\neither = []',
            'either: must be such as either = 5 or either = "…", not a list',
        ),
        ('every = "5m"\ninner = 5', "inner: must be a table"),
        ('every = "5m"\ninner.one = 5', "inner.one: must be a table"),
        ('every = "5m"\npath = ""', "path: must be the path of a file or directory"),
        ('every = "0s"', "sources.x.every: is too short"),
        ('every = "5m"\ntags = ["?"]', "sources.x: the tags are in doubt"),
    ],
)
def test_each_misfit_has_its_address(tmp_path: Path, toml: str, said: str) -> None:
    """A class's own complaint about a field gets the field's address too."""
    assert said in complaint(tmp_path, toml)


def test_a_key_meant_for_the_table_around_is_suggested(tmp_path: Path) -> None:
    """What belongs beside the class's own fields may be what was meant."""
    decoder = Decoder(tmp_path / "config.toml", {})
    table = {"every": "5m", "enalbed": True}
    assert (
        decoder.table(Thing, table, "sources.x", given={"name": "x"}, beside=("enabled",)) is None
    )
    with pytest.raises(ConfigError, match='did you mean "enabled"'):
        decoder.check()


def test_secrets_come_from_files_and_credentials(tmp_path: Path) -> None:
    """The line end of a file is not part of the secret; a repr never shows it."""
    (tmp_path / "token").write_text("s3cret\n")
    (tmp_path / "token").chmod(0o600)
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "other").write_text("s3cret2")
    made = decode(
        tmp_path,
        'every = "5m"\nheaders = { A = { file = "token" }, B = { credential = "other" } }',
        CREDENTIALS_DIRECTORY=str(tmp_path / "handed"),
    )
    assert made.headers == {"A": "s3cret", "B": "s3cret2"}
    assert "s3cret" not in repr(made) + repr(made.headers)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('"s3cret"', "a secret must not be in this file"),
        ('{ fil = "token" }', 'headers.A.fil: unknown key; did you mean "file"?'),
        ("{}", "headers.A: must be a secret"),
        ("{ file = 5 }", "headers.A.file: must be text"),
        ('{ file = "none" }', "none: no such file"),
        ('{ file = "open" }', "chmod 600"),
        ('{ file = "empty" }', "empty is empty"),
        ('{ file = "binary" }', "what binary holds is not UTF-8 text"),
        ('{ credential = "none" }', "$CREDENTIALS_DIRECTORY is not set"),
    ],
)
def test_a_secret_in_a_wrong_way_is_refused_and_not_shown(
    tmp_path: Path, value: str, said: str
) -> None:
    """The message holds the mend and never the secret."""
    for name, content, mode in (
        ("token", b"s3cret", 0o600),
        ("open", b"s3cret", 0o644),
        ("empty", b"\n", 0o600),
        ("binary", b"s3cret\xff", 0o600),
    ):
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(mode)
    told = complaint(tmp_path, f'every = "5m"\nheaders = {{ A = {value} }}')
    assert said in told
    assert "s3cret" not in told


def test_secrets_that_are_not_needed_are_not_read(tmp_path: Path) -> None:
    """Their form is still checked: a command that tells nobody runs where credentials are not."""
    made = decode(tmp_path, 'every = "5m"\nheaders = { A = { credential = "x" } }', secrets=False)
    assert made.headers == {"A": ""}


def test_a_class_that_no_table_fills_is_the_plugins_fault(tmp_path: Path) -> None:
    """The operator is not told to mend what only the author can."""

    class Plain:
        pass

    with pytest.raises(PluginError, match="Plain must be a frozen dataclass"):
        Decoder(tmp_path / "config.toml", {}).table(Plain, {}, "sources.x")
