"""What the files say: people of a customer table, prose, the same for the same machine."""

from __future__ import annotations

import functools

from bench.speed import texts

WIDTH = 8
HEAD = ["id", "forename", "surname", "dob", "city", "mail", "phone", "balance"]


ROWS = 200_000
PROSE = 20_000_000

Line = list[str | int | float]


def rows(count: int) -> list[Line]:
    """So many rows of 8 cells below a header: numbers, names, a day, an address, an amount."""
    return _rows()[: count + 1]


@functools.cache
def _rows() -> list[Line]:
    found: list[Line] = [list(HEAD)]
    for number, line in enumerate(texts.dump(ROWS, ()).splitlines()[1:]):
        at, *said = line.split(",")
        found.append([int(at), *said, f"07{number * 7919 % 10**9:09}", number * 37 % 99_991 / 100])
    return found


def prose(size: int) -> str:
    """So many characters of what this machine carries of prose, code and markup."""
    return _prose()[:size]


@functools.cache
def _prose() -> str:
    return texts.natural(PROSE)


def prepare() -> None:
    """Draw what all makers share, once."""
    _rows()
    _prose()


def paragraphs(count: int) -> list[str]:
    """So many paragraphs of a few lines each, without signs that XML cannot hold."""
    found: list[str] = []
    for piece in prose(3_000_000).split("\n\n"):
        text = " ".join(piece.split())
        if 100 < len(text) < 1_000 and text.isprintable():
            found.append(text)
        if len(found) == count:
            break
    return [found[at % len(found)] for at in range(count)]
