"""
Pivot caches of workbooks before 2007: the rows that a pivot table was made from.

A stream of `_SX_DB_CUR` holds the fields, the values that each of them takes,
and for each row the places of its values (MS-XLS 2.4.276–2.4.286).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from watcher.model import Part, Unread
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets import biff
from watcher.read.spreadsheets.numberform import written
from watcher.read.table import Table

_FIELD, _PLACES = 0xC7, 0xC8
_NUMBER, _BOOL, _ERROR, _WHOLE, _TEXT, _DATE, _NIL = 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF
_VALUES = range(_NUMBER, _NIL + 1)
_WIDE = 0x0200  # places take two bytes
_NAME = 14  # where a field's name begins


class _Field:
    def __init__(self, data: bytes) -> None:
        flags, self.left = struct.unpack_from("<H10xH", data)
        self.wide = 2 if flags & _WIDE else 1
        self.shared = self.left > 0
        self.name = biff.text(data, _NAME, width=2, codec="")
        self.items: list[str] = []


def _value(kind: int, data: bytes) -> str:
    if kind == _TEXT:
        return biff.text(data, 0, width=2, codec="")
    if kind == _NUMBER:
        return written(float(struct.unpack_from("<d", data)[0]))
    if kind == _WHOLE:
        return str(struct.unpack_from("<h", data)[0])
    if kind == _BOOL:
        return "TRUE" if data[:1] == b"\1" else "FALSE"
    if kind == _DATE:
        year, month, day, hour, minute, second = struct.unpack_from("<2H4B", data)
        date = f"{year:04}-{month:02}-{day:02}"
        return f"{date} {hour:02}:{minute:02}:{second:02}" if hour or minute or second else date
    return ""


def read(body: bytes, where: str, budget: Budget) -> Iterator[Part | Unread]:
    """The rows of one cache; values in no row, where there are none."""
    table = Table(where, hidden=True)
    try:
        for number, row in enumerate(_rows(body), start=1):
            budget.spend(sum(map(len, row)) + len(row))
            yield from table.add(number, row)
    except Trouble as trouble:
        yield from table.finish()
        yield Unread(where=where, why=trouble.why)
        return
    yield from table.finish()


def _rows(body: bytes) -> Iterator[list[str]]:
    fields: list[_Field] = []
    row: list[str | None] = []
    begun = False
    for kind, _, data in biff.records(body):
        try:
            if kind == _FIELD:
                fields.append(_Field(data))
            elif kind == _PLACES:
                if begun:
                    yield [each or "" for each in row]
                else:
                    yield [each.name for each in fields]
                row, begun = _placed(fields, data), True
            elif kind in _VALUES:
                value = _value(kind, data)
                if fields and fields[-1].left and not begun:
                    fields[-1].items.append(value)
                    fields[-1].left -= 1
                    continue
                if not begun:
                    yield [each.name for each in fields]
                    row, begun = [None] * len(fields), True
                elif None not in row:
                    yield [each or "" for each in row]
                    row = [None] * len(fields)
                if None in row:
                    row[row.index(None)] = value
        except (struct.error, IndexError):
            continue
    if begun:
        yield [each or "" for each in row]
    else:
        for field in fields:
            yield [field.name, *field.items]


def _placed(fields: list[_Field], data: bytes) -> list[str | None]:
    """The values of a row that are told by their places; None where one follows."""
    row: list[str | None] = []
    at = 0
    for field in fields:
        if not field.shared:
            row.append(None)
            continue
        place = int.from_bytes(data[at : at + field.wide], "little")
        at += field.wide
        row.append(field.items[place] if place < len(field.items) else "")
    return row
