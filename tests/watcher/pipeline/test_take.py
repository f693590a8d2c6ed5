"""One document, from its bytes to its outcome."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.watcher.conftest import Built
from tests.watcher.given import capture
from tests.world import World, leaked_csv
from watcher.config.settings import Evidence
from watcher.errors import ConfigError
from watcher.model import Alert, Clean, Partial, Severity, Why
from watcher.pipeline import take
from watcher.store import Book


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, body in members.items():
            archive.writestr(name.replace("_", "."), body)
    return held.getvalue()


async def test_a_leak_is_an_alert_with_its_evidence(world: World, built: Built) -> None:
    """Evidence is on disk before the alert exists, and holds the digest of what was received."""
    async with built("") as road:
        given = capture(road, leaked_csv(world.rows[:50]))
        taken = await take(road, given)
        assert isinstance(taken.outcome, Alert)
        assert taken.outcome.finding.severity is Severity.CRITICAL
        assert taken.outcome.finding.count == 50
        assert taken.outcome.evidence.sha256 == given.body.sha256
        assert (world.data / "evidence" / taken.outcome.evidence.file).is_file()


async def test_a_quiet_document_is_clean_and_leaves_nothing(world: World, built: Built) -> None:
    """No finding, no file."""
    async with built("") as road:
        taken = await take(road, capture(road, b"The minutes of the gardening club.\n" * 50))
        assert isinstance(taken.outcome, Clean)
        assert taken.finding is None
        assert not list((world.data / "evidence").rglob("*.age"))


async def test_what_cannot_be_read_is_never_clean(built: Built) -> None:
    """A member that no reader knows makes the document Partial, and names the member."""
    async with built("") as road:
        body = zipped(notes_txt=b"Tea and rain.\n", plan_pdf=b"%PDF-1.7\n...")
        taken = await take(road, capture(road, body, "a.zip"))
        assert isinstance(taken.outcome, Partial)
        (part,) = taken.unread
        assert (part.where, part.why) == ("plan.pdf", Why.BROKEN)


async def test_the_leak_beside_what_cannot_be_read_is_found(world: World, built: Built) -> None:
    """An unread member hides nothing of the rest, and the alert says that it is there."""
    async with built("") as road:
        body = zipped(staff_csv=leaked_csv(world.rows[:50]), plan_pdf=b"%PDF-1.7\n...")
        taken = await take(road, capture(road, body, "a.zip"))
        assert isinstance(taken.outcome, Alert)
        assert [part.where for part in taken.outcome.unread] == ["plan.pdf"]
        assert all(place.startswith("staff.csv") for place in taken.outcome.finding.places)


async def test_without_keeping_nothing_is_written(world: World, built: Built) -> None:
    """The finding is there, and no evidence, so that it is no Alert."""
    async with built("") as road:
        taken = await take(road, capture(road, leaked_csv(world.rows[:50])), keep=False)
        assert taken.finding is not None
        assert taken.finding.severity is Severity.CRITICAL
        assert not isinstance(taken.outcome, Alert)
        assert not list((world.data / "evidence").rglob("*"))


async def test_no_alert_without_a_custodian(world: World, built: Built) -> None:
    """Evidence that nobody could open is not written, and the alert does not come to be."""
    async with built("") as road:
        road.config = replace(road.config, evidence=Evidence())
        with pytest.raises(ConfigError, match="custodian"):
            await take(road, capture(road, leaked_csv(world.rows[:50])))


async def test_the_name_of_what_cannot_be_read_counts(built: Built) -> None:
    """A document called a staff list that nobody can open is worth a look, though nothing was read."""
    async with built("") as road:
        taken = await take(road, capture(road, b"%PDF-1.7\n...", "police-staff-list-2026.pdf"))
        assert taken.finding is not None
        assert (taken.finding.severity, taken.finding.rule) == (Severity.MEDIUM, "unread")


async def test_a_document_that_takes_too_long_is_judged_by_what_was_matched(
    world: World, built: Built
) -> None:
    """The rest is unread, never clean."""
    async with built("") as road:
        matching = replace(road.config.matching, seconds=0)
        road.config = replace(road.config, matching=matching)
        taken = await take(road, capture(road, b"Rain and tea.\n"))
        assert isinstance(taken.outcome, Partial)
        assert [part.why for part in taken.unread] == [Why.LIMIT]


def _ldif(rows: Sequence[Mapping[str, str]]) -> bytes:
    entries = (
        f"dn: cn={row['forename']} {row['surname']},ou=staff\nobjectClass: person\n"
        f"sn: {row['surname']}\ngivenName: {row['forename']}\n"
        f"employeeNumber: {row['pay_number']}\n"
        for row in rows
    )
    return "\n".join(entries).encode()


def _vcards(rows: Sequence[Mapping[str, str]]) -> bytes:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{row['surname']};{row['forename']};;;\r\n"
        f"FN:{row['forename']} {row['surname']}\r\nEND:VCARD\r\n"
        for row in rows
    ).encode()


def _mails(rows: Sequence[Mapping[str, str]]) -> bytes:
    return "\n".join(f"{row['email']}" for row in rows).encode()


def _reordered(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return random.Random(5).sample(list(rows), len(rows))


def _thinned(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """A fifth of the rows taken out, here and there."""
    return [row for at, row in enumerate(rows) if at % 5 != 2]


async def test_copies_of_one_leak_are_one_incident(world: World, built: Built) -> None:
    """Reordered, thinned, zipped, and as an address book, a directory or addresses alone."""
    rows = world.rows[:100]
    copies = {
        "list.csv": leaked_csv(rows),
        "reordered.csv": leaked_csv(_reordered(rows)),
        "thinned.csv": leaked_csv(_thinned(rows)),
        "utf16.csv": leaked_csv(rows).decode().encode("utf-16"),
        "copy.zip": zipped(list_csv=leaked_csv(_thinned(_reordered(rows)))),
        "export.ldif": _ldif(_reordered(rows)),
        "contacts.vcf": _vcards(_thinned(rows)),
        "addresses.txt": _mails(_reordered(rows)),
    }
    other = leaked_csv(world.rows[300:400])
    async with built("") as road:
        incidents = {}
        for name, body in {**copies, "other.csv": other}.items():
            taken = await take(road, capture(road, body, name))
            settled = await road.store.do(Book.settle, taken.outcome, now=road.now())
            incidents[name] = settled.incident
    assert {incidents.pop("other.csv")} == {"I-2"}
    assert incidents == dict.fromkeys(copies, "I-1")
