"""Addresses in folded text."""

from __future__ import annotations

import random
from functools import cache

import pytest

from matchers.people import mail
from matchers.people.kernel import arrays
from matchers.people.kernel.addresses import addresses, next_sign
from matchers.people.kernel.folding import fold
from matchers.people.siphash import Kind, halves, tag
from tests.matchers.people.kernel.windows import (
    KEY,
    Window,
    cleaned,
    index,
    otherwise,
    some,
    window,
)
from watcher.api import Person

DOMAINS = [
    "force.example", "deep.force.example", "x.y.police.uk", "police.uk", "police.je", "notpolice.uk",
    "gmail.com", "watched.pnn.example", "a.b", "x-y.co.uk", "mail.watched.example", "pnn.pnn", "pnn",
    "l" * 63 + ".uk", "l" * 64 + ".uk", "a.b.c.d.e.f.g.h.i.j.k", "b..c", ".x.uk", "FORCE.example.",
]  # fmt: skip
LOCALS = [
    "john.smith", "a3.smith", "a59.smith", "bob", "o'neill", "oneill", "4471", "j.s+tag", "x.", ".x", "-a",
    "a" * 65, "a_b%c", "+x", "A3.Smith", "É", "bo\u200bb", "bob’s", "x@y",
]  # fmt: skip
WORDS = [
    "hunter22", "see", "abc", "pass@word", "c@d.example", "mailto", "to all", "x" * 70, "ok",
    "\r\n", "john", "http//x", "12ab", *(f"{a}@{b}" for a in LOCALS for b in DOMAINS),
]  # fmt: skip
SEPARATORS = [
    *[" "] * 4, ":", ";", "|", "\t", " | ", ": ", "://", "::", ">", '">', ">:", "\n", "\x1f", "\x1e", ",",
    ", ", ". ", "’s ", "@", "\u200b", "| ", " |", "'s:", '":', "<", "(", "+", "%", "",
]  # fmt: skip
PEOPLE = [
    *(Person(ref=str(i), emails=(f"a{i}.smith@force.example",)) for i in range(60)),
    Person(ref="x", emails=("bob@gmail.com", "o'neill@x.y.police.uk")),
]
KNOWN = index(PEOPLE, "watched.example")


def told(text: str) -> list[tuple[str, str, bool, bool]]:
    """(Address as it stands, secret, whether enrolled, whether a force's)."""
    seen: Window = window(text, KNOWN)
    mails = seen.mails
    return [
        (
            text[mails.start[row] : mails.end[row]], text[mails.end[row] : mails.until[row]],
            bool(mails.group[row] >= 0), bool(mails.force[row]),
        )
        for row in range(mails.count[0])
    ]  # fmt: skip


def agree(count: int, dice: random.Random) -> None:
    """Hold as many random texts against the patterns."""
    key = halves(KEY)
    enrolled = {mail.address(each) for person in PEOPLE for each in person.emails}
    found = arrays.mails(256)
    tagged = cache(lambda token: tag(Kind.MAIL, token, key))
    for _ in range(count):
        edge = dice.choice(("", "\n" * 40))  # in the middle of a text most are read at once
        text = edge + some(dice, WORDS, SEPARATORS, 9) + edge
        cls = fold(text)
        folded, places = cleaned(cls)
        expected = []
        for each in mail.find(folded):
            tags = (tagged(each.whole), tagged(each.domain))
            at = (places[each.start], places[each.end - 1] + 1, places[each.until - 1] + 1)
            expected.append((*at, *tags, each.whole in enrolled))
        addresses(cls, cls.size, KNOWN, found)
        seen = [
            (
                found.start[row], found.end[row], found.until[row], found.key[row], found.domain[row],
                found.group[row] >= 0,
            )
            for row in range(found.count[0])
        ]  # fmt: skip
        assert seen == expected, text


def test_what_is_found_is_what_the_pattern_finds() -> None:
    """In any text: where, with which secret, under which tags; and whether it is enrolled."""
    agree(1200, random.Random(1))


def test_interpreted_it_is_the_same() -> None:
    otherwise(__name__, 40, NUMBA_DISABLE_JIT="1")


def test_nothing_is_read_outside_the_arrays() -> None:
    otherwise(__name__, 200, NUMBA_BOUNDSCHECK="1")


@pytest.mark.parametrize(
    "sign", ["@", "[at]", " (at) ", " at ", "_at_", " AT ", "＠", " [@] ", "%40", "&#64;", " @ "]
)
@pytest.mark.parametrize("dot", [".", "[dot]", " (dot) ", " dot ", "[.]", " DOT "])
def test_an_enrolled_address_is_found_in_every_disguise(sign: str, dot: str) -> None:
    """Each dot of it, or only those of the domain; in a sentence, in brackets, beside a secret."""
    plain = sign in ("@", "＠", "%40", "&#64;") and dot.strip().isalpha()  # `put a dot bob@…`
    for name in ("a7.Smith",) if plain else ("a7.Smith", f"A7{dot}Smith"):
        text = f"{name}{sign}force{dot}example"
        for around in ("write to {} today", "({})", "{}", "x\n{}\ny", "<{}>"):
            found = told(around.format(text))
            assert found == [(text, "", True, True)], around.format(text)
    assert told(f"a7.smith{sign}force{dot}example:hunter22") == [
        (f"a7.smith{sign}force{dot}example", ":hunter22", True, True)
    ]


@pytest.mark.parametrize(
    "text",
    ["look at me", "meet at noon dot com", "John @ example.org", "john_at_home.example", "good at it.now",
     "data at rest.example and in transit", "see us at watched", "what.at"],
)  # fmt: skip
def test_words_are_no_addresses(text: str) -> None:
    """Spelled out it must be enrolled, or a force's with its dots spelled out as well."""
    assert told(text) == []


def test_spelled_out_at_a_force_s_domain() -> None:
    assert told("jo dot bloggs at watched dot example") == [
        ("jo dot bloggs at watched dot example", "", False, True)
    ]
    assert told("more at northshire.police.uk") == []


def test_a_sentence_does_not_go_on_in_a_domain() -> None:
    assert told("bob@gmail.com dot the i")[0][0] == "bob@gmail.com"
    assert told("bob@gmail.com. Next")[0][0] == "bob@gmail.com"


def test_without_room_it_says_so() -> None:
    mails = arrays.mails(1)
    text = fold("a@b.example c@d.example")
    addresses(text, text.size, KNOWN, mails)
    assert (mails.count[0], mails.full[0]) == (1, 1)


@pytest.mark.parametrize("sign", ["@", " at "])
def test_a_sign_is_found_wherever_it_stands(sign: str) -> None:
    """At every place of a block, also across two, and at the end of the text."""
    for at in range(1, 200):
        text = fold("x" * at + sign + "y" * 70)
        assert next_sign(text, 0, text.size) == at + len(sign) // 2 - (1 if len(sign) > 1 else 0)
        assert next_sign(text, at + 2, text.size) == text.size
