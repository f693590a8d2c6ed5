"""Lists of our people as text: one a line, columns, or all on one line; pure and among ordinary text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from bench.detection.filler import around
from bench.detection.forms import Made, Make, add, form, made
from bench.detection.roster import Member
from bench.detection.world import World
from bench.detection.writing import (
    CELLS,
    INITIALS,
    MAILS,
    NAMES,
    NUMBERED,
    Write,
    delimited,
    table,
)
from watcher.model import Severity

FEW, MANY = 24, 160
Join = Callable[[Sequence[str]], str]
JOINS: dict[str, Join] = {
    "lines": "\n".join,
    "bullets": lambda texts: "\n".join(f"- {text}" for text in texts),
    "numbered": lambda texts: "\n".join(f"{at}. {text}" for at, text in enumerate(texts, 1)),
    "one line, semicolons": "; ".join,
    "blank lines between": "\n\n".join,
    "CR LF": "\r\n".join,
    "quoted lines": lambda texts: "\n".join(f"> {text}" for text in texts),
    "pipes": " | ".join,
}


def chosen(dice: random.Random, world: World, least: int = FEW, most: int = MANY) -> list[Member]:
    return world.some(dice, dice.randrange(least, most))


def _lines(
    write: Write, due: Severity, join: Join, *, embedded: bool = False, least: int = FEW
) -> Make:
    def make(dice: random.Random, world: World) -> Made:
        found = chosen(dice, world, least)
        text = join([write(each) for each in found])
        return made(around(dice, text) if embedded else text, found, due)

    return make


def _register() -> None:
    for name, write in NAMES.items():
        add(f"list/names: {name}", _lines(write, Severity.MEDIUM, JOINS["lines"]))
    for name, write in INITIALS.items():
        make = _lines(write, Severity.MEDIUM, JOINS["lines"], least=80)
        add(f"list/initials: {name}", make, hopeless_from=200_000)
    for name, write in NUMBERED.items():
        add(f"list/numbered: {name}", _lines(write, Severity.CRITICAL, JOINS["lines"]))
    for name, write in MAILS.items():
        add(f"list/mail: {name}", _lines(write, Severity.CRITICAL, JOINS["lines"]))
    add("list/numbers only: pay", _lines(lambda m: m.pay, Severity.CRITICAL, JOINS["lines"]))
    add(
        "list/numbers only: warrant",
        _lines(lambda m: m.warrant, Severity.CRITICAL, JOINS["lines"], least=80),
        hopeless_from=200_000,
    )
    plain, loud = NAMES["Forename Surname"], NAMES["SURNAME, Forename"]
    for name, join in JOINS.items():
        if name != "lines":
            write = loud if name in ("one line, semicolons", "bullets") else plain
            add(f"list/joined: {name}", _lines(write, Severity.MEDIUM, join))
    add("list/joined: one line, commas", _lines(plain, Severity.MEDIUM, ", ".join))
    add(
        "list/joined: SURNAME, F; SURNAME, F",
        _lines(INITIALS["SURNAME, F M"], Severity.MEDIUM, "; ".join, least=80),
        hopeless_from=200_000,
    )
    texts = {
        "names": (plain, Severity.MEDIUM),
        "SURNAME, Forename": (loud, Severity.MEDIUM),
        "rank number name": (NUMBERED["rank number name in one cell"], Severity.CRITICAL),
        "PC 1234 Surname": (NUMBERED["PC 1234 Surname"], Severity.CRITICAL),
        "mail": (MAILS["mail"], Severity.CRITICAL),
        "pay numbers": (lambda m: m.pay, Severity.CRITICAL),
    }
    for name, (text, due) in texts.items():
        add(f"list/in text: {name}", _lines(text, due, JOINS["lines"], embedded=True))
    add("list/in text: names on one line", _lines(plain, Severity.MEDIUM, ", ".join, embedded=True))


_register()


@form("list/names on two lines")
def _two_lines(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    return made(
        "\n".join(f"{each.forename}\n{each.surname}\n" for each in found), found, Severity.MEDIUM
    )


@form("list/name and number on two lines")
def _card(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    text = "\n".join(f"{each.forename} {each.surname}\n{each.pay}\n" for each in found)
    return made(text, found, Severity.CRITICAL)


# --------------------------------------------------------------------- tables

FULL = ("PayNo", "Rank", "Forename", "Surname", "Vetting")
SEPARATORS = {"commas": ",", "tabs": "\t", "semicolons": ";", "pipes": "|"}


def tabular(
    columns: Sequence[str],
    due: Severity,
    *,
    separator: str = ",",
    head: bool = True,
    above: int = 0,
    least: int = FEW,
) -> Make:
    """A delimited table; with `above` lines of title before its headings."""

    def make(dice: random.Random, world: World) -> Made:
        found = chosen(dice, world, least)
        order = dice.sample(columns, len(columns))
        rows = table(found, order)
        titles = [[f"Extract {number}", *[""] * (len(order) - 1)] for number in range(above)]
        text = delimited([*titles, *([list(order)] if head else []), *rows], separator)
        return made(text, found, due)

    return make


for _name, _separator in SEPARATORS.items():
    add(f"list/table, {_name}", tabular(FULL, Severity.CRITICAL, separator=_separator))
    add(
        f"list/table, {_name}, no headings",
        tabular(FULL, Severity.CRITICAL, separator=_separator, head=False),
    )
    add(
        f"list/two columns, {_name}, no headings",
        tabular(("Surname", "Forename"), Severity.MEDIUM, separator=_separator, head=False),
    )
for _above in (1, 3, 7, 13):
    add(f"list/table, headings in row {_above + 1}", tabular(FULL, Severity.CRITICAL, above=_above))
add(
    "list/table, initials and number",
    tabular(("Surname", "Initials", "Rank", "Dept", "Location", "Service No"), Severity.CRITICAL),
)
add("list/table, name and mail", tabular(("Full Name", "Email", "Dept"), Severity.CRITICAL))
add("list/table, one name column", tabular(("Name", "Dept", "Location"), Severity.MEDIUM))
add("list/table, surname and initials only", tabular(("Surname", "Initials"), Severity.MEDIUM, least=80),
    hopeless_from=200_000)  # fmt: skip
add("list/table, many columns", tabular(tuple(CELLS), Severity.CRITICAL))
add("list/table, collar numbers", tabular(("Collar No.", "Full Name", "Rank"), Severity.CRITICAL))


@form("list/table, headings spelt otherwise")
def _misspelt(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    heads = dice.choice(
        (
            ["Srvce No.", "Srname", "First Nme", "Vetting lvl"],
            ["Pay Ref", "LAST NAME", "Given name(s)", "Vetting Level"],
            ["warrant_no", "lname", "fname", "vetting"],
            ["Employee #", "Family Name", "First", "Clearance"],
        )
    )
    number = "Service No" if heads[0] in ("Srvce No.", "warrant_no") else "PayNo"
    text = delimited([heads, *table(found, (number, "Surname", "Forename", "Vetting"))])
    return made(text, found, Severity.CRITICAL)


@form("list/table, rank and name in one cell")
def _one_cell(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    rows = [
        [f"{CELLS['Rank'](each)} {each.collar} {each.surname}", each.location] for each in found
    ]
    return made(delimited([["Officer", "Station"], *rows]), found, Severity.CRITICAL)


@form("list/table, surnames in capitals, typed, every tenth with an error")
def _typed(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    rows = table(found, FULL)
    for at, row in enumerate(rows):
        if at % 10 == 0 and len(row[3]) > 5:
            cut = dice.randrange(1, len(row[3]) - 1)
            row[3] = row[3][:cut] + row[3][cut + 1 :]
        row[3] = row[3].upper()
    return made(delimited([FULL, *rows]), found, Severity.CRITICAL)


@form("list/names only, every fifth with an error")
def _typed_names(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world, 40)
    texts = []
    for at, each in enumerate(found):
        surname = each.surname
        if at % 5 == 0 and len(surname) > 5:
            cut = dice.randrange(1, len(surname) - 1)
            surname = surname[:cut] + surname[cut + 1 :]
        texts.append(f"{each.forename} {surname}")
    return made("\n".join(texts), found, Severity.MEDIUM)
