"""Leaks as files: workbooks with hidden sheets, archives, pages, encodings, and the scenarios A1–A12 that are of our people."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from bench.detection.filler import passage
from bench.detection.forms import Made, add, form, made
from bench.detection.lists import chosen
from bench.detection.persons import tellable
from bench.detection.roster import Member
from bench.detection.world import World
from bench.detection.writing import address, delimited, mobile, short, table
from watcher.demo.leaks import SHORT
from watcher.demo.workbook import Cell, Sheet, workbook
from watcher.model import Severity

HR = ("Surname", "Initials", "Rank", "Dept", "Location", "Service No")
MET = ("PayNo", "Rank", "Forename", "Surname", "Vetting")


def _sheet(found: Sequence[Member], columns: Sequence[str] = HR) -> list[list[Cell]]:
    rows: list[list[Cell]] = [list(columns)]
    rows.extend([int(c) if c.isdigit() else c for c in row] for row in table(found, columns))
    return rows


def _reply(dice: random.Random, world: World, found: Sequence[Member], state: str) -> bytes:
    """A1: counts in the sheet that shows, the list in one that does not."""
    counts = Counter(each.rank for each in world.members)
    visible: list[list[Cell]] = [["Rank", "Headcount"]]
    visible.extend([rank, counts[rank]] for rank in SHORT)
    rows = _sheet(sorted(found, key=lambda each: (each.surname, each.ref)))
    title = dice.choice(("Sheet3", "Download (2)", "Data"))
    return workbook(
        Sheet(title="Strength", rows=visible), Sheet(title=title, rows=rows, state=state)
    )


@form("file/A1 workbook, hidden sheet, 95 of 100", heavy=10)
def _a1(dice: random.Random, world: World) -> Made:
    found = world.some(dice, min(9_500, int(len(world.members) * 0.45)))
    return made(_reply(dice, world, found, "hidden"), found, Severity.CRITICAL)


@form("file/A1 workbook, hidden sheet", heavy=2)
def _hidden(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    return made(_reply(dice, world, found, "hidden"), found, Severity.CRITICAL)


@form("file/A2 workbook, veryHidden sheet", heavy=2)
def _very(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    return made(_reply(dice, world, found, "veryHidden"), found, Severity.CRITICAL)


@form("file/A4 pay number, rank, name, vetting in a paste")
def _a4(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 200)
    return made(delimited([MET, *table(found, MET)]), found, Severity.CRITICAL)


@form("file/A5 constable, name, unit, family")
def _a5(dice: random.Random, world: World) -> Made:
    each = world.one(dice, lambda m: tellable(world, m))
    text = f"PC {each.collar} {each.forename} {each.surname} ({each.unit}), wife at the school in {each.location}."
    return made(f"{passage(dice, 1500)}\n{text}\n{passage(dice, 900)}", [each], Severity.HIGH)


@form("file/A5 the same of a high-risk unit")
def _a5_risk(dice: random.Random, world: World) -> Made:
    each = dice.choice([m for m in world.members if m.risk and not m.public and tellable(world, m)])
    text = f"PC {each.collar} {each.forename} {each.surname} ({each.unit}), wife at the school in {each.location}."
    return made(f"{passage(dice, 1500)}\n{text}\n{passage(dice, 900)}", [each], Severity.CRITICAL)


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@form("file/A7 archive in an archive, workbook in it", heavy=2)
def _a7(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    inner = _zip({"staff.xlsx": workbook(Sheet(title="Staff", rows=_sheet(found, MET)))})
    outer = _zip({"readme.txt": passage(dice, 4_000).encode(), "backup/hr.zip": inner})
    return made(outer, found, Severity.CRITICAL)


@form("file/archive of three pieces of one list", heavy=2)
def _pieces(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world, 60)
    third = len(found) // 3
    parts = [found[:third], found[third : 2 * third], found[2 * third :]]
    members = {
        f"part{at}.csv": delimited(
            [("Forename", "Surname"), *table(each, ("Forename", "Surname"))]
        ).encode()
        for at, each in enumerate(parts)
    }
    return made(_zip(members), found, Severity.MEDIUM)


def _shuffled(dice: random.Random, found: Sequence[Member]) -> list[Member]:
    kept = dice.sample(list(found), int(len(found) * 0.8))
    return sorted(kept, key=lambda each: (each.warrant, each.ref))


@form("file/A11 columns in another order, a fifth of the rows gone")
def _a11(dice: random.Random, world: World) -> Made:
    found = _shuffled(dice, chosen(dice, world, 40))
    order = dice.sample(HR, len(HR))
    return made(delimited([order, *table(found, order)], "\t"), found, Severity.CRITICAL)


# ---------------------------------------------------------- pages and encodings


def _page(body: str) -> bytes:
    return (
        f"<!doctype html><html><head><title>Page</title></head><body>{body}</body></html>".encode()
    )


PAGES = ("table", "list", "breaks", "paragraphs", "divisions", "script", "hidden", "comment")


def _html(dice: random.Random, world: World, kind: str) -> Made:
    found = chosen(dice, world)
    lead = f"<p>{escape(passage(dice, 1200))}</p>"
    names = [escape(f"{each.forename} {each.surname}") for each in found]
    if kind == "table":
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in table(found, MET)
        )
        heads = "".join(f"<th>{each}</th>" for each in MET)
        return made(_page(f"{lead}<table><tr>{heads}</tr>{rows}</table>"), found, Severity.CRITICAL)
    inner = {
        "list": "<ul>" + "".join(f"<li>{each}</li>" for each in names) + "</ul>",
        "breaks": "<br>".join(names),
        "paragraphs": "".join(f"<p>{each}</p>" for each in names),
        "divisions": "".join(f"<div class=row><div>{n}</div><div>{m.collar}</div></div>"
                             for n, m in zip(names, found, strict=True)),
        "script": f"<script>var staff={json.dumps([table([m], MET)[0] for m in found])};</script>",
        "hidden": f"<div style='display:none'>{'<br>'.join(names)}</div>",
        "comment": f"<!-- {'; '.join(names)} -->",
    }[kind]  # fmt: skip
    due = Severity.CRITICAL if kind in ("divisions", "script") else Severity.MEDIUM
    return made(_page(lead + inner), found, due)


def _register_pages() -> None:
    for kind in PAGES:

        def make(dice: random.Random, world: World, kind: str = kind) -> Made:
            return _html(dice, world, kind)

        add(f"file/page, {kind}", make)


_register_pages()

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without mark": lambda text: text.encode("utf-16-le"),
    "cp1252": lambda text: text.encode("cp1252", "replace"),
    "UTF-8 with mark": lambda text: text.encode("utf-8-sig"),
    "gzip": lambda text: gzip.compress(text.encode(), mtime=0),
    "base64": lambda text: base64.encodebytes(text.encode()),
    "base64 in JSON": lambda text: json.dumps(
        {"file": "staff.csv", "data": base64.b64encode(text.encode()).decode()}
    ).encode(),
    "zip": lambda text: _zip({"staff.csv": text.encode()}),
    "semicolons, cp1252": lambda text: text.replace(",", ";").encode("cp1252", "replace"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "UTF-8 taken for Latin-1": lambda text: text.encode().decode("latin-1").encode(),
    "Latin-1 in the middle of UTF-8": lambda text: (
        text[: len(text) // 2].encode() + text[len(text) // 2 :].encode("latin-1", "replace")
    ),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
}


def _encoded(dice: random.Random, world: World, encoding: str) -> Made:
    """A12: the same list in other clothes."""
    found = chosen(dice, world)
    text = delimited([MET, *table(found, MET)])
    return made(ENCODINGS[encoding](text), found, Severity.CRITICAL)


def _register_encodings() -> None:
    for encoding in ENCODINGS:

        def make(dice: random.Random, world: World, encoding: str = encoding) -> Made:
            return _encoded(dice, world, encoding)

        add(f"file/A12 {encoding}", make)


_register_encodings()


# ----------------------------------------------------------------- home data


@form("file/names with home addresses")
def _homes(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world)
    rows = [[f"{m.forename} {m.surname}", address(dice), mobile(dice)] for m in found]
    return made(delimited([("Name", "Home Address", "Mobile"), *rows]), found, Severity.CRITICAL)


@form("file/photographs named by number", heavy=2)
def _photos(dice: random.Random, world: World) -> Made:
    found = chosen(dice, world, 30)
    text = "\n".join(f"warrant_cards/{short(m)}_{m.pay}.jpg" for m in found)
    return made(text, found, Severity.CRITICAL)


@form("file/a table of another force's people, none of ours")
def _foreign(dice: random.Random, world: World) -> Made:
    """A3 without a roster: a people-table in a police context is worth a look by itself."""
    rows = [
        [
            str(at * 37 + 1009),
            dice.choice(("PC", "Sgt", "DC", "Insp")),
            n.surname,
            n.forename,
            dice.choice(("RV", "MV", "SC")),
        ]
        for at, n in enumerate(world.strangers(dice, 60))
    ]
    heads = ["Warrant No", "Rank", "Surname", "Forename", "Vetting"]
    return made(delimited([heads, *rows]), [], Severity.MEDIUM)


SUPPLIER = "Example Card Ltd"


@form("file/A6 a supplier on a leak listing")
def _a6(dice: random.Random, _: World) -> Made:
    name = dice.choice(
        ("EXAMPLE CARD LIMITED", "Example-Card Ltd.", "Example Card (UK)", "example card ltd")
    )
    others = ["Oxmoor Foods Inc", "Tarn Logistics GmbH", "Aston Dental Group"]
    victims = "".join(
        f"<div class=card><h3>{each}</h3><p>Published soon</p></div>" for each in [*others, name]
    )
    return made(_page(victims), [], Severity.MEDIUM, leak_listing=True)
