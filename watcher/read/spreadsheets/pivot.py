"""
Pivot caches of a workbook as tables: the rows that a pivot table was made from.

They stay in the file when the sheet they came from is deleted, and no program
shows them (ICO advisory on disclosing spreadsheets, September 2023). A record's
`<x v="3"/>` points into its field's shared items (ECMA-376, 18.10).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from watcher.model import Part, Unread
from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.sweep import parsed, parser
from watcher.read.table import Table

RECORDS = re.compile(r"xl/pivotCache/pivotCacheRecords(\d*)\.xml\Z", re.IGNORECASE)
_DEFINITION = re.compile(r"xl/pivotCache/pivotCacheDefinition(\d*)\.xml\Z", re.IGNORECASE)
_VALUES = frozenset("snbdem")


class _Definition:
    """The fields of a cache: their names, and the items that records point to."""

    def __init__(self, made: Any) -> None:
        self.names: list[str] = []
        self.items: list[list[str]] = []
        self._inside = False
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "cacheField":
            self.names.append(attributes.get("name", ""))
            self.items.append([])
        elif local == "sharedItems":
            self._inside = True
        elif self._inside and local in _VALUES and self.items:
            self.items[-1].append(attributes.get("v", ""))

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "sharedItems":
            self._inside = False


class _Records:
    def __init__(self, made: Any, definition: _Definition) -> None:
        self.done: list[list[str]] = []
        self._items = definition.items
        self._row: list[str] = []
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        value = attributes.get("v", "")
        if local == "x":
            at = len(self._row)
            items = self._items[at] if at < len(self._items) else []
            index = int(value) if value.isdecimal() and len(value) < 10 else -1
            self._row.append(items[index] if 0 <= index < len(items) else value)
        elif local in _VALUES:
            self._row.append(value)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "r":
            self.done.append(self._row)
            self._row = []


def read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Iterator[Part | Unread]:
    """The records of one cache. Its definition is the member with the same number."""
    where = label(info.filename)
    table = Table(where, hidden=True)
    try:
        made = parser()
        definition = _Definition(made)
        wanted = info.filename.lower().replace("records", "definition")
        for each in archive.infolist():
            if each.filename.lower() == wanted:
                for _ in parsed(content(archive, each, budget), made):
                    pass
                break
        number = 1
        if definition.names:
            yield from table.add(number, definition.names)
            number += 1
        made = parser()
        records = _Records(made, definition)
        for _ in parsed(content(archive, info, budget), made):
            done, records.done = records.done, []
            for row in done:
                budget.spend(sum(map(len, row)) + len(row))
                yield from table.add(number, row)
                number += 1
        yield from table.finish()
    except Trouble as trouble:
        yield from table.finish()
        yield Unread(where=where, why=trouble.why)


def is_lone(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a member is the definition of a cache whose records are not in the package."""
    if not _DEFINITION.match(name):
        return False
    wanted = name.lower().replace("definition", "records")
    return all(each.lower() != wanted for each in archive.namelist())


def read_lone(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Iterator[Part | Unread]:
    """The items of each field of such a cache, as a table of one column. Faults are the sweep's."""
    made = parser()
    definition = _Definition(made)
    with suppress(Trouble):  # the same member is swept next, and says so
        for _ in parsed(content(archive, info, budget), made):
            pass
    for number, (name, items) in enumerate(
        zip(definition.names, definition.items, strict=True), start=1
    ):
        table = Table(f"{label(info.filename)}, field {number}", hidden=True)
        for at, each in enumerate((name, *items) if items else (), start=1):
            yield from table.add(at, [each])
        yield from table.finish()
