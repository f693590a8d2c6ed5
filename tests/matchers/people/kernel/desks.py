"""A desk beside a small roster, and a window laid out on it step by step, for the tests of readers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchers.people import People, written
from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.kernel import arrays, lines
from matchers.people.kernel.lines import Pieces
from matchers.people.kernel.publics import public
from matchers.people.kernel.rows import Rows
from matchers.people.tables import Array
from tests.matchers.people.crowd import DOMAIN, KEY, people
from watcher.api import Part, Person, Watch

OURS = [
    Person(ref="0", forename="Gwendolen", surname="Abernathy", rank="Constable",
           numbers=(("pay_number", "C5123456"), ("collar_number", "4321")),
           emails=(f"dog.section@{DOMAIN}",)),
    Person(ref="1", forename="Thaddeus", surname="Postlethwaite", rank="Sergeant",
           numbers=(("pay_number", "C5200000"), ("collar_number", "4555")),
           emails=(f"custody7@{DOMAIN}",)),
    Person(ref="2", forename="Rosalind", surname="Abernathy", rank="Inspector",
           numbers=(("pay_number", "C5300000"), ("collar_number", "4777"))),
    Person(ref="3", forename="Imogen", surname="de la Hathersage",
           numbers=(("pay_number", "C5400000"), ("collar_number", "1987"))),
]  # fmt: skip
ROSTER = [*OURS, *people(40, seed=5)]
STRANGERS = ("Bruno Xyzzy", "Carlo Frobozz", "Dario Plugh", "Egon Quux", "Abel Plover")


def engine(found: Sequence[Person] = ROSTER) -> Engine:
    """The engine of these people."""
    matcher = People(Watch(domains=(DOMAIN,)))
    return Engine(matcher.enrol(found, KEY), KEY)


def read(engine: Engine, text: str, overlap: int = 0) -> Desk:
    """The desk of this thread, on which a text that is no table was read."""
    written.read(engine, Part(where="", text=text, overlap=overlap), text)
    return engine.desk()


def laid_out(desk: Desk, text: str) -> tuple[Array, Pieces]:
    """The folded text, cut into words, and its pieces; what each is stands in them."""

    def work() -> tuple[Array, Pieces]:
        cls = desk.lay_out(text)
        pieces, _ = desk.pieces(cls)
        lines.shapes(
            pieces, desk.words, desk.tokens, desk.public, desk.numbers, desk.mails, desk.chosen[0],
            desk.rank, desk.wanted,
        )  # fmt: skip
        return cls, pieces

    return desk.until_it_fits(work)


def desk(engine: Engine) -> Desk:
    """A desk of its own."""
    return Desk(engine.index, public())


def officers(names: arrays.Names, row: int) -> list[int]:
    """Whom a row of names means."""
    return [] if row < 0 else names.officer[names.start[row] : names.stop[row]].tolist()


def told(desk: Desk, rows: Rows, text: str) -> list[tuple[str, list[int], str]]:
    """Of each row: its text, whom its name means, its rank."""
    return [
        (
            text[rows.start[row] : rows.end[row]].strip(),
            officers(desk.names, int(rows.name[row])),
            text[rows.rank[0, row] : rows.rank[1, row]],
        )
        for row in range(int(rows.count[0]))
    ]


def spelled(desk: Desk, request: int) -> list[str]:
    """The words that a request asks about."""
    wanted, words = desk.wanted, desk.words
    found = []
    for token in wanted.token[wanted.start[request] : wanted.start[request + 1]]:
        word = desk.tokens.word[token]
        letters = words.letters[words.start[word] : words.start[word] + words.length[word]]
        found.append(letters.tobytes().decode("ascii"))
    return found


def i4(*values: int) -> Array:
    """These numbers, as the kernel has offsets and ids."""
    return np.array(values, dtype=np.int32)
