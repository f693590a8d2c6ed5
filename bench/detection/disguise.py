"""
One disguise or typing error in a name, and the spellings that numbers and addresses have.

Each takes a text and gives another, or None where it does not apply (a name too
short to be mistyped and still be told; a name without Mc). Typing errors are
one edit of names of four letters or more, and never make another letter case.
"""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Callable

Disguise = Callable[[random.Random, str], str | None]

LEET = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4", "s": "5", "t": "7", "b": "8"}
ALIKE = {
    "a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "s": "ѕ", "x": "х", "y": "у", "j": "ј",
    "A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т", "X": "Х",
}  # fmt: skip
GREEK = {"A": "Α", "B": "Β", "E": "Ε", "H": "Η", "I": "Ι", "K": "Κ", "M": "Μ", "N": "Ν", "O": "Ο", "P": "Ρ", "T": "Τ",
         "o": "ο", "v": "ν", "X": "Χ", "Y": "Υ", "Z": "Ζ"}  # fmt: skip
FULL_WIDTH = 0xFEE0
BOLD, SCRIPT, DOUBLE, SANS = 0x1D400, 0x1D4D0, 0x1D538, 0x1D5A0
SHORTEST = 4
LONGEST_ERROR = 64


def _letters(text: str) -> list[int]:
    return [at for at, each in enumerate(text) if each.isalpha()]


def _mapped(table: dict[str, str]) -> Disguise:
    def disguise(dice: random.Random, text: str) -> str | None:
        places = [at for at, each in enumerate(text) if each in table]
        if not places:
            return None
        chosen = dice.sample(places, dice.randrange(1, min(3, len(places)) + 1))
        return "".join(table[each] if at in chosen else each for at, each in enumerate(text))

    return disguise


def _leet(dice: random.Random, text: str) -> str | None:
    table = LEET | {each.upper(): to for each, to in LEET.items() if each not in "l"}
    return _mapped(table)(dice, text)


def full_width(_: random.Random, text: str) -> str:
    return "".join(chr(ord(each) + FULL_WIDTH) if "!" <= each <= "~" else each for each in text)


def _mathematical(dice: random.Random, text: str) -> str | None:
    start = dice.choice((BOLD, SCRIPT, SANS))
    plain = unicodedata.normalize("NFKD", text)
    if not plain.isascii():
        return None
    return "".join(
        chr(start + string.ascii_letters.swapcase().index(each)) if each.isalpha() else each
        for each in plain
    )


def _sprinkled(marks: str, *, everywhere: bool = False) -> Disguise:
    def disguise(dice: random.Random, text: str) -> str | None:
        places = _letters(text)[:-1]
        if not places:
            return None
        chosen = places if everywhere else dice.sample(places, min(2, len(places)))
        return "".join(
            each + (dice.choice(marks) if at in chosen else "") for at, each in enumerate(text)
        )

    return disguise


def _bidirectional(_: random.Random, text: str) -> str:
    return f"\u202d{text[:2]}\u200e{text[2:]}\u202c"


def _spaced(_: random.Random, text: str) -> str | None:
    return " ".join(text) if text.isalpha() else None


def _dotted(_: random.Random, text: str) -> str | None:
    return ".".join(text) if text.isalpha() and len(text) > SHORTEST else None


def _mixed_case(dice: random.Random, text: str) -> str:
    start = dice.randrange(2)
    return "".join(e.upper() if at % 2 == start else e.lower() for at, e in enumerate(text))


def decomposed(_: random.Random, text: str) -> str | None:
    found = unicodedata.normalize("NFD", text)
    return found if found != text else None


def _unaccented(_: random.Random, text: str) -> str | None:
    plain = text.replace("ł", "l").replace("Ł", "L")
    found = "".join(
        each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each)
    )
    return found if found != text else None


def _accented(dice: random.Random, text: str) -> str | None:
    table = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü"}
    return _mapped(table)(dice, text)


# ------------------------------------------------------------- typing errors


def _room(text: str) -> bool:
    return text.isalpha() and SHORTEST <= len(text) <= LONGEST_ERROR


def substituted(dice: random.Random, text: str) -> str | None:
    if not _room(text):
        return None
    at = dice.randrange(1, len(text))
    other = dice.choice([each for each in string.ascii_lowercase if each != text[at].lower()])
    return text[:at] + other + text[at + 1 :]


def inserted(dice: random.Random, text: str) -> str | None:
    if not _room(text):
        return None
    at = dice.randrange(1, len(text) + 1)
    return text[:at] + dice.choice(string.ascii_lowercase) + text[at:]


def deleted(dice: random.Random, text: str) -> str | None:
    if not _room(text) or len(text) == SHORTEST:
        return None
    at = dice.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def transposed(dice: random.Random, text: str) -> str | None:
    places = [at for at in range(1, len(text) - 1) if text[at] != text[at + 1]]
    if not _room(text) or not places:
        return None
    at = dice.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def doubled(dice: random.Random, text: str) -> str | None:
    if not _room(text):
        return None
    at = dice.randrange(1, len(text))
    return text[: at + 1] + text[at] + text[at + 1 :]


def _stretched(dice: random.Random, text: str) -> str | None:
    """Every letter twice: `SSmmiitthh`."""
    return "".join(each * 2 for each in text) if _room(text) and dice else None


NAME: dict[str, Disguise] = {
    "leet": _leet,
    "Cyrillic look-alikes": _mapped(ALIKE),
    "Greek look-alikes": _mapped(GREEK),
    "full-width": full_width,
    "mathematical letters": _mathematical,
    "zero-width": _sprinkled("\u200b\u200c\u200d\u2060\ufeff"),
    "zero-width everywhere": _sprinkled("\u200b", everywhere=True),
    "soft hyphen": _sprinkled("\u00ad"),
    "bidirectional controls": _bidirectional,
    "letters spaced out": _spaced,
    "letters dotted": _dotted,
    "mixed case": _mixed_case,
    "NFD": decomposed,
    "accents lost": _unaccented,
    "accents added": _accented,
    "substitution": substituted,
    "insertion": inserted,
    "deletion": deleted,
    "transposition": transposed,
    "doubled letter": doubled,
    "all letters doubled": _stretched,
}


# ------------------------------------------------------- numbers and addresses


def _grouped(dice: random.Random, text: str) -> str | None:
    if len(text) < 5:
        return None
    at = 1 if text[0].isalpha() else dice.choice((2, 3))
    return f"{text[:at]} {text[at:]}"


NUMBER: dict[str, Disguise] = {
    "number with a space": _grouped,
    "number with a dash": lambda d, t: g.replace(" ", "-") if (g := _grouped(d, t)) else None,
    "number with leading zeros": lambda d, t: "0" * d.randrange(1, 4) + t if t.isdigit() else None,
    "number with prefix letters": lambda d, t: (
        d.choice(("CN", "W", "B", "PC", "EK")) + t if t.isdigit() else None
    ),
    "number after a hash": lambda _, t: f"#{t}",
    "number after No.": lambda _, t: f"No. {t}",
    "number in lower case": lambda _, t: t.lower() if t[0].isalpha() else None,
    "number without its letter": lambda _, t: t[1:] if t[0].isalpha() else None,
    "number full-width": full_width,
    "number with zero-width": lambda _, t: f"{t[:2]}\u200b{t[2:]}",
    "number in brackets": lambda _, t: f"[{t}]",
    "number with thousands comma": lambda _, t: (
        f"{int(t):,}" if t.isdigit() and len(t) > 4 else None
    ),
}

MAIL: dict[str, Disguise] = {
    "[at]": lambda _, t: t.replace("@", "[at]"),
    "(at) (dot)": lambda _, t: t.replace("@", "(at)").replace(".", "(dot)"),
    " at  dot ": lambda _, t: t.replace("@", " at ").replace(
        ".police.example", " dot police dot example"
    ),
    "[@] [.]": lambda _, t: t.replace("@", "[@]").replace(".", "[.]"),
    "mail in capitals": lambda _, t: t.upper(),
    "mail full-width": full_width,
    "mail percent encoded": lambda _, t: t.replace("@", "%40"),
    "mail as entity": lambda _, t: t.replace("@", "&#64;"),
    "mail with zero-width": _sprinkled("\u200b"),
    "mail +tag": lambda _, t: t.replace("@", "+shop@"),
}
