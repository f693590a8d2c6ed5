"""How people write a name, a rank and a number: their conventions, official and casual."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence

from bench.detection.roster import Member
from watcher.demo.leaks import SHORT

Write = Callable[[Member], str]


def short(member: Member) -> str:
    """`PC`, `DS`, `Ch Insp`."""
    return SHORT[member.rank]


def _initial(member: Member) -> str:
    return member.forename[:1]


def _middle(member: Member) -> str:
    return f" {member.middle}" if member.middle else ""


def _dotted(member: Member) -> str:
    return ". ".join(member.initials) + "."


NAMES: dict[str, Write] = {
    "SURNAME, Forename": lambda m: f"{m.surname.upper()}, {m.forename}",
    "Surname, Forename Middle": lambda m: f"{m.surname}, {m.forename}{_middle(m)}",
    "SURNAME Forename Middle": lambda m: f"{m.surname.upper()} {m.forename}{_middle(m)}",
    "Forename Surname": lambda m: f"{m.forename} {m.surname}",
    "Forename SURNAME": lambda m: f"{m.forename} {m.surname.upper()}",
    "Forename Middle Surname": lambda m: f"{m.forename}{_middle(m)} {m.surname}",
    "Surname Forename": lambda m: f"{m.surname} {m.forename}",
    "forename surname (lower case)": lambda m: f"{m.forename} {m.surname}".lower(),
    "FORENAME SURNAME (capitals)": lambda m: f"{m.forename} {m.surname}".upper(),
    "known as": lambda m: f"{m.known_as or m.forename} {m.surname}",
    "title Forename Surname": lambda m: f"{'Ms' if m.at % 2 else 'Mr'} {m.forename} {m.surname}",
    "Forename M. Surname": lambda m: (
        f"{m.forename} {m.middle[:1] + '. ' if m.middle else ''}{m.surname}"
    ),
}
INITIALS: dict[str, Write] = {
    "Surname F": lambda m: f"{m.surname} {_initial(m)}",
    "Surname FM": lambda m: f"{m.surname} {m.initials}",
    "F Surname": lambda m: f"{_initial(m)} {m.surname}",
    "F. M. Surname": lambda m: f"{_dotted(m)} {m.surname}",
    "F.M.Surname": lambda m: f"{'.'.join(m.initials)}.{m.surname}",
    "Surname,F.": lambda m: f"{m.surname},{_initial(m)}.",
    "SURNAME, F M": lambda m: f"{m.surname.upper()}, {' '.join(m.initials)}",
}
NUMBERED: dict[str, Write] = {
    "PC 1234 Surname": lambda m: f"{short(m)} {m.collar} {m.surname}",
    "PC Surname 1234": lambda m: f"{short(m)} {m.surname} {m.collar}",
    "1234 PC Surname": lambda m: f"{m.collar} {short(m)} {m.surname}",
    "rank number name in one cell": lambda m: f"{short(m)} {m.collar} {m.forename} {m.surname}",
    "Forename Surname (1234)": lambda m: f"{m.forename} {m.surname} ({m.collar})",
    "Surname F pay": lambda m: f"{m.surname} {_initial(m)} {m.pay}",
    "warrant - Forename Surname": lambda m: f"{m.warrant} - {m.forename} {m.surname}",
    "Name <mail> number": lambda m: f"{m.forename} {m.surname} <{m.email}> {m.collar}",
    "SURNAME, Forename: pay": lambda m: f"{m.surname.upper()}, {m.forename}: {m.pay}",
    "rank Forename Surname, warrant no.": lambda m: (
        f"{short(m)} {m.forename} {m.surname}, warrant no. {m.warrant}"
    ),
}
MAILS: dict[str, Write] = {
    "mail": lambda m: m.email,
    "Name <mail>": lambda m: f"{m.forename} {m.surname} <{m.email}>",
    "pnn mail": lambda m: m.email.replace("@northshire.", "@northshire.pnn."),
}
# Heading → cell, as personnel systems print them.
CELLS: dict[str, Write] = {
    "Surname": lambda m: m.surname,
    "Forename": lambda m: m.forename,
    "Forenames": lambda m: f"{m.forename}{_middle(m)}",
    "Initials": lambda m: m.initials,
    "Name": lambda m: f"{m.surname}, {m.forename}",
    "Full Name": lambda m: f"{m.forename} {m.surname}",
    "Rank": short,
    "Rank/Grade": lambda m: m.rank,
    "Dept": lambda m: m.unit,
    "Location": lambda m: m.location,
    "Service No": lambda m: m.warrant,
    "PayNo": lambda m: m.pay,
    "Collar No.": lambda m: m.collar,
    "Vetting": lambda m: m.vetting,
    "Email": lambda m: m.email,
}


def table(members: Iterable[Member], columns: Sequence[str]) -> list[list[str]]:
    """The cells of these people, without headings."""
    return [[CELLS[column](each) for column in columns] for each in members]


def delimited(rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Rows as CSV (RFC 4180, line feeds)."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


STREETS = (
    "Mill Lane",
    "Church Road",
    "Station Road",
    "Victoria Street",
    "Orchard Close",
    "The Green",
)
TOWNS = ("Eskmouth", "Thornby", "Winterholm", "Farrowby", "Brindle Green")
AREAS = ("NS", "EK", "TB", "WH")


def postcode(dice: random.Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return (
        f"{dice.choice(AREAS)}{dice.randrange(1, 20)} "
        f"{dice.randrange(1, 10)}{dice.choice(letters)}{dice.choice(letters)}"
    )


def address(dice: random.Random) -> str:
    return f"{dice.randrange(1, 180)} {dice.choice(STREETS)}, {dice.choice(TOWNS)} {postcode(dice)}"


def mobile(dice: random.Random) -> str:
    return f"07700 900{dice.randrange(1000):03}"  # Ofcom's numbers for drama


def birthday(dice: random.Random) -> str:
    return f"{dice.randrange(1, 29):02}/{dice.randrange(1, 13):02}/{dice.randrange(1962, 2003)}"


def password(dice: random.Random) -> str:
    return "".join(
        dice.choice("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789!_")
        for _ in range(dice.randrange(7, 13))
    )
