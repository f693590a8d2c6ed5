"""
The contract of a matcher, as a check that a plug-in's own tests can call.

    from watcher.testing.matcher import check_matcher

    def test_contract():
        check_matcher(Badges(Watch()), people, lambda person: f"badge {person.numbers[0][1]}")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from watcher.errors import PluginError
from watcher.model import Part, Person, Tally

KEY = bytes(range(32))
OTHER_KEY = bytes(range(32, 64))


def check_matcher(
    matcher: Any,  # the point is to find out whether it is a Matcher
    people: Sequence[Person],
    render: Callable[[Person], str],
) -> None:
    """
    Check that a matcher keeps the promises of `watcher.api.Matcher`.

    `people`: at least one, with distinct identifiers. `render`: a person as a
    text in which this matcher must recognise him or her. Raises PluginError
    that names the first promise that is broken; says nothing of the people.
    """
    name = getattr(matcher, "name", None)
    if not isinstance(name, str) or not name:
        raise PluginError(
            f"{type(matcher).__name__}: a matcher has a `name`, a text that is not empty"
        )
    tables = matcher.enrol(iter(people), KEY)
    _check_tables(name, tables, people)
    recogniser = matcher.load(tables, KEY)
    for number, person in enumerate(people):
        tally = recogniser.match(Part(where="", text=render(person)))
        if not isinstance(tally, Tally):
            raise PluginError(f"{name}: match() returns {type(tally).__name__}, not a Tally")
        _check_rolls(name, tally)
        if number not in _officers(tally):
            raise PluginError(
                f"{name}: whatever is enrolled is found, but person {number} (from 0) is not found "
                "in the text that renders him or her"
            )
        if recogniser.match(Part(where="", text=render(person))) != tally:
            raise PluginError(f"{name}: match() is pure, but a second call says something else")
    _check_empty(name, recogniser)
    stranger = matcher.load(tables, OTHER_KEY)
    for number, person in enumerate(people):
        if _officers(stranger.match(Part(where="", text=render(person)))):
            raise PluginError(
                f"{name}: under another key nothing is found, but person {number} (from 0) is: "
                "the tables are not keyed"
            )


def _officers(tally: Tally) -> set[int]:
    recorded = {
        officer
        for record in tally.records
        for match in record.matches
        for officer in match.officers
    }
    return recorded.union(*(segment.officers for roll in tally.rolls for segment in roll.segments))


def _check_rolls(name: str, tally: Tally) -> None:
    for roll in tally.rolls:
        for each in roll.segments:
            hits = len(each.keys)
            parallel = {len(each.chance), len(each.numbers), len(each.gaps), len(each.starts) - 1}
            parallel |= {len(group.values) for group in each.groups}
            if parallel != {hits} or each.starts[-1] != len(each.officers):
                raise PluginError(
                    f"{name}: the arrays of a Segment have one item for each hit, `starts` one "
                    "more, whose last is the number of `officers`; Roll.of builds them"
                )
            if list(each.numbers) != sorted(each.numbers):
                raise PluginError(f"{name}: the hits of a Segment stand in the order of their rows")


def _check_empty(name: str, recogniser: Any) -> None:  # a stranger's object, see above
    for text in ("", "\n", "\x00\ud800", "\x1e\x1f" * 3):
        for table in (False, True):
            if _officers(recogniser.match(Part(where="", text=text, table=table))):
                raise PluginError(
                    f"{name}: a text without words holds nobody, but someone was found"
                )


def _check_tables(name: str, tables: object, people: Sequence[Person]) -> None:
    if not isinstance(tables, Mapping):
        raise PluginError(
            f"{name}: enrol() returns {type(tables).__name__}, not a mapping of arrays"
        )
    raw: list[bytes] = []
    for title, array in tables.items():
        kind = getattr(getattr(array, "dtype", None), "kind", None)
        if not isinstance(title, str) or kind not in tuple("biuf"):
            raise PluginError(
                f"{name}: table {title!r} must be a numpy array of numbers: tables hold no text"
            )
        raw.append(array.tobytes())
    for number, person in enumerate(people):
        for value in _values(person):
            if any(spelling in data for spelling in _spellings(value) for data in raw):
                raise PluginError(
                    f"{name}: the tables hold a value of person {number} (from 0) in clear"
                )


def _values(person: Person) -> list[str]:
    values = [person.forename, person.middle, person.surname, person.known_as]
    values += [person.previous_surname, *person.emails, *(value for _, value in person.numbers)]
    return [value for value in values if len(value) >= 5]  # shorter ones occur by accident


def _spellings(value: str) -> set[bytes]:
    found = set()
    for text in (value, value.lower(), value.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            found.add(text.encode(encoding, "surrogatepass"))
    return found
