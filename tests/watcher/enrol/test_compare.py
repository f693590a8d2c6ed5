"""Who joined, left or changed, counted from keyed hashes alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.enrol.compare import changes, fingerprints
from watcher.model import Person

KEY = bytes(32)
ROLL = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.sampled_from(["Roe", "Poe", "Doe"])
)


def people(roll: dict[str, str]) -> list[Person]:
    return [Person(ref=ref, surname=surname) for ref, surname in roll.items()]


@settings(max_examples=60)
@given(ROLL, ROLL)
def test_the_counts_are_those_of_the_plain_lists(old: dict[str, str], new: dict[str, str]) -> None:
    """What the hashes say is what the names would have said."""
    before, now = fingerprints(people(old), KEY), fingerprints(people(new), KEY)
    told = changes(before, now, by_ref=True)
    assert told.joined == len(new.keys() - old.keys())
    assert told.left == len(old.keys() - new.keys())
    assert told.changed == sum(old[ref] != new[ref] for ref in old.keys() & new.keys())


def test_every_field_counts_and_the_key_decides() -> None:
    """Any change of any field is seen; under another key nothing can be compared."""
    person = Person(ref="r", surname="Roe")
    variants = [
        person,
        replace(person, ref="s"),
        replace(person, forename="Roe", surname=""),
        replace(person, numbers=(("pay_number", "1"),)),
        replace(person, numbers=(("collar_number", "1"),)),
        replace(person, emails=("1",)),
        replace(person, public=True),
        replace(person, vetting="MV"),
    ]
    rows = {tuple(row) for row in fingerprints(variants, KEY).tolist()}
    assert len(rows) == len(variants)
    other = fingerprints([person], bytes([1]) * 32)
    assert not set(other.ravel().tolist()) & set(fingerprints([person], KEY).ravel().tolist())


def test_row_numbers_are_not_people() -> None:
    """Where refs are only row numbers, a row put in on top is one who joined, not a change of all."""
    before = fingerprints([Person(ref="1", surname="Roe"), Person(ref="2", surname="Poe")], KEY)
    after = [
        Person(ref=str(n), surname=name) for n, name in enumerate(("New", "Roe", "Poe"), start=1)
    ]
    assert changes(before, fingerprints(after, KEY), by_ref=False) == (1, 0, 0)
