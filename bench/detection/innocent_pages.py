"""Innocent pages: press and court, adverts, glossaries, logs, chat, minutes: people and police words, nobody's data."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from bench.detection.filler import passage
from bench.detection.innocent import Innocent
from bench.detection.names import Name, force
from bench.detection.roster import FORCE
from bench.detection.world import World
from bench.detection.writing import TOWNS, password
from watcher.demo.leaks import SHORT

PAGES: dict[str, Innocent] = {}
OTHER_FORCES = ("Eastmere Police", "Westvale Constabulary", "Police Scotland", "the Met")


def page(name: str) -> Callable[[Innocent], Innocent]:
    def registered(make: Innocent) -> Innocent:
        PAGES[name] = make
        return make

    return registered


def _people(dice: random.Random, world: World, count: int) -> list[Name]:
    return world.anybody(dice, count)


def _story(dice: random.Random, world: World, sentences: list[str]) -> str:
    del world
    return f"{passage(dice, 600)}\n\n{' '.join(sentences)}\n\n{passage(dice, 400)}\n"


@page("N2 press page about chief officers who are public")
def _chiefs(dice: random.Random, world: World) -> str:
    public = [each for each in world.members if each.public]
    found = dice.sample(public, min(len(public), dice.randrange(1, 6)))
    return "\n".join(
        f"{FORCE}: {each.rank} {each.forename} {each.surname} said the force was grateful to {dice.choice(TOWNS)}. "
        f"Contact {each.email}."
        for each in found
    )


@page("press release of another force")
def _press(dice: random.Random, world: World) -> str:
    found = _people(dice, world, dice.randrange(1, 5))
    return "\n\n".join(
        f"{dice.choice(('PC', 'DC', 'Sgt', 'Inspector', 'Detective Sergeant'))} {n.forename} {n.surname}, of "
        f"{dice.choice(OTHER_FORCES)}, said: “We are appealing for witnesses after a burglary in {dice.choice(TOWNS)} "
        f"on {dice.randrange(1, 29)} March {dice.randrange(2001, 2026)}. Call 101, quoting incident {dice.randrange(100, 99_999)}.”"
        for n in found
    )


@page("meet your team, another force")
def _team(dice: random.Random, world: World) -> str:
    return f"Meet your neighbourhood team in {dice.choice(TOWNS)}\n" + "\n".join(
        f"{dice.choice(('PC', 'PCSO', 'Sgt'))} {dice.randrange(100, 99_999)} {n.forename} {n.surname}"
        for n in _people(dice, world, dice.randrange(3, 9))
    )


@page("court report")
def _court(dice: random.Random, world: World) -> str:
    return "\n".join(
        f"{n.forename.upper()} {n.surname.upper()}, {dice.randrange(18, 80)}, of {dice.randrange(1, 200)} Mill Lane, {dice.choice(TOWNS)}, "
        f"admitted assaulting a police officer on {dice.randrange(1, 29)} May. Fined £{dice.randrange(80, 900)} with costs of £85."
        for n in _people(dice, world, dice.randrange(4, 40))
    )


@page("misconduct notice, another force")
def _misconduct(dice: random.Random, world: World) -> str:
    n = _people(dice, world, 1)[0]
    return (
        f"Notice of misconduct hearing. Former PC {dice.randrange(1000, 9999)} {n.forename} {n.surname} of {dice.choice(OTHER_FORCES)}. "
        f"The hearing will be held on {dice.randrange(1, 29)} June {dice.randrange(2020, 2026)} at 10:00."
    )


@page("honours list")
def _honours(dice: random.Random, world: World) -> str:
    return "\n".join(
        f"{n.forename} {n.surname.upper()}, {dice.choice(('MBE', 'OBE', 'QPM', 'BEM'))}. For services to {dice.choice(('policing', 'nursing', 'education', 'the community in ' + dice.choice(TOWNS)))}."
        for n in _people(dice, world, dice.randrange(20, 300))
    )


@page("N3 job adverts with vetting words")
def _advert(dice: random.Random, _: World) -> str:
    jobs = (
        "fleet technician",
        "data analyst",
        "cleaner",
        "penetration tester",
        "crime scene manager",
    )
    return "\n\n".join(
        f"Vacancy {dice.randrange(1000, 99_999)}: {dice.choice(jobs)}, {dice.choice(TOWNS)} police station. £{dice.randrange(22, 60)},{dice.randrange(1000):03}. "
        f"The post holder must hold {dice.choice(('NPPV3', 'NPPV2', 'MV', 'RV'))}; {dice.choice(('DV', 'SC', 'CTC'))} desirable. "
        f"Reference {dice.randrange(100_000, 999_999)}. Apply by {dice.randrange(1, 29)} August."
        for _ in range(dice.randrange(1, 30))
    )


@page("N3 police drama glossary")
def _drama(dice: random.Random, world: World) -> str:
    terms = (
        "AC-12",
        "CHIS",
        "DCI",
        "DS",
        "DI",
        "SFO",
        "OCG",
        "UCO",
        "MIT",
        "PNC",
        "TSG",
        "ARV",
        "DV",
        "SC",
        "CC",
        "PS",
    )
    cast = "\n".join(
        f"{n.forename} {n.surname} as {dice.choice(('DCI', 'DS', 'PC', 'Supt'))} {o.forename} {o.surname}, series {dice.randrange(1, 7)}, {dice.randrange(2005, 2024)}"
        for n, o in zip(_people(dice, world, 25), _people(dice, world, 25), strict=True)
    )
    return (
        "\n".join(
            f"{t}: see {dice.choice(terms)}, episode {dice.randrange(1, 60)}"
            for t in dice.sample(terms, 14)
        )
        + f"\n\n{cast}"
    )


@page("log full of numbers")
def _log(dice: random.Random, _: World) -> str:
    return "\n".join(
        f"2026-11-{dice.randrange(1, 29):02}T{dice.randrange(24):02}:{dice.randrange(60):02}:{dice.randrange(60):02}.{dice.randrange(1000):03}Z "
        f"{dice.choice(('INFO', 'WARN'))} worker-{dice.randrange(64)} pid={dice.randrange(1000, 99_999)} job={dice.randrange(100_000, 999_999)} "
        f"{dice.choice(('grant', 'mark', 'page', 'frank', 'may'))} {dice.choice(('read', 'field', 'young', 'chase', 'hunt'))} took {dice.randrange(9999)} ms"
        for _ in range(dice.randrange(200, 4_000))
    )


@page("chat log")
def _chat(dice: random.Random, world: World) -> str:
    found = _people(dice, world, 12)
    words = (
        "yeah",
        "police outside again",
        "pc won't boot",
        "see you at 1930",
        "who is on at 0700",
        "ask sarge",
        "lol",
        "my pc is 1080p",
    )
    return "\n".join(
        f"[{dice.randrange(24):02}:{dice.randrange(60):02}] <{n.forename.lower().split()[0]}{dice.randrange(99)}> {dice.choice(words)} "
        f"{dice.choice((n.forename, n.forename + ' ' + n.surname, str(dice.randrange(9999))))}"
        for n in (dice.choice(found) for _ in range(dice.randrange(50, 900)))
    )


@page("minutes of a police and crime panel")
def _minutes(dice: random.Random, world: World) -> str:
    return (
        f"Present: {', '.join(f'Cllr {n.forename[0]} {n.surname}' for n in _people(dice, world, 14))}.\n"
        + "\n".join(
            f"{at}.{dice.randrange(1, 9)} {n.forename} {n.surname} asked Chief Inspector {o.surname} about {dice.randrange(10, 5000)} reports in {dice.randrange(2015, 2026)}."
            for at, (n, o) in enumerate(
                zip(_people(dice, world, 30), _people(dice, world, 30), strict=True)
            )
        )
    )


@page("infostealer log of a stranger")
def _stealer(dice: random.Random, world: World) -> str:
    return "\n".join(
        f"URL: https://forum.example/{dice.randrange(9999)}\nUsername: {n.forename.lower()}{dice.randrange(1990, 2010)}\nPassword: {password(dice)}\n"
        for n in _people(dice, world, dice.randrange(10, 200))
    )


@page("match report and league tables")
def _football(dice: random.Random, world: World) -> str:
    found = _people(dice, world, 22)
    side = ", ".join(f"{at} {n.surname}" for at, n in enumerate(found, 1))
    return f"{side}\nReferee: {found[0].forename} {found[3].surname}. Attendance {dice.randrange(100, 60_000):,}. Police made {dice.randrange(9)} arrests."


@page("books and papers")
def _bibliography(dice: random.Random, _: World) -> str:
    found = force().draw(np.random.default_rng(dice.getrandbits(60)), dice.randrange(40, 600))
    return "\n".join(
        f"[{at}] {n.surname}, {n.forename[0]}. ({dice.randrange(1950, 2026)}) Policing and society, vol. {dice.randrange(1, 80)}, pp. {dice.randrange(1, 900)}–{dice.randrange(901, 1800)}."
        for at, n in enumerate(found, 1)
    )


@page("an innocent page that quotes a rank list")
def _ranks(dice: random.Random, _: World) -> str:
    return "Rank,Headcount\n" + "\n".join(f"{rank},{dice.randrange(1, 4000)}" for rank in SHORT)
