"""The story: calm, aligned, counted, and nobody's name in it."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from watcher.demo import story
from watcher.demo.pages import publication
from watcher.demo.receiver import Card
from watcher.demo.roster import people
from watcher.demo.score import Score
from watcher.model import Evidence, Finding, Severity
from watcher.store import AlertRow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:1"
ROWS = people(7, 600)
SHOWN = publication(7, ROWS)
LEAK = SHOWN.leaks[1]
ALERT = AlertRow(
    id="A-1",
    incident="I-1",
    found_at=NOW + timedelta(seconds=1.5),
    source="foi",
    key="k",
    url=SITE + LEAK.path,
    finding=Finding(
        severity=Severity.CRITICAL,
        rule="list",
        title="staff list in a \u202ehidden sheet",
        count=399,
        rows=400,
        expected=21.4,
        officers=tuple(sorted(LEAK.people)),
        places=("Strength.xlsx!/Download (2) (hidden)!A1:F401",),
        reasons=("first", "second", "third", "fourth"),
    ),
    evidence=Evidence(
        file="2026/11/a.warc.age", record_id="urn:uuid:0", sha256="0", digest="0", size=1, taken_at=NOW
    ),
)  # fmt: skip
CARD = Card(
    id="msg_1",
    body={
        "data": {
            "id": "A-1",
            "severity": "critical",
            "title": "staff list in a hidden sheet",
            "count": 399,
            "expected_by_chance": 0.2,
            "source": "foi",
            "host": "127[.]0[.]0[.]1",
            "fields": ["surname", "[bold]rank"],
            "link": None,
            "command": "watcher show A-1",
        }
    },
)
SCORE = Score(
    alerts={LEAK.path: ALERT},
    leaks=3,
    quiet=51,
    pages=51,
    cards=1,
    verified=1,
    evidence=1,
    stray=0,
)


def told(width: int = 100) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    story.opening(out, force="Nowhere", people=600)
    story.step(out, "watching", "three places")
    story.published(out, SHOWN, SITE)
    story.found(out, [ALERT], SHOWN, SITE, NOW)
    story.card(out, [CARD])
    story.evidence(out, SCORE, Path("/somewhere/evidence"), stays=True)
    story.quiet(out, SCORE, 4)
    story.closing(out, None)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_it_says_what_who_where_why_and_when() -> None:
    """Each alert with its people against chance, its place, three reasons and its delay."""
    text = told()
    for words in (
        "CRITICAL",
        "A-1",
        "399 of the 400 people in it are ours; about 21 names would match by chance",
        "Strength.xlsx!/Download (2) (hidden)!A1:F401",
        "first",
        "third",
        "1.5 s after it was published",
        "51 of 51 ordinary pages raised nothing",
        "1 of 1 files are as they were recorded",
        "watcher show A-1",
        "hardly any names would match by chance",
    ):
        assert words in text, words
    assert "fourth" not in text


def test_markup_and_direction_marks_are_only_text() -> None:
    """A title cannot turn the line round, a field name cannot make itself bold."""
    text = told()
    assert "\u202e" not in text
    assert "[bold]rank" in text


def test_no_name_is_shown() -> None:
    """No address, number or full name of the roster, though it is invented."""
    text = told()
    for row in ROWS:
        assert row["email"] not in text
        assert row["pay_number"] not in text
        assert f"{row['forename']} {row['surname']}" not in text


def test_it_fits_its_terminal() -> None:
    """No line is wider than the terminal."""
    assert max(len(line) for line in told(80).splitlines()) <= 80


def test_nothing_found_is_said() -> None:
    """An empty story is not a blank."""
    out = Console(file=io.StringIO(), width=80)
    story.found(out, [], SHOWN, SITE, NOW)
    story.card(out, [])
    assert isinstance(out.file, io.StringIO)
    assert "nothing" in out.file.getvalue()
    assert "none" in out.file.getvalue()


def test_what_is_kept_can_be_looked_at() -> None:
    """With --keep the commands to type are shown."""
    out = Console(file=io.StringIO(), width=200)
    story.closing(out, Path("/kept"))
    assert isinstance(out.file, io.StringIO)
    assert "watcher --config /kept/config.toml alerts" in out.file.getvalue()
