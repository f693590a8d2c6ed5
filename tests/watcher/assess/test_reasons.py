"""What a reader is told, and what not again."""

from __future__ import annotations

from tests.watcher.assess.tallies import mail, name, names_list, rank, record, roll, roster
from watcher.assess import assess
from watcher.assess.reasons import ENOUGH
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Officer, Sign, Tally, Unread, Why


def judged(tally: Tally, officers: list[Officer] | None = None, unread: int = 0) -> Finding:
    found = assess(
        tally,
        officers=officers or roster(),
        settings=Matching(),
        unread=[Unread(where=f"{at}", why=Why.BROKEN) for at in range(unread)],
    )
    assert found
    return found


def test_a_list_with_numbers_is_told_in_two_lines() -> None:
    """Numbers that belong to the people named need no count of their own, nor a chance of accident."""
    for hits in (20, 60):
        assert judged(names_list(hits, numbers=True, signs={Sign.POLICE})).reasons == (
            f"{hits} of {hits} names are ours, about {'3' if hits == 60 else '1'} by chance",
            f"{hits} of {hits} pay numbers belong to the person named beside them",
        )


def test_the_leak_of_2023_is_told_in_seven_lines() -> None:
    """High risk first, then the list, what agrees, its shape, hidden, what else, unread."""
    sheet = names_list(
        60,
        numbers=True,
        where="S",
        first=2,
        columns=("surname", "initials", "rank", "number", "pay_number", "vetting"),
        cells=True,
        hidden=True,
        piece={Sign.STAFF_LIST, Sign.POLICE_TABLE, Sign.VETTING},
    ) + Tally(records=tuple(record(2 + at, rank(at), where="S") for at in range(60)))
    found = judged(sheet, roster(risk=[1, 2, 3, 500]), unread=2)
    assert found.reasons == (
        "3 officers of a high-risk group",
        "60 of 60 names are ours, about 3 by chance",
        "60 of 60 pay numbers belong to the person named beside them",
        "the rank is right in 60 rows; headings of a staff list",
        "the sheet is hidden",
        "a column of vetting levels",
        "2 parts could not be read: broken",
    )
    assert found.fields == ("surname", "rank", "pay_number", "vetting", "initials")


def test_high_risk_is_told_first_of_any_finding() -> None:
    """Also of one that it does not make critical. Namesakes count if all of them are."""
    found = judged(names_list(20), roster(risk=[4, *range(100, 400)]))
    assert found.reasons[0] == "1 officer of a high-risk group"
    groups = Tally(
        records=(record(30, name(101, 102)), record(31, name(5, 103))),
        rolls=(roll([1, 1], first=30),),
    )
    found = judged(names_list(20) + groups, roster(risk=range(100, 400)))
    assert found.reasons[0] == "1 officer of a high-risk group"


def test_people_beyond_the_list_are_told() -> None:
    """Numbers beside names in another place than the list of names."""
    apart = names_list(20) + Tally(
        records=tuple(
            each
            for each in names_list(30, numbers=True, first=200, signs={Sign.POLICE}).records
            if each.number >= 225
        ),
        tried=5,
    )
    found = judged(apart)
    assert "a name and a number belong to the same officer in 5 records" in found.reasons
    assert (found.count, found.rows) == (25, 25)


def test_numbers_of_others_are_told_beside_the_names() -> None:
    """Where they belong to nobody named, the list of numbers is news."""
    numbers = Tally(
        records=tuple(record(1 + at, mail(500 + at)) for at in range(30)),
        rolls=(roll([1] * 30, family=Family.MAIL, chance=0.001),),
    )
    said = judged(names_list(20) + numbers).reasons
    assert [each.split(" are ours")[0] for each in said] == [
        "30 of 30 mail addresses",
        "20 of 20 names",
    ]


def test_names_that_stand_again_are_told_with_their_rows() -> None:
    """Two of one name are two rows, and two people if they can be told apart."""
    keys = [*range(397), 0, 1, 2]
    tally = Tally(
        records=tuple(record(1 + at, name(at)) for at in range(400)),
        rolls=(roll([1] * 400, keys=keys, chance=0.2, columns=("name", "unit")),),
    )
    found = judged(tally)
    assert (found.count, found.rows) == (400, 400)
    assert found.reasons == ("397 of 397 different names in 400 rows are ours, about 79 by chance",)


def test_many_reasons_are_told_briefly() -> None:
    tallies = [
        names_list(
            12 + at,
            numbers=at == 0,
            where=f"sheet {at}",
            chance=0.02,
            columns=("name", "phone", "vetting"),
            hidden=True,
            cells=True,
            piece={Sign.STAFF_LIST, Sign.POLICE_TABLE},
        )
        for at in range(6)
    ]
    found = judged(Tally.total(tallies), roster(risk=[1]), unread=1)
    assert len(found.reasons) == ENOUGH
    assert found.reasons[1] == (
        "17 of 17 names are ours, none expected by chance; 5 more lists of ours"
    )
    assert "a column of vetting levels; beside them phone numbers" in found.reasons
    assert found.reasons[-1] == "1 part could not be read: broken"


def test_people_of_one_line_are_counted_one_by_one() -> None:
    """“Name <address>, Name <address>, …”"""
    line = Tally(
        records=tuple(record(1, name(at), mail(at)) for at in range(30)),
        rolls=(
            roll([1] * 30, first=0, numbers=[1] * 30),
            roll([1] * 30, first=0, numbers=[1] * 30, family=Family.MAIL, chance=0.001),
        ),
    )
    found = judged(line)
    assert "30 of 30 mail addresses belong to the person named beside them" in found.reasons
    assert (found.count, found.rows) == (30, 30)
