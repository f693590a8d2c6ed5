"""
The roster, read and checked: CSV, XLSX, or either of them on standard input.

Everything happens in memory. A roster with a bad row is refused whole, with
the line and the mend of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from watcher.config.settings import Read
from watcher.enrol import columns, tabular, workbook
from watcher.enrol.people import people
from watcher.errors import ConfigError
from watcher.model import Person
from watcher.vocabulary import Field

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """
    People in clear, in memory. `name` is the file's, as the operator gave it.

    `columns`: each heading and the field it became, or `ignored`. `unknown`:
    headings that name nothing we know, with the field they resemble or "".
    `has_refs`: the force chose the refs; otherwise they are row numbers.
    """

    name: str
    people: tuple[Person, ...] = field(repr=False)
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...] = ()
    has_refs: bool = True


async def read_roster(
    source: Path | BinaryIO,
    *,
    mapped: Mapping[str, str] | None = None,
    limits: Read | None = None,
) -> Roster:
    """
    The roster in this file, or on this stream (standard input).

    `mapped` is `--map`: heading → field's name or `ignore`. `limits` bound the
    reading worker that opens a workbook. Raises ConfigError, with file, line
    and mend.
    """
    name, data = _bytes(source)
    mapped = mapped or {}
    if not data.strip(b"\0\r\n\t "):
        raise ConfigError(f"{name}: the roster is empty")
    if workbook.looks_like(data):
        sheets = await workbook.sheets(data, name, limits or Read())
        for rows in sheets:
            if columns.find(rows, mapped) is not None:
                return parse(rows, mapped, name)
        raise ConfigError(_no_headings(name))
    return parse(
        tabular.table(data, name, lambda row: columns.recognised(row, mapped)), mapped, name
    )


def parse(rows: Sequence[tabular.Row], mapped: Mapping[str, str], name: str) -> Roster:
    """The people of these rows, which begin with headings. Raises ConfigError."""
    at = columns.find(rows, mapped)
    if at is None:
        raise ConfigError(_no_headings(name))
    layout = columns.layout(rows[at].cells, mapped, name)
    return Roster(
        name=name,
        people=people(rows[at + 1 :], layout, name),
        columns=layout.shown,
        unknown=layout.unknown,
        has_refs=Field.REF in layout.fields.values(),
    )


def _bytes(source: Path | BinaryIO) -> tuple[str, bytes]:
    if not isinstance(source, Path):
        return STANDARD_INPUT, source.read()
    try:
        return str(source), source.read_bytes()
    except OSError as problem:
        raise ConfigError(f"{source}: the roster cannot be read ({problem.strerror})") from problem


def _no_headings(name: str) -> str:
    return (
        f"{name}: no usable column: no headings were recognised in the first {columns.SEARCHED} rows; "
        "name the columns in the first row (surname, forename, pay_number, …), "
        "or say what they are: --map 'HEADING=FIELD'"
    )
