"""Pages on which our people are named on purpose."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import mail, name, names_list, number, rank, record, roll, roster
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Severity, Sign, Tally, Unread, Why


def judged(
    tally: Tally, *pages: str, leak_listing: bool = False, unread: tuple[Unread, ...] = ()
) -> Finding:
    found = assess(
        tally,
        officers=roster(),
        settings=Matching(),
        published=pages,
        leak_listing=leak_listing,
        unread=unread,
    )
    assert found
    return found


def officers_named(where: str = "page", field: str = "collar_number", **more: Sign) -> Tally:
    """“PC 1234 Name” three times, in prose."""
    return Tally(
        records=tuple(
            record(
                at, name(at), rank(at), number(at, field=field), where=where,
                signs={Sign.POLICE, *more.values()},
            )
            for at in (1, 2, 3)
        ),
        rolls=(roll([1] * 3, where=where, officers=[(1,), (2,), (3,)]),),
        signs=((where, frozenset({Sign.POLICE})),),
    )  # fmt: skip


def test_a_team_page_is_asked_about() -> None:
    """Names, ranks and collar numbers of genuine officers: at most medium, and why it is."""
    assert judged(officers_named()).severity is Severity.CRITICAL
    found = judged(officers_named(), "page")
    assert (found.severity, found.rule, found.count) == (Severity.MEDIUM, "publication", 3)
    assert found.title == "Own publication, intended? 3 officers named with number"
    assert any("listed publishers'" in reason for reason in found.reasons)
    assert found.fields == ("rank", "collar_number", "name") or set(found.fields) == {
        "collar_number", "name",
    }  # fmt: skip


@pytest.mark.parametrize(
    "tally",
    [
        officers_named(field="pay_number"),
        officers_named(sign=Sign.ADDRESS),
        officers_named(sign=Sign.BIRTH),
        officers_named(sign=Sign.PHONE),
        names_list(20, where="page", columns=("name", "vetting")),
        names_list(20, where="page", columns=("name", "postcode")),
        names_list(20, where="page", columns=("name", "hr"), numbers=True),
        names_list(20, where="page", numbers=True),
        Tally(records=tuple(record(at, mail(at), where="page", signs={Sign.SECRET}) for at in (1, 2))),
        Tally(records=(record(1, name(1), rank(1), where="page", signs={Sign.THREAT}),)),
        Tally(records=(record(1, name(1), rank(1), where="page", signs={Sign.ADDRESS}),)),
    ],
    ids=[
        "pay", "address", "birth", "phone", "vetting", "postcode", "hr", "numbers", "secret",
        "threat", "home",
    ],
)  # fmt: skip
def test_anything_more_counts_in_full(tally: Tally) -> None:
    """Whoever publishes it."""
    own, elsewhere = judged(tally, "page"), judged(tally)
    assert own == elsewhere
    assert own.severity >= Severity.HIGH


def test_attachments_and_hidden_parts_count_in_full() -> None:
    """The page is not the file that hangs on it."""
    for where in ("page!/list.xlsx", "hidden text"):
        both = names_list(8, where="page") + names_list(
            30, where=where, numbers=True, hidden=where == "hidden text"
        )
        found = judged(both, "page")
        assert (found.severity, found.rule) == (Severity.CRITICAL, "list")


def test_a_second_reading_of_the_page_is_the_page() -> None:
    """Unless it holds more: a birth date in an attribute."""
    raw = officers_named(where="raw")
    echo = Tally(
        records=raw.records,
        rolls=(roll([1] * 3, where="raw", officers=[(1,), (2,), (3,)], echo=True),),
        signs=raw.signs,
    )
    assert judged(officers_named() + echo, "page").rule == "publication"
    more = Tally(
        records=tuple(
            record(each.number, *each.matches, where="raw", signs={*each.signs, Sign.BIRTH})
            for each in raw.records
        ),
        rolls=echo.rolls,
    )
    assert judged(officers_named() + more, "page").severity is Severity.CRITICAL
    alone = judged(echo, "page")
    assert alone.severity is Severity.CRITICAL


def test_a_listing_of_leaks_is_no_publication() -> None:
    assert judged(officers_named(), "page", leak_listing=True).severity is Severity.CRITICAL


def test_a_list_over_page_and_attachment_is_not_the_page() -> None:
    """Small lists that only together are one."""
    tally = Tally(
        rolls=(
            roll([1] * 5, where="page"),
            roll([1] * 5, where="a.zip!/b", keys=range(50, 55), family=Family.NAME),
        )
    )
    assert judged(tally, "page").rule == "list"


def test_what_else_is_medium_keeps_its_rule() -> None:
    unread = (Unread(where="staff list.pdf", why=Why.ENCRYPTED),)
    found = judged(Tally(signs=(("page", frozenset({Sign.FORCE})),)), "page", unread=unread)
    assert (found.severity, found.rule) == (Severity.MEDIUM, "unread")
