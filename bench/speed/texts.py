"""
What is scanned: natural text, text in which every word is new, combo lists, dumps of tables.

The same for the same machine. Natural text is what the machine itself carries;
the rest is drawn from seeds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from bench.detection.filler import distinct
from bench.detection.names import Name, force
from bench.detection.roster import Member

MB = 1_000_000
SHARE = 400_000  # characters of one file at most, so that no file decides
PROSE = (".txt", ".md", ".rst", ".gz", "LICENSE", "NEWS", "README", "changelog", "copyright")
CODE = (".py", ".c", ".h", ".js", ".pm", ".pl", ".sh")
MARKED = (".html", ".po", ".pod", ".xml", ".log", ".toml", ".cfg")
PLANTED = 25_000  # characters between two mentions of officers
LETTERS = "etaoinshrdlucmfwypvbgkjqxz"
HOSTS = ("mail.example", "post.example", "web.example", "inbox.example", "letters.example")


def natural(size: int, members: Sequence[Member] = ()) -> str:
    """
    Real text: six tenths prose and documentation, three tenths code, one tenth markup and logs.

    Each file once, a mention of one of `members` in every 25,000 characters.
    """
    pieces: list[str] = []
    for suffixes, share in ((PROSE, 0.6), (CODE, 0.3), (MARKED, 0.1)):
        held = 0
        for text in _texts(suffixes):
            pieces.append(text)
            held += len(text)
            if held >= size * share:
                break
    random.Random(5).shuffle(pieces)
    whole = "\n".join(pieces)[:size]
    return _planted(whole, members) if members else whole


def _texts(suffixes: tuple[str, ...]) -> Iterator[str]:
    for _, data in distinct(suffixes):
        text = data.decode("utf-8", "replace")[:SHARE]
        # Tables of numbers and packed data are not what people write.
        if len(text) > 500 and text.count(" ", 0, 20_000) > 0.08 * min(len(text), 20_000):
            yield text


def _planted(text: str, members: Sequence[Member]) -> str:
    dice = random.Random(6)
    pieces, at = [], 0
    while at < len(text):
        end = text.find("\n", at + PLANTED) + 1 or len(text)
        each = members[dice.randrange(len(members))]
        pieces.append(text[at:end])
        pieces.append(f"Seen there: {each.rank} {each.collar} {each.forename} {each.surname}.\n")
        at = end
    return "".join(pieces)


def new_words(size: int, *, capitalised: bool = False) -> str:
    """So many characters in which hardly a word comes twice: 4 to 11 letters, a dozen a line."""
    rng = np.random.default_rng(7)
    weight = 1.0 / (np.arange(26) + 4)
    letters = np.frombuffer(LETTERS.encode(), dtype=np.uint8)
    text = letters[rng.choice(26, size, p=weight / weight.sum())]
    gaps = np.cumsum(rng.integers(5, 13, size // 5))
    gaps = gaps[gaps < size - 1]
    if capitalised:
        text[gaps + 1] -= 32
    text[gaps] = ord(" ")
    text[gaps[11::12]] = ord("\n")
    return text.tobytes().decode("ascii")


def combo(lines: int, members: Sequence[Member], ours: int = 37) -> str:
    """Lines of `mail:password`, of which `ours` are addresses of officers."""
    rng, dice = np.random.default_rng(8), random.Random(8)
    people = _people(rng, lines)
    years = rng.integers(0, 10_000, lines).tolist()
    hosts = rng.integers(0, len(HOSTS), lines).tolist()
    secrets = new_words(1_000_000).split()
    picked = rng.integers(0, len(secrets), lines).tolist()
    found = [
        f"{first.lower()}.{last.lower()}{year}@{HOSTS[host]}:{secrets[word]}{year * 7 % 1000}"
        for (first, last), year, host, word in zip(people, years, hosts, picked, strict=True)
    ]
    for each in members[:ours]:
        found[dice.randrange(len(found))] = f"{each.email}:{secrets[each.at]}"
    return "\n".join(found) + "\n"


def dump(rows: int, members: Sequence[Member], ours: int = 60, *, wide: bool = False) -> str:
    """A customer table: 6 columns or, if `wide`, 17; `ours` of its rows are officers."""
    rng, dice = np.random.default_rng(9), random.Random(9)
    people = _people(rng, rows)
    for each in members[:ours]:
        people[dice.randrange(rows)] = (each.forename, each.surname)
    born = (np.datetime64("1950-01-01") + rng.integers(0, 20_000, rows)).astype(str).tolist()
    towns = [f"{word.capitalize()}ton" for word in new_words(3_000).split()[:200]]
    town = [towns[at] for at in rng.integers(0, len(towns), rows).tolist()]
    digits = rng.integers(10_000_000, 99_999_999, rows).tolist()
    lines = ["id,forename,surname,dob,city,mail"]
    if not wide:
        lines += [
            f"{at},{first},{last},{day},{place},{first.lower()}{number % 9973}@{HOSTS[at % 5]}"
            for at, ((first, last), day, place, number) in enumerate(
                zip(people, born, town, digits, strict=True), start=100_001
            )
        ]
        return "\n".join(lines) + "\n"
    lines = [
        (
            "id,title,forename,middle,surname,dob,phone,mobile,mail,address,district,city,postcode,"
            "employer,job,notes,last_login"
        )
    ]
    lines += [
        f"{at},{'Ms' if number & 1 else 'Mr'},{first},{people[at - 1][0]},{last},{day},0{number}1,07{number}9,"
        f"{last.lower()}.{first.lower()}@{HOSTS[at % 5]},{number % 300} {place} Road,{town[at - 1]},{place},"
        f"ZE{number % 40} {number % 9}QX,{place} Holdings,clerk,,2023-0{1 + number % 9}-11T08:{number % 50 + 10}:00"
        for at, ((first, last), day, place, number) in enumerate(
            zip(people, born, town, digits, strict=True)
        )
    ]
    return "\n".join(lines) + "\n"


def _people(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Names of strangers; forenames and surnames of 60,000 people, put together anew."""
    drawn: list[Name] = force().draw(rng, 60_000)
    first = rng.integers(0, len(drawn), count).tolist()
    last = rng.integers(0, len(drawn), count).tolist()
    return [(drawn[a].forename, drawn[b].surname) for a, b in zip(first, last, strict=True)]
