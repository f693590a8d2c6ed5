"""Records of our people in the notations that dumps come in: SQL, JSON, LDIF, vCard, mail clients, tables drawn in text."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Sequence

from bench.detection.filler import around
from bench.detection.forms import Made, add, made
from bench.detection.lists import chosen
from bench.detection.roster import FORCE, Member
from bench.detection.world import World
from bench.detection.writing import delimited, mobile, short
from watcher.model import Severity

Render = Callable[[random.Random, Sequence[Member]], str]
RENDERS: dict[str, Render] = {}


def _notation(name: str) -> Callable[[Render], Render]:
    def registered(render: Render) -> Render:
        RENDERS[name] = render
        return render

    return registered


def _record(each: Member) -> dict[str, str]:
    return {
        "pay_number": each.pay,
        "rank": short(each),
        "forename": each.forename,
        "surname": each.surname,
        "vetting": each.vetting,
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _values(each: Member) -> str:
    return "(" + ", ".join(_quoted(value) for value in _record(each).values()) + ")"


COLUMNS = "pay_number, rank, forename, surname, vetting"


@_notation("SQL INSERT, many rows")
def _insert(_: random.Random, found: Sequence[Member]) -> str:
    rows = ",\n".join(_values(each) for each in found)
    return f"INSERT INTO `staff` ({COLUMNS}) VALUES\n{rows};\n"


@_notation("SQL INSERT, one line")
def _insert_line(_: random.Random, found: Sequence[Member]) -> str:
    return f"INSERT INTO staff VALUES {','.join(_values(each) for each in found)};\n"


@_notation("SQL INSERT a row")
def _inserts(_: random.Random, found: Sequence[Member]) -> str:
    return "".join(f"INSERT INTO [dbo].[staff] ({COLUMNS}) VALUES {_values(e)};\n" for e in found)


@_notation("COPY")
def _copy(_: random.Random, found: Sequence[Member]) -> str:
    rows = "\n".join("\t".join(_record(each).values()) for each in found)
    return (
        f"SET client_encoding = 'UTF8';\nCOPY public.staff ({COLUMNS}) FROM stdin;\n{rows}\n\\.\n"
    )


@_notation("JSON array")
def _json(_: random.Random, found: Sequence[Member]) -> str:
    return json.dumps([_record(each) for each in found])


@_notation("JSON, indented, nested")
def _nested(_: random.Random, found: Sequence[Member]) -> str:
    records = [
        {
            "id": at,
            "person": {
                "name": {"given": each.forename, "family": each.surname},
                "rank": short(each),
            },
            "payroll": {"pay_no": each.pay},
            "active": True,
        }
        for at, each in enumerate(found)
    ]
    return json.dumps({"count": len(records), "results": records}, indent=2, ensure_ascii=False)


@_notation("JSON Lines")
def _lines(_: random.Random, found: Sequence[Member]) -> str:
    return "\n".join(json.dumps({"n": f"{e.forename} {e.surname}", "collar": e.collar, "email": e.email})
                     for e in found)  # fmt: skip


@_notation("JSON, cut off")
def _cut(_: random.Random, found: Sequence[Member]) -> str:
    return json.dumps([_record(each) for each in found])[:-40]


@_notation("Python dictionaries")
def _repr(_: random.Random, found: Sequence[Member]) -> str:
    return repr([_record(each) for each in found])


@_notation("LDIF")
def _ldif(_: random.Random, found: Sequence[Member]) -> str:
    entries = []
    for each in found:
        display = f"{each.surname.upper()}, {each.forename} ({each.unit})"
        plain = display.isascii()
        coded = base64.b64encode(display.encode()).decode()
        entries.append(
            f"dn: CN={each.pay},OU=Users,DC=northshire,DC=police,DC=example\nobjectClass: user\n"
            f"displayName:{' ' + display if plain else ': ' + coded}\n"
            f"mail: {each.email}\ntitle: {short(each)}\ndepartment: {each.unit}\n"
            f"employeeID: {each.pay}\n"
        )
    return "version: 1\n\n" + "\n".join(entries)


@_notation("vCard")
def _vcard(dice: random.Random, found: Sequence[Member]) -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{e.surname};{e.forename};{e.middle};;\r\n"
        f"FN:{e.surname.upper()}\\, {e.forename} ({e.unit})\r\nORG:{FORCE};{e.unit}\r\n"
        f"TITLE:{e.rank}\r\nEMAIL;TYPE=INTERNET:{e.email}\r\nTEL;TYPE=CELL:{mobile(dice)}\r\nEND:VCARD\r\n"
        for e in found
    )


@_notation("Outlook CSV")
def _outlook(dice: random.Random, found: Sequence[Member]) -> str:
    heads = ["Title", "First Name", "Middle Name", "Last Name", "Suffix", "Company", "Department", "Job Title",
             "Mobile Phone", "E-mail Address", "E-mail Display Name", "Notes"]  # fmt: skip
    rows = [
        [
            "",
            e.forename,
            e.middle,
            e.surname,
            "",
            FORCE,
            e.unit,
            e.rank,
            mobile(dice),
            e.email,
            f"{e.surname.upper()}, {e.forename} ({e.unit})",
            "",
        ]
        for e in found
    ]
    return delimited([heads, *rows])


@_notation("markdown table")
def _markdown(_: random.Random, found: Sequence[Member]) -> str:
    rows = "\n".join(f"| {e.surname} | {e.forename} | {short(e)} | {e.collar} |" for e in found)
    return f"| Surname | Forename | Rank | Collar No |\n|---|---|---|---|\n{rows}\n"


@_notation("table of a database client")
def _ascii(_: random.Random, found: Sequence[Member]) -> str:
    rule = f"+{'-' * 12}+{'-' * 28}+{'-' * 28}+\n"
    rows = "".join(f"| {e.pay:<10} | {e.forename:<26} | {e.surname:<26} |\n" for e in found)
    return f"{rule}| {'pay_no':<10} | {'forename':<26} | {'surname':<26} |\n{rule}{rows}{rule}"


@_notation("fixed width")
def _fixed(_: random.Random, found: Sequence[Member]) -> str:
    rows = "\n".join(f"{e.surname:<28}{e.forename:<26}{short(e):<10}{e.warrant}" for e in found)
    return f"{'SURNAME':<28}{'FORENAME':<26}{'RANK':<10}WARRANT NO\n{rows}\n"


@_notation("fixed width, no headings")
def _fixed_bare(_: random.Random, found: Sequence[Member]) -> str:
    return "\n".join(f"{e.warrant}  {e.surname:<28}{e.forename:<26}{e.location}" for e in found)


@_notation("blocks of `Key: value`")
def _blocks(_: random.Random, found: Sequence[Member]) -> str:
    return "\n".join(
        f"Name: {e.forename} {e.surname}\nRank: {e.rank}\nPay No: {e.pay}\nStation: {e.location}\n"
        for e in found
    )


@_notation("YAML")
def _yaml(_: random.Random, found: Sequence[Member]) -> str:
    return "staff:\n" + "".join(
        f"  - forename: {e.forename}\n    surname: {e.surname}\n    collar_no: {e.collar}\n"
        for e in found
    )


@_notation("XML records")
def _xml(_: random.Random, found: Sequence[Member]) -> str:
    rows = "".join(
        f"<person><surname>{e.surname}</surname><forename>{e.forename}</forename>"
        f"<warrantNo>{e.warrant}</warrantNo></person>\n"
        for e in found
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<people>\n{rows}</people>\n'


@_notation("LaTeX table")
def _latex(_: random.Random, found: Sequence[Member]) -> str:
    rows = "\n".join(f"{e.surname} & {e.forename} & {e.pay} \\\\" for e in found)
    return f"\\begin{{tabular}}{{lll}}\nSurname & Forename & Pay no. \\\\ \\hline\n{rows}\n\\end{{tabular}}\n"


@_notation("log lines")
def _log(dice: random.Random, found: Sequence[Member]) -> str:
    return "\n".join(
        f"2026-11-{dice.randrange(1, 29):02} {dice.randrange(24):02}:{dice.randrange(60):02}:07 INFO auth: "
        f'login user={e.pay} name="{e.forename} {e.surname}" ip=192.0.2.{dice.randrange(1, 255)}'
        for e in found
    )


@_notation("URL encoded")
def _urls(_: random.Random, found: Sequence[Member]) -> str:
    return "\n".join(
        f"https://hr.example.com/p?surname={e.surname.replace(' ', '+')}&forename={e.forename.replace(' ', '+')}"
        f"&payno={e.pay}"
        for e in found
    )


def _register() -> None:
    for name, render in RENDERS.items():

        def make(dice: random.Random, world: World, render: Render = render) -> Made:
            found = chosen(dice, world)
            return made(render(dice, found), found, Severity.CRITICAL)

        def embedded(dice: random.Random, world: World, render: Render = render) -> Made:
            found = chosen(dice, world)
            return made(around(dice, render(dice, found)), found, Severity.CRITICAL)

        add(f"notation/{name}", make)
        if name in (
            "JSON array",
            "SQL INSERT, many rows",
            "markdown table",
            "blocks of `Key: value`",
            "fixed width",
        ):
            add(f"notation/{name}, in text", embedded)


_register()
