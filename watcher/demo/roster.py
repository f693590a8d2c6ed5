"""
People who do not exist: the roster of an invented force.

`people` draws them from `names.toml`, the same ones for the same seed on every
machine. Also used by the tests and the benches, which need a roster that
behaves like a real one: few names carry many people, some people have the same
name, e-mail addresses carry a digit where two do.

Everything is in a country of its own: the force and its domain are invented,
the domain under a name that RFC 2606 reserves.
"""

from __future__ import annotations

import csv
import functools
import io
import itertools
import random
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

FORCE = "Northshire Constabulary"
DOMAIN = "northshire.police.example"

COLUMNS = (
    "ref",
    "forename",
    "middle",
    "surname",
    "known_as",
    "previous_surname",
    "rank",
    "pay_number",
    "warrant_number",
    "collar_number",
    "email",
    "vetting",
    "unit",
    "location",
    "photo",
    "risk_group",
    "public",
)

# (value, weight): a plausible force, not a statistic
RANKS = {
    "Constable": 700,
    "Detective Constable": 120,
    "Sergeant": 95,
    "Detective Sergeant": 35,
    "Inspector": 28,
    "Detective Inspector": 10,
    "Chief Inspector": 7,
    "Superintendent": 3,
    "Chief Superintendent": 2,
}
VETTING = {"RV": 760, "MV": 150, "CTC": 45, "SC": 35, "DV": 10}
UNITS = {
    "Response": 420,
    "Neighbourhood Policing": 170,
    "CID": 120,
    "Roads Policing": 60,
    "Custody": 55,
    "Public Protection": 50,
    "Contact Centre": 40,
    "Dog Section": 20,
    "Firearms": 25,
    "Intelligence": 25,
    "Close Protection": 8,
    "Surveillance": 7,
}
HIGH_RISK = {"Firearms": "firearms", "Close Protection": "protection", "Surveillance": "covert"}
STATIONS = {
    "Eskmouth": 260,
    "Thornby": 190,
    "Harrowgate Road": 140,
    "Kelderdale": 110,
    "Winterholm": 90,
    "Saltburn Cross": 80,
    "Ravensworth": 70,
    "Muckle Bay": 40,
    "Staithwaite": 20,
}
PUBLIC_RANKS = {"Superintendent", "Chief Superintendent"}

RARE = 0.7  # of the largest community bear a surname of the long tail


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together, and the weight of each, running total."""

    forenames: tuple[str, ...] = field(repr=False)
    surnames: tuple[str, ...] = field(repr=False)

    def forename(self, dice: random.Random) -> str:
        return dice.choices(self.forenames, cum_weights=_zipf(len(self.forenames)))[0]

    def surname(self, dice: random.Random) -> str:
        return dice.choices(self.surnames, cum_weights=_zipf(len(self.surnames)))[0]


@functools.cache
def _zipf(count: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 20) for rank in range(1, count + 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What `names.toml` holds. The first community is the largest."""

    communities: tuple[Community, ...]
    shares: tuple[float, ...]
    heads: tuple[str, ...]
    middles: tuple[str, ...]
    ends: tuple[str, ...]
    nicknames: Mapping[str, str]


@functools.cache
def names() -> Names:
    text = resources.files("watcher.demo").joinpath("names.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    nicknames, tail = tables.pop("nicknames"), tables.pop("tail")
    return Names(
        communities=tuple(
            Community(_listed(table["forenames"]), _listed(table["surnames"]))
            for table in tables.values()
        ),
        shares=tuple(table["share"] for table in tables.values()),
        heads=_listed(tail["heads"]),
        middles=_listed(tail["middles"]),
        ends=_listed(tail["ends"]),
        nicknames=nicknames,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(","))


def name(dice: random.Random) -> tuple[str, str]:
    """A forename and a surname, mostly of one community."""
    known = names()
    own = dice.choices(known.communities, known.shares)[0]
    married = dice.choices(known.communities, known.shares)[0] if dice.random() < 0.08 else own
    surname = married.surname(dice)
    if married is known.communities[0] and dice.random() < RARE:
        surname = "".join(map(dice.choice, (known.heads, known.middles, known.ends)))
    if dice.random() < 0.03 and "-" not in surname:
        surname = f"{surname}-{known.communities[0].surname(dice)}"
    return own.forename(dice), surname


def plain(text: str) -> str:
    """The letters of a name as they stand in a mail address: `Ní Bhriain` → `nibhriain`."""
    text = text.replace("ł", "l").replace("Ł", "L")
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text).lower()
        if letter.isascii() and (letter.isalnum() or letter == "-")
    )


def people(seed: int, count: int) -> list[dict[str, str]]:
    """
    As many officers as asked for, in no order: `COLUMNS` → value, "" where one has none.

    Refs (`N-00001`), addresses and each kind of number are unique. Pay numbers
    have 8 digits, warrant numbers 6, collar numbers 4 (5 beyond 4,000 people).
    Raises ValueError beyond 80,000.
    """
    if count > 80_000:
        raise ValueError(f"{count} people: the number ranges end at 80,000")
    dice = random.Random(f"roster {seed}")  # noqa: S311  # must come out the same again
    nicknames = names().nicknames
    collars = range(1000, 9999) if count <= 4_000 else range(10_000, 99_999)
    numbers = zip(
        dice.sample(range(50_000_000, 59_999_999), count),
        dice.sample(range(160_000, 259_999), count),
        dice.sample(collars, count),
        strict=True,
    )
    mailboxes: Counter[str] = Counter()
    rows: list[dict[str, str]] = []
    for position, (pay, warrant, collar) in enumerate(numbers, start=1):
        forename, surname = name(dice)
        rank, unit = _pick(dice, RANKS), _pick(dice, UNITS)
        mailbox = f"{plain(forename)}.{plain(surname)}"
        mailboxes[mailbox] += 1
        again = str(mailboxes[mailbox]) if mailboxes[mailbox] > 1 else ""
        middle = name(dice)[0] if dice.random() < 0.4 else ""
        previous = name(dice)[1] if dice.random() < 0.05 else ""
        rows.append(
            {
                "ref": f"N-{position:05}",
                "forename": forename,
                "middle": middle if middle != forename else "",
                "surname": surname,
                "known_as": nicknames.get(forename, "") if dice.random() < 0.3 else "",
                "previous_surname": previous if previous != surname else "",
                "rank": rank,
                "pay_number": str(pay),
                "warrant_number": str(warrant),
                "collar_number": str(collar),
                "email": f"{mailbox}{again}@{DOMAIN}",
                "vetting": _pick(dice, VETTING),
                "unit": unit,
                "location": _pick(dice, STATIONS),
                "photo": "",
                "risk_group": HIGH_RISK.get(unit, ""),
                "public": "yes" if rank in PUBLIC_RANKS else "",
            }
        )
    return rows


def _pick(dice: random.Random, weights: Mapping[str, int]) -> str:
    return dice.choices(tuple(weights), tuple(weights.values()))[0]


def csv_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """The roster as a personnel system would export it: UTF-8, comma, a heading row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
