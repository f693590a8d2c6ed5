"""Addresses inside a document, told without telling who is in it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.watcher.conftest import Built
from tests.watcher.given import capture
from tests.world import World, leaked_csv
from watcher.model import Alert, Partial
from watcher.pipeline import take
from watcher.pipeline.discreet import named


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return held.getvalue()


async def test_a_member_called_after_a_person_is_told_by_its_kind(
    world: World, built: Built
) -> None:
    """Neither place nor unread part holds a name or a number; ordinary names stay."""
    one, two = world.rows[0], world.rows[1]
    members = {
        f"{one['forename']} {one['surname']} {one['pay_number']}.csv": leaked_csv(world.rows[:40]),
        f"scans/{two['surname']}_{two['forename']}.pdf": b"%PDF-1.7\n",
        "plan.pdf": b"%PDF-1.7\n",
    }
    async with built("") as road:
        taken = await take(road, capture(road, zipped(members), "a.zip"))
        assert isinstance(taken.outcome, Alert)
        finding, unread = taken.outcome.finding, taken.outcome.unread
        told = " ".join([*finding.places, *finding.reasons, *(part.where for part in unread)])
        for row in (one, two):
            for field in ("surname", "pay_number"):
                assert row[field] not in told
        assert "item 1 (.csv), rows 1-41" in finding.places
        assert {part.where for part in unread} == {"item 2 (.pdf)", "plan.pdf"}


async def test_every_spelling_of_one_name_is_kept_back(world: World, built: Built) -> None:
    """A list tells of equal rows once; each of them is somebody's name all the same."""
    row = world.rows[0]
    forename, surname = row["forename"], row["surname"]
    names = [
        f"{forename} {surname}.pdf", f"{forename} {surname}.xcf", f"{surname}_{forename}.pdf",
        f"{forename.upper()} {surname.upper()}.pdf", f"{surname}, {forename}.pdf",
    ]  # fmt: skip
    async with built("") as road:
        given = capture(road, zipped(dict.fromkeys(names, b"%PDF-1.7\n")), "a.zip")
        taken = await take(road, given)
        told = " ".join(part.where for part in taken.unread).casefold()
        assert len(taken.unread) == len(names)
        assert surname.casefold() not in told


async def test_a_long_number_is_nobodys_business(built: Built) -> None:
    """Whoever's it is."""
    async with built("") as road:
        body = zipped({"52855785.jpg": b"\xff\xd8\xff\xe0", "2023 plan.pdf": b"%PDF-1.7\n"})
        taken = await take(road, capture(road, body, "a.zip"))
        assert isinstance(taken.outcome, Partial)
        assert {part.where for part in taken.unread} == {"item 1 (.jpg)", "2023 plan.pdf"}


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("lines 1-1234567", ""),
        ("line 52855785", ""),
        ("A1:F1234567", ""),
        ("1:1234567", ""),
        ("Sheet1 (hidden)!A1:F801", "Sheet1"),
        ("Sheet1 (very hidden)", "Sheet1"),
        ("Sheet1 (hidden rows)!A11:F801", "Sheet1"),
        ("List (hidden) (formulas), line 3", "List"),
        ("Jane Doe.csv, rows 1-41", "Jane Doe.csv"),
        ("table 3, row 7", "table 3"),
        ("52855785.jpg", "52855785.jpg"),
    ],
)
def test_our_own_words_are_no_name(step: str, name: str) -> None:
    """Ranges and marks that we write behind a name are never taken for a part of it."""
    assert named(step) == name
