from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.store.books import alert
from watcher.model import Finding, Severity, Unread, Why
from watcher.store.rows import (
    AlertRow,
    finding_from,
    finding_text,
    moment,
    number,
    stamp,
    unread_from,
    unread_text,
)

_TEXTS = st.lists(st.text(), max_size=3).map(tuple)
_FINDINGS = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    rule=st.text(),
    title=st.text(),
    count=st.integers(0, 10**6),
    rows=st.integers(0, 10**6),
    expected=st.floats(allow_nan=False, allow_infinity=False),
    bits=st.floats(allow_nan=False, allow_infinity=False),
    officers=_TEXTS,
    possible=st.lists(_TEXTS, max_size=2).map(tuple),
    fields=_TEXTS,
    places=_TEXTS,
    reasons=_TEXTS,
)
_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
_MOMENTS = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
    datetime(9000, 1, 1),  # noqa: DTZ001  # likewise
    timezones=_ZONES,
)


@given(_FINDINGS)
def test_a_finding_comes_back_as_it_was(finding: Finding) -> None:
    """Whatever a finding holds survives being written as JSON."""
    assert finding_from(finding_text(finding)) == finding


@given(_MOMENTS, _MOMENTS)
def test_times_sort_as_they_passed(one: datetime, two: datetime) -> None:
    """The order of stored times is the order of the times, whatever their zones."""
    assert (stamp(one) < stamp(two)) == (one < two)
    assert moment(stamp(one)) == one


def test_a_time_without_a_zone_is_refused() -> None:
    """It could mean any of 24 hours."""
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 11, 18))  # noqa: DTZ001  # that is what is refused


def test_unread_comes_back_as_it_was() -> None:
    """Every reason of the closed list can be stored."""
    every = tuple(Unread(where=f"a!/{why.name}", why=why) for why in Why)
    assert unread_from(unread_text(every)) == every


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A-17", 17), (" a-17 ", 17), ("I-17", None), ("17", None), ("A-", None), ("A-1; DROP", None),
     ("A-²", None), ("A-" + "9" * 40, None)],
)  # fmt: skip
def test_an_id_is_a_letter_and_a_number(text: str, expected: int | None) -> None:
    """Anything else is no id, and not an error."""
    assert number(text, "A") == expected


def test_a_document_is_called_by_the_last_step_of_its_address() -> None:
    """What a person would call the file, without query and fragment."""
    one = alert()
    row = AlertRow(
        id="A-1", incident="I-1", found_at=datetime.now(UTC), source="s", key="k",
        url="https://foi.example/2026/list.xlsx?download=1#top",
        finding=one.finding, evidence=one.evidence,
    )  # fmt: skip
    assert row.document == "list.xlsx"
