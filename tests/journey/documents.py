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

from tests.journey.addressed import books, combo
from tests.journey.innocent import innocent
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

BOMB = 256 << 20  # bytes that the bomb unfolds to
COUNTED = [["Role", "Count"], ["Victim", "820"]]  # what the sheet before the pivot's rows shows
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
    cases: Sequence[Row]

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
            cases=spare[760:800],
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
        "a3.xlsx": behind_pivot(COUNTED, crimes(rows)),
        "a3-bare.xlsx": behind_pivot(COUNTED, [each[:6] for each in crimes(rows)]),
        "a3-open.csv": delimited(each[:6] for each in crimes(rows)).encode(),
        **{f"a3-{kind}.xlsx": body for kind, body in tucked(table(lost.tucked, HR)).items()},
        "a4.txt": delimited(table(lost.pasted, MET)).encode(),
        "a4-nobody.txt": delimited(nobody).encode(),
        "a5.txt": prose("PC 1234 Siobhan O'Neil (MO3), wife at the school in Thornby"),
        "a5-risk.txt": prose("PC 4321 Gwenlian Prosser (MO3), wife at the school in Thornby"),
        "a7.zip": nested(lost.packed),
        "a8.txt": combo(lost.combo),
        **{f"a9.{kind}": body for kind, body in books(lost.booked).items()},
        "a10.pdf": reply(lost.boxed),
        "a10.csv": delimited(outcomes(lost.cases)).encode(),
        "a11.csv": again(lost.listed),
        **{f"a12-{kind}": body for kind, body in clothes(lost.dressed).items()},
        **innocent(rows),
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


def again(rows: Sequence[Row]) -> bytes:
    """The list of the hidden sheet two days later: other columns, another order, a fifth of it gone."""
    kept = random.Random("again").sample(rows, len(rows) * 4 // 5)
    lines = table(kept, ("Service No", "Location", "Surname", "Initials", "Rank"))
    return delimited([lines[0], *sorted(lines[1:], key=lambda each: each[2])], ";").encode()


def outcomes(rows: Sequence[Row]) -> list[list[str]]:
    """Cases by number; who each is about stands in the middle, the outcomes look like names."""
    lines = [["Case", "Officer", "Outcome"]]
    for at, each in enumerate(rows):
        officer = f"PC {each['collar_number']} {each['forename']} {each['surname']}"
        lines.append([str(at), officer, ("written warning", "no action")[at % 2]])
    return lines


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
    lines = outcomes(rows)
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
