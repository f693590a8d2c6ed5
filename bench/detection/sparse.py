"""Our people among many others: in a run, scattered, and under one employer's name."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.detection.forms import Made, form, made
from bench.detection.roster import DOMAIN, FORCE, Member
from bench.detection.world import World
from bench.detection.writing import delimited, mobile, password
from watcher.demo.roster import plain
from watcher.model import Severity

EMPLOYERS = tuple(
    f"{town} {kind}"
    for town in ("Oxmoor", "Tarn", "Brindle", "Farrowby", "Aston", "Wendle", "Kelder", "Muckle")
    for kind in ("Borough Council", "NHS Trust", "Foods", "Logistics", "Academy", "Haulage", "Care")
)
PROVIDERS = ("mail.example", "post.example.net", "inbox.example.org")
Row = list[str]


def _scattered(dice: random.Random, ours: Sequence[Row], others: list[Row]) -> list[Row]:
    rows = others
    for row in ours:
        rows.insert(dice.randrange(len(rows) + 1), row)
    return rows


def _plain_pay(dice: random.Random) -> str:
    return f"{dice.choice('JKLMNP')}{dice.randrange(1_000_000, 9_999_999)}"


def _customers(dice: random.Random, world: World, count: int) -> list[Row]:
    """Rows of a supplier's other customers: forename, surname, employer, number, mail."""
    rows = []
    for name in world.anybody(dice, count):
        mailbox = f"{plain(name.forename)}.{plain(name.surname)}{dice.randrange(99)}"
        mail = f"{mailbox}@{dice.choice(PROVIDERS)}"
        rows.append([name.forename, name.surname, dice.choice(EMPLOYERS), _plain_pay(dice), mail])
    return rows


def _own(found: Sequence[Member]) -> list[Row]:
    return [[e.forename, e.surname, FORCE, e.pay, e.email] for e in found]


HEADS = ["First name", "Surname", "Organisation", "Staff No", "Email"]


def _cut(rows: Sequence[Row], columns: Sequence[int]) -> str:
    return delimited([[row[at] for at in columns] for row in (HEADS, *rows)])


@form("sparse/40 in a row among 10,000, names", heavy=10, hopeless_from=200_000)
def _run(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 40)
    rows = _customers(dice, world, 10_000)
    at = dice.randrange(len(rows))
    rows[at:at] = _own(found)
    return made(_cut(rows, (0, 1)), found, Severity.MEDIUM)


@form("sparse/40 under one employer among 10,000, names", heavy=10)
def _group(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 40)
    rows = _scattered(dice, _own(found), _customers(dice, world, 10_000))
    return made(_cut(rows, (0, 1, 2)), found, Severity.MEDIUM)


@form("sparse/12 among 10,000, names and numbers", heavy=10)
def _numbers(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 12)
    rows = _scattered(dice, _own(found), _customers(dice, world, 10_000))
    return made(_cut(rows, (0, 1, 3)), found, Severity.CRITICAL)


@form("sparse/12 among 10,000, names and mail", heavy=10)
def _mails(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 12)
    rows = _scattered(dice, _own(found), _customers(dice, world, 10_000))
    return made(_cut(rows, (0, 1, 4)), found, Severity.MEDIUM)


@form("sparse/200 among 5,000, names", heavy=10, hopeless_from=40_000)
def _names(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 200)
    rows = _scattered(dice, _own(found), _customers(dice, world, 5_000))
    return made(_cut(rows, (0, 1)), found, Severity.MEDIUM)


@form("sparse/200 under one mail domain among 5,000", heavy=10)
def _stale(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 200)
    rows = _scattered(dice, _own(found), _customers(dice, world, 5_000))
    return made(_cut(rows, (4, 0, 1)), found, Severity.CRITICAL)


@form("combo/37 of ours in a list of mail and password", heavy=4)
def _combo(dice: random.Random, world: World) -> Made:
    """A8: `.pnn.`, `4471@` and `j.smith2@` among addresses of others, a password beside each."""
    found = world.some(dice, 37)
    lines = [f"{row[4]}:{password(dice)}" for row in _customers(dice, world, 4_000)]
    for at, each in enumerate(found):
        mail = each.email
        if at % 4 == 0:
            mail = mail.replace("@northshire.", "@northshire.pnn.")
        elif at % 4 == 1:
            mail = f"{each.pay.lower()}@{DOMAIN}"
        elif at % 4 == 2:
            mail = mail.upper()
        lines.insert(dice.randrange(len(lines)), f"{mail}:{password(dice)}")
    return made("\n".join(lines), found, Severity.HIGH)


@form("combo/one of ours in a list of mail and password", heavy=4)
def _single(dice: random.Random, world: World) -> Made:
    found = [world.one(dice)]
    lines = [f"{row[4]}:{password(dice)}" for row in _customers(dice, world, 2_000)]
    lines.insert(dice.randrange(len(lines)), f"{found[0].email}:{password(dice)}")
    return made("\n".join(lines), found, Severity.HIGH)


@form("combo/infostealer log")
def _stealer(dice: random.Random, world: World) -> Made:
    each = world.one(dice)
    blocks = [
        f"URL: https://{dice.choice(('shop', 'bank', 'games'))}.example/login\nUsername: {user}\n"
        f"Password: {password(dice)}\nApplication: Chrome\n===============\n"
        for user in (f"u{dice.randrange(9999)}@mail.example", each.email, "admin")
    ]
    return made("\n".join(blocks), [each], Severity.HIGH)


@form("sparse/8 among 1,500 users, mail and phone", heavy=4)
def _phones(dice: random.Random, world: World) -> Made:
    found = world.some(dice, 8)
    rows = [[row[0], row[1], row[4], mobile(dice)] for row in _customers(dice, world, 1_500)]
    ours = [[each.forename, each.surname, each.email, mobile(dice)] for each in found]
    text = delimited([["first_name", "last_name", "email", "phone"], *_scattered(dice, ours, rows)])
    return made(text, found, Severity.MEDIUM)
