"""The list rows of the severity table, each from a tally made by hand."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import mail, name, names_list, number, rank, record, roll, roster
from watcher.assess import assess
from watcher.assess.severity import improbable
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Officer, Severity, Sign, Tally


def judged(tally: Tally, officers: list[Officer] | None = None) -> Finding:
    found = assess(tally, officers=officers or roster(), settings=Matching())
    assert found
    return found


def bare(family: Family, hits: int, *, chance: float = 0.001, misses: int = 0) -> Tally:
    """A list of numbers or addresses without names."""
    match = number if family == Family.NUMBER else mail
    return Tally(
        records=tuple(record(1 + at, match(at)) for at in range(hits)),
        rolls=(roll([1] * hits + [0] * misses, family=family, chance=chance),),
    )


def test_a_list_with_numbers_beside_names_is_critical() -> None:
    found = judged(names_list(61, misses=3, numbers=True, chance=0.27))
    assert (found.severity, found.rule, found.title) == (
        Severity.CRITICAL,
        "list",
        "List of 61 officers",
    )
    assert (found.count, found.rows, found.places) == (61, 64, ("lines 1-64",))
    assert found.expected == pytest.approx(64 * 0.27)
    assert found.bits > 80
    assert "61 of 64 names are ours, about 17 by chance" in found.reasons
    assert "61 of 64 pay numbers belong to the person named beside them" in found.reasons
    assert found.fields == ("pay_number", "name")


def test_numbers_of_others_are_no_second_family() -> None:
    """Numbers that belong to anybody but the person named beside them say nothing of the list."""
    tally = names_list(20)
    shuffled = Tally(
        records=tuple(record(1 + at, number(500 - at)) for at in range(20)),
        rolls=(roll([1] * 20, family=Family.NUMBER, chance=0.6),),
    )
    found = judged(tally + shuffled)
    assert found.severity is Severity.MEDIUM
    assert not any("belong" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    "column",
    [
        "address",
        "postcode",
        "birth_date",
        "phone",
        "vehicle",
        "national_insurance",
        "next_of_kin",
        "photo",
        "vetting",
    ],
)
def test_a_list_with_a_sensitive_column_is_critical(column: str) -> None:
    found = judged(names_list(20, columns=("name", column)))
    assert found.severity is Severity.CRITICAL
    assert column in found.fields


def test_a_list_with_home_data_in_its_lines_is_critical() -> None:
    """Five lines with an address are as good as a column; four are not."""
    assert judged(names_list(20, signs={Sign.ADDRESS})).severity is Severity.CRITICAL
    lines = names_list(20) + Tally(
        records=tuple(record(at, signs={Sign.ADDRESS}) for at in range(1, 5))
    )
    assert judged(lines).severity is Severity.MEDIUM


def test_a_vetting_column_found_by_its_cells_is_critical() -> None:
    found = judged(names_list(20, piece={Sign.VETTING}))
    assert found.severity is Severity.CRITICAL
    assert "a column of vetting levels" in found.reasons


def test_a_list_of_names_only_is_medium() -> None:
    """Of any length: 24 bits or 2,400."""
    for hits in (8, 20, 600):
        found = judged(names_list(hits))
        assert (found.severity, found.rule) == (Severity.MEDIUM, "list")
        assert found.count == hits


def test_a_weak_list_is_info_and_names_nobody() -> None:
    found = judged(names_list(5))
    assert 10 <= found.bits < 24
    assert (found.severity, found.officers, found.count) == (Severity.INFO, (), 0)


def test_an_innocent_list_is_nothing() -> None:
    """Results of a running club: half of the names are somebody's."""
    tally = Tally(
        records=tuple(record(1 + at, name(at)) for at in range(0, 1000, 2)),
        rolls=(roll([at % 2 == 0 for at in range(1000)], chance=0.5),),
    )
    assert assess(tally, officers=roster(), settings=Matching()) is None


def test_data_in_another_table_is_not_beside_the_list() -> None:
    """A table of telephone numbers with one namesake in it does not make the names critical."""
    phones = Tally(
        records=(record(7, name(30), where="phones"),),
        rolls=(
            roll([0] * 6 + [1], where="phones", keys=range(900, 907), columns=("name", "phone")),
        ),
    )
    assert judged(names_list(20, where="names") + phones).severity is Severity.MEDIUM


def test_hidden_counts_one_step_higher() -> None:
    open_, hidden = (
        names_list(20, where="S", cells=True, columns=("name",)),
        names_list(20, where="S", cells=True, columns=("name",), hidden=True),
    )
    assert judged(open_).severity is Severity.MEDIUM
    found = judged(hidden)
    assert found.severity is Severity.HIGH
    assert found.title == "List of 20 officers in a hidden worksheet"
    assert "the sheet is hidden" in found.reasons


def test_a_staff_list_in_a_hidden_sheet() -> None:
    """The leak of 2023, in small."""
    found = judged(
        names_list(
            61,
            misses=3,
            numbers=True,
            where="list.xlsx!/Sheet1 (hidden)",
            first=2,
            columns=("surname", "initials", "rank", "unit", "location", "pay_number"),
            cells=True,
            hidden=True,
            piece={Sign.STAFF_LIST, Sign.POLICE_TABLE},
        )
    )
    assert found.severity is Severity.CRITICAL
    assert found.title == "Staff list in a hidden worksheet"
    assert found.places == ("list.xlsx!/Sheet1 (hidden)!A1:F65",)
    assert "headings of a staff list" in found.reasons
    assert found.fields == (
        "surname",
        "rank",
        "pay_number",
        "unit",
        "location",
        "initials",
    )


@pytest.mark.parametrize(
    ("staff", "severity"), [(True, Severity.CRITICAL), (False, Severity.MEDIUM)]
)
def test_ranks_are_a_second_family_in_a_staff_list_only(*, staff: bool, severity: Severity) -> None:
    """A newsletter writes ranks before names; an extract has a column of them."""
    piece = {Sign.STAFF_LIST, Sign.POLICE_TABLE} if staff else {Sign.POLICE}
    ranks = Tally(records=tuple(record(1 + at, rank(at)) for at in range(20)))
    assert (
        judged(names_list(20, piece=piece, columns=("name", "rank")) + ranks).severity is severity
    )


@pytest.mark.parametrize("family", [Family.NUMBER, Family.MAIL])
def test_numbers_or_addresses_alone(family: Family) -> None:
    """Critical from 20 hits, medium below, and a handful tells nothing."""
    many = judged(bare(family, 20))
    assert (many.severity, many.rule, many.count) == (Severity.CRITICAL, "numbers", 20)
    assert judged(bare(family, 19)).severity is Severity.MEDIUM
    assert judged(bare(family, 4)).severity is Severity.INFO


def test_numbers_of_a_dense_series_say_nothing() -> None:
    """Where nearly every number of its shape is enrolled, a hit is no evidence."""
    tally = bare(Family.NUMBER, 30, chance=0.9)
    assert assess(tally, officers=roster(), settings=Matching()) is None


def test_improbably_many_of_a_high_risk_group_are_critical() -> None:
    """Ten of ten, where 1 % of the force is."""
    found = judged(names_list(10), roster(risk=range(10)))
    assert found.severity is Severity.CRITICAL
    assert judged(names_list(10), roster(risk=range(400, 410))).severity is Severity.MEDIUM


def test_the_hypergeometric_tail_is_exact() -> None:
    """Against the definition: drawing both of two marked out of 200 has odds of 1 in 19,900."""
    officers = roster(200, risk=[0, 1])
    assert improbable(officers, {0, 1})
    assert not improbable(officers, {0, 5})
    assert not improbable(roster(140, risk=[0, 1]), {0, 1})  # 1 in 9,730
    assert not improbable(roster(10, risk=range(10)), set(range(10)))
    assert not improbable(roster(10), set(range(10)))


def test_thresholds_are_the_operators() -> None:
    tally = names_list(61)
    high = Matching(list_bits=4000.0, names_bits=3000.0)
    found = assess(tally, officers=roster(), settings=high)
    assert found
    assert found.severity < Severity.MEDIUM


def test_namesakes_in_a_list_are_possible() -> None:
    """A row that resolves to several is a group; the same group counts once."""
    tally = names_list(20) + Tally(
        records=(
            record(21, name(30, 31)),
            record(22, name(31, 30)),
            record(23, name(40, 41), number(41)),
        ),
        rolls=(roll([1, 1, 1], first=21),),
    )
    found = judged(tally)
    assert found.possible == (("ref-00030", "ref-00031"),)
    assert "ref-00041" in found.officers
    assert found.count == 22


def test_a_few_of_ours_among_many() -> None:
    found = judged(names_list(200, misses=1200, chance=0.02))
    assert found.severity is Severity.MEDIUM
    assert found.title == "List of 200 officers"  # the run that they form


def test_another_customers_list() -> None:
    hits = [int(at % 5 == 0) for at in range(1000)]
    tally = Tally(
        records=tuple(record(1 + at, name(at)) for at in range(0, 1000, 5)),
        rolls=(roll(hits, chance=0.02),),
    )
    assert judged(tally).title == "List of 1,000 names, 200 of them ours"


def test_a_list_that_only_rolls_tell_names_its_people() -> None:
    """Hits without a record count like any other; what tells them apart is in the roll."""
    people = [(at,) for at in range(19)] + [(50, 51)]
    found = judged(Tally(rolls=(roll([1] * 20 + [0], officers=[*people, ()]),)))
    assert (found.severity, found.count, found.fields) == (Severity.MEDIUM, 20, ("name",))
    assert found.possible == (("ref-00050", "ref-00051"),)
    assert found.reasons == ("20 of 21 names are ours, about 1 by chance",)


def test_a_kind_of_number_is_told_by_its_heading_where_no_record_does() -> None:
    only = roll([1] * 30, family=Family.NUMBER, chance=0.001, columns=("", "pay_number"))
    found = judged(Tally(rolls=(only,)))
    assert (found.severity, found.title) == (Severity.CRITICAL, "List of 30 pay numbers")


def test_counts_of_dropped_records_are_lower_bounds() -> None:
    tally = names_list(20, numbers=True)
    less = Tally(records=tally.records[:12], rolls=tally.rolls, tried=tally.tried, dropped=8)
    found = judged(less)
    assert (found.severity, found.count) == (Severity.CRITICAL, 20)
    assert "20 of 20 names are ours, about 1 by chance" in found.reasons
    assert "at least 12 of 20 pay numbers belong to the person named beside them" in found.reasons


def test_namesakes_in_a_mixed_list_are_possible() -> None:
    """A list of another employer with some of ours: a common name may be anybody's, a number is not."""
    hits = [at % 3 == 0 for at in range(420)]
    rare = [at % 15 == 0 for at in range(420)]
    tally = Tally(
        records=(record(1 + 3, name(3), number(3)),),
        rolls=(roll(hits, chance=[1e-5 if each else 0.3 for each in rare]),),
    )
    found = assess(tally, officers=roster(), settings=Matching())
    assert found
    assert found.rule == "list"
    assert set(found.officers) == {f"ref-{at:05}" for at in (3, *range(0, 420, 15))}
    assert found.count == 140
    assert {each for group in found.possible for each in group}.isdisjoint(found.officers)
