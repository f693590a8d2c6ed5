"""Forms that nobody thought of first: kept because the engine has to take them as they come."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape
from itertools import zip_longest

from bench.detection.filler import around, passage
from bench.detection.forms import Made, add, made
from bench.detection.lists import chosen
from bench.detection.roster import Member
from bench.detection.world import World
from bench.detection.writing import delimited, short
from watcher.demo.roster import plain
from watcher.model import Severity

Render = Callable[[random.Random, Sequence[Member]], str]
MEDIUM, CRITICAL = Severity.MEDIUM, Severity.CRITICAL
ODD: dict[str, tuple[Render, Severity]] = {}


def _odd(name: str, due: Severity) -> Callable[[Render], Render]:
    def registered(render: Render) -> Render:
        ODD[name] = render, due
        return render

    return registered


def _lines(write: Callable[[Member], str]) -> Render:
    return lambda _, found: "\n".join(write(each) for each in found)


def _full(each: Member) -> str:
    return f"{each.forename} {each.surname}"


ODD["honours behind the name"] = (
    _lines(lambda m: f"{_full(m)} {('QPM', 'MBE', 'BSc', 'PhD')[m.at % 4]}"),
    MEDIUM,
)
ODD["née in brackets"] = _lines(lambda m: f"{_full(m)} (née {m.previous or 'Smith'})"), MEDIUM
ODD["a middle initial that the roster lacks"] = (
    _lines(lambda m: f"{m.forename} Q. {m.surname}"),
    MEDIUM,
)
ODD["entities"] = (
    _lines(lambda m: escape(_full(m)).encode("ascii", "xmlcharrefreplace").decode()),
    MEDIUM,
)
ODD["no-break spaces"] = _lines(lambda m: _full(m).replace(" ", "\u00a0")), MEDIUM
ODD["wide gaps"] = _lines(lambda m: f"{m.forename}      {m.surname}"), MEDIUM
ODD["typographic hyphens"] = _lines(lambda m: _full(m).replace("-", "‑").replace("'", "’")), MEDIUM
ODD["user names"] = _lines(lambda m: f"{plain(m.forename)}.{plain(m.surname)}"), MEDIUM
ODD["user names with underscores"] = (
    _lines(lambda m: f"{plain(m.forename)}_{plain(m.surname)}"),
    MEDIUM,
)
ODD["file tree"] = (
    _lines(
        lambda m: f"personnel/{m.location}/{m.surname.upper()}_{m.forename}_{m.warrant}/photo.jpg"
    ),
    CRITICAL,
)
ODD["float numbers"] = (
    lambda _, found: delimited(
        [
            ("Surname", "First Name", "Warrant"),
            *((m.surname, m.forename, f"{m.warrant}.0") for m in found),
        ]
    ),
    CRITICAL,
)
ODD["numbers kept as text with an apostrophe"] = (
    lambda _, found: delimited(
        [("Name", "Warrant No"), *((_full(m), f"'{m.warrant}") for m in found)]
    ),
    CRITICAL,
)
ODD["padded numbers"] = (
    lambda _, found: delimited(
        [("Name", "Collar"), *((_full(m), f"{int(m.collar):08}") for m in found)]
    ),
    CRITICAL,
)
ODD["rank in the surname's cell"] = (
    lambda _, found: delimited(
        [
            ("Officer", "Forename", "No."),
            *((f"{short(m)} {m.surname}", m.forename, m.collar) for m in found),
        ]
    ),
    CRITICAL,
)
ODD["a letter of the alphabet above each group"] = (
    lambda _, found: "\n".join(
        f"{letter}\n"
        + "\n".join(f"{m.surname}, {m.forename}" for m in found if m.surname[:1] == letter)
        for letter in sorted({m.surname[:1] for m in found})
    ),
    MEDIUM,
)
ODD["recipients of a mail"] = (
    lambda _, found: (
        "To: "
        + "; ".join(f"{m.surname}, {m.forename} <{m.email}>" for m in found)
        + "\nSubject: rota\n\nSee attached.\n"
    ),
    CRITICAL,
)
ODD["wiki table"] = (
    lambda _, found: (
        '{| class="wikitable"\n! Name !! Collar\n'
        + "".join(f"|-\n| {_full(m)} || {m.collar}\n" for m in found)
        + "|}\n"
    ),
    CRITICAL,
)
ODD["every field on a line of its own"] = (
    lambda _, found: "\n".join(f"{m.surname}\n{m.forename}\n{m.rank}\n{m.warrant}" for m in found),
    CRITICAL,
)
ODD["all cells in one line"] = (
    lambda _, found: ",".join(f"{m.forename},{m.surname},{m.warrant}" for m in found),
    CRITICAL,
)


@_odd("two lists side by side", MEDIUM)
def _side_by_side(_: random.Random, found: Sequence[Member]) -> str:
    half = len(found) // 2
    rows = []
    for left, right in zip_longest(found[:half], found[half:]):
        cells = [(m.surname, m.forename) if m else ("", "") for m in (left, right)]
        rows.append([*cells[0], "", *cells[1]])
    return delimited([("Surname", "Forename", "", "Surname", "Forename"), *rows])


@_odd("people in columns", MEDIUM)
def _transposed(_: random.Random, found: Sequence[Member]) -> str:
    return delimited(
        [["Surname", *(m.surname for m in found)], ["Forename", *(m.forename for m in found)],
         ["Rank", *(short(m) for m in found)]]
    )  # fmt: skip


@_odd("duty rota with names in the cells", MEDIUM)
def _rota(dice: random.Random, found: Sequence[Member]) -> str:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    rows = []
    for start in range(0, len(found), 4):
        names = [f"{m.forename} {m.surname}" for m in found[start : start + 4]]
        rows.append([f"{dice.randrange(6, 22):02}00", *names, *[""] * (4 - len(names))])
    return delimited([("Shift", *days[:4]), *rows])


@_odd("sections by rank, names below", MEDIUM)
def _sections(_: random.Random, found: Sequence[Member]) -> str:
    ranks = sorted({m.rank for m in found})
    return "\n\n".join(
        f"{rank}s\n" + "\n".join(_full(m) for m in found if m.rank == rank) for rank in ranks
    )


@_odd("roll call in a sentence", CRITICAL)
def _roll_call(_: random.Random, found: Sequence[Member]) -> str:
    return f"On duty that night were {', '.join(f'{short(m)} {m.collar} {m.forename} {m.surname}' for m in found)}."


@_odd("one person a post, among posts", CRITICAL)
def _posts(dice: random.Random, found: Sequence[Member]) -> str:
    return "\n\n".join(
        f"{passage(dice, 200)}\n{short(m)} {m.collar} {m.forename} {m.surname}" for m in found
    )


@_odd("narrow columns of a PDF, names broken by hyphens", MEDIUM)
def _broken(_: random.Random, found: Sequence[Member]) -> str:
    lines = []
    for m in found:
        cut = len(m.surname) // 2
        long = len(m.surname) >= 9 and m.at % 6 == 0
        lines.append(f"{m.forename} {m.surname[:cut]}-\n{m.surname[cut:]}" if long else _full(m))
    return "\n".join(lines)


@_odd("list twice, in another order", MEDIUM)
def _twice(dice: random.Random, found: Sequence[Member]) -> str:
    again = dice.sample(list(found), len(found))
    return "\n".join([_full(m) for m in found] + [f"{m.surname} {m.forename}" for m in again])


@_odd("typed by ear: every third surname with an error", CRITICAL)
def _by_ear(dice: random.Random, found: Sequence[Member]) -> str:
    lines = []
    for m in found:
        surname = m.surname
        if m.at % 3 == 0 and len(surname) > 5:
            at = dice.randrange(1, len(surname) - 1)
            surname = surname[:at] + dice.choice("aeiou") + surname[at + 1 :]
        lines.append(f"{short(m)} {m.forename} {surname} {m.pay}")
    return "\n".join(lines)


def _register() -> None:
    for name, (render, due) in ODD.items():

        def make(
            dice: random.Random, world: World, render: Render = render, due: Severity = due
        ) -> Made:
            found = chosen(dice, world, 40)
            return made(render(dice, found), found, due)

        add(f"odd/{name}", make)

    def embedded(dice: random.Random, world: World) -> Made:
        found = chosen(dice, world, 40)
        return made(around(dice, ODD["roll call in a sentence"][0](dice, found)), found, CRITICAL)

    add("odd/roll call in a sentence, in text", embedded)


_register()
