"""How one source does: entered late, left later, and never by an accident of one visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.errors import KINDS, LOCAL, REFUSED
from watcher.health import BLIND, BLOCKED, DEGRADED, QUIET, Facts, judge
from watcher.health.state import LOST, OVERDUE
from watcher.model import OK

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERY = 5 * MINUTE
ENDS = st.lists(st.sampled_from(["ok", *KINDS]), max_size=60)


def facts(*ends: str, at: datetime = NOW, **more: object) -> Facts:
    base: dict[str, object] = {
        "every": EVERY,
        "tried_at": at,
        "next_due": at + EVERY,
        "last_ok": at - 10 * MINUTE,
        "error": "a marker is missing",
        "ends": ends,
    }
    return Facts(**(base | more))  # type: ignore[arg-type]  # a test's own mixture


def state(*ends: str, was: str = OK, since: datetime | None = None, **more: object) -> str:
    return judge(facts(*ends, **more), was=was, since=since, now=NOW).state


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], OK),
        (["ok"], OK),
        (["listing"], OK),
        (["ok", "listing"], OK),
        (["ok", "listing", "listing"], BLIND),
        (["ok", "unreachable", "unreachable"], OK),
        (["ok", "unreachable", "unreachable", "silent"], BLIND),
        (["ok", REFUSED, REFUSED, REFUSED], BLOCKED),
        (["ok", REFUSED, "unreachable", REFUSED], BLIND),
        (["ok", "ok", "ok", LOCAL, LOCAL, LOCAL, LOCAL, LOCAL], OK),
        (["ok", "answered", LOCAL, "answered", LOCAL, "answered"], BLIND),
        (["ok", "fault", "ok", "ok", "answered", "ok", "silent"], DEGRADED),
    ],
)
def test_states(ends: list[str], expected: str) -> None:
    """Markers count sooner than silence; refusals have a name of their own; our own trouble none."""
    assert state(*ends) == expected


def test_blindness_ends_with_two_good_visits() -> None:
    """One may be luck."""
    failed = ["ok"] * 12 + ["listing"] * 3
    assert state(*failed, "ok", was=BLIND) == BLIND
    assert state(*failed, "ok", "ok", was=BLIND) != BLIND


def test_who_has_recovered_is_not_degraded_for_its_outage() -> None:
    """The end of blindness is told as that; whoever stumbles once more is degraded."""
    ends = ["ok"] * 3 + ["unreachable"] * 5 + ["ok"] * 2
    assert state(*ends, was=BLIND) == OK
    assert state(*ends) == state(*ends[:-1]) == OK
    assert state(*ends, "unreachable") == DEGRADED
    assert state(*ends, was=DEGRADED) == DEGRADED


def test_who_saw_again_a_moment_ago_is_not_told_of_at_once() -> None:
    """Within a day after its recovery it takes twice as many failures."""
    ends = ["ok"] * 20 + ["unreachable"] * 3
    assert state(*ends, since=NOW - timedelta(hours=2)) == OK
    assert state(*ends, since=NOW - timedelta(days=2)) == BLIND
    assert state(*ends, *["unreachable"] * 3, since=NOW - timedelta(hours=2)) == BLIND


@given(st.integers(1, 4), st.integers(1, 4))
def test_a_place_that_stumbles_does_not_flap(bad: int, good: int) -> None:
    """Any rhythm of failures and successes, for two days: few changes, whatever the rhythm."""
    ends: list[str] = []
    now, was, since, changes = NOW, OK, None, 0
    last_ok = NOW
    for visit in range(2 * 24 * 12):
        now += EVERY
        well = visit % (bad + good) >= bad
        ends = [*ends, "ok" if well else "unreachable"][-24:]
        last_ok = now if well else last_ok
        judged = judge(facts(*ends, at=now, last_ok=last_ok), was=was, since=since, now=now)
        if judged.state != was:
            was, since, changes = judged.state, now, changes + 1
    assert changes <= 6


@given(ENDS, st.sampled_from([OK, BLIND, BLOCKED, DEGRADED]))
def test_a_judgement_is_steady(ends: list[str], was: str) -> None:
    """Looked at again without another visit, what was just judged stays."""
    first = judge(facts(*ends), was=was, since=None, now=NOW)
    second = judge(facts(*ends), was=first.state, since=first.since, now=NOW)
    assert second.state == first.state or {first.state, second.state} == {OK, BLIND}


@given(ENDS)
def test_well_is_only_who_was_well_last(ends: list[str]) -> None:
    """Whoever failed three times or more in a row is not ok, status 200 or not."""
    said = [each for each in ends if each != LOCAL]
    if len(said) >= 3 and "ok" not in said[-3:]:
        assert state(*ends) in (BLIND, BLOCKED)


def test_documents_that_cannot_be_had_are_no_health() -> None:
    """The listing is fine and all its documents are gone: nothing is being read."""
    assert state("ok", "ok", lost=LOST, kept=1) == DEGRADED
    assert state("ok", "ok", lost=LOST, kept=100) == OK
    assert state("ok", "ok", lost=LOST - 1, kept=0) == OK


def test_a_visit_that_does_not_end_blinds() -> None:
    """Long after it should have come back the source counts as blind since then."""
    old = NOW - OVERDUE - timedelta(hours=1)
    judged = judge(facts("ok", at=old), was=OK, since=None, now=NOW)
    assert (judged.state, judged.since) == (BLIND, old)
    assert state("ok", at=NOW - OVERDUE) == OK


def test_nothing_for_long_is_blindness_whoever_is_at_fault() -> None:
    """Our own trouble is told as that; beyond an hour the source is blind as well, or it would be silence."""
    assert state("ok", LOCAL, LOCAL, LOCAL) == OK
    assert state("ok", LOCAL, LOCAL, LOCAL, last_ok=NOW - timedelta(hours=2)) == BLIND


def test_a_source_that_never_saw_for_want_of_a_way_is_blind_as_well() -> None:
    """An onion source that was switched on where no Tor runs must not look well for ever."""
    ends = (LOCAL,) * 3
    assert state(*ends, last_ok=None, failing_since=NOW - timedelta(minutes=10)) == OK
    assert state(*ends, last_ok=None, failing_since=NOW - timedelta(hours=2)) == BLIND


def test_a_failed_visit_does_not_end_a_silence() -> None:
    """Only what comes does."""
    assert state("ok", "ok", "answered", was=QUIET, since=NOW - timedelta(days=1)) == QUIET


def test_since_is_when_it_was_last_well() -> None:
    """Blind since the last success, not since it was noticed."""
    judged = judge(facts("ok", "listing", "listing"), was=OK, since=None, now=NOW)
    assert judged.since == NOW - 10 * MINUTE
    assert judged.reasons == ("a marker is missing",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"alike": 12, "compared": 17}, DEGRADED),
        ({"alike": 12, "compared": 18}, OK),
        ({"alike": 11, "compared": 11}, OK),
        ({"alike": 90, "compared": 90, "far": False}, OK),
        ({"waiting": 9, "waits_since": NOW - timedelta(hours=7)}, DEGRADED),
        ({"waiting": 9, "waits_since": NOW - timedelta(hours=5)}, OK),
        ({"next_due": NOW + timedelta(hours=24)}, DEGRADED),
        ({"next_due": NOW + timedelta(hours=11)}, OK),
        ({"next_due": NOW + timedelta(hours=24), "every": timedelta(hours=12)}, OK),
    ],
)
def test_a_place_that_answers_well_and_is_not_read_is_degraded(
    given: dict[str, object], expected: str
) -> None:
    """One page for all documents, items that wait for hours, a place that keeps us away for a day."""
    judged = judge(facts(*["ok"] * 6, **given), was=OK, since=None, now=NOW)
    assert judged.state == expected
    assert bool(judged.reasons) == (expected == DEGRADED)
    assert state(*["ok"] * 6, was=DEGRADED) == OK


def test_who_says_come_back_tomorrow_is_not_silent_for_days() -> None:
    """One failed visit is enough where it has lasted: nobody may ask again before the day is over."""
    given = {"next_due": NOW + timedelta(hours=20), "last_ok": NOW - timedelta(hours=5)}
    for hours, expected in ((2, OK), (4, BLOCKED)):
        since = NOW - timedelta(hours=hours)
        assert state("ok", "ok", REFUSED, failing_since=since, **given) == expected
