"""Documents that look like a leak and are none: file name → bytes."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.journey.people import Row, strangers
from watcher.demo.leaks import SHORT

ADVERT = "Cleaner, Thornby. Applicants will be vetted to NPPV3, DV desirable. Apply by post.\n"
GLOSSARY = """In the drama a DCI leads the team and a DS keeps the notes; the PC on the door says little.
SIO: the senior officer of an inquiry. RV, MV and DV are levels of vetting. UCO: undercover.
Warrant card: what they show before they are let in. Collar number: the digits on the shoulder.
"""
RUNNERS = 5_000
CLUBS = ("Thornby Harriers", "Muckle Bay AC", "Eskmouth Road Runners", "Unattached")


def innocent(rows: Sequence[Row]) -> dict[str, bytes]:
    """All of them, by the names that they lie in a folder under."""
    return {
        "n1-results.txt": results(rows),
        "n2-press.html": press(chiefs(rows)),
        "n3-adverts.txt": (ADVERT * 500).encode(),
        "n3-glossary.txt": GLOSSARY.encode(),
        **{f"n4-{at}.html": press(chiefs(rows), minute=at) for at in range(3)},
    }


def results(rows: Sequence[Row]) -> bytes:
    """A race of people drawn like the roster: about half of them have an officer's surname and initial."""
    dice = random.Random("race")
    lines = ["Thornby 10 km, all results\n"]
    for at, each in enumerate(strangers(rows, RUNNERS), start=1):
        clock = f"{dice.randint(31, 79)}:{dice.randint(0, 59):02}"
        lines.append(
            f"{at:5}  {each['surname']} {each['forename'][0]}  {dice.choice(CLUBS)}  {clock}\n"
        )
    return "".join(lines).encode()


def chiefs(rows: Sequence[Row]) -> list[Row]:
    """Those whom the roster marks as known to the public."""
    return [row for row in rows if row["public"]]


def press(people: Sequence[Row], *, minute: int = 0) -> bytes:
    """The page on which a force shows its chief officers, which says when it was fetched."""
    cards = "".join(
        f"<li><b>{SHORT[each['rank']]} {each['forename']} {each['surname']}</b> {each['unit']}</li>"
        for each in people
    )
    return f"<h1>Our leaders</h1><ul>{cards}</ul><p>14:{minute:02}</p>".encode()
