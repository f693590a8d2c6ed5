"""One trouble of many sources is told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.health.weeks import START, busy, made
from watcher.errors import BROKEN, LOCAL
from watcher.health import (
    BLIND,
    CUT_OFF,
    QUIET,
    SOURCE,
    SOURCES,
    Facts,
    Judged,
    Told,
    learn,
    told,
)
from watcher.health.together import HOLD
from watcher.model import OK, Severity

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def judged(state: str, at: datetime = NOW) -> Judged:
    return Judged(state=state, severity=Severity.MEDIUM, since=at, reasons=("why",))


def facts(end: str, at: datetime = NOW, **more: object) -> Facts:
    base: dict[str, object] = {
        "every": 5 * MINUTE,
        "tried_at": at,
        "asked_at": at,
        "next_due": at + 5 * MINUTE,
        "error": "" if end == "ok" else "no answer",
        "ends": (end,) * 4,
        "failing_since": None if end == "ok" else NOW - 30 * MINUTE,
    }
    return Facts(**(base | more))  # type: ignore[arg-type]  # a test's own mixture


def look(
    states: Mapping[str, str],
    *,
    before: Mapping[str, str] | None = None,
    all_before: str = OK,
    held: Mapping[str, datetime] | None = None,
    now: datetime = NOW,
    ends: Mapping[str, str] | None = None,
    covered: Collection[str] = (),
) -> Told:
    return told(
        {name: judged(state) for name, state in states.items()},
        {
            name: facts((ends or {}).get(name, "unreachable" if state == BLIND else "ok"), now)
            for name, state in states.items()
        },
        before=before or {},
        all_before=all_before,
        held=held or {},
        now=now,
        covered=covered,
    )


def said(told: Told) -> list[tuple[str, str, str]]:
    return [(notice.kind, notice.subject, notice.state) for notice, _ in told.notices]


@given(st.integers(3, 60))
def test_all_at_once_is_one(many: int) -> None:
    """However many: one notice, and none of a single source."""
    names = [f"s{n}" for n in range(many)]
    found = look(dict.fromkeys(names, BLIND), held=dict.fromkeys(names, NOW - timedelta(hours=9)))
    assert said(found) == [(SOURCES, "", BLIND)]
    assert f"{many} of {many}" in found.notices[0][0].title


def test_the_network_is_named_only_where_most_are_not_heard() -> None:
    """Whoever is answered, with refusals or pages that changed, is not sent to look for a cable."""
    states = dict.fromkeys("abcd", BLIND)
    answered = look(
        states, ends=dict(zip("abcd", ("refused", "gone", "listing", BROKEN), strict=True))
    )
    assert answered.notices[0][0].title == "4 of 4 sources are blind at once: most of them answer"
    unheard = look(
        states, ends=dict(zip("abcd", ("unreachable", "silent", "gone", BROKEN), strict=True))
    )
    assert unheard.notices[0][0].title.endswith("the network, or this host")


@given(st.integers(0, 40), st.integers(0, 40))
def test_few_are_told_singly_and_many_together(blind: int, well: int) -> None:
    """Each trouble is told exactly once, by itself or with the others."""
    states = {f"b{n}": BLIND for n in range(blind)} | {f"w{n}": OK for n in range(well)}
    found = said(look(states, held=dict.fromkeys(states, NOW - timedelta(hours=9))))
    together = (SOURCES, "", BLIND) in found
    assert together == (blind >= 3 and blind >= 0.6 * (blind + well))
    assert len(found) == (1 if together else blind)


def test_the_first_to_go_blind_is_held_back_for_some_minutes() -> None:
    """Then it is told; a source that is one of two is told at once."""
    states = {"a": BLIND, "b": OK, "c": OK, "d": OK}
    first = look(states)
    assert said(first) == []
    assert first.held == {"a": NOW}
    later = look(states, held=first.held, now=NOW + HOLD[BLIND])
    assert said(later) == [(SOURCE, "a", BLIND)]
    assert said(look({"a": BLIND, "b": OK})) == [(SOURCE, "a", BLIND)]


def test_it_is_held_while_others_fail_as_well() -> None:
    """Slower sources have not failed often enough yet; an hour at most it is waited for them."""
    states = {"a": BLIND, "b": OK, "c": OK, "d": OK}
    ends = dict.fromkeys(states, "unreachable")
    held = {"a": NOW}
    assert said(look(states, held=held, ends=ends, now=NOW + 30 * MINUTE)) == []
    assert said(look(states, held=held, ends=ends, now=NOW + 60 * MINUTE)) == [(SOURCE, "a", BLIND)]


def test_who_stays_blind_when_the_rest_recover_is_told_then() -> None:
    """The trouble of all has ended, and this one's has not."""
    names = [f"s{n}" for n in range(10)]
    states = dict.fromkeys(names, OK) | {"s0": BLIND}
    found = look(states, all_before=BLIND, held={"s0": NOW - timedelta(hours=2)})
    assert set(said(found)) == {(SOURCES, "", OK), (SOURCE, "s0", BLIND)}


def test_a_trouble_of_many_ends_when_few_are_left() -> None:
    """Not with the first that recovers."""
    names = [f"s{n}" for n in range(10)]
    half = dict.fromkeys(names[:5], OK) | dict.fromkeys(names[5:], BLIND)
    assert said(look(half, all_before=BLIND)) == [(SOURCES, "", BLIND)]


def test_a_way_out_that_is_down_is_told_as_that() -> None:
    """Whatever the sources are judged to be; one of them alone is enough where there is but one."""
    found = look({"a": OK}, ends={"a": LOCAL})
    assert said(found) == [(SOURCES, "", CUT_OFF)]
    assert found.notices[0][0].severity is Severity.HIGH
    assert said(look({"a": OK, "b": OK}, ends={"a": LOCAL, "b": "ok"})) == []


def test_a_folder_does_not_hide_that_nobody_can_be_reached() -> None:
    """What is not asked over the network proves nothing of the way out."""
    found = told(
        {"a": judged(OK), "inbox": judged(OK)},
        {"a": facts(LOCAL), "inbox": facts("ok", far=False)},
        before={},
        all_before=OK,
        held={},
        now=NOW,
    )
    assert said(found) == [(SOURCES, "", CUT_OFF)]


def test_what_became_worse_is_told_too() -> None:
    """The store decides whether it is news; it is offered each time."""
    assert said(look({"a": "degraded", "b": OK}, before={"a": "degraded"})) == [
        (SOURCE, "a", "degraded")
    ]


def test_an_end_is_told_at_once() -> None:
    """Good news is not held back."""
    assert said(look({"a": OK, "b": OK, "c": OK}, before={"a": BLIND})) == [(SOURCE, "a", OK)]


def test_a_holiday_is_one_quiet_notice_and_pages_nobody() -> None:
    """All sources quiet together: one, of low severity."""
    usual = learn(list(made(busy, 1, days=30)), now=START + timedelta(days=30))
    names = [f"s{n}" for n in range(8)]
    found = told(
        {name: judged(QUIET) for name in names},
        {name: facts("ok", usual=usual) for name in names},
        before={},
        all_before=OK,
        held={},
        now=NOW,
    )
    assert said(found) == [(SOURCES, "", QUIET)]
    assert found.notices[0][0].severity is Severity.LOW


TEN = [f"s{n}" for n in range(10)]
FIVE = dict.fromkeys(TEN, OK) | dict.fromkeys(TEN[:5], BLIND)


def test_who_follows_a_trouble_of_all_is_told_by_itself() -> None:
    """That lasts for weeks perhaps, and would hide it; those it stood for are not told again."""
    states = FIVE | {"s9": BLIND}
    first = look(states, all_before=BLIND, covered=TEN[:5])
    assert said(first) == [(SOURCES, "", BLIND)]
    assert first.covers == set(TEN[:5])
    then = look(
        states,
        all_before=BLIND,
        covered=first.covers,
        held=first.held,
        now=NOW + HOLD[BLIND],
        ends=dict.fromkeys(TEN, "ok") | {"s9": "listing"},
    )
    assert said(then) == [(SOURCES, "", BLIND), (SOURCE, "s9", BLIND)]
    assert then.covers == set(TEN[:5])


@given(st.integers(1, 20), st.integers(0, 20))
def test_nobody_who_follows_is_told_of_nowhere(before: int, more: int) -> None:
    """After an hour each is told, by itself or with all; twice is none."""
    old, new = [f"o{n}" for n in range(before)], [f"n{n}" for n in range(more)]
    states = dict.fromkeys([*old, *new], BLIND)
    found = look(
        states, all_before=BLIND, covered=old, held=dict.fromkeys(states, NOW - timedelta(hours=1))
    )
    singly = {subject for kind, subject, _ in said(found) if kind == SOURCE}
    assert singly | (found.covers - set(old)) == set(new)
    assert not singly & found.covers
    assert found.covers >= set(old)


def test_a_trouble_of_all_that_grows_is_told_again_and_names_who_is_new() -> None:
    """A few cards for slow sources that follow one after another, not one for each."""
    states = FIVE | dict.fromkeys(TEN[7:], BLIND)
    held = dict.fromkeys(TEN, NOW - HOLD[BLIND])
    found = look(states, all_before=BLIND, covered=TEN[:5], held=held)
    assert said(found) == [(SOURCES, "", BLIND)]
    assert found.covers == set(TEN[:5] + TEN[7:])
    assert "new among them: s7, s8, s9" in found.notices[0][0].reasons


def test_who_recovered_meanwhile_is_told_of_when_it_is_blind_again() -> None:
    """What was told of all does not stand for it any more."""
    found = look(FIVE | {"s0": OK}, all_before=BLIND, covered=TEN[:5])
    assert found.covers == set(TEN[1:5])


def test_who_is_quiet_beside_the_many_on_a_holiday_has_a_day() -> None:
    """Nobody needs to hear of each office that closes later; what does not end with it is told."""
    usual = learn(list(made(busy, 1, days=30)), now=START + timedelta(days=30))
    states = dict.fromkeys(TEN[:7], QUIET) | {"s9": QUIET}

    def after(hours: int) -> list[tuple[str, str, str]]:
        found = told(
            {name: judged(QUIET) for name in states},
            {name: facts("ok", usual=usual) for name in states},
            before={},
            all_before=QUIET,
            covered=TEN[:7],
            held={"s9": NOW - timedelta(hours=hours)},
            now=NOW,
        )
        return said(found)

    assert after(20) == [(SOURCES, "", QUIET)]
    assert after(24) == [(SOURCES, "", QUIET), (SOURCE, "s9", QUIET)]


def test_a_folder_that_cannot_be_read_is_told_while_nobody_can_be_reached() -> None:
    """No way out makes it blind."""
    found = told(
        {"a": judged(OK), "inbox": judged(BLIND)},
        {"a": facts(LOCAL), "inbox": facts("listing", far=False)},
        before={},
        all_before=OK,
        held={},
        now=NOW,
    )
    assert said(found) == [(SOURCES, "", CUT_OFF), (SOURCE, "inbox", BLIND)]


def test_a_place_that_nobody_asked_does_not_hide_that_nobody_can_be_reached() -> None:
    """One that is gone for good, or that is left alone, is visited in time, and proves nothing."""
    for before in (OK, CUT_OFF):
        found = told(
            {"a": judged(OK), "gone": judged(OK)},
            {"a": facts(LOCAL), "gone": facts("gone", asked_at=NOW - timedelta(days=9))},
            before={},
            all_before=before,
            held={},
            now=NOW,
        )
        assert said(found) == [(SOURCES, "", CUT_OFF)]


def test_where_nobody_was_asked_since_the_way_out_is_as_it_was() -> None:
    """An hourly source proves nothing half an hour later, nor does a daily one of yesterday."""
    found = told(
        {"hourly": judged(OK), "daily": judged(OK)},
        {
            "hourly": facts(LOCAL, NOW - timedelta(minutes=40)),
            "daily": facts("ok", NOW - timedelta(hours=20)),
        },
        before={},
        all_before=CUT_OFF,
        held={},
        now=NOW,
    )
    assert said(found) == [(SOURCES, "", CUT_OFF)]


def test_how_many_of_how_many_stands_in_its_reasons() -> None:
    """Those are what `sources` and `doctor` show of it."""
    found = look(dict.fromkeys(TEN[:7], BLIND) | dict.fromkeys(TEN[7:], OK))
    assert found.notices[0][0].reasons[0].startswith("7 of 10: s0, s1")
