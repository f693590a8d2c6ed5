"""The finding as a whole: laws that hold for every tally."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.assess.tallies import (
    mail,
    name,
    names_list,
    number,
    rank,
    record,
    roll,
    roster,
    supplier,
)
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Match, Severity, Sign, Tally, Unread, Why

OFFICERS = roster(40, risk=[1, 2], public=[5, 6])
WHERE = st.sampled_from(["", "page", "raw", "list.xlsx!/S (hidden)"])
PEOPLE = st.lists(st.integers(0, 39), min_size=1, max_size=3, unique=True)
MATCH = st.one_of(
    st.builds(lambda people, bits: name(*people, bits=bits), PEOPLE, st.floats(-1, 12)),
    st.builds(lambda people: number(*people), PEOPLE),
    st.builds(lambda people: mail(*people), PEOPLE),
    st.builds(lambda people, bits: rank(*people, bits=bits), PEOPLE, st.floats(-5, 3)),
    st.just(supplier()),
)


@st.composite
def windows(draw: st.DrawFn) -> list[Tally]:
    """What the windows of a few pieces say, one tally a window."""
    found = []
    for _ in range(draw(st.integers(1, 8))):
        where = draw(WHERE)
        first = draw(st.integers(1, 60))
        hits = draw(st.lists(st.booleans(), max_size=12))
        family = draw(st.sampled_from([Family.NAME, Family.NUMBER, Family.MAIL]))
        table = where.startswith("list")
        found.append(
            Tally(
                records=tuple(
                    record(
                        first + at,
                        *draw(st.lists(MATCH, max_size=3)),
                        where=where,
                        signs=draw(st.frozensets(st.sampled_from(list(Sign)), max_size=2)),
                    )
                    for at in range(draw(st.integers(0, 3)))
                ),
                rolls=(
                    roll(
                        hits,
                        where=where,
                        family=family,
                        first=first,
                        chance=draw(st.sampled_from([0.0005, 0.05, 0.4])),
                        columns=("surname", "rank") if table else (),
                        cells=table,
                        hidden=table,
                        echo=where == "raw",
                    ),
                ),
                tried=draw(st.integers(0, 5)),
                signs=((where, draw(st.frozensets(st.sampled_from(list(Sign)), max_size=1))),),
            )
        )
    return found


def judged(tally: Tally) -> Finding | None:
    return assess(tally, officers=OFFICERS, settings=Matching())


@settings(max_examples=80, deadline=None)
@given(tallies=windows(), random=st.randoms(use_true_random=False), cut=st.integers(0, 8))
def test_the_order_of_windows_says_nothing(tallies: list[Tally], random: object, cut: int) -> None:
    """However a document's windows are split and added up, the finding is the same."""
    whole = judged(Tally.total(tallies))
    shuffled = list(tallies)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert judged(Tally.total(shuffled)) == whole
    assert judged(Tally.total(shuffled[:cut]) + Tally.total(shuffled[cut:])) == whole


@settings(max_examples=80, deadline=None)
@given(tallies=windows())
def test_no_words_hold_a_ref(tallies: list[Tally]) -> None:
    """Title, reasons, fields and rule are words and counts; refs stand in their own fields."""
    found = judged(Tally.total(tallies))
    if found:
        said = " ".join([found.title, found.rule, *found.reasons, *found.fields])
        assert "ref-" not in said
        assert found.count == len(found.officers) + len(found.possible)
        assert found.reasons
        assert all(group and list(group) == sorted(group) for group in found.possible)


def more(tally: Tally, *others: Tally) -> Tally:
    return Tally.total((tally, *others))


def severities(tallies: Sequence[Tally]) -> list[Severity | None]:
    return [found.severity if (found := judged(each)) else None for each in tallies]


def test_a_document_is_one_finding_named_after_the_strongest() -> None:
    """The others add their people, places and reasons."""
    secret = Tally(records=(record(200, mail(30), signs={Sign.SECRET}),))
    found = judged(more(names_list(20, where="a"), secret))
    assert found
    assert (found.severity, found.rule) == (Severity.HIGH, "secret")
    assert "ref-00030" in found.officers
    assert "ref-00004" in found.officers
    assert found.places == ("line 200", "a, lines 1-20") or found.places == (
        "line 200",
        "a, lines 1-20",
    )
    assert any("names are ours" in reason for reason in found.reasons)


def test_weak_signals_add_nothing_to_strong_ones() -> None:
    """A rank and name by the way are no part of what a list shows."""
    mention = Tally(records=(record(900, name(39), rank(39), signs={Sign.POLICE}),))
    found = judged(more(names_list(20), mention))
    assert found
    assert found.rule == "list"
    assert "line 900" not in found.places
    assert "ref-00039" not in found.officers


def test_a_press_page_is_nothing() -> None:
    """Chief officers flagged public, with rank, office telephone and published address."""
    officers = roster(40, public=range(8))
    rows = tuple(
        record(at, name(at), rank(at), mail(at), signs={Sign.POLICE, Sign.PHONE}) for at in range(8)
    )
    page = Tally(
        records=rows,
        rolls=(
            roll([1] * 8, first=0, chance=0.01),
            roll([1] * 8, first=0, family=Family.MAIL, chance=0.001),
        ),
    )
    assert assess(page, officers=officers, settings=Matching()) is None
    private = assess(page, officers=roster(40), settings=Matching())
    assert private
    assert private.severity >= Severity.MEDIUM


def test_public_officers_left_out_are_counted() -> None:
    found = assess(names_list(20), officers=roster(40, public=[3]), settings=Matching())
    assert found
    assert found.count == 19
    assert "1 mention of public officers left out" in found.reasons


def test_unread_parts_are_told_with_any_finding() -> None:
    found = assess(
        names_list(20),
        officers=roster(),
        settings=Matching(),
        unread=[Unread(where=w, why=Why.BROKEN) for w in ("a", "b")],
    )
    assert found
    assert "2 parts could not be read: broken" in found.reasons


def test_an_echo_adds_no_people_and_no_lists() -> None:
    """The raw text behind a page says again what the page says."""
    page, raw = names_list(20, where="page"), names_list(20, where="raw", echo=True)
    alone, both = judged(page), judged(more(page, raw))
    assert alone
    assert both
    assert (both.count, both.rows, both.places) == (alone.count, alone.rows, alone.places)


def test_many_lists_are_told_briefly() -> None:
    tallies = [names_list(12, where=f"sheet {at}", chance=0.02 + at / 1000) for at in range(9)]
    found = assess(Tally.total(tallies), officers=roster(), settings=Matching())
    assert found
    assert len(found.places) == 9
    assert "6 more lists of ours" in found.reasons
    assert len(found.reasons) == 2  # the lists say the same


def test_small_lists_are_one_list() -> None:
    """Ten tables of four are told as one list of forty, with every place."""
    tables = [
        Tally(
            records=tuple(
                record(at, name(20 * post + at), where=f"table {post}") for at in range(4)
            ),
            rolls=(
                roll([1] * 4, first=0, where=f"table {post}", keys=range(10 * post, 10 * post + 4)),
            ),
        )
        for post in range(10)
    ]
    found = assess(Tally.total(tables), officers=roster(), settings=Matching())
    assert found
    assert (found.severity, found.title, found.rows) == (
        Severity.MEDIUM,
        "List of 40 officers",
        40,
    )
    assert len(found.places) == 10
    assert len(found.reasons) == 1


def test_nobody_found_is_no_finding() -> None:
    nobody: tuple[Match, ...] = ()
    assert (
        severities([Tally(), Tally(records=(record(1, *nobody),)), names_list(0, misses=90)])
        == [None] * 3
    )
