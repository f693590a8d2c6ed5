"""
Lists of addresses as they come out: a combo list of passwords, and a mail server's address book.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence

from tests.journey.people import Row, delimited
from watcher.demo.roster import DOMAIN

COMBO = 100_000  # lines of the combo list


def combo(rows: Sequence[Row]) -> bytes:
    """Addresses and passwords of the whole world, 37 of them of the force."""
    dice = random.Random("combo")
    lines = [f"{dice.randbytes(5).hex()}@mail{dice.randint(1, 99)}.example" for _ in range(COMBO)]
    ours = (*addresses(rows), *(f"{each}@{DOMAIN}" for each in ("4471", "j.smith2", "press")))
    for at, each in zip(dice.sample(range(COMBO), len(ours)), ours, strict=True):
        lines[at] = each
    return "".join(f"{each}:{secret(each)}\n" for each in lines).encode()


def addresses(rows: Sequence[Row]) -> list[str]:
    """As enrolled, and some as the older network has them."""
    found = [row["email"] for row in rows]
    return [each.replace(".police.", ".pnn.police.") for each in found[:4]] + found[4:]


def secret(address: str) -> str:
    """The password that stands beside an address."""
    return f"marmalade{sum(address.encode())}"


def books(rows: Sequence[Row]) -> dict[str, bytes]:
    """The address list of a mail server in three notations, in LDIF with names in base64 as well."""
    ldif, coded, cards = ["version: 1\n"], ["version: 1\n"], []
    lines = [["First Name", "Last Name", "Display Name", "E-mail Address", "Department"]]
    for at, each in enumerate(rows):
        first, last, mail, unit = (each[k] for k in ("forename", "surname", "email", "unit"))
        shown = f"{last.upper()}, {first} ({unit})"
        letters = f": {base64.b64encode(shown.encode()).decode()}"
        for told, entries in (
            (f" {shown}" if shown.isascii() else letters, ldif),
            (letters, coded),
        ):
            entries.append(
                f"dn: CN=u{at},OU=Users,DC=northshire\nobjectClass: person\n"
                f"displayName:{told}\nmail: {mail}\ndepartment: {unit}\n"
            )
        cards.append(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{shown.replace(',', chr(92) + ',')}\r\n"
            f"N:{last};{first};;;\r\nEMAIL;TYPE=INTERNET:{mail}\r\nORG:Northshire;{unit}\r\nEND:VCARD\r\n"
        )
        lines.append([first, last, shown, mail, unit])
    return {
        "ldif": "\n".join(ldif).encode(),
        "coded.ldif": "\n".join(coded).encode(),
        "vcf": "".join(cards).encode(),
        "csv": delimited(lines, quoted=True).encode(),
    }
