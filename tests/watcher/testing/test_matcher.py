"""The contract check for matchers: sound ones pass, and each broken promise is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from matchers.people import People
from tests.matchers.people.crowd import DOMAIN, people
from watcher.api import (
    Match,
    Part,
    Person,
    PluginError,
    Recogniser,
    Record,
    Roll,
    Tables,
    Tally,
    Watch,
)
from watcher.model import Family
from watcher.testing.matcher import check_matcher

PEOPLE = people(5)


def render(person: Person) -> str:
    return f"{person.forename} {person.surname} <{person.emails[0]}> {person.numbers[0][1]}"


def test_our_own_matcher_keeps_every_promise() -> None:
    check_matcher(People(Watch(domains=(DOMAIN,))), PEOPLE, render)


class Sound:
    """A matcher that keeps all promises: e-mail addresses, hashed with the key."""

    name = "sound"

    def enrol(self, found: Iterable[Person], key: bytes) -> Tables:
        tags = [hash((key, person.emails[0])) for person in found]
        return {"tag": np.array(tags, dtype=np.int64)}

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return Reader(tables["tag"].tolist(), key)


class Reader:
    def __init__(self, tags: list[int], key: bytes) -> None:
        self.tags, self.key = tags, key

    def match(self, part: Part) -> Tally:
        return self.tally(
            tuple(
                self.tags.index(tag)
                for word in part.text.replace("<", " ").replace(">", " ").split()
                if (tag := hash((self.key, word))) in self.tags
            )
        )

    def tally(self, officers: tuple[int, ...]) -> Tally:
        match = Match(officers=officers, field="email", family=Family.MAIL, bits=20.0)
        return Tally(records=(Record(where="", number=1, matches=(match,)),) if officers else ())


def test_a_sound_matcher_passes() -> None:
    check_matcher(Sound(), PEOPLE, render)


class Nameless(Sound):
    name = ""


class Objects(Sound):
    def enrol(self, found: Iterable[Person], key: bytes) -> Tables:
        return {"tag": np.array([person.ref for person in found], dtype=object)}


class Clear(Sound):
    def enrol(self, found: Iterable[Person], key: bytes) -> Tables:
        text = "".join(person.emails[0] for person in found)
        return {"tag": np.frombuffer(text.encode(), dtype=np.uint8)}


class Forgetful(Sound):
    def enrol(self, found: Iterable[Person], key: bytes) -> Tables:
        return super().enrol(list(found)[:-1], key)


class Unkeyed(Sound):
    def enrol(self, found: Iterable[Person], key: bytes) -> Tables:
        return super().enrol(found, b"")

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return Reader(tables["tag"].tolist(), b"")


class Eager(Sound):
    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return EagerReader(tables["tag"].tolist(), key)


class EagerReader(Reader):
    def match(self, part: Part) -> Tally:
        return self.tally(tuple(range(len(self.tags))))


class Moody(Sound):
    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return MoodyReader(tables["tag"].tolist(), key)


class MoodyReader(Reader):
    calls = 0

    def match(self, part: Part) -> Tally:
        self.calls += 1
        return Tally(records=super().match(part).records, tried=self.calls)


class Listing(Sound):
    """Tells of people in a roll only."""

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return ListingReader(tables["tag"].tolist(), key)


class ListingReader(Reader):
    def tally(self, officers: tuple[int, ...]) -> Tally:
        rows = [(9, 0.1, False, 1), (8, 0.1, officers, 2)]
        return Tally(rolls=(Roll.of(where="", family=Family.MAIL, rows=rows),))


class Uneven(Sound):
    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return UnevenReader(tables["tag"].tolist(), key)


class UnevenReader(ListingReader):
    def tally(self, officers: tuple[int, ...]) -> Tally:
        (roll,) = super().tally(officers).rolls
        (segment,) = roll.segments
        short = replace(segment, gaps=segment.gaps[:-1])
        return Tally(rolls=(replace(roll, segments=(short,)),))


def test_people_may_be_told_in_a_roll_only() -> None:
    """A hit of a roll is a row of its own."""
    check_matcher(Listing(), PEOPLE, render)


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        (Nameless(), "has a `name`"),
        (Objects(), "tables hold no text"),
        (Clear(), r"hold a value of person 0 .* in clear"),
        (Forgetful(), "whatever is enrolled is found, but person 4"),
        (Unkeyed(), "under another key nothing is found"),
        (Eager(), "a text without words holds nobody"),
        (Moody(), "is pure"),
        (Uneven(), "one item for each hit"),
    ],
)
def test_each_broken_promise_is_named(broken: Sound, promise: str) -> None:
    """And nothing of the people is said."""
    with pytest.raises(PluginError, match=promise) as raised:
        check_matcher(broken, PEOPLE, render)
    for person in PEOPLE:
        assert person.surname not in str(raised.value)
        assert person.emails[0] not in str(raised.value)
