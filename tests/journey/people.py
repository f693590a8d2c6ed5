"""
The force of the scenarios, and the tables that leak of it.

Twelve thousand invented officers and three who are named in the scenarios. Every scenario has
people of its own, so that what is one incident and what is another can be told.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.world import World
from watcher.demo.leaks import SHORT
from watcher.demo.roster import COLUMNS, DOMAIN, csv_of, name, people

Row = Mapping[str, str]

COUNT = 12_000
SEED = 11
HR = ("Surname", "Initials", "Rank", "Dept", "Location", "Service No")
MET = ("PayNo", "Rank", "Forename", "Surname", "Vetting")
LISTED = 9_500  # rows of the list in the hidden sheet
LEAVERS = 69  # of them nobody's who is enrolled
NAMED = (
    {
        "ref": "S-1",
        "forename": "Siobhán",
        "surname": "O'Neill",
        "rank": "Constable",
        "collar_number": "1234",
        "unit": "MO3",
        "location": "Thornby",
    },
    {
        "ref": "S-2",
        "forename": "Gwenllian",
        "surname": "Prosser",
        "rank": "Constable",
        "collar_number": "4321",
        "unit": "MO3",
        "location": "Thornby",
        "risk_group": "covert",
    },
    {
        "ref": "S-3",
        "forename": "Ottoline",
        "surname": "Wrexborough",
        "rank": "Sergeant",
        "collar_number": "4471",
        "unit": "Custody",
        "location": "Thornby",
    },
)


def roster() -> list[Row]:
    """Everybody who is enrolled."""
    blank = dict.fromkeys(COLUMNS, "")
    return [*people(SEED, COUNT), *(blank | each for each in NAMED)]


def private(rows: Sequence[Row], start: int, count: int) -> list[Row]:
    """So many of the roster from this place on, without those who are public."""
    return [row for row in rows[start:] if not row["public"]][:count]


def strangers(rows: Sequence[Row], count: int) -> list[Row]:
    """People drawn without a look at the roster, under numbers that nobody of it has."""
    dice = random.Random("strangers")
    taken = {row[key] for row in rows for key in ("pay_number", "warrant_number")}
    pays = [n for n in dice.sample(range(50_000_000, 59_999_999), 2 * count) if str(n) not in taken]
    warrants = [n for n in dice.sample(range(160_000, 259_999), 2 * count) if str(n) not in taken]
    found = []
    for pay, warrant in zip(pays[:count], warrants[:count], strict=True):
        forename, surname = name(dice)
        like = dice.choice(rows[:COUNT])
        own = {"forename": forename, "surname": surname, "middle": "", "pay_number": str(pay)}
        found.append({**like, **own, "warrant_number": str(warrant)})
    return found


def cells(row: Row, columns: Sequence[str]) -> list[str]:
    """What stands of a person in the columns of a list."""
    values = {
        "Surname": row["surname"],
        "Forename": row["forename"],
        "Initials": row["forename"][:1] + row["middle"][:1],
        "Rank": SHORT[row["rank"]],
        "Dept": row["unit"],
        "Location": row["location"],
        "Service No": row["warrant_number"],
        "PayNo": row["pay_number"],
        "Vetting": row["vetting"],
    }
    return [values[column] for column in columns]


def table(rows: Iterable[Row], columns: Sequence[str]) -> list[list[str]]:
    """Headings and rows."""
    return [list(columns), *(cells(row, columns) for row in rows)]


def delimited(lines: Iterable[Sequence[str]], mark: str = ",", *, quoted: bool = False) -> str:
    out = io.StringIO()
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=mark, quoting=style).writerows(lines)
    return out.getvalue()


def enrolled(folder: Path) -> World:
    """An installation that watches the force's domain, with the roster enrolled."""
    home = folder / "home"
    home.mkdir()
    world = World(folder / "watch", home, roster())
    done = world.run("init", str(world.folder), cwd=folder)
    assert done.code == 0, done
    text = world.config.read_text()
    assert text.count("\ndomains = []") == 1
    world.config.write_text(text.replace("\ndomains = []", f'\ndomains = ["{DOMAIN}"]'))
    done = world.run("enrol", "-", stdin=csv_of(world.rows))
    assert done.code == 0, done
    return world
