"""What commands print."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from watcher.cli import output
from watcher.model import Evidence, Finding, Severity, Unread, Why

FINDING = Finding(
    severity=Severity.CRITICAL,
    rule="list",
    title="Staff list in a hidden worksheet",
    count=3,
    rows=4,
    expected=0.123456,
    bits=61.26,
    officers=("N-1", "N-2"),
    possible=(("N-3", "N-4"),),
    fields=("surname", "pay_number"),
    places=("list.xlsx!/Sheet1 (hidden)!A1:F801",),
    reasons=("3 of 4 names are ours",),
)
ALERT_KEYS = {
    "type", "id", "incident", "severity", "rule", "title", "document", "where", "count", "rows",
    "expected_by_chance", "bits", "officers", "possible", "fields", "suppliers", "reasons", "evidence",
}  # fmt: skip


def test_the_alert_object_keeps_its_contract() -> None:
    """Exactly these keys, lists as lists, and nulls where nothing was stored."""
    value = json.loads(
        json.dumps(
            output.alert_object(FINDING, document="x", id=None, incident=None, evidence=None)
        )
    )
    assert set(value) == ALERT_KEYS
    assert (value["id"], value["incident"], value["evidence"]) == (None, None, None)
    assert value["severity"] == "critical"
    assert value["where"] == ["list.xlsx!/Sheet1 (hidden)!A1:F801"]
    assert value["possible"] == [["N-3", "N-4"]]
    assert value["expected_by_chance"] == 0.12


def test_stored_evidence_is_named() -> None:
    """With evidence the object names its file, its record and the digest of what was received."""
    evidence = Evidence(
        file="2026/11/a.warc.gz.age",
        record_id="urn:uuid:1",
        sha256="ab",
        digest="cd",
        size=1,
        taken_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    value = output.alert_object(FINDING, document="x", id="A-1", incident="I-1", evidence=evidence)
    assert value["evidence"] == {
        "file": "2026/11/a.warc.gz.age",
        "record": "urn:uuid:1",
        "sha256": "ab",
    }


def test_the_unread_object_keeps_its_contract() -> None:
    """Document, place and one of the closed list of reasons."""
    assert output.unread_object("x.zip", Unread(where="a.pdf", why=Why.UNSUPPORTED)) == {
        "type": "unread",
        "document": "x.zip",
        "where": "a.pdf",
        "reason": "unsupported",
    }


def test_the_missing_object_is_an_unread_object() -> None:
    """The same keys, and a reason of its own: no text of ours or of a host is in it."""
    unread = output.unread_object("x.zip", Unread(where="", why=Why.BROKEN))
    missing = output.missing_object("x.zip")
    assert set(missing) == set(unread)
    assert (missing["type"], missing["reason"]) == ("unread", "missing")


def test_one_is_singular() -> None:
    """Numbers and their words agree."""
    assert [output.many(each, "link") for each in (0, 1, 2, 1200)] == [
        "0 links",
        "1 link",
        "2 links",
        "1,200 links",
    ]


def console(width: int) -> Console:
    return Console(
        file=io.StringIO(), width=width, force_terminal=True, color_system=None, highlight=False
    )


def printed(on: Console) -> list[str]:
    assert isinstance(on.file, io.StringIO)
    return on.file.getvalue().splitlines()


@given(st.text("ab cd-/", min_size=1, max_size=120), st.integers(24, 120))
def test_a_folded_line_stays_beside_its_beginning(text: str, width: int) -> None:
    """Nothing is lost but spaces where it folds, and nothing is wider than the terminal."""
    on = console(width)
    output.hanging(on, Text("warn  "), text)
    lines = printed(on)
    assert lines[0].startswith("warn  ")
    assert all(each.startswith("      ") for each in lines[1:])
    assert all(len(each) <= width for each in lines)
    assert "".join(each[6:] for each in lines).replace(" ", "") == text.replace(" ", "")


@given(st.text("ab cd-/", max_size=120), st.integers(20, 160))
def test_a_table_is_never_cut(text: str, width: int) -> None:
    """Whatever the width: every cell is whole, and the last is there but for where it folds."""
    on = console(width)
    output.listing(on, ("alert", "people", "what"), [("A-1234", "47", text)], right={"people"})
    together = "".join("".join(printed(on)).split())
    assert together.startswith("alertpeople")
    assert together.endswith("A-123447" + "".join(text.split()))


@given(st.text())
def test_nothing_from_outside_steers_the_terminal(text: str) -> None:
    """No control, format, line or paragraph separator survives, and the length stays."""
    shown = output.clean(text)
    assert len(shown) == len(text)
    assert not any(ord(each) < 0x20 or 0x7F <= ord(each) < 0xA0 for each in shown)
    assert not set(shown) & set("\u202e\u2066\u200b\u2028\ufeff")


def test_a_moment_is_local_and_none_is_a_dash() -> None:
    """To the minute; nobody reads seconds in a list."""
    moment = datetime(2026, 11, 22, 12, 30, 59, tzinfo=UTC)
    assert output.when(moment) == f"{moment.astimezone():%Y-%m-%d %H:%M}"
    assert output.when(None) == "–"


def test_a_line_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a value holds, one object is one line of ASCII."""
    output.line({"a": "x\ny\u2028z\x1b[31m"})
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.isascii()
    assert "\x1b" not in said
    assert json.loads(said) == {"a": "x\ny\u2028z\x1b[31m"}


def test_people_are_told_a_few_of_many() -> None:
    """And how many are left."""
    told = [f"item {at}" for at in range(60)]
    assert list(output.few(told, "place")) == [*told[:12], "and 48 more places (--json has all)"]
    assert list(output.few(told[:12], "place")) == told[:12]


def test_a_shape_of_which_nobody_is_enrolled_says_how_many_rows() -> None:
    shape = replace(FINDING, rule="structure", count=0, rows=1230)
    rows = dict(output.finding_facts(shape, document="x"))
    assert rows["who"] == "nobody who is enrolled, in 1,230 rows"
