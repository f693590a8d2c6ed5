"""
Innocent lists: sports clubs to million-row dumps, of people who are not enrolled but by chance.

Every list is drawn without a look at the roster: namesakes are in it as they
are in the world. `LISTS` are judged by their score as well as by their alert.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.detection.names import Name
from bench.detection.populations import PEOPLE, some
from bench.detection.world import World
from bench.detection.writing import AREAS, TOWNS, address, birthday, delimited, mobile
from watcher.demo.roster import plain

Innocent = Callable[[random.Random, World], str]
LISTS: dict[str, Innocent] = {}


def innocent(name: str) -> Callable[[Innocent], Innocent]:
    def registered(make: Innocent) -> Innocent:
        LISTS[name] = make
        return make

    return registered


def _register_people() -> None:
    """Every population, in full names and in initials, one a line and in columns."""
    for name, draw in PEOPLE.items():

        def full(dice: random.Random, _: World, draw: Callable[..., list[Name]] = draw) -> str:
            found = draw(dice, dice.randrange(20, 2_000))
            way = dice.randrange(4)
            if way == 0:
                return "\n".join(f"{n.forename} {n.surname}" for n in found)
            if way == 1:
                return "\n".join(f"{n.surname.upper()}, {n.forename}" for n in found)
            if way == 2:
                return delimited(
                    [("Surname", "Forename"), *((n.surname, n.forename) for n in found)]
                )
            return ", ".join(f"{n.forename} {n.surname}" for n in found[:200])

        def initials(dice: random.Random, _: World, draw: Callable[..., list[Name]] = draw) -> str:
            found = draw(dice, dice.randrange(20, 2_000))
            if dice.random() < 0.5:
                return "\n".join(f"{n.surname} {n.forename[0]}" for n in found)
            return delimited([("Name", "Initial"), *((n.surname, n.forename[0]) for n in found)])

        LISTS[f"names: {name}"] = full
        LISTS[f"initials: {name}"] = initials


_register_people()


@innocent("N1 running club results")
def _results(dice: random.Random, world: World) -> str:
    del world
    found = some(dice, 50, 5_000)
    short = dice.random() < 0.6
    lines = []
    for place, n in enumerate(found, 1):
        name = f"{n.surname} {n.forename[0]}" if short else f"{n.forename} {n.surname}"
        club = dice.choice(("Oxmoor Harriers", "Tarn AC", "Unattached", "Brindle RC", "Police AA"))
        lines.append(f"{place:>5} {dice.randrange(1, 6000):>5} {name:<28} V{dice.choice((35, 40, 45, 50))} {club:<18} "
                     f"{32 + place // 60}:{dice.randrange(60):02}")  # fmt: skip
    return f"{dice.choice(TOWNS)} 10k {dice.randrange(1995, 2026)}: results\n" + "\n".join(lines)


@innocent("electoral register")
def _electors(dice: random.Random, _: World) -> str:
    found = some(dice, 200, 4_000)
    rows = [[f"{dice.choice('ABC')}{dice.randrange(1, 3)}-{at}", f"{n.surname}, {n.forename}", address(dice)]
            for at, n in enumerate(found, 1)]  # fmt: skip
    return delimited([("Number", "Elector Name", "Qualifying Address"), *rows])


@innocent("staff list of another employer, with ids")
def _staff(dice: random.Random, _: World) -> str:
    grades = ("Band 5", "Band 6", "Band 7", "Senior", "Officer", "Manager", "Clerk")
    unit = (
        "Theatres",
        "Finance",
        "Response",
        "Estates",
        "Custody Suite Cleaning",
        "CID Consulting",
        "Ward 7",
    )
    rows = [
        [
            str(dice.randrange(10_000, 99_999)),
            n.surname,
            n.forename,
            dice.choice(grades),
            dice.choice(unit),
        ]
        for n in some(dice, 30, 3_000)
    ]
    return delimited([("Employee No", "Surname", "Forename", "Grade", "Department"), *rows])


@innocent("staff list of another employer, without ids")
def _staff_plain(dice: random.Random, _: World) -> str:
    jobs = ("Teacher", "Head of Year", "Caretaker", "Bursar", "Governor", "Sergeant at Mace")
    rows = [[f"{n.forename} {n.surname}", dice.choice(jobs)] for n in some(dice, 20, 600)]
    return delimited([("Name", "Role"), *rows], "\t")


@innocent("army list")
def _army(dice: random.Random, _: World) -> str:
    ranks = ("Pte", "LCpl", "Cpl", "Sgt", "SSgt", "WO2", "Lt", "Capt", "Maj", "Gnr", "Spr")
    lines = [
        f"{dice.randrange(24_000_000, 31_000_000)} {dice.choice(ranks)} {n.forename[0]} {n.surname} {dice.choice(('RE', 'RA', 'REME', 'AGC'))}"
        for n in some(dice, 40, 1_500)
    ]
    return "\n".join(lines)


@innocent("nurses by band and PIN")
def _nurses(dice: random.Random, _: World) -> str:
    rows = [
        [f"{dice.randrange(10, 24)}{dice.choice('ABCDEFGHI')}{dice.randrange(1000, 9999)}{dice.choice('EWSN')}",
         n.forename, n.surname, f"Band {dice.randrange(4, 9)}"]
        for n in some(dice, 30, 1_500)
    ]  # fmt: skip
    return delimited([("NMC PIN", "First name", "Last name", "Band"), *rows])


@innocent("customers with mail")
def _customers(dice: random.Random, _: World) -> str:
    rows = [
        [str(dice.randrange(1, 10**6)), n.forename, n.surname, birthday(dice), dice.choice(TOWNS),
         f"{plain(n.forename)}.{plain(n.surname)}{dice.randrange(1990, 2010)}@mail.example", mobile(dice)]
        for n in some(dice, 100, 6_000)
    ]  # fmt: skip
    return delimited([("id", "first_name", "last_name", "dob", "city", "email", "phone"), *rows])


@innocent("combo list of strangers")
def _combo(dice: random.Random, _: World) -> str:
    return "\n".join(
        f"{plain(n.forename)}{dice.choice(('.', '_', ''))}{plain(n.surname)}{dice.randrange(99)}@{dice.choice(('mail', 'post', 'inbox'))}.example:"
        f"{plain(n.forename)}{dice.randrange(1950, 2012)}"
        for n in some(dice, 500, 8_000)
    )


@innocent("genealogy: Name 1987")
def _genealogy(dice: random.Random, _: World) -> str:
    lines = []
    for n in some(dice, 60, 1_500):
        born = dice.randrange(1780, 1990)
        lines.append(
            dice.choice(
                (
                    f"{n.forename} {n.surname} {born}",
                    f"{n.forename} {n.surname}, baptised {born}, {dice.choice(TOWNS)}",
                    f"{n.surname.upper()}, {n.forename} (b. {born}, d. {born + dice.randrange(1, 95)})",
                    f"{n.forename} {n.surname}, constable of {dice.choice(TOWNS)} {born}",
                )
            )
        )
    return "\n".join(lines)


@innocent("phone list")
def _phones(dice: random.Random, _: World) -> str:
    return "\n".join(f"{n.surname} {n.forename[0]} {address(dice)} 01{dice.randrange(100, 999)} {dice.randrange(100_000, 999_999)}"
                     for n in some(dice, 50, 2_000))  # fmt: skip


@innocent("prices and invoices")
def _invoices(dice: random.Random, _: World) -> str:
    rows = [
        [f"{dice.choice('ABCDEFGH')}{dice.randrange(1_000_000, 9_999_999)}", f"{n.forename} {n.surname}",
         f"{dice.randrange(1, 9999)}.{dice.randrange(100):02}", birthday(dice)]
        for n in some(dice, 30, 2_000)
    ]  # fmt: skip
    return delimited([("Invoice", "Customer", "Amount", "Date"), *rows])


@innocent("six-digit orders with names")
def _orders(dice: random.Random, _: World) -> str:
    return "\n".join(f"#{dice.randrange(150_000, 360_000)} {n.forename} {n.surname} {AREAS[0]}{dice.randrange(1, 20)}"
                     for n in some(dice, 30, 3_000))  # fmt: skip


@innocent("numbers alone")
def _numbers(dice: random.Random, _: World) -> str:
    low, high = dice.choice(((1000, 99_999), (100_000, 999_999), (10**6, 10**7), (1, 10**9)))
    return "\n".join(str(dice.randrange(low, high)) for _ in range(dice.randrange(200, 8_000)))


@innocent("letter and seven digits")
def _serials(dice: random.Random, _: World) -> str:
    return "\n".join(
        f"{dice.choice('ABCDEFGHXYZ')}{dice.randrange(1_000_000, 9_999_999)}"
        for _ in range(dice.randrange(100, 6_000))
    )


@innocent("school register, surname and initials, two lists")
def _register(dice: random.Random, _: World) -> str:
    return "\n\n".join(
        f"Form {year}{letter}\n"
        + "\n".join(f"{n.surname}, {n.forename[0]}" for n in some(dice, 20, 33))
        for year in range(7, 12)
        for letter in "ABCD"
    )


@innocent("JSON of users")
def _users(dice: random.Random, _: World) -> str:
    return "[" + ",\n".join(
        f'{{"id": {dice.randrange(10**6)}, "firstName": "{n.forename}", "lastName": "{n.surname}", "age": {dice.randrange(18, 90)}}}'
        for n in some(dice, 50, 2_000)
    ) + "]"  # fmt: skip


@innocent("companies' officers")
def _companies(dice: random.Random, _: World) -> str:
    rows = [
        [
            f"{n.surname.upper()}, {n.forename}",
            "director",
            f"{dice.randrange(1_000_000, 15_999_999):08}",
            birthday(dice),
        ]
        for n in some(dice, 30, 2_000)
    ]
    return delimited([("Officer name", "Role", "Company number", "Appointed on"), *rows])
