"""The quiet pages are quiet: nobody who is enrolled stands on them."""

from __future__ import annotations

import itertools
import re
from html import unescape

import pytest

from watcher.demo.quiet import (
    ACCIDENTS,
    MEMBERS,
    Quiet,
    enrolled_names,
    namesake,
    quiet,
)
from watcher.demo.roster import people, plain

SEEDS = (7, 8, 2026)


def names_on(page: Quiet) -> list[str]:
    """All pairs of neighbouring words, either way round, in the form of `enrolled_names`."""
    words = re.findall(r"[^\W\d_][\w'’-]*", unescape(page.body.decode()))
    folded = [plain(word) for word in words]
    pairs = list(itertools.pairwise(folded))
    return [f"{one}.{two}" for one, two in pairs] + [f"{two}.{one}" for one, two in pairs]


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_pages_hold_no_enrolled_identifier(seed: int) -> None:
    """No full name in any order, no address, pay or warrant number, for any seed."""
    rows = people(seed, 2000)
    enrolled = enrolled_names(rows)
    numbers = {row[kind] for row in rows for kind in ("pay_number", "warrant_number")}
    mails = {row["email"] for row in rows}
    pages = quiet(seed, rows)
    assert len(pages) == 50
    assert len({page.body for page in pages}) == 50
    for page in pages:
        text = page.body.decode()
        assert not enrolled.intersection(names_on(page)), page.title
        assert not numbers.intersection(re.findall(r"\d+", text)), page.title
        assert not any(mail in text for mail in mails), page.title


def test_the_pages_are_in_all_three_places_and_many_kinds() -> None:
    """Twenty pastes, twelve requests, eighteen posts."""
    pages = quiet(7, people(7, 600))
    places = [page.place for page in pages]
    assert (places.count("pastes"), places.count("foi"), places.count("board")) == (20, 12, 18)
    assert len({page.title for page in pages}) > 25


@pytest.mark.parametrize("seed", SEEDS)
def test_the_namesake_page_has_accidents_and_nothing_of_the_police(seed: int) -> None:
    """Four enrolled names among ninety others, each beside a year that is nobody's collar number."""
    rows = people(seed, 2000)
    page = namesake(seed, rows)
    text = unescape(page.body.decode())
    lines = re.findall(r"<p>(.+) (.+), baptised (\d{4}), .+</p>", text)
    people_on_it = re.findall(r"baptised", text)
    assert len(people_on_it) == MEMBERS + ACCIDENTS
    assert len(enrolled_names(rows).intersection(names_on(page))) == ACCIDENTS
    assert not {year for *_, year in lines} & {row["collar_number"] for row in rows}
    assert not re.search(r"police|constab|officer|sergeant", text, re.IGNORECASE)
