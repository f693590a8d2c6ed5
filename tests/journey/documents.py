"""
The documents of the scenarios that one scan can show: file name → bytes.

Their forms are those in which the details of police have come out: a workbook of a
freedom-of-information reply, a paste, an address book, a combo list, an archive on a board.
"""

from __future__ import annotations

import base64
import io
import json
import random
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Table

from tests.journey.people import (
    HR,
    LEAVERS,
    LISTED,
    MET,
    Row,
    delimited,
    private,
    strangers,
    table,
)
from tests.journey.workbooks import (
    behind_pivot,
    excel,
    excel97,
    opendocument,
    staff,
    strength,
    tucked,
)
from tests.watcher.read.made import archive
from watcher.demo.roster import DOMAIN

BOMB = 256 << 20  # bytes that the bomb unfolds to
COMBO = 100_000  # lines of the combo list
ADVERT = "Cleaner, Thornby. Applicants will be vetted to NPPV3, DV desirable. Apply by post.\n"
GLOSSARY = """In the drama a DCI leads the team and a DS keeps the notes; the PC on the door says little.
SIO: the senior officer of an inquiry. RV, MV and DV are levels of vetting. UCO: undercover.
Warrant card: what they show before they are let in. Collar number: the digits on the shoulder.
"""
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Lost:
    """Who stands in the documents, scenario by scenario."""

    listed: Sequence[Row]
    leavers: Sequence[Row]
    tucked: Sequence[Row]
    pasted: Sequence[Row]
    packed: Sequence[Row]
    combo: Sequence[Row]
    booked: Sequence[Row]
    boxed: Sequence[Row]
    dressed: Sequence[Row]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Lost:
        spare = private(rows, 9_700, 1_000)
        return cls(
            listed=private(rows, 0, LISTED - LEAVERS),
            leavers=strangers(rows, LEAVERS),
            tucked=spare[:200],
            pasted=spare[200:400],
            packed=spare[400:460],
            combo=spare[460:494],
            booked=spare[500:620],
            boxed=[row for row in spare[620:700] if not row["risk_group"]][:2],
            dressed=spare[700:760],
        )


def documents(rows: Sequence[Row], lost: Lost) -> dict[str, bytes]:
    """All of them, by the names that they lie in a folder under."""
    alphabetical = sorted([*lost.listed, *lost.leavers], key=lambda each: each["surname"])
    asked, leaked = strength(rows), table(alphabetical, HR)
    nobody = table(strangers(rows, 200), MET)
    return {
        "a1.xlsx": excel(asked, leaked),
        "a2-very.xlsx": excel(asked, leaked, lambda sheet: sheet.very_hidden()),
        "a2.xls": excel97(asked, leaked),
        "a2.ods": opendocument(asked, leaked[:1501]),
        "a3.xlsx": behind_pivot([["Role", "Count"], ["Victim", "820"]], crimes(rows)),
        **{f"a3-{kind}.xlsx": body for kind, body in tucked(table(lost.tucked, HR)).items()},
        "a4.txt": delimited(table(lost.pasted, MET)).encode(),
        "a4-nobody.txt": delimited(nobody).encode(),
        "a5.txt": prose("PC 1234 Siobhan O'Neil (MO3), wife at the school in Thornby"),
        "a5-risk.txt": prose("PC 4321 Gwenlian Prosser (MO3), wife at the school in Thornby"),
        "a7.zip": nested(lost.packed),
        "a8.txt": combo(lost.combo),
        **{f"a9.{kind}": body for kind, body in books(lost.booked).items()},
        "a10.pdf": reply(lost.boxed),
        **{f"a12-{kind}": body for kind, body in clothes(lost.dressed).items()},
        "n3-adverts.txt": (ADVERT * 500).encode(),
        "n3-glossary.txt": GLOSSARY.encode(),
    }


def crimes(rows: Sequence[Row]) -> list[list[str]]:
    """Victims, witnesses and suspects of crime reports, none of whom is enrolled."""
    dice = random.Random("crimes")
    heads = ("Crime Ref", "Role", "Surname", "Forename", "DOB", "Postcode", "OIC", "Collar No")
    lines = [list(heads)]
    for at, each in enumerate(strangers(rows, 1_230)):
        born = f"{dice.randint(1, 28):02}/{dice.randint(1, 12):02}/{dice.randint(1940, 2005)}"
        role = dice.choice(("Victim", "Victim", "Witness", "Suspect"))
        postcode = (
            f"NR{dice.randint(1, 30)} {dice.randint(1, 9)}{''.join(dice.choices('ABDEFGHJ', k=2))}"
        )
        person = [role, each["surname"], each["forename"], born, postcode]
        lines.append([f"36/{at + 10_000}/21", *person, "PC Doe", str(dice.randint(1, 900))])
    return lines


def prose(said: str) -> bytes:
    rain = "It rained again, and the shop by the harbour had no bread left when we came. "
    return f"{rain * 9}\n{said}\n{rain * 5}\n".encode()


def nested(rows: Sequence[Row]) -> bytes:
    """A workbook in an archive in an archive in an archive, and a bomb beside it."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made, made.open("0.bin", "w") as held:
        for _ in range(BOMB >> 20):
            held.write(bytes(1 << 20))
    inner = archive([("staff.xlsx", staff(table(rows, MET)))])
    middle = archive([("0.zip", bomb.getvalue()), ("hr.zip", inner)])
    return archive([("readme.txt", b"as agreed\n"), ("backup/all.zip", middle)])


def combo(rows: Sequence[Row]) -> bytes:
    """Addresses and passwords of the whole world, 37 of them of the force."""
    dice = random.Random("combo")
    lines = [f"{dice.randbytes(5).hex()}@mail{dice.randint(1, 99)}.example" for _ in range(COMBO)]
    ours = (*addresses(rows), *(f"{each}@{DOMAIN}" for each in ("4471", "j.smith2", "press")))
    for at, each in zip(dice.sample(range(COMBO), len(ours)), ours, strict=True):
        lines[at] = each
    return "".join(f"{each}:{secret(each)}\n" for each in lines).encode()


def addresses(rows: Sequence[Row]) -> list[str]:
    """As enrolled, and some as the older network has them."""
    found = [row["email"] for row in rows]
    return [each.replace(".police.", ".pnn.police.") for each in found[:4]] + found[4:]


def secret(address: str) -> str:
    """The password that stands beside an address."""
    return f"marmalade{sum(address.encode())}"


def books(rows: Sequence[Row]) -> dict[str, bytes]:
    """The address list of a mail server in three notations."""
    ldif, cards = ["version: 1\n"], []
    lines = [["First Name", "Last Name", "Display Name", "E-mail Address", "Department"]]
    for at, each in enumerate(rows):
        first, last, mail, unit = (each[k] for k in ("forename", "surname", "email", "unit"))
        shown = f"{last.upper()}, {first} ({unit})"
        told = f" {shown}" if shown.isascii() else f": {base64.b64encode(shown.encode()).decode()}"
        ldif.append(
            f"dn: CN=u{at},OU=Users,DC=northshire\nobjectClass: person\n"
            f"displayName:{told}\nmail: {mail}\ndepartment: {unit}\n"
        )
        cards.append(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{shown.replace(',', chr(92) + ',')}\r\n"
            f"N:{last};{first};;;\r\nEMAIL;TYPE=INTERNET:{mail}\r\nORG:Northshire;{unit}\r\nEND:VCARD\r\n"
        )
        lines.append([first, last, shown, mail, unit])
    return {
        "ldif": "\n".join(ldif).encode(),
        "vcf": "".join(cards).encode(),
        "csv": delimited(lines, quoted=True).encode(),
    }


class Boxed(Table):  # type: ignore[misc]  # reportlab is not typed
    """A table with black boxes over its second column, drawn when the text was there."""

    def draw(self) -> None:
        super().draw()
        left, right = self._colpositions[1:3]
        self.canv.setFillGray(0)
        for top, foot in pairwise(self._rowpositions[1:]):
            self.canv.rect(left, foot, right - left, top - foot, fill=1)


def reply(rows: Sequence[Row]) -> bytes:
    """A scanned letter, and behind it a table with boxes over the names."""
    lines = [["Case", "Officer", "Outcome"]]
    for at, each in enumerate(rows):
        officer = f"PC {each['collar_number']} {each['forename']} {each['surname']}"
        lines.append([str(at), officer, "warning"])
    picture = Image.new("L", (595, 842), 255)
    ImageDraw.Draw(picture).text((90, 90), "Dear applicant")

    def scanned(page: canvas.Canvas, _: object) -> None:
        page.drawImage(ImageReader(picture), 0, 0, 595, 842)
        page.showPage()

    held = io.BytesIO()
    SimpleDocTemplate(held).build([Boxed(lines)], onFirstPage=scanned)
    return held.getvalue()


def clothes(rows: Sequence[Row]) -> Mapping[str, bytes]:
    """One list in the containers and encodings that lists come in."""
    lines = table(rows, MET)
    book = staff(lines)
    letter: Any = docx.Document()
    letter.add_paragraph("As asked for, the figures.")
    part = Part(PackURI("/word/embeddings/Sheet1.xlsx"), KIND, book, letter.part.package)
    letter.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    held = io.BytesIO()
    letter.save(held)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "figures"
    mail.set_content("As asked for.\n")
    mail.add_attachment(book, maintype="application", subtype="octet-stream", filename="x.xlsx")
    text = delimited(lines)
    return {
        "docx": held.getvalue(),
        "eml": mail.as_bytes(),
        "json": json.dumps({"n": "x", "d": base64.b64encode(text.encode()).decode()}).encode(),
        "utf16": text.encode("utf-16"),
        "cp1252": delimited(lines, ";").encode("cp1252", "replace"),
    }
