"""Tallies made by hand, as matchers would hand them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watcher.model import Family, Match, Officer, Record, Roll, Sign, Tally

PRESENT = 0.05  # a row's chance in these tests, unless they say


def roster(
    count: int = 1000, *, risk: Iterable[int] = (), public: Iterable[int] = ()
) -> list[Officer]:
    marked, known = set(risk), set(public)
    return [
        Officer(ref=f"ref-{at:05}", high_risk=at in marked, public=at in known)
        for at in range(count)
    ]


def name(*officers: int, bits: float = 3.0) -> Match:
    return Match(officers=officers, field="name", family=Family.NAME, bits=bits)


def number(*officers: int, bits: float = 13.3, field: str = "pay_number") -> Match:
    return Match(officers=officers, field=field, family=Family.NUMBER, bits=bits)


def mail(*officers: int, bits: float = 20.0) -> Match:
    return Match(officers=officers, field="email", family=Family.MAIL, bits=bits)


def rank(*officers: int, bits: float = 1.0) -> Match:
    return Match(officers=officers, field="rank", family=Family.RANK, bits=bits)


def place(*officers: int, bits: float = 1.0) -> Match:
    return Match(officers=officers, field="unit", family=Family.PLACE, bits=bits)


def supplier(called: str = "") -> Match:
    return Match(officers=(), field="supplier", family=Family.SUPPLIER, bits=20.0, called=called)


def record(at: int, *matches: Match, where: str = "", signs: Iterable[Sign] = ()) -> Record:
    return Record(where=where, number=at, matches=matches, signs=frozenset(signs))


def roll(
    hits: Sequence[int | bool],
    *,
    where: str = "",
    family: Family = Family.NAME,
    chance: float | Sequence[float] = PRESENT,
    first: int = 1,
    keys: Sequence[int] | None = None,
    officers: Sequence[tuple[int, ...]] | None = None,
    numbers: Sequence[int] | None = None,
    values: Mapping[int, Sequence[int]] | None = None,
    columns: tuple[str, ...] = (),
    cells: bool = False,
    hidden: bool = False,
    echo: bool = False,
) -> Roll:
    """One row for each of `hits`; a hit means the officer of its place, unless said."""
    rows = len(hits)
    chances = [chance] * rows if isinstance(chance, float) else list(chance)
    whose = [(at,) for at in range(rows)] if officers is None else officers
    places = range(first, first + rows) if numbers is None else numbers
    return Roll.of(
        where=where,
        family=family,
        rows=[
            (key, p, who if hit else (), place)
            for key, p, who, hit, place in zip(
                keys if keys is not None else range(first, first + rows),
                chances,
                whose,
                hits,
                places,
                strict=True,
            )
        ],
        values=values,
        columns=columns,
        cells=cells,
        hidden=hidden,
        echo=echo,
    )


def names_list(
    hits: int,
    *,
    misses: int = 0,
    where: str = "",
    chance: float = PRESENT,
    numbers: bool = False,
    first: int = 1,
    columns: tuple[str, ...] = (),
    cells: bool = False,
    hidden: bool = False,
    echo: bool = False,
    signs: Iterable[Sign] = (),
    piece: Iterable[Sign] = (),
) -> Tally:
    """Officers 0, 1, … one a row, then strangers; with their pay numbers beside them if asked."""
    shown = [1] * hits + [0] * misses
    rolls = [
        roll(
            shown,
            where=where,
            chance=chance,
            first=first,
            columns=columns,
            cells=cells,
            hidden=hidden,
            echo=echo,
        )
    ]
    if numbers:
        rolls.append(
            roll(
                shown,
                where=where,
                family=Family.NUMBER,
                chance=0.001,
                first=first,
                columns=columns,
                cells=cells,
                hidden=hidden,
                echo=echo,
            )
        )
    records = tuple(
        record(
            first + at,
            *([name(at), number(at)] if numbers else [name(at)]),
            where=where,
            signs=signs,
        )
        for at in range(hits)
    )
    marks = frozenset(piece)
    return Tally(
        records=records,
        rolls=tuple(rolls),
        tried=len(shown) if numbers else 0,
        signs=((where, marks),) if marks else (),
    )
