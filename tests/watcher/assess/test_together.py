"""Fifty posts of five names are one list; fifty innocent posts are none."""

from __future__ import annotations

from array import array

import numpy as np
import pytest

from tests.watcher.assess.tallies import roster
from watcher.assess import together
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Severity, Trace


def post(
    *officers: int, misses: int = 0, chance: float = 0.1, family: Family = Family.NAME
) -> tuple[Trace, ...]:
    """A document with these people in it."""
    return (
        Trace(
            family=family,
            keys=array("Q", [1 + at for at in officers]),
            chance=array("d", [chance] * len(officers)),
            starts=array("I", range(len(officers) + 1)),
            officers=array("I", officers),
            misses=misses,
            expected=chance * (len(officers) + misses),
        ),
    )


def five(number: int, **more: object) -> tuple[Trace, ...]:
    return post(*range(5 * number, 5 * number + 5), **more)  # type: ignore[arg-type]  # handed on


def judged(
    own: tuple[Trace, ...], others: list[tuple[Trace, ...]], *, quiet: int = 0, **more: object
) -> Finding | None:
    officers = roster(**more)  # type: ignore[arg-type]  # handed on
    return together(own, others, quiet=quiet, officers=officers, settings=Matching())


def test_fifty_posts_of_five_names_are_one_list() -> None:
    found = judged(five(49), [five(at) for at in range(49)])
    assert found
    assert (found.rule, found.severity, found.count, found.rows) == (
        "accumulated",
        Severity.MEDIUM,
        250,
        250,
    )
    assert found.title == "List of 250 names in 50 documents"
    assert found.reasons == (
        "250 of 250 names are ours, about 25 by chance",
        "with 49 other documents of this source in 7 days",
    )
    assert found.bits > 500
    assert found.places == ()


def test_few_are_not_enough() -> None:
    assert judged(five(0), []) is None
    assert judged(five(1), [five(0, chance=0.3)]) is None


def test_documents_between_them_cost_little() -> None:
    """However many rows they have: an innocent dump is one document."""
    alone = judged(five(9), [five(at) for at in range(9)])
    among = judged(five(9), [five(at) for at in range(9)], quiet=200)
    dump = judged(five(9), [*(five(at) for at in range(9)), post(901, 902, misses=100_000)])
    assert alone
    assert among
    assert dump
    assert alone.bits > among.bits > 24
    assert dump.bits > alone.bits - 10
    assert (dump.count, dump.rows) == (50, 50)  # and none of its rows is told
    assert judged(five(3), [five(at) for at in range(3)], quiet=1_000_000) is None


def test_an_innocent_document_does_not_tell_what_others_are() -> None:
    """The list is there, but this document is no piece of it."""
    assert judged(post(901, misses=40), [five(at) for at in range(49)]) is None


def test_the_same_names_again_are_no_more() -> None:
    """A club that lists its members every week."""
    assert judged(five(0), [five(0)] * 40) is None


def test_numbers_are_critical_from_forty_bits_and_twenty_hits() -> None:
    posts = [five(at, family=Family.NUMBER, chance=0.001) for at in range(6)]
    found = judged(posts[-1], posts[:-1])
    assert found
    assert (found.severity, found.title) == (
        Severity.CRITICAL,
        "List of 30 numbers in 6 documents",
    )
    assert judged(post(1, family=Family.MAIL), [post(2, family=Family.MAIL)]) is None


def test_namesakes_are_possible_and_risk_is_told() -> None:
    both = Trace(
        family=Family.NAME,
        keys=array("Q", range(900, 910)),
        chance=array("d", [0.1] * 10),
        starts=array("I", [0, 2, *range(3, 12)]),
        officers=array("I", [500, 501, *range(510, 519)]),
        misses=0,
        expected=1.0,
    )
    found = judged((both,), [five(at) for at in range(9)], risk=[1, 2, 3, 510])
    assert found
    assert found.possible == (("ref-00500", "ref-00501"),)
    assert found.count == 45 + 10
    assert found.reasons[0].startswith("4 officers of a high-risk group")
    assert found.severity is Severity.CRITICAL  # of a thousand only these four are


@pytest.mark.parametrize("rows", [1, 5, 40])
@pytest.mark.parametrize("chance", [0.02, 0.3])
def test_innocent_series_never_become_a_list(rows: int, chance: float) -> None:
    """30 series of 80 documents each, looked at after every tenth; strangers match as they do."""
    random = np.random.default_rng(rows)
    told = 0
    for _ in range(30):
        before: list[tuple[Trace, ...]] = []
        quiet = 0
        for at in range(80):
            hits = int((random.random(rows) < chance).sum())
            if not hits:
                quiet += 1
                continue
            each = post(
                *random.permutation(1000)[:hits].tolist(), misses=rows - hits, chance=chance
            )
            if at % 10 == 9:
                told += judged(each, before, quiet=quiet) is not None
            before.append(each)
    assert told == 0
