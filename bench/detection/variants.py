"""Single persons under the other forms of their names: nicknames, Mc and O', halves, earlier names, initials, run together."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bench.detection.filler import around
from bench.detection.forms import Made, Make, add, made
from bench.detection.persons import PLAIN, Said, tellable
from bench.detection.roster import Member
from bench.detection.world import World
from watcher.model import Severity

Spelled = tuple[str, str]
# Of the table on PyPI and of our own; both directions.
NICKNAMES: tuple[Spelled, ...] = (
    ("Patrick", "Paddy"), ("Patrick", "Pat"), ("Pádraig", "Patrick"), ("Seán", "John"), ("Liam", "William"),
    ("Séamus", "James"), ("Siobhán", "Joan"), ("Aoife", "Eva"), ("Eoin", "Owen"), ("Niall", "Neil"),
    ("Ruairí", "Rory"), ("Cathal", "Charles"), ("Diarmuid", "Dermot"), ("Bernadette", "Bernie"),
    ("William", "Bill"), ("Robert", "Bob"), ("Margaret", "Peggy"), ("Elizabeth", "Liz"), ("Katherine", "Kate"),
    ("Catherine", "Cathy"), ("James", "Jim"), ("David", "Dave"), ("Michael", "Mick"), ("Thomas", "Tommy"),
    ("Christopher", "Chris"), ("Stephen", "Steve"), ("Steven", "Steve"), ("Andrew", "Andy"), ("Anthony", "Tony"),
    ("Alexander", "Sandy"), ("Alexander", "Alex"), ("Gary", "Gaz"), ("Darren", "Daz"), ("Sharon", "Shaz"),
    ("Samantha", "Sam"), ("Daniel", "Dan"), ("Matthew", "Matt"), ("Nicholas", "Nick"), ("Richard", "Dick"),
    ("Edward", "Ted"), ("Jennifer", "Jenny"), ("Rebecca", "Becky"), ("Deborah", "Debbie"), ("Susan", "Sue"),
    ("Jacqueline", "Jackie"), ("Victoria", "Vicky"), ("Philip", "Phil"), ("Gwilym", "Gwil"), ("Henry", "Harry"),
    ("Ian", "Iain"), ("Geoffrey", "Geoff"), ("Timothy", "Tim"), ("Terence", "Terry"), ("Joshua", "Josh"),
)  # fmt: skip
MOHAMMED = ("Mohammed", "Muhammad", "Mohamed", "Mohammad")

Variant = Callable[[random.Random, Member], Spelled | None]


def _nickname(dice: random.Random, m: Member) -> Spelled | None:
    found = [b for a, b in NICKNAMES if a == m.forename] + [
        a for a, b in NICKNAMES if b == m.forename
    ]
    return (dice.choice(found), m.surname) if found else None


def _known_as(_: random.Random, m: Member) -> Spelled | None:
    return (m.known_as, m.surname) if m.known_as and m.known_as != m.forename else None


def _middle_as_first(_: random.Random, m: Member) -> Spelled | None:
    return (m.middle, m.surname) if m.middle else None


def _previous(_: random.Random, m: Member) -> Spelled | None:
    return (m.forename, m.previous) if m.previous and m.previous != m.surname else None


def _half(dice: random.Random, m: Member) -> Spelled | None:
    halves = [each for each in m.surname.split("-") if len(each) > 2]
    return (m.forename, dice.choice(halves)) if "-" in m.surname and halves else None


def _surname(change: Callable[[str], str | None]) -> Variant:
    def variant(_: random.Random, m: Member) -> Spelled | None:
        found = change(m.surname)
        return (m.forename, found) if found and found != m.surname else None

    return variant


def _swapped(one: str, *others: str) -> Variant:
    """A surname that begins so begins otherwise."""

    def variant(dice: random.Random, m: Member) -> Spelled | None:
        rest = m.surname.removeprefix(one)
        if rest == m.surname or not rest[:1].isupper():
            return None
        return m.forename, dice.choice(others) + rest

    return variant


def _polish(text: str) -> str | None:
    for ours, other in (("ski", "ska"), ("ska", "ski"), ("cki", "cka")):
        if text.endswith(ours):
            return text[:-3] + other
    return None


def _gaelic(text: str) -> str | None:
    """A woman's form as a man's: Ní Bhriain → Ó Briain."""
    for woman, man in (("Ní ", "Ó "), ("Nic ", "Mac ")):
        rest = text.removeprefix(woman)
        if rest != text:
            return man + (rest[0] + rest[2:] if rest[1:2] == "h" else rest)
    return None


def _mohammed(_: random.Random, m: Member) -> Spelled | None:
    words = m.forename.split()
    return (" ".join(words[1:]), m.surname) if words[0] in MOHAMMED and len(words) > 1 else None


def _other_mohammed(dice: random.Random, m: Member) -> Spelled | None:
    words = m.forename.split()
    if words[0] not in MOHAMMED:
        return None
    other = dice.choice([each for each in (*MOHAMMED, "Md", "Mohd") if each != words[0]])
    return " ".join([other, *words[1:]]), m.surname


VARIANTS: dict[str, Variant] = {
    "nickname or diminutive": _nickname,
    "known as": _known_as,
    "middle name as first": _middle_as_first,
    "previous surname": _previous,
    "half of a double name": _half,
    "double name with a space": _surname(lambda s: s.replace("-", " ")),
    "double name in one word": _surname(lambda s: s.replace("-", "")),
    "O' lost": _swapped("O'", ""),
    "O' as O": _swapped("O'", "O", "O "),
    "O' as Ó": _swapped("O'", "Ó "),
    "O' with a typographic mark": _surname(lambda s: s.replace("'", "’")),
    "Mc as Mac": _swapped("Mc", "Mac", "Mac "),
    "Mc with a space": _swapped("Mc", "Mc "),
    "Mc as M'": _swapped("Mc", "M'"),
    "Mac as Mc": _swapped("Mac", "Mc"),
    "Irish woman's form": _surname(_gaelic),
    "Polish ending": _surname(_polish),
    "Mohammed left out": _mohammed,
    "Mohammed spelt otherwise": _other_mohammed,
    "ap written together": _surname(
        lambda s: s.replace("ap ", "ap").capitalize() if s.startswith("ap ") else None
    ),
}


RUN_TOGETHER: dict[str, Callable[[Member], str]] = {
    # Where nothing speaks of police a collar number is not enough: E is above 10⁻⁶.
    "ForenameSurname A1234567": lambda m: f"{_joined(m.forename)}{_joined(m.surname)} {m.pay}",
    "ForenameSurname (warrant)": lambda m: (
        f"PC {_joined(m.forename)}{_joined(m.surname)} warrant {m.warrant}"
    ),
    "forename_surname_a1234567": lambda m: (
        f"{_joined(m.forename)}_{_joined(m.surname)}_{m.pay}.jpg".lower()
    ),
    "forename.surname 1234": lambda m: (
        f"{_joined(m.forename)}.{_joined(m.surname)}, {m.pay}".lower()
    ),
    "number_SURNAME_Forename": lambda m: (
        f"warrant_cards/{m.pay}_{_joined(m.surname).upper()}_{_joined(m.forename)}.png"
    ),
    "@ForenameSurname1234": lambda m: (
        f"@{_joined(m.forename)}{_joined(m.surname)}{m.collar} is a cop"
    ),
    "hashtag": lambda m: f"#{_joined(m.forename)}{_joined(m.surname)} PC {m.collar}",
}


def _joined(text: str) -> str:
    return "".join(each for each in text if each.isalpha())


def _varied(variant: Variant) -> Make:
    def make(dice: random.Random, world: World) -> Made:
        fixed = random.Random(0)
        found = world.fitting(
            variant, lambda m: tellable(world, m) and variant(fixed, m) is not None
        )
        if not found:
            raise LookupError("nobody of this roster has such a name")
        each = dice.choice(found)
        forename, surname = variant(dice, each) or (each.forename, each.surname)
        said = replace(Said.of(each), forename=forename, surname=surname)
        phrase = dice.choice(list(PLAIN.values()))
        return made(around(dice, phrase(dice, said)), [each], Severity.HIGH)

    return make


def _together(write: Callable[[Member], str]) -> Make:
    def make(dice: random.Random, world: World) -> Made:
        each = world.one(dice, lambda m: tellable(world, m))
        return made(around(dice, write(each)), [each], Severity.HIGH)

    return make


for _name, _variant in VARIANTS.items():
    add(f"variant/{_name}", _varied(_variant))
for _name, _write in RUN_TOGETHER.items():
    add(f"run together/{_name}", _together(_write))
