"""The tables of an index, laid out for the kernel."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people import chance
from matchers.people.enrolling import enrol
from matchers.people.kernel.opening import buckets, opened
from matchers.people.kernel.pairs import place
from matchers.people.kernel.places import place_in, shift_of
from matchers.people.siphash import Kind, halves, tag
from matchers.people.tables import check
from tests.matchers.people.crowd import DOMAIN, KEY, people
from watcher.api import Person


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000])
def test_every_tag_lies_in_its_bucket(count: int) -> None:
    tags = np.unique(np.random.default_rng(1).integers(0, 1 << 64, size=count, dtype=np.uint64))
    bucket = buckets(tags)
    assert bucket[0] == 0
    assert bucket[-1] == count
    assert (np.diff(bucket.astype(np.int64)) >= 0).all()
    assert [place_in(bucket, tags, shift_of(bucket), each) for each in tags] == list(range(count))


def test_an_open_index_says_what_the_tables_say() -> None:
    tables = check(enrol(people(200), halves(KEY), [DOMAIN]))
    index = opened(tables, halves(KEY))
    for at in range(0, tables["pair_key"].size, 50):
        key = int(tables["pair_key"][at])
        assert place(index.pair_slot, index.pair_key, key >> 32, key & 0xFFFFFFFF) == at
    band = chance.stratum(tables["sur_people"])
    assert (index.rate[0] >= tables["loo_surname"][chance.Rule.FULL]).all()
    assert (index.rate[1] >= tables["loo_stratum"][chance.Rule.INITIAL][band]).all()
    assert index.officers[0] == 200
    assert (np.diff(index.shape[:, 0]) > 0).all()
    assert (index.shape_span >= index.shape[:, 1]).all()


def test_those_of_whom_only_an_initial_is_known_are_found_by_it() -> None:
    found = [
        Person(ref="a", forename="J", surname="Inskip"),
        Person(ref="b", forename="Una", surname="Inskip"),
    ]
    tables = check(enrol(found, halves(KEY), ()))
    index = opened(tables, halves(KEY))
    assert (index.bare >= 0).tolist() == [letter == "j" for letter in "abcdefghijklmnopqrstuvwxyz"]
    at = np.searchsorted(index.tag, np.uint64(tag(Kind.NAME, b"j?", halves(KEY))))
    assert index.post_token[index.tag_start[at]] == index.bare[9]
    assert index.scale.tolist() == [2.0, 0.5]


def test_nobody_can_be_opened() -> None:
    """An empty roster is an index of nobody, not an error."""
    index = opened(check(enrol([], halves(KEY), ())), halves(KEY))
    assert index.officers[0] == 0
    assert index.scale[0] == 1
