"""Addresses by SHA-1: what the service calls ours is ours, and nothing else is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.hibp import Hibp, HibpRanges
from watcher.api import Part, Person, Sign, Watch

HIBP = Hibp(Watch())
KEY = bytes(32)
ADDRESSES = st.builds(
    "{}@{}.example".format, st.text("abcXYZ.+é' 1", min_size=1), st.sampled_from("abc")
)


def people(*addresses: Sequence[str]) -> list[Person]:
    return [Person(ref=str(at), emails=tuple(each)) for at, each in enumerate(addresses)]


def ranges(*addresses: Sequence[str]) -> HibpRanges:
    return HIBP.load(HIBP.enrol(people(*addresses), KEY), KEY)


def sha1(address: str) -> str:
    return hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest().upper()


def test_the_hash_is_the_services_own() -> None:
    """The example that the service itself gives: test@example.com, whatever its case and spaces."""
    found = ranges([" Test@Example.com "])
    assert found.after("") == ["567159"]
    assert found.ours("567159", ["D622FFBB50B11B0EFD307BE358624A26EE"]) == [
        "567159D622FFBB50B11B0EFD307BE358624A26EE"
    ]


@given(st.lists(st.lists(ADDRESSES, max_size=3), min_size=1, max_size=20))
def test_whatever_is_enrolled_is_asked_for_and_found(addresses: list[list[str]]) -> None:
    """Each address has its prefix among those asked for, in order, and whose it is is found again."""
    found = ranges(*addresses)
    asked = list(found.after(""))
    assert asked == sorted(set(asked))
    for at, own in enumerate(addresses):
        for address in own:
            digest = sha1(address.strip().lower())
            assert digest[:6] in asked
            assert found.ours(digest[:6], [digest[6:].lower(), "0" * 34]) == [digest]
            tally = found.match(Part(where="", text=f"x\nsha1:{digest} in Adobe (2013)\n"))
            (record,) = tally.records
            assert (record.where, record.number) == ("Adobe (2013)", 2)
            assert at in record.matches[0].officers


def test_prefixes_go_on_behind_the_last() -> None:
    """What comes after a prefix is the rest, also where that prefix is no longer enrolled."""
    found = ranges(*([f"officer{at}@a.example"] for at in range(50)))
    every = list(found.after(""))
    assert list(found.after(every[9])) == every[10:]
    between = f"{int(every[9], 16) + 1:06X}"
    assert list(found.after(between)) == every[10 if between < every[10] else 11 :]
    assert list(found.after("FFFFFF")) == []


def test_an_address_of_two_people_is_asked_for_once() -> None:
    """A shared mailbox is one hash, and means both."""
    tables = HIBP.enrol(people(["desk@a.example"], ["desk@a.example", "b@a.example"]), KEY)
    assert tables["sha1"].shape == (2, 20)
    found = HIBP.load(tables, KEY)
    digest = sha1("desk@a.example")
    (record,) = found.match(Part(where="", text=f"sha1:{digest} in Adobe")).records
    assert record.matches[0].officers == (0, 1)


def test_who_has_no_address_anywhere_is_not_asked_about() -> None:
    """Nothing that is no address, and nothing at .invalid: the canary is nobody's business."""
    assert list(ranges(["", "none"], ["synthetica@canary.invalid"], []).after("")) == []


def test_what_is_told_is_counted() -> None:
    """Addresses, prefixes, and those that share one."""
    tables = HIBP.enrol(people(*([f"o{at}@a.example"] for at in range(20_000))), KEY)
    hashes = [each.tobytes().hex()[:6] for each in tables["sha1"]]
    assert int(tables["report_asked_addresses"].item()) == 20_000
    assert int(tables["report_asked_prefixes"].item()) == len(set(hashes))
    shared = sum(hashes.count(each) > 1 for each in set(hashes))
    assert 0 < shared <= int(tables["report_asked_shared"].item()) <= 3 * shared


def test_what_else_was_taken_is_a_sign() -> None:
    """Passwords and home data beside an address are seen; only lines of hashes that are ours."""
    found = ranges(["a@a.example"])
    digest = sha1("a@a.example")
    text = (
        f"sha1:{digest} in Adobe (2013): Email addresses / Passwords / Phone numbers\n"
        f"sha1:{'0' * 40} in Adobe (2013): Passwords\n"
        f"{digest} in Adobe (2013)\n"
    )
    (record,) = found.match(Part(where="", text=text)).records
    assert record.signs == {Sign.SECRET, Sign.PHONE}


def test_tables_of_another_are_refused() -> None:
    """What does not fit together is no table of this matcher."""
    tables = dict(HIBP.enrol(people(["a@a.example"]), KEY))
    with pytest.raises(ValueError, match="missing"):
        HIBP.load({"sha1": tables["sha1"]}, KEY)
    with pytest.raises(ValueError, match="do not fit"):
        HIBP.load(tables | {"start": np.array([0], dtype=np.uint32)}, KEY)
