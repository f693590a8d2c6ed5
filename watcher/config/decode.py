"""
TOML tables into frozen dataclasses, strictly, by their annotations.

Nothing is guessed: an unknown key, a wrong type and a missing value are
problems with an address and a mend. All problems of a file are gathered, so
that its author mends it once.

    str  int  float  bool  Path  Secret  Severity  Literal  an enumeration
    timedelta ("5m")  Annotated[int, "bytes"] (5 or "64 MB")  X | None
    tuple[X, ...]  frozenset[X]  Mapping[str, X]  Any  a dataclass

A `Mapping[str, D]` of dataclasses with a field `name` gives each its key as
its name. Paths are made absolute from the file's own directory.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from watcher.api import Secret
from watcher.config import private
from watcher.config.address import below, describe, near
from watcher.config.units import BYTES, size
from watcher.config.values import UNIONS, Wrong, example, last, misfit, parsed, scalar
from watcher.errors import ConfigError, PluginError

T = TypeVar("T")


class _Noted(Exception):
    """What is wrong inside has been noted already."""


class Decoder:
    """
    Decodes the tables of one file; gathers what is wrong with them.

    With `secrets` false, secrets are checked for their form but not read (they
    are ""): for commands that tell nobody, which may run where the service's
    credentials are not.
    """

    def __init__(self, file: Path, environ: Mapping[str, str], *, secrets: bool = True) -> None:
        self._file = file
        self._environ = environ
        self._secrets = secrets
        self._problems: list[str] = []

    def note(self, at: str, message: str) -> None:
        """Remember a problem with the value at this address."""
        self._problems.append(
            f"{self._file}: {at}: {message}" if at else f"{self._file}: {message}"
        )

    def check(self) -> None:
        """Raise ConfigError with all that was noted, one problem a line."""
        if self._problems:
            raise ConfigError("\n".join(self._problems))

    def table(
        self,
        kind: type[T],
        raw: object,
        at: str = "",
        *,
        given: Mapping[str, object] | None = None,
        beside: Sequence[str] = (),
    ) -> T | None:
        """
        A dataclass from a table, or None after noting why not.

        `given` are fields that the table does not hold; `beside` are keys that
        belong in the table as well, and that an unknown one may be meant for.
        Raises PluginError if the class is one that no table can fill.
        """
        try:
            return self._table(kind, raw, at, given or {}, beside)
        except _Noted:
            return None
        except Wrong as wrong:
            self.note(wrong.at, str(wrong))
            return None

    def _table(
        self,
        kind: type[T],
        raw: object,
        at: str,
        given: Mapping[str, object],
        beside: Sequence[str] = (),
    ) -> T:
        if not isinstance(raw, dict):
            raise Wrong(at, f"must be a table ([{at}]), not {describe(raw)}")
        fields = _fields(kind)
        before = len(self._problems)
        values = dict(given)
        for key, value in raw.items():
            if key not in fields or key in given:
                known = [*(name for name in fields if name not in given), *beside]
                self.note(below(at, key), f"unknown key{near(key, known)}")
                continue
            try:
                values[key] = self._value(fields[key].kind, value, below(at, key))
            except Wrong as wrong:
                self.note(wrong.at, str(wrong))
            except _Noted:
                continue
        for name, wanted in fields.items():
            if wanted.required and name not in raw and name not in given:
                self.note(below(at, name), f"is missing; such as {name} = {example(wanted.kind)}")
        if len(self._problems) > before:
            raise _Noted
        try:
            return kind(**values)
        except (ConfigError, ValueError) as problem:
            # A class says `every: …` of its own field; the file's address goes before it.
            field, _, rest = str(problem).partition(": ")
            if field in fields and rest:
                raise Wrong(below(at, field), rest) from problem
            raise Wrong(at, str(problem)) from problem

    def _value(self, kind: Any, raw: object, at: str) -> Any:
        origin = get_origin(kind)
        if origin is Annotated:
            kind, *marks = get_args(kind)
            if BYTES in marks and isinstance(raw, str):
                return parsed(size, raw, at)
            return self._value(kind, raw, at)
        if origin in UNIONS:
            return self._either(
                [each for each in get_args(kind) if each is not type(None)], raw, at
            )
        if origin in (tuple, frozenset):
            if not isinstance(raw, list):
                raise misfit(at, "a list", kind, raw)
            return self._each(get_args(kind)[0], raw, at, origin)
        if origin in (Mapping, dict):
            if not isinstance(raw, dict):
                raise misfit(at, "a table", kind, raw)
            return self._mapping(get_args(kind)[1], raw, at)
        if kind is Any:
            return raw
        if kind is Secret:
            return self._secret(raw, at)
        if kind is Path:
            if not isinstance(raw, str) or not raw:
                raise misfit(at, "the path of a file or directory", kind, raw)
            return self._path(raw, at)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._table(kind, raw, at, {})
        return scalar(kind, raw, at)

    def _either(self, kinds: Sequence[Any], raw: object, at: str) -> Any:
        """The first of several kinds that fits."""
        if len(kinds) == 1:
            return self._value(kinds[0], raw, at)
        before = len(self._problems)
        for kind in kinds:
            try:
                return self._value(kind, raw, at)
            except (Wrong, _Noted):
                del self._problems[before:]
        key = last(at)
        choices = " or ".join(f"{key} = {example(kind)}" for kind in kinds)
        raise Wrong(at, f"must be such as {choices}, not {describe(raw)}")

    def _each(self, kind: Any, raw: list[object], at: str, into: Callable[[Any], T]) -> T:
        return into(self._value(kind, value, f"{at}[{place}]") for place, value in enumerate(raw))

    def _mapping(self, kind: Any, raw: Mapping[str, object], at: str) -> dict[str, Any]:
        """Every entry is tried, so that all that is wrong is told."""
        before = len(self._problems)
        entries: dict[str, Any] = {}
        named = (
            dataclasses.is_dataclass(kind) and isinstance(kind, type) and "name" in _fields(kind)
        )
        for key, value in raw.items():
            try:
                entries[key] = (
                    self._table(kind, value, below(at, key), {"name": key})
                    if named
                    else self._value(kind, value, below(at, key))
                )
            except Wrong as wrong:
                self.note(wrong.at, str(wrong))
            except _Noted:
                continue
        if len(self._problems) > before:
            raise _Noted
        return entries

    def _path(self, raw: str, at: str) -> Path:
        try:
            return self._file.parent.absolute() / Path(raw).expanduser()
        except RuntimeError as problem:
            raise Wrong(at, "begins with ~, and there is no home directory here") from problem

    def _secret(self, raw: object, at: str) -> Secret:
        key = last(at)
        if isinstance(raw, str):
            raise Wrong(
                at,
                "a secret must not be in this file; put it in a file of its own, chmod 600 it, "
                f'and write {key} = {{ file = "…" }}, or {key} = {{ credential = "…" }}',
            )
        if not isinstance(raw, dict) or len(raw) != 1:
            raise misfit(at, "a secret", Secret, raw)
        ((how, where),) = raw.items()
        if how not in ("file", "credential"):
            raise Wrong(below(at, how), f"unknown key{near(how, ['file', 'credential'])}")
        if not isinstance(where, str) or not where:
            raise misfit(below(at, how), "text", str, where)
        if not self._secrets:
            return Secret()
        try:
            content = (
                private.read_file(self._path(where, at))
                if how == "file"
                else private.read_credential(where, self._environ)
            )
            value = content.decode().strip()
        except ConfigError as problem:
            raise Wrong(at, str(problem)) from problem
        except UnicodeDecodeError:
            # Not chained: the exception holds the bytes.
            raise Wrong(at, f"what {where} holds is not UTF-8 text") from None
        if not value:
            raise Wrong(at, f"{where} is empty")
        return Secret(value)


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    kind: Any
    required: bool


def _fields(kind: type[Any]) -> dict[str, _Field]:
    """What a table may hold, by name. Raises PluginError for a class that is no dataclass."""
    if not dataclasses.is_dataclass(kind):
        raise PluginError(f"{kind.__module__}.{kind.__qualname__} must be a frozen dataclass")
    try:
        hints = typing.get_type_hints(kind, include_extras=True)
    except (NameError, TypeError) as problem:
        raise PluginError(
            f"{kind.__module__}.{kind.__qualname__}: its annotations cannot be read ({problem})"
        ) from problem
    missing = dataclasses.MISSING
    return {
        each.name: _Field(
            hints[each.name], each.default is missing and each.default_factory is missing
        )
        for each in dataclasses.fields(kind)
        if each.init
    }
