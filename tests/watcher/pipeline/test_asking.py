"""Asked about by hashes: what is found is told, and no digit of a hash is left anywhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pwned import API, KEY, Pwned, sha1
from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.world import World
from watcher import log, registry
from watcher.demo.roster import csv_of
from watcher.model import Severity
from watcher.pipeline import Road, Visited, visit
from watcher.store import Book

PEOPLE = 60


@pytest.fixture
def rows(world: World) -> Sequence[Mapping[str, str]]:
    """A small force, enrolled for these questions."""
    rows = world.rows[:PEOPLE]
    done = world.run("enrol", "-", "--hibp", "--shrink", stdin=csv_of(rows))
    assert done.code == 0, done
    return rows


def hibp(world: World, place: Site, key: str = KEY) -> str:
    return f"""
[sources.hibp]
preset = "hibp-range"
key = {{ file = "{world.secret("hibp", key)}" }}
url = "{place.url(API)}"
pace = "0s"
"""


async def visited(road: Road) -> Visited:
    table = road.config.sources["hibp"]
    return await visit(road, table, registry.source(table, road.config.path))


async def alerts(road: Road) -> list[tuple[Severity, str, int, str]]:
    found = await road.store.do(Book.alerts)
    return [
        (each.finding.severity, each.finding.title, each.finding.count, each.incident)
        for each in reversed(found)
    ]


def mails(rows: Sequence[Mapping[str, str]], *numbers: int) -> list[str]:
    return [rows[at]["email"].upper() for at in numbers]


async def test_what_was_known_before_is_told_once(
    world: World, rows: Sequence[Mapping[str, str]], built: Built, place: Site
) -> None:
    """The first round is one alert that is low, however many breaches; without news nobody is asked."""
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, *range(30)), "Passwords")
    pwned.adds("Stratfor", mails(rows, 1, 2, 3), year=2011)
    async with built(hibp(world, place)) as road:
        first = await visited(road)
        assert (first.error, first.alerts) == ("", ("A-1",))
        asked = len(pwned.ranges)
        assert asked == PEOPLE == len(set(pwned.ranges))
        ((severity, title, count, _),) = await alerts(road)
        assert (severity, count) == (Severity.LOW, 30)
        assert title == "E-mail addresses of ours in 2 data breaches"
        (told,) = await road.store.do(Book.alerts)
        assert told.finding.reasons[-2:] == (
            "Adobe (2013): 30 of ours",
            "Stratfor (2011): 3 of ours",
        )
        again = await visited(road)
        assert (again.error, again.alerts, len(pwned.ranges)) == ("", (), asked)


async def test_a_new_breach_is_an_incident_of_its_own(
    world: World, rows: Sequence[Mapping[str, str]], built: Built, place: Site, now: Now
) -> None:
    """A later breach is told by its name, as grave as what was taken, apart from what was known before."""
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, *range(30)))
    async with built(hibp(world, place)) as road:
        await visited(road)
        pwned.adds("Capstone", mails(rows, *range(20)), "Passwords", "Phone numbers", year=2026)
        now.passes(timedelta(hours=1))
        assert (await visited(road)).error == ""
        before, *later = await alerts(road)
        assert {each[1] for each in later} == {
            "E-mail addresses of ours in the data breach Capstone (2026)"
        }
        assert {each[0] for each in later} == {Severity.MEDIUM}
        assert [each[2] for each in later] == sorted({each[2] for each in later})
        assert later[-1][2] == 20
        assert {each[3] for each in later} == {"I-2"} != {before[3]}


async def test_a_round_goes_on_where_it_broke_off(
    world: World, rows: Sequence[Mapping[str, str]], built: Built, place: Site, now: Now
) -> None:
    """After trouble, and after a restart, nobody is asked about twice; 429 ends the visit, and is no error."""
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, *range(PEOPLE)))
    pwned.refused = {31: (503, {}), 42: (429, {"Retry-After": "60"})}
    tables = hibp(world, place)
    async with built(tables) as road:
        broken = await visited(road)
        assert "503" in broken.error
    for error in ("", ""):
        now.passes(timedelta(days=2))
        async with built() as road:
            assert (await visited(road)).error == error
    async with built() as road:
        ((_, _, count, _),) = await alerts(road)
        assert count == PEOPLE
    refused = [pwned.ranges[at] for at in pwned.refused]
    assert sorted(pwned.ranges) == sorted([*set(pwned.ranges), *refused])
    assert len(set(pwned.ranges)) == PEOPLE


async def test_no_digit_of_a_hash_is_left_anywhere(
    world: World,
    rows: Sequence[Mapping[str, str]],
    built: Built,
    place: Site,
    now: Now,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No hash, beginning or end of one is in a file of ours, in a log, or in what is told; nor an address."""
    log.setup(json=True, level="debug")
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, *range(30)))
    pwned.refused = {10: (500, {}), 42: (500, {})}
    async with built(hibp(world, place)) as road:
        for _ in range(3):
            await visited(road)
            now.passes(timedelta(days=1))
        pwned.adds("Capstone", mails(rows, *range(20)), "Passwords", year=2026)
        await visited(road)
        stored = await road.store.do(Book.alerts)
        assert len(stored) >= 2
        said = "".join(capsys.readouterr())
        assert "source.visited" in said or "document.settled" in said
        said += repr(road.known) + repr(stored) + Path("/proc/self/cmdline").read_text()
        said += Path("/proc/self/comm").read_text()
        marks = [mark for row in rows for mark in _marks(row["email"])]
        files = [each for each in world.folder.parent.rglob("*") if each.is_file()]
        assert {"index.sealed"} < {each.name for each in files}
        for each in files:
            said += f"{each}\n"
            data = each.read_bytes()
            assert not [mark for mark in marks if mark in data], each
        assert not [mark for mark in marks if mark in said.encode()]
        digest = sha1(rows[0]["email"])
        assert await road.store.do(Book.source, "hibp")
        assert digest in road.known.asked["hibp"].ranges.ours(digest[:6], [digest[6:]])


def _marks(address: str) -> list[bytes]:
    """The address, its hash and the two parts of it, in every way that they would be written."""
    digest = sha1(address)
    raw = bytes.fromhex(digest)
    texts = [address, digest, digest[6:]]
    found = [each.encode() for text in texts for each in (text, text.lower(), text.upper())]
    found += [base64.b64encode(raw), raw, raw[3:]]
    if not digest[:6].isdigit():  # six digits stand anywhere; in upper case nothing else of ours is
        found.append(digest[:6].encode())
    return found


async def test_who_is_not_enrolled_is_not_asked_about(
    world: World, rows: Sequence[Mapping[str, str]], built: Built, place: Site
) -> None:
    """Enrolled again without the option nobody is asked about, and the source says so."""
    assert rows
    done = world.run("enrol", "-", stdin=csv_of(rows))
    assert done.code == 0
    assert "no longer asked" in done.out
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, 1))
    async with built(hibp(world, place)) as road:
        told = await visited(road)
        assert "watcher enrol --hibp" in told.error
        assert pwned.ranges == []


async def test_an_index_of_others_is_taken_up_in_a_round(
    world: World, rows: Sequence[Mapping[str, str]], built: Built, place: Site, now: Now
) -> None:
    """Who left is asked about no more, though the round goes on; the round is not begun anew."""
    pwned = Pwned(place)
    pwned.adds("Adobe", mails(rows, *range(PEOPLE)))
    pwned.refused = {30: (500, {})}
    async with built(hibp(world, place)) as road:
        await visited(road)
        asked = {*pwned.ranges[:30]}
        left = [row for row in rows if sha1(row["email"])[:6] not in asked][:5]
        stay = [row for row in rows if row not in left]
        assert world.run("enrol", "-", "--hibp", stdin=csv_of(stay)).code == 0
        now.passes(timedelta(days=1))
        await road.fresh()
        await visited(road)
    gone = {sha1(row["email"])[:6] for row in left}
    assert not gone & {*pwned.ranges[31:]}
    assert not asked & {*pwned.ranges[31:]}


@pytest.mark.parametrize(
    ("key", "plan", "told"), [("wrong", True, "key is not accepted"), (KEY, False, "IncludesKAnon")]
)
async def test_a_key_that_will_not_do_is_said(
    world: World,
    rows: Sequence[Mapping[str, str]],
    built: Built,
    place: Site,
    key: str,
    plan: bool,
    told: str,
) -> None:
    """A wrong key and a plan without ranges are said at once, and nobody is asked about."""
    pwned = Pwned(place, plan=plan)
    pwned.adds("Adobe", mails(rows, 1))
    async with built(hibp(world, place, key)) as road:
        assert told in (await visited(road)).error
        assert pwned.ranges == []
