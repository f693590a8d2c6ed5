from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

import numpy as np
import pytest

from watcher.api import Recogniser, Tables, Watch
from watcher.errors import ConfigError, CustodyError, PluginError
from watcher.match import Matching, recognisers
from watcher.model import Family, Match, Part, Person, Record, Tally

PART = Part(where="a", text="MARKED-CONTENT")


@dataclass(frozen=True)
class Says:
    """A recogniser with one thing to say."""

    officer: int
    tried: int = 1

    def match(self, part: Part) -> Tally:
        match = Match(officers=(self.officer,), field="name", family=Family.NAME, bits=3.0)
        return Tally(
            records=(Record(where=part.where, number=1, matches=(match,)),), tried=self.tried
        )


class Breaks:
    def match(self, part: Part) -> Tally:
        raise KeyError(part.text)


class SaysNothing:
    def match(self, part: Part) -> Tally:
        return None  # type: ignore[return-value]  # the contract broken on purpose


class Meets:
    """Ends only if another thread asks it at the same time."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)

    def match(self, part: Part) -> Tally:
        self.barrier.wait(timeout=30)
        return Tally(tried=1)


@pytest.fixture
async def opened() -> AsyncIterator[list[Matching]]:
    made: list[Matching] = []
    yield made
    for each in made:
        each.close()


def matching(opened: list[Matching], **recognisers: Recogniser) -> Matching:
    opened.append(Matching(recognisers))
    return opened[-1]


async def test_every_recogniser_is_asked_and_the_answers_add_up(opened: list[Matching]) -> None:
    tally = await matching(opened, one=Says(1), two=Says(2, tried=4)).match(PART)
    assert tally.tried == 5
    assert {match.officers for record in tally.records for match in record.matches} == {(1,), (2,)}


async def test_parts_run_side_by_side(opened: list[Matching]) -> None:
    known = matching(opened, one=Meets())
    tallies = await asyncio.gather(known.match(PART), known.match(PART))
    assert [each.tried for each in tallies] == [1, 1]


async def test_the_others_are_asked_though_one_breaks(opened: list[Matching]) -> None:
    asked: list[Part] = []

    class Notes:
        def match(self, part: Part) -> Tally:
            asked.append(part)
            return Tally()

    with pytest.raises(PluginError, match="'theirs'"):
        await matching(opened, theirs=Breaks(), ours=Notes()).match(PART)
    assert asked == [PART]


async def test_no_recogniser_says_nothing(opened: list[Matching]) -> None:
    assert await matching(opened).match(PART) == Tally()


async def test_a_broken_plug_in_is_named_and_nothing_quoted(opened: list[Matching]) -> None:
    """What a document holds is not in the message, though the plug-in put it in its own."""
    with pytest.raises(PluginError, match=r"'theirs' broke off with KeyError") as caught:
        await matching(opened, ours=Says(1), theirs=Breaks()).match(PART)
    assert PART.text not in str(caught.value)
    assert isinstance(caught.value.__cause__, KeyError)


async def test_an_answer_that_is_no_tally_is_a_broken_plug_in(opened: list[Matching]) -> None:
    with pytest.raises(PluginError, match="'theirs' answered with NoneType instead of a Tally"):
        await matching(opened, theirs=SaysNothing()).match(PART)


class Theirs:
    """A matcher that accepts tables with its own key in them."""

    name = "theirs"

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        return {key.hex(): np.array([len(list(people))])}

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        if key.hex() not in tables:
            raise ValueError("not mine")
        return Says(0)


def key(name: str) -> bytes:
    return name.encode().ljust(32)


def test_each_matcher_loads_its_own_tables_with_its_own_key() -> None:
    theirs = Theirs(Watch())
    tables = {name: theirs.enrol([], key(name)) for name in ("one", "two")}
    loaded = recognisers({"one": theirs, "two": theirs}, tables, key)
    assert list(loaded) == ["one", "two"]


def test_tables_of_another_key_are_not_trusted() -> None:
    theirs = Theirs(Watch())
    with pytest.raises(CustodyError, match="does not fit the matcher 'theirs'"):
        recognisers({"theirs": theirs}, {"theirs": theirs.enrol([], key("other"))}, key)


def test_a_matcher_that_was_not_enrolled_says_enrol_again() -> None:
    with pytest.raises(ConfigError, match=r"built without 'theirs'; enrol again"):
        recognisers({"theirs": Theirs(Watch())}, {}, key)
