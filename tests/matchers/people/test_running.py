"""Records of running text."""

from __future__ import annotations

import pytest

from matchers.people.numbers import WEAK_BITS
from tests.matchers.people.crowd import KEY, hits, officers, people, recogniser
from watcher.api import Family, Part, Person, Record, Sign, Tally

CROWD = [
    Person(
        ref="a",
        forename="Imogen",
        surname="Golightly",
        rank="Constable",
        numbers=(("collar_number", "4321"),),
        emails=("imogen@home.example",),
    ),
    *people(50),
]
READER = recogniser(CROWD, KEY)
FILLER = "Nothing else of any interest was said by those who had come to the meeting. "


def read(text: str, **fields: object) -> Tally:
    return READER.match(Part(where="", text=f"{FILLER}\n{text}\n{FILLER * 3}", **fields))  # type: ignore[arg-type]  # Part's own fields


def families(record: Record) -> set[Family]:
    return {match.family for match in record.matches if 0 in match.officers and match.bits > 0}


@pytest.mark.parametrize(
    "text",
    [
        "Then PC 4321 Imogen Golightly knocked.",
        "Then PC Imogen Golightly (4321) knocked.",
        "then pc 4321 imogen golightly knocked.",
        "It was GOLIGHTLY, Imogen, 4321, who knocked.",
        "Then Constable I. Golightly, collar number 4321, knocked.",
        "Then Imogen Ottilie Golightly 4321 knocked.",
        "Then Imogne Golightly (PC 4321) knocked.",
        "Then PC 4321 Golightly knocked.",
        "Then Sgt Golightly, police warrant card 4321, knocked.",
        "Ring Sgt Imogen Golightly (4321) again.",
        "We know that @ImogenGolightly4321 is a cop.",
        "PC Imogen Golightly 4321 DOB 04/05/1992, 9 Orchard Close, Brindle Green, Little Ham",
    ],
)
def test_a_name_and_a_number_are_one_record(text: str) -> None:
    """In any order and any case, with a rank beside them."""
    (record,) = read(text).records
    assert families(record) >= {Family.NAME, Family.NUMBER}
    assert record.number == 2
    spoken = ("PC", "pc", "Constable", "Sgt", "cop")
    assert (Sign.POLICE in record.signs) == any(each in text for each in spoken)


@pytest.mark.parametrize("said", ["(PC 4321)", "(Det Con 4321)", "- Sgt 4321 -"])
def test_the_rank_before_a_number_is_the_name_s_too(said: str) -> None:
    """`Forename Surname (PC 1234)`: it need not stand beside the name."""
    (record,) = read(f"Then Imogen Golightly {said} knocked.").records
    assert Family.RANK in {match.family for match in record.matches}
    assert Sign.POLICE in record.signs


def test_a_name_alone_is_a_row_of_the_roll() -> None:
    """And no record: nothing else speaks."""
    tally = read("Then Imogen Golightly knocked.")
    assert not tally.records
    assert hits(tally) == {(Family.NAME, 2, (0,))}


def test_a_name_with_a_rank_is_a_record() -> None:
    (record,) = read("Then PC Imogen Golightly knocked.").records
    assert families(record) == {Family.NAME, Family.RANK}
    assert Sign.POLICE in record.signs


def test_a_name_in_lower_case_alone_is_none() -> None:
    tally = read("then imogen golightly knocked.")
    assert not tally.records
    assert not officers(tally)


@pytest.mark.parametrize("text", ["A PC knocked.", "PC 4321 knocked.", "Sgt 9 and DC 7", "4321"])
def test_a_rank_or_a_number_alone_is_nobody(text: str) -> None:
    assert not read(text).records


def test_a_year_beside_a_name_is_hardly_a_number() -> None:
    crowd = [
        Person(
            ref="a", forename="Imogen", surname="Golightly", numbers=(("collar_number", "1987"),)
        )
    ]
    reader = recogniser(crowd)
    for text, weak in (
        ("PC Imogen Golightly, born in May 1987,", True), ("PC 1987 Imogen Golightly", False),
    ):  # fmt: skip
        (record,) = reader.match(Part(where="", text=f"{FILLER}\n{text} knocked. {FILLER}")).records
        numbers = [match.bits for match in record.matches if match.family is Family.NUMBER]
        assert all(bits <= WEAK_BITS for bits in numbers) == weak
    alone = reader.match(Part(where="", text=f"{FILLER}\nImogen Golightly, born in 1987, knocked."))
    assert not alone.records


def test_a_rank_in_a_number_is_one_where_police_is_spoken_of() -> None:
    """`DS1621` is a thermometer; the surname beside it, anybody's."""
    (chip,) = read("Golightly soldered a DS4321 to it.").records
    assert not chip.signs & {Sign.POLICE}
    (printer,) = read("Imogen Golightly sells a Canon PS4321 printer.").records
    assert not printer.signs & {Sign.POLICE}
    for text in (
        "The sergeant saw Golightly DS4321 at the gate.",
        "The sergeant saw Imogen Golightly DS4321 at the gate.",
        "Imogen Golightly PC4321 was at the gate.",
    ):
        (officer,) = read(text).records
        assert Sign.POLICE in officer.signs


def test_the_words_near_a_number_are_all_laid_side_by_side() -> None:
    """However many of them particles draw together: `de la`, `o`, `do`, `y`."""
    filler = "de la casa y el da o do de la e y o de la y el de la "
    (record,) = read(f"4321 {filler * 2}"[:75] + " imogen golightly went").records
    assert families(record) >= {Family.NAME, Family.NUMBER}


def test_a_police_word_nearby_is_a_sign() -> None:
    (record,) = read("The police sent Imogen Golightly, 4321.").records
    assert Sign.POLICE in record.signs


def test_an_address_with_a_secret() -> None:
    (record,) = read("login imogen@home.example:hunter22 works").records
    assert families(record) == {Family.MAIL}
    assert Sign.SECRET in record.signs


def test_all_names_are_counted() -> None:
    """Runs of capitalised words, ours or not; equal names are told by their keys."""
    tally = read("Una Nobody met Imogen Golightly, and Una Nobody left.")
    roll = next(roll for roll in tally.rolls if roll.family is Family.NAME)
    (segment,) = roll.segments
    assert (list(segment.gaps), segment.tail, segment.entries) == ([1], 0, 3)


def test_how_often_name_and_number_met_is_counted() -> None:
    """Whether they are ours or not."""
    assert read("Una Nobody has 9999 and Ugo Noone has 8888.").tried >= 2
    assert read("Nobody at all.").tried == 0


def test_an_address_beside_its_owner_is_one_record() -> None:
    """And not another one by itself."""
    (record,) = read("Imogen Golightly (imogen@home.example) knocked.").records
    assert families(record) == {Family.NAME, Family.MAIL}
    assert record.number == 2


def test_chances_of_numbers_beside_our_names_are_told() -> None:
    """The number ours or not; of strangers' names no more than that ours may stand there in small letters."""
    ours, strangers = read("Imogen Golightly has 9999."), read("Una Nobody has 9999.")
    assert sum(ours.accidents or ()) > 1000 * sum(strangers.accidents or ()) > 0
    assert not any(read("Una Nobody has nothing.").accidents or ())


def test_a_number_read_in_a_second_way_is_an_accident_as_well() -> None:
    """`43 21`: it may be a record's, so it counts where the chances of records are counted."""
    plain, grouped = (read(f"Imogen Golightly has {said}.") for said in ("9998", "99 98"))
    assert sum(grouped.accidents or ()) >= sum(plain.accidents or ())
    assert grouped.tried >= plain.tried


def test_each_number_may_stand_beside_a_name_in_small_letters() -> None:
    """Names in small letters are looked for wherever a number is ours: a log of numbers holds many."""
    one, many = (sum(read("at 9999 " * count).accidents or ()) for count in (1, 50))
    assert many == pytest.approx(50 * one)


def test_overlap_is_context_only() -> None:
    """What lies wholly in it was told before; a name there still explains a number after it."""
    text = "Then PC Imogen Golightly knocked."
    assert not READER.match(Part(where="", text=f"{text} {FILLER * 4}", overlap=len(text))).records
    both = f"{text} Her number is 4321. {FILLER * 4}"
    (record,) = READER.match(Part(where="", text=both, overlap=len(text))).records
    assert families(record) >= {Family.NAME, Family.NUMBER}


def test_lines_are_numbered_from_that_of_the_window() -> None:
    (record,) = read("Then PC 4321 Imogen Golightly knocked.", first=1000).records
    assert record.number == 1001
