"""
Rows of lists that are worth a record: whose identifiers agree, or that stand in a list of ours.
"""

from __future__ import annotations

import numpy as np

from matchers.people.around import police, signs
from matchers.people.desk import Desk
from matchers.people.details import Details, named, own
from matchers.people.gather import Held
from matchers.people.kernel.arrays import WEAK
from matchers.people.kernel.rows import AGREES, MET, NAMED, RANKED, RUNNING
from matchers.people.said import NumberHit
from matchers.people.tables import Array
from matchers.people.window import Written
from matchers.people.words import clean
from watcher.api import Record, Sign


def list_records(seen: Written, *, everything: bool) -> list[Record]:
    """The records of all rows that agree; with `everything` of all rows that are ours."""
    rows = seen.desk.rows
    shown = rows.shown[: rows.count[0]]
    wanted = shown & (MET | AGREES if everything else AGREES)
    # rank and name of one of ours are worth telling, whatever the list
    ranked = (shown & (RANKED | MET)) == RANKED | MET
    told = (wanted != 0) | ranked | _with_secret(seen.desk)
    chosen = np.flatnonzero(told & ((shown & RUNNING) == 0))
    details = Details(seen.desk, seen.engine.bits)
    records = (_record(seen, details, row) for row in chosen.tolist())
    return [record for record in records if record is not None]


def strange_records(seen: Written) -> list[Record]:
    """Lines with an address at an own domain that is nobody's who is enrolled, and its password."""
    desk = seen.desk
    mails = desk.mails
    count = int(mails.count[0])
    secret = (mails.until[:count] > mails.end[:count]) & (mails.start[:count] >= seen.part.overlap)
    if not secret.any():
        return []
    number, name = desk.local[:, :count]
    numbers = (number >= 0) & (desk.cells.group[number] >= 0)
    names = (name >= 0) & (desk.names.stop[name] > desk.names.start[name])
    strange = secret & own(desk) & (mails.group[:count] < 0) & ~names & ~numbers
    shown = frozenset((Sign.FORCE, Sign.POLICE, Sign.SECRET))
    return [
        Record(where=seen.part.where, number=seen.number(start), matches=(), signs=shown)
        for start in mails.start[:count][strange].tolist()
    ]


def _with_secret(desk: Desk) -> Array:
    """By row: whether its first address is one of ours with a secret behind it, whatever the list."""
    count = int(desk.rows.count[0])
    first, stop = desk.rows.mails[:, :count]
    mails, at = desk.mails, np.minimum(first, max(0, int(desk.mails.count[0]) - 1))
    ours = (mails.group[at] >= 0) | (desk.local[0, at] >= 0) | (desk.local[1, at] >= 0)
    found: Array = (stop > first) & ours & (mails.until[at] > mails.end[at])
    return found


def _record(seen: Written, details: Details, row: int) -> Record | None:
    desk = seen.desk
    rows = desk.rows
    start, end = int(rows.start[row]), int(rows.end[row])
    text = seen.text[start:end]
    rank = seen.text[int(rows.rank[0, row]) : int(rows.rank[1, row])]
    name = named(desk.names, int(rows.name[row]))
    alone = named(desk.names, int(rows.alone[row]))
    held = Held(name=name, surnames=alone.officers if alone else (), rank=rank)
    shown = details.mails(int(rows.mails[0, row]), int(rows.mails[1, row]), held, seen.text)
    known = {*held.surnames, *(name.officers if name else ())}
    known.update(officer for hit in held.addresses for officer in hit.officers)
    first, stop = int(rows.ids[0, row]), int(rows.ids[1, row])
    for at in range(first, stop):
        hit = details.number(desk.numbers, at)
        if hit is None:
            continue
        same = hit.among(known)
        weak = desk.numbers.weak[at] == WEAK and not rank
        if same:
            held.numbers.append((NumberHit(same, hit.bits), weak))
        elif (
            not rows.shown[row] & NAMED
            and not (weak or desk.numbers.weak[at])
            and (stop - first == 1 or rank)
        ):
            held.numbers.append((hit, weak))
    numbered = {officer for hit, _ in held.numbers for officer in hit.everybody}
    if name and numbered and not numbered.intersection(name.officers):
        held.name = None  # `Con Smith 1234` was a rank and a surname after all
    if not (held.name or held.numbers or held.addresses):
        return None
    folded = clean(text)[1]
    held.signs = set(signs(folded)) | shown
    if rank or police(folded):
        held.signs.add(Sign.POLICE)
    return seen.engine.gatherer.record(seen.part.where, seen.line(int(rows.number[row])), held)
