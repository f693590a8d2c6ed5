"""People who do not exist, for the tests of this package."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from matchers.people import People
from matchers.people.engine import Engine
from matchers.people.kernel.publics import LABELS
from matchers.people.words import PARTICLES, TITLES, phrase, words
from watcher.api import CELL, ROW, Family, Part, Person, Recogniser, Tally, Watch, rank

KEY = bytes(range(32))
OTHER = bytes(range(32, 64))
DOMAIN = "northshire.police.example"

FORENAMES = """
    Alastair Bernadette Caoimhe Dominic Eleanor Fergus Gwendolen Henry Imogen Jack Katarzyna Leonard
    Mohammed Niamh Oluwaseun Patrick Quentin Rosalind Seán Thaddeus Ursula Victoria Winifred Xavier
""".split()  # noqa: SIM905  # reads better than quoted words
SURNAMES = """
    Abernathy Blenkinsop O'Callaghan Dunwoody Eastergate Farquharson Golightly Hathersage Inskip
    Jabłońska Kowalski Lillywhite McAllister Nettleship Okonkwo Postlethwaite Quigley Ravenscroft
    Smith-Jones Thistlethwaite Underhill Vandenberg Wolstenholme Yarborough Zielinski
""".split()  # noqa: SIM905  # reads better than quoted words
RANKS = ("Constable", "Sergeant", "Inspector", "Detective Constable")
UNITS = ("Response", "Roads Policing", "Custody", "Dog Section")


def people(count: int, seed: int = 1) -> list[Person]:
    """As many people, each with a number of every kind and an address of his or her own."""
    dice = random.Random(seed)
    pay = dice.sample(range(5_000_000, 5_999_999), count)
    collar = dice.sample(range(2101, 9999), count)
    found = []
    for i in range(count):
        forename, surname = dice.choice(FORENAMES), dice.choice(SURNAMES)
        found.append(
            Person(
                ref=f"r{i}",
                forename=forename,
                surname=surname,
                middle=dice.choice(("", "", "Rhys", "Ottilie")),
                rank=dice.choice(RANKS),
                unit=dice.choice(UNITS),
                numbers=(("pay_number", f"C{pay[i]}"), ("collar_number", str(collar[i]))),
                emails=(f"officer{i}@{DOMAIN}",),
            )
        )
    return found


def recogniser(found: list[Person], key: bytes = KEY) -> Recogniser:
    matcher = People(Watch(domains=(DOMAIN,)))
    return matcher.load(matcher.enrol(found, key), key)


def engine(found: list[Person], key: bytes = KEY) -> Engine:
    """The opened index of these people."""
    return Engine(People(Watch(domains=(DOMAIN,))).enrol(found, key), key)


def officers(tally: Tally) -> set[int]:
    """Whom a tally means: in its records, and as rows of its lists."""
    told = [match.officers for record in tally.records for match in record.matches]
    listed = [segment.officers for roll in tally.rolls for segment in roll.segments]
    return {officer for each in (*told, *listed) for officer in each}


def hits(tally: Tally) -> set[tuple[Family, int, tuple[int, ...]]]:
    """Rows of its lists that are ours: of which kind, their number, whom they mean."""
    return {
        (roll.family, number, tuple(segment.officers[start:stop]))
        for roll in tally.rolls
        for segment in roll.segments
        for number, start, stop in zip(
            segment.numbers, segment.starts, segment.starts[1:], strict=False
        )
    }


def table(*rows: Sequence[str], **fields: object) -> Part:
    """A part that holds a table of these rows."""
    text = "".join("".join(cell + CELL for cell in row) + ROW for row in rows)
    return Part(where="s", text=text, table=True, **fields)  # type: ignore[arg-type]  # Part's own fields


def _names(most: int) -> st.SearchStrategy[str]:
    letters = st.sampled_from("abcdefghijklmnoprstuvwyzéöłñß")
    return st.text(letters, min_size=2, max_size=most).map(str.capitalize)


_surnames = st.one_of(
    _names(12),
    st.tuples(_names(8), _names(8)).map("-".join),
    _names(9).map("O'{}".format),
    _names(9).map("Mc{}".format),
    _names(9).map("Mc {}".format),
    _names(9).map("de la {}".format),
    st.tuples(_names(8), _names(8)).map(" ".join),
)
_forenames = st.one_of(_names(10), st.tuples(_names(7), _names(7)).map("-".join))


def _is_only_a_name(name: str) -> bool:
    """Neither a rank (`Con`, `Di`), a title (`Sr`), a particle nor the label of a number (`Fin`)."""
    return not PARTICLES.issuperset(words(name)) and not any(
        rank(word.decode()) or word in TITLES | LABELS for word in (*words(name), phrase(name))
    )


@st.composite
def anybody(draw: st.DrawFn) -> Person:
    """A person with a name of any common make, one number of a common shape, and an address."""
    digits = draw(st.integers(min_value=2101, max_value=9_999_999))
    letters = draw(st.sampled_from(("", "C", "AB")))
    return Person(
        ref="r",
        forename=draw(_forenames.filter(_is_only_a_name)),
        surname=draw(_surnames.filter(_is_only_a_name)),
        middle=draw(st.one_of(st.just(""), _names(8).filter(_is_only_a_name))),
        rank="Constable",
        numbers=(("pay_number", f"{letters}{digits}"),),
        emails=(f"x{digits}@{DOMAIN}",),
    )
