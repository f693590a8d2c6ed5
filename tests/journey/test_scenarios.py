"""
What leaks of police details have looked like, scanned once by the real command.

Documents as other programs write them: severity, address and incident as each scenario asks.
"""

from __future__ import annotations

import re

import pytest

from tests.journey.addressed import addresses, secret
from tests.journey.documents import crimes
from tests.journey.people import LEAVERS, LISTED
from tests.journey.scanned import Scan, refs

pytestmark = pytest.mark.journey

BEHIND = "xl/pivotCache/pivotCacheRecords1.xml, rows 1-1231"
PEOPLE = "Victims, witnesses or suspects of crime reports"
BOMB = "backup/all.zip!/0.zip!/0.bin"
WORD = re.compile(r"\w[\w'@.+-]*")


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ("a1.xlsx", "Download (2) (hidden)!A1:F9501"),
        ("a2-very.xlsx", "Download (2) (very hidden)!A1:F9501"),
        ("a2.xls", "Download (2) (hidden)!A1:F9501"),
    ],
)
def test_a1_a2_a_list_in_a_hidden_sheet(scan: Scan, document: str, where: str) -> None:
    """Critical, with how many rows, how many of ours and how many by chance; in any workbook."""
    alert = scan.alert(document)
    assert (alert["severity"], alert["where"]) == ("critical", [where])
    assert alert["title"] == "Staff list in a hidden worksheet"
    assert alert["rows"] == LISTED
    sure = LISTED - LEAVERS
    assert (
        f"{sure:,} of {LISTED:,} warrant numbers belong to the person named beside them"
        in (alert["reasons"])
    )
    assert 0 < alert["expected_by_chance"] < LISTED * 0.6
    assert refs(scan.lost.listed) <= set(alert["officers"])
    headed = {"surname", "initials", "rank", "unit", "location", "warrant_number"}
    assert headed <= set(alert["fields"])
    # a leaver whose initial and surname an officer has is told as possible, rarely as one
    assert len(alert["officers"]) <= sure + LEAVERS // 10


def test_a2_another_office(scan: Scan) -> None:
    """A hidden table of an OpenDocument file, as critical."""
    alert = scan.alert("a2.ods")
    assert (alert["severity"], alert["rows"]) == ("critical", 1500)
    assert alert["where"] == ["Download (2) (hidden)!A1:F1501"]


def test_a2_is_one_incident(scan: Scan) -> None:
    """Four copies of one list; the other leaks are none of it."""
    (one,) = scan.incidents("a1.xlsx", "a2-very.xlsx", "a2.xls", "a2.ods")
    assert one not in scan.incidents("a4.txt", "a7.zip", "a8.txt", "a9.csv", "a12-eml", "a10.pdf")


@pytest.mark.parametrize(
    ("document", "severity", "where", "title"),
    [
        ("a3.xlsx", "high", BEHIND, f"{PEOPLE} behind a pivot table"),
        ("a3-bare.xlsx", "high", BEHIND, f"{PEOPLE} behind a pivot table"),
        ("a3-open.csv", "medium", "rows 1-1231", PEOPLE),
    ],
)
def test_a3_people_of_crime_reports(
    scan: Scan, document: str, severity: str, where: str, title: str
) -> None:
    """Nobody of them is enrolled, and no word says police: the shape is told, and where it was hidden."""
    alert = scan.alert(document)
    assert (alert["severity"], alert["rule"], alert["count"]) == (severity, "structure", 0)
    assert (alert["where"], alert["rows"], alert["title"]) == ([where], 1_230, title)
    assert {"surname", "birth_date", "postcode", "crime_reference"} <= set(alert["fields"])
    assert (alert["officers"], alert["possible"]) == ([], [])


def test_a3_no_victim_is_told(scan: Scan) -> None:
    """Neither who was a victim nor of what: no birth date, postcode or reference leaves the document."""
    said = scan.ran.out + scan.ran.err
    for row in crimes(scan.world.rows)[1:]:
        assert not [value for value in (row[0], row[4], row[5]) if value in said]


@pytest.mark.parametrize(
    ("kind", "where", "hidden"),
    [
        ("rows", "Figures (hidden rows)!A1:F201", "the rows are hidden"),
        ("columns", "Figures (hidden columns)!A1:F201", "the columns are hidden"),
        ("white", "Figures (hidden cells)!A1:F201", "the cells are hidden"),
        ("note", "xl/comments1.xml, rows 1-201", "hidden from a reader, in comments"),
        (
            "link",
            "xl/externalLinks/externalLink1.xml, rows 3-203",
            "hidden from a reader, in the copy of a linked workbook",
        ),
    ],
)
def test_a3_wherever_a_workbook_hides_a_list(
    scan: Scan, kind: str, where: str, hidden: str
) -> None:
    """Everybody in it is found, and told to have been out of sight."""
    alert = scan.alert(f"a3-{kind}.xlsx")
    assert (alert["severity"], alert["where"]) == ("critical", [where])
    assert hidden in alert["reasons"]
    assert set(alert["officers"]) == refs(scan.lost.tucked)


def test_a4_a_pasted_list(scan: Scan) -> None:
    """Pay numbers, names and vetting levels of two hundred: critical, with its lines."""
    alert = scan.alert("a4.txt")
    assert (alert["severity"], alert["where"]) == ("critical", ["rows 1-201"])
    assert set(alert["officers"]) == refs(scan.lost.pasted)
    assert "200 of 200 pay numbers belong to the person named beside them" in alert["reasons"]
    assert "vetting" in alert["fields"]


def test_a4_the_same_of_nobody(scan: Scan) -> None:
    """With nobody's numbers and names it is the shape of a staff list and no more."""
    alert = scan.alert("a4-nobody.txt")
    assert (alert["severity"], alert["rule"]) == ("medium", "structure")
    assert (alert["count"], alert["officers"], alert["possible"]) == (0, [], [])


@pytest.mark.parametrize(
    ("document", "severity", "ref"),
    [("a5.txt", "high", "S-1"), ("a5-risk.txt", "critical", "S-2")],
)
def test_a5_one_officer_in_prose(scan: Scan, document: str, severity: str, ref: str) -> None:
    """Number and misspelt name; critical for a high-risk group."""
    alert = scan.alert(document)
    assert (alert["severity"], alert["where"]) == (severity, ["line 2"])
    assert alert["officers"] == [ref]
    assert "next_of_kin" in alert["fields"]


def test_a7_archives_in_archives_beside_a_bomb(scan: Scan) -> None:
    """The workbook is found at its address; the bomb is told, as a limit."""
    alert = scan.alert("a7.zip")
    assert alert["severity"] == "critical"
    assert alert["where"][0] == "backup/all.zip!/hr.zip!/staff.xlsx!/Staff!A1:E61"
    assert set(alert["officers"]) == refs(scan.lost.packed)
    (unread,) = scan.of("unread", "a7.zip")
    assert (unread["where"], unread["reason"]) == (BOMB, "limit")


def test_a7_as_a_person_reads_it(scan: Scan) -> None:
    """What was not read stands beside what was found."""
    (path,) = {each["document"] for each in scan.of("alert", "a7.zip")}
    done = scan.world.run("scan", "--no-store", path)
    assert done.code == 1
    assert "CRITICAL" in done.out
    assert f"{BOMB}: limit" in done.out
    assert "1 part could not be read: limit" in done.out


def test_a8_a_combo_list(scan: Scan) -> None:
    """One alert, high at least, about the addresses of ours, also under `.pnn.`; no password is told."""
    alert = scan.alert("a8.txt")
    assert alert["severity"] in ("high", "critical")
    assert set(alert["officers"]) == refs(scan.lost.combo) | {"S-3"}  # `4471@` is theirs
    assert len(alert["possible"]) == 1  # whoever `j.smith2` may be
    assert {
        "a password stands beside 36 enrolled mail addresses",
        "passwords beside addresses at a watched domain, not enrolled, in 1 row",
    } <= set(alert["reasons"])
    for each in addresses(scan.lost.combo):
        assert secret(each) not in scan.ran.out + scan.ran.err


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("ldif", "rows 2-717"),
        ("coded.ldif", "rows 2-717"),
        ("vcf", "rows 1-834"),
        ("csv", "rows 1-121"),
    ],
)
def test_a9_an_address_book(scan: Scan, kind: str, where: str) -> None:
    """`SURNAME, Forename (Unit)` in the notations of directories, phones and Outlook: critical."""
    alert = scan.alert(f"a9.{kind}")
    assert (alert["severity"], alert["where"]) == ("critical", [where])
    assert set(alert["officers"]) == refs(scan.lost.booked)
    assert (alert["count"], alert["rows"]) == (120, 120)  # each once, however a name is written


def test_a9_is_one_incident(scan: Scan) -> None:
    """In whatever notation, it is the same people."""
    assert len(scan.incidents("a9.ldif", "a9.coded.ldif", "a9.vcf", "a9.csv")) == 1


def test_a10_black_boxes_and_a_picture(scan: Scan) -> None:
    """What stands under the boxes is read; the page that is a picture is never silently clean."""
    alert = scan.alert("a10.pdf")
    assert (alert["severity"], alert["where"]) == ("high", ["page 2, rows 2-3"])
    assert set(alert["officers"]) == refs(scan.lost.boxed)
    (unread,) = scan.of("unread", "a10.pdf")
    assert (unread["where"], unread["reason"]) == ("page 1", "image only")


def test_a10_the_officers_column(scan: Scan) -> None:
    """`Case,Officer,Outcome`: the headings say where the officers are, and two words are no name."""
    alert = scan.alert("a10.csv")
    assert (alert["severity"], alert["where"]) == ("critical", ["rows 1-41"])
    assert set(alert["officers"]) == refs(scan.lost.cases)


CLOTHES = {
    "docx": "word/embeddings/Sheet1.xlsx!/Staff!A1:E61",
    "eml": "x.xlsx!/Staff!A1:E61",
    "json": "base64 at line 1, rows 1-61",
    "utf16": "rows 1-61",
    "cp1252": "rows 1-61",
}


@pytest.mark.parametrize(("kind", "where"), CLOTHES.items())
def test_a12_the_same_list_in_other_clothes(scan: Scan, kind: str, where: str) -> None:
    """In a letter, a mail, JSON, UTF-16 or with semicolons in cp1252 it is as critical."""
    alert = scan.alert(f"a12-{kind}")
    assert (alert["severity"], alert["where"]) == ("critical", [where])
    assert set(alert["officers"]) == refs(scan.lost.dressed)


def test_a12_is_one_incident(scan: Scan) -> None:
    """In whatever clothes, it is the same list."""
    assert len(scan.incidents(*(f"a12-{kind}" for kind in CLOTHES))) == 1


def test_everything_else_was_read(scan: Scan) -> None:
    """No part of any other document is missing, and nothing was lost with the bomb."""
    assert [each["reason"] for each in scan.ran.of("unread")] == ["image only", "limit"]


def test_nobody_is_in_the_output(scan: Scan) -> None:
    """Neither a name nor a number nor an address: counts, kinds and refs."""
    said = {word.casefold() for word in WORD.findall(scan.ran.out + scan.ran.err)}
    keys = ("surname", "pay_number", "warrant_number", "email")
    ours = {row[key].casefold() for row in scan.world.rows for key in keys}
    assert said & ours <= {"page", "read"}  # which are names as well
