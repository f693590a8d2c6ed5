"""Single persons: a name with a number, an address with a secret, a name with a home, in ordinary text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.detection.disguise import MAIL, NAME, NUMBER, SHORTEST, Disguise
from bench.detection.filler import around
from bench.detection.forms import Made, add, made
from bench.detection.roster import Member
from bench.detection.world import World
from bench.detection.writing import address, birthday, mobile, password, postcode, short
from watcher.demo.roster import plain
from watcher.model import Severity

BOUND = 5e-4
TRIES = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """A person as a document says them: parts that can be disguised one by one."""

    member: Member
    forename: str
    surname: str
    collar: str
    warrant: str
    pay: str
    mail: str
    rank: str

    @classmethod
    def of(cls, member: Member) -> Said:
        return cls(
            member,
            member.forename,
            member.surname,
            member.collar,
            member.warrant,
            member.pay,
            member.email,
            short(member),
        )

    @property
    def initial(self) -> str:
        return self.forename[:1]


Phrase = Callable[[random.Random, Said], str]

FULL: dict[str, Phrase] = {
    "PC 1234 Forename Surname": lambda _, s: (
        f"It was {s.rank} {s.collar} {s.forename} {s.surname} who stopped us again."
    ),
    "PC Forename Surname 1234": lambda _, s: (
        f"{s.rank} {s.forename} {s.surname} {s.collar} is the one to watch."
    ),
    "Forename Surname (PC 1234)": lambda _, s: (
        f"Seen again: {s.forename} {s.surname} ({s.rank} {s.collar}), usual place."
    ),
    "collar number in a sentence": lambda _, s: (
        f"{s.forename} {s.surname} has been with the police for years, collar number {s.collar}."
    ),
    "number first": lambda _, s: f"Officer {s.collar} is {s.forename} {s.surname}, works nights.",
    "warrant number": lambda _, s: f"warrant no {s.warrant} belongs to {s.forename} {s.surname}",
    "pay number": lambda _, s: f"{s.surname.upper()}, {s.forename} pay no {s.pay}",
    "pay number, no context": lambda _, s: f"{s.forename} {s.surname} {s.pay}",
    "SURNAME, Forename / warrant": lambda _, s: (
        f"{s.surname.upper()}, {s.forename} / {s.warrant} / {s.rank}"
    ),
    "shoulder number behind": lambda _, s: (
        f"the officer ({s.forename} {s.surname}, shoulder number {s.collar}) was rude"
    ),
    "key and value": lambda _, s: (
        f"name={s.forename} {s.surname}; warrant={s.warrant}; rank={s.rank}"
    ),
    "mention": lambda _, s: (
        f"lol @someone look: {s.rank} {s.forename} {s.surname} #{s.collar} 🤡🤡"
    ),
    "JSON": lambda _, s: f'{{"fn": "{s.forename}", "sn": "{s.surname}", "payNumber": "{s.pay}"}}',
}
INITIALS: dict[str, Phrase] = {
    "Surname F 123456": lambda _, s: f"{s.rank} {s.surname} {s.initial} warrant {s.warrant}",
    "F. Surname, pay number": lambda _, s: (
        f"{s.rank} {s.initial}. {s.surname}, pay number {s.pay}."
    ),
    "T/DS F. Surname 1234": lambda _, s: f"T/DS {s.initial}. {s.surname} {s.collar}",
}
ALONE: dict[str, Phrase] = {
    "PC 1234 Surname": lambda _, s: f"{s.rank} {s.collar} {s.surname} at the gate.",
    "Surname PC1234": lambda _, s: f"Inspector said {s.surname} PC{s.collar} wrote it up.",
    "P.C. 1234 Surname": lambda _, s: f"by P.C. {s.collar} {s.surname}",
    "Constable 1234 Surname": lambda _, s: f"Police Constable {s.collar} {s.surname} attended.",
    "sergeant Surname, warrant": lambda _, s: f"Sgt {s.surname}, warrant card {s.warrant}",
}
MAILED: dict[str, Phrase] = {
    "mail:password": lambda d, s: f"{s.mail}:{password(d)}",
    "mail | password": lambda d, s: f"{s.mail} | {password(d)}",
    "user and pass": lambda d, s: f"user: {s.mail} pass: {password(d)}",
    "mail,hash": lambda d, s: f"{s.mail},{d.getrandbits(128):032x}",
    "JSON with password": lambda d, s: f'{{"email":"{s.mail}","password":"{password(d)}"}}',
    "mail and number": lambda _, s: f"contact {s.mail} (warrant {s.warrant})",
}
HOME: dict[str, Phrase] = {
    "home address": lambda d, s: f"{s.rank} {s.forename} {s.surname} lives at {address(d)}.",
    "postcode": lambda d, s: f"{s.rank} {s.forename} {s.surname}, {postcode(d)}",
    "mobile": lambda d, s: f"Ring {s.rank} {s.forename} {s.surname} on {mobile(d)}, wake him up",
    "vehicle": lambda d, s: (
        f"{s.rank} {s.forename} {s.surname} drives a grey Golf, registration NS{d.randrange(51, 75)} KLM"
    ),
    "family": lambda _, s: (
        f"{s.rank} {s.forename} {s.surname}, wife and two kids at the village school"
    ),
    "threat": lambda _, s: (
        f"{s.rank} {s.forename} {s.surname} will get what is coming, we know where he lives"
    ),
    "birth date": lambda d, s: f"{s.rank} {s.forename} {s.surname} DOB {birthday(d)}, {address(d)}",
}


def _person(
    phrases: dict[str, Phrase], fit: Callable[[World, Member], bool]
) -> dict[str, Callable[..., Made]]:
    makes = {}
    for name, phrase in phrases.items():

        def make(dice: random.Random, world: World, phrase: Phrase = phrase) -> Made:
            each = world.one(dice, lambda m: fit(world, m))
            return made(around(dice, phrase(dice, Said.of(each))), [each], Severity.HIGH)

        makes[name] = make
    return makes


def _anyone(_: World, __: Member) -> bool:
    return True


def _rare_name(world: World, member: Member) -> bool:
    return world.carriers[plain(member.forename), plain(member.surname)] == 1


def _span(member: Member) -> int:
    """How many collar numbers of this length there are."""
    digits = len(member.collar)
    return int(9 * 10 ** (digits - 1))


def tellable(world: World, member: Member) -> bool:
    """
    Whether full name and collar number say enough: E ≤ 10⁻³ in a police context.

    E given the name is its carriers / the numbers of that length; half of the
    bound is left to namesakes within an edit.
    """
    return world.carriers[plain(member.forename), plain(member.surname)] <= _span(member) * BOUND


def _by_initial(world: World, member: Member) -> bool:
    return world.initials[member.forename[:1], plain(member.surname)] <= _span(member) * BOUND


def _by_surname(world: World, member: Member) -> bool:
    rare = world.surnames[plain(member.surname)] <= _span(member) * BOUND
    return rare and len(member.surname) >= SHORTEST


for _phrases, _fit in (
    (FULL, tellable),
    (INITIALS, _by_initial),
    (ALONE, _by_surname),
    (MAILED, _anyone),
    (HOME, _rare_name),
):
    for _name, _make in _person(_phrases, _fit).items():
        add(f"person/{_name}", _make)


# ------------------------------------------------ one disguise or typing error


def _with(said: Said, part: str, value: str) -> Said:
    match part:
        case "forename":
            return replace(said, forename=value)
        case "surname":
            return replace(said, surname=value)
        case "collar":
            return replace(said, collar=value)
        case "warrant":
            return replace(said, warrant=value)
        case "pay":
            return replace(said, pay=value)
    return replace(said, mail=value)


def _spoilt(
    part: Callable[[random.Random], str], phrases: dict[str, Phrase], disguise: Disguise
) -> Callable[..., Made]:
    def make(dice: random.Random, world: World) -> Made:
        for _ in range(TRIES):
            each = world.one(dice, lambda m: tellable(world, m))
            said = Said.of(each)
            name = part(dice)
            value = disguise(dice, getattr(said, name))
            if value is not None and value != getattr(said, name):
                said = _with(said, name, value)
                phrase = dice.choice([p for key, p in phrases.items() if _uses(key, name)])
                return made(around(dice, phrase(dice, said)), [each], Severity.HIGH)
        raise LookupError("nobody of this roster has such a name")

    return make


# Phrases that are plain enough for a disguise to be the only difficulty.
PLAIN = {
    key: FULL[key]
    for key in (
        "PC 1234 Forename Surname",
        "PC Forename Surname 1234",
        "Forename Surname (PC 1234)",
        "collar number in a sentence",
        "pay number",
        "SURNAME, Forename / warrant",
        "key and value",
    )
}
NUMBER_OF = {"warrant number": "warrant", "SURNAME, Forename / warrant": "warrant", "key and value": "warrant",
             "pay number": "pay", "pay number, no context": "pay", "JSON": "pay"}  # fmt: skip


def _uses(key: str, part: str) -> bool:
    """Whether this phrase says the part."""
    return part not in ("collar", "warrant", "pay") or NUMBER_OF.get(key, "collar") == part


for _name, _disguise in NAME.items():
    add(
        f"disguise/{_name}",
        _spoilt(lambda d: d.choice(("surname", "surname", "forename")), PLAIN, _disguise),
    )
for _name, _disguise in NUMBER.items():
    add(
        f"disguise/{_name}",
        _spoilt(lambda d: d.choice(("warrant", "pay", "collar")), PLAIN, _disguise),
    )
for _name, _disguise in MAIL.items():
    add(f"disguise/{_name}", _spoilt(lambda _: "mail", MAILED, _disguise))
