"""From roster to sealed index: counted, compared, refused where it must be, and nothing in clear."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from watcher import canary, index
from watcher.api import Part, Person, Recogniser, Tables, Tally, Watch
from watcher.config.settings import Config, Key
from watcher.enrol import Report, Roster, enrol, read_roster
from watcher.errors import ConfigError, CustodyError, PluginError

MASTER = bytes(range(32))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Surnames:
    """A small matcher: the keyed hash of each person's surname, and nothing more."""

    name = "surnames"

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        hashes = [
            hashlib.blake2b(each.surname.encode(), digest_size=8, key=key).digest()
            for each in people
        ]
        tags = np.array([int.from_bytes(each, "big") for each in hashes], dtype=np.uint64)
        return {
            "tags": tags,
            "report_distinct_people": np.array([len(set(hashes))]),
            "report_variants": np.array([1.5]),
            "report_chance_surname": np.array([0.25]),
            "report_chance_full_name": np.array([0.5]),
        }

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return _Reader(frozenset(tables["tags"].tolist()), key)


class _Reader:
    def __init__(self, tags: frozenset[int], key: bytes) -> None:
        self.tags, self.key = tags, key

    def match(self, part: Part) -> Tally:
        words = (
            hashlib.blake2b(w.encode(), digest_size=8, key=self.key) for w in part.text.split()
        )
        return Tally(tried=sum(int.from_bytes(each.digest(), "big") in self.tags for each in words))


class Careless(Surnames):
    """A matcher that would put names into the index."""

    name = "careless"

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        return {"names": np.array([each.surname for each in people])}


def config(folder: Path) -> Config:
    return Config(path=folder / "config.toml", data=folder, key=Key())


def roster(count: int = 10, first: int = 0) -> Roster:
    people = tuple(
        Person(
            ref=f"r{n}",
            surname=f"Marked{n}",
            forename="Jane",
            numbers=(("pay_number", f"{500000 + n}"),),
        )
        for n in range(first, first + count)
    )
    return Roster(name="roster.csv", people=people, columns=(("Surname", "surname"),))


def run(folder: Path, given: Roster, **changed: object) -> Report:
    options: dict[str, object] = {
        "master": MASTER,
        "matchers": {"surnames": Surnames(Watch())},
        "index_version": 0,
        "dry_run": False,
        "shrink": False,
        "now": NOW,
    }
    return enrol(config(folder), given, **(options | changed))  # type: ignore[arg-type]  # the defaults above, some changed


def test_whoever_is_enrolled_is_found(tmp_path: Path) -> None:
    """The tables that were sealed recognise what was enrolled, under the key of this index."""
    report = run(tmp_path, roster())
    assert (report.people, report.distinct, report.variants) == (10, 10, 1.5)
    assert report.chances == (("surname", 0.25), ("full name", 0.5))
    assert report.shapes == (("######", 1.0),)
    assert (report.previous, report.joined, report.left, report.changed) == (None, 10, 0, 0)
    opened = index.open(tmp_path / "index.sealed", MASTER)
    assert (opened.version, opened.made_at) == (1, NOW)
    assert [officer.ref for officer in opened.officers] == [f"r{n}" for n in range(10)]
    reader = Surnames(Watch()).load(opened.tables["surnames"], opened.key(MASTER, "surnames"))
    assert reader.match(Part(where="", text="Marked3 and Marked9, but not Marked10")).tried == 1
    assert reader.match(Part(where="", text="Marked3 and Marked9 but not Marked10")).tried == 2


def test_the_canary_is_enrolled_and_counted_nowhere(tmp_path: Path) -> None:
    """It is found like anybody; it neither joins nor leaves, and is not one of the people."""
    who = canary.person(MASTER)
    before = run(tmp_path, roster())
    for given in (who, who, None):
        report = run(tmp_path, roster(), canary=given)
        assert replace(report, version=0, previous=None, joined=10) == replace(before, version=0)
        assert (report.previous, report.joined, report.left) == (10, 0, 0)
        opened = index.open(tmp_path / "index.sealed", MASTER)
        assert [each.ref for each in opened.officers[10:]] == ([given.ref] if given else [])
    reader = Surnames(Watch()).load(opened.tables["surnames"], opened.key(MASTER, "surnames"))
    assert reader.match(Part(where="", text=who.surname)).tried == 0


def test_a_canary_does_not_make_up_for_people_who_are_gone(tmp_path: Path) -> None:
    """Twenty per cent are twenty per cent of people."""
    who = canary.person(MASTER)
    run(tmp_path, roster(10), canary=who)
    with pytest.raises(ConfigError, match="7 people, and the index has 10"):
        run(tmp_path, roster(7), canary=who)


def test_nobody_may_be_called_like_a_canary(tmp_path: Path) -> None:
    """Whoever had such a ref would leak, and nobody would be told."""
    people = (replace(roster().people[0], ref=canary.person(b"x" * 32).ref),)
    with pytest.raises(ConfigError, match="canary"):
        run(tmp_path, replace(roster(), people=people))


def test_flags_reach_the_index(tmp_path: Path) -> None:
    """High risk and public are all that it knows of an officer beside the ref."""
    people = (
        Person(ref="a", surname="Roe", risk_group="covert"),
        Person(ref="b", surname="Poe", public=True),
    )
    run(tmp_path, replace(roster(), people=people))
    opened = index.open(tmp_path / "index.sealed", MASTER)
    assert [(each.high_risk, each.public) for each in opened.officers] == [
        (True, False),
        (False, True),
    ]


def test_again_says_who_joined_left_and_changed(tmp_path: Path) -> None:
    """In counts, and the version goes up; also above what the store has seen."""
    run(tmp_path, roster(10))
    now = roster(10, first=1)
    now = replace(now, people=(replace(now.people[0], rank="Sgt"), *now.people[1:]))
    report = run(tmp_path, now)
    assert (report.previous, report.joined, report.left, report.changed) == (10, 1, 1, 1)
    assert report.version == 2
    assert run(tmp_path, now, index_version=7).version == 8
    report = run(tmp_path, now)
    assert (report.joined, report.left, report.changed, report.version) == (0, 0, 0, 9)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It counts and compares as the real one does."""
    report = run(tmp_path, roster(), dry_run=True)
    assert report.dry_run
    assert report.joined == 10
    assert list(tmp_path.iterdir()) == []


def test_a_smaller_roster_needs_leave(tmp_path: Path) -> None:
    """More than 20 % fewer is refused with both counts, and the old index stays byte for byte."""
    run(tmp_path, roster(10))
    before = (tmp_path / "index.sealed").read_bytes()
    with pytest.raises(
        ConfigError, match=r"roster\.csv: 7 people, and the index has 10.*--shrink"
    ) as told:
        run(tmp_path, roster(7))
    assert told.value.exit_code == 2
    assert (tmp_path / "index.sealed").read_bytes() == before
    with pytest.raises(ConfigError, match="--shrink"):
        run(tmp_path, roster(7), dry_run=True)
    assert run(tmp_path, roster(8)).left == 2
    assert run(tmp_path, roster(2), shrink=True).left == 6


def test_an_index_under_another_key_is_not_overwritten(tmp_path: Path) -> None:
    """Nor one that was altered: the operator decides what became of it."""
    run(tmp_path, roster())
    path = tmp_path / "index.sealed"
    before = path.read_bytes()
    with pytest.raises(
        CustodyError, match=r"another master key, or it was altered; .*remove the file"
    ):
        run(tmp_path, roster(), master=bytes(32))
    assert path.read_bytes() == before


def test_a_matcher_that_keeps_text_is_refused(tmp_path: Path) -> None:
    """A table of text or objects may hold a name; it is never sealed."""
    with pytest.raises(PluginError, match="matcher 'careless': table 'names' holds text"):
        run(tmp_path, roster(), matchers={"careless": Careless(Watch())})
    assert list(tmp_path.iterdir()) == []


async def test_nothing_is_stored_in_clear(tmp_path: Path) -> None:
    """Marks of the roster, raw, folded, in UTF-16, hex and base64, are in no byte under the directory."""
    text = (
        "Ref,Surname,Forename,Pay No,E-mail,Unit,Risk group,Colour\n"
        "opaque-77,Markedsurname,Markedforename,918273645,marked@example.police.uk,Markedunit,Markedrisk,Markedcolour\n"
    )
    given = await read_roster(io.BytesIO(text.encode()))
    report = run(tmp_path, given)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    told = repr(report) + str(report.as_json()) + repr(given)
    assert len(stored) >= 1 << 20
    for cell in text.splitlines()[1].split(","):
        for form in (cell, cell.lower()):
            raw = form.encode()
            marks = (raw, form.encode("utf-16-le"), raw.hex().encode(), base64.b64encode(raw)[:-4])
            assert not any(mark in stored for mark in marks)
        assert cell not in told
