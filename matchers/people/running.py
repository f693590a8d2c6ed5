"""
Records of running text: names with a rank, a number or an address of the same officer beside them.
"""

from __future__ import annotations

import re

import numpy as np

from matchers.people.around import NEAR, police, signs
from matchers.people.details import Details, named
from matchers.people.gather import Held
from matchers.people.kernel.arrays import RANK, RANKISH, WEAK
from matchers.people.kernel.beside import WINDOW
from matchers.people.kernel.rows import AGREES, MET, RANKED, RUNNING
from matchers.people.said import MailHit, NumberHit
from matchers.people.window import Written, before
from matchers.people.words import clean
from watcher.api import Record, Sign, rank

MARGIN = 12  # letters of the longest police word, nearly

_BEHIND = re.compile(r"[\s/,;|()–-]{1,4}((?:[A-Za-z]+[ /.]?){1,3})")
MOST_RANK = 32  # characters behind a name or number in which its rank may stand
# What a police number is called; any firm has pay numbers.
_LABEL = re.compile(
    rb"\b(?:warrant|collar|shoulder|epaulett?e|fin)(?: (?:card|no|number|num))?\b|\b(?:officer|cop|copper|force (?:no|number))\b"
)


def prose_records(seen: Written, *, everything: bool) -> list[Record]:
    """Records of runs, of numbers beside other words, and of addresses; see `listing`."""
    return _Prose(seen, everything=everything).records()


def rank_after(text: str, end: int) -> str:
    """The rank that stands behind this place: `Smith, John / 241203 / DC`."""
    words = _BEHIND.match(text[end : end + MOST_RANK])
    if words is None:
        return ""
    found = words.group(1).split()
    return next(
        (said for size in (3, 2, 1) if (rank(said := " ".join(found[:size])) is not None)), ""
    )


class _Prose:
    def __init__(self, seen: Written, *, everything: bool) -> None:
        self._seen, self._everything = seen, everything
        self._details = Details(seen.desk, seen.engine.bits)
        desk = seen.desk
        self._number_starts = desk.numbers.start[: desk.numbers.count[0]]
        self._mails = self._addresses()
        self._mail_starts = np.array([start for start, _, _ in self._mails], dtype=np.int32)
        self._met: set[int] = set()  # addresses told beside a name

    def _addresses(self) -> list[tuple[int, int, MailHit]]:
        """Start, row and hit of the addresses in running text that are ours."""
        desk = self._seen.desk
        rows = desk.rows
        shown = rows.shown[: rows.count[0]]
        found = []
        for row in np.flatnonzero((shown & RUNNING != 0) & (shown & MET != 0)).tolist():
            mail = int(rows.mails[0, row])
            hit = self._details.mail(mail)
            if hit is not None:
                found.append((int(desk.mails.start[mail]), mail, hit))
        return found

    def records(self) -> list[Record]:
        found = [self._of_run(row) for row in self._wanted().tolist()]
        found += [self._of_number(at) for at in range(int(self._seen.desk.beside.count[0]))]
        found += [
            self._of_address(start, mail, hit)
            for start, mail, hit in self._mails
            if mail not in self._met
        ]
        return [record for record in found if record is not None]

    def _wanted(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Runs that are ours and agree with something, or have a rank; all that are ours in a list."""
        desk = self._seen.desk
        runs = desk.runs
        count = int(runs.count[0])
        names = runs.name[:count]
        ours = desk.names.stop[names] > desk.names.start[names]
        if self._everything:
            return np.flatnonzero(ours)
        chosen = ours & (runs.shown[:count] & (AGREES | RANKED) != 0)
        for start, mail, _ in self._mails:
            end = int(desk.mails.end[mail])
            near = slice(*before(runs.start[:count], start - 2 * WINDOW, end + WINDOW))
            chosen[near] |= ours[near]
        return np.flatnonzero(chosen)

    def _of_run(self, row: int) -> Record | None:
        desk = self._seen.desk
        runs = desk.runs
        name = named(desk.names, int(runs.name[row]))
        assert name is not None
        people = set(name.officers)
        start = int(runs.start[row])
        end = last = int(runs.end[row])
        rank = self._seen.text[int(runs.rank[0, row]) : int(runs.rank[1, row])]
        held = Held(name=name, rank=rank)
        seen_text = self._seen.text
        low, high = start - WINDOW, end + WINDOW
        glued = False
        for at in range(*before(self._number_starts, low, high)):
            hit = self._details.number(desk.numbers, at)
            if hit is None or not (same := hit.among(people)):
                continue
            ranked, inside = self._rank_of(at)
            held.numbers.append(
                (NumberHit(same, hit.bits), desk.numbers.weak[at] == WEAK and not ranked)
            )
            if not held.rank:
                held.rank, glued = ranked, inside
            last = max(last, int(desk.numbers.end[at]))
        if not held.rank:
            held.rank = rank_after(seen_text, last)
        secret = force = False
        if self._mails:
            for _, mail, mailbox in self._mails[slice(*before(self._mail_starts, low, high))]:
                if people.intersection(mailbox.officers):
                    held.addresses.append(mailbox)
                    self._met.add(mail)
                    secret |= self._details.is_secret(mail, self._seen.text)
                    force |= mailbox.force
                    last = max(last, int(desk.mails.end[mail]))
        return self._finish(start, last, held, secret=secret, force=force, glued=glued)

    def _rank_of(self, number: int) -> tuple[str, bool]:
        """The rank that stands directly before a number ("" without one), or in it (`PC1987`), and whether it does."""
        desk = self._seen.desk
        tokens, start = desk.tokens, int(desk.numbers.start[number])
        (at,) = before(tokens.start[: tokens.count[0]], start)
        flags = desk.words.flags
        inside = at < tokens.count[0] and tokens.start[at] == start
        if inside and flags[tokens.word[at]] & RANK:
            return self._seen.text[start : int(tokens.end[at])], True
        if not at or not flags[tokens.word[at - 1]] & RANKISH:
            return "", False
        said = (self._seen.text[int(tokens.start[at - size]) : int(tokens.end[at - 1])]
                for size in (3, 2, 1) if at >= size)  # fmt: skip
        return next((each for each in said if rank(each) is not None), ""), False

    def _of_number(self, at: int) -> Record | None:
        """A number, and two words in any case or a surname alone beside it."""
        desk = self._seen.desk
        beside, number = desk.beside, int(desk.beside.number[at])
        hit = self._details.number(desk.numbers, number)
        if hit is None:
            return None
        rank = self._seen.text[int(beside.rank[0, at]) : int(beside.rank[1, at])]
        name = named(desk.names, int(beside.name[at]))
        held = Held(name=name, rank=rank)
        if name is None:
            held.surnames = self._carriers(int(beside.surname[at]), hit)
        same = hit.among(set(name.officers) if name else set(held.surnames))
        if not same:
            return None
        held.numbers = [(NumberHit(same, hit.bits), False)]
        start, end = int(desk.numbers.start[number]), int(desk.numbers.end[number])
        glued = int(beside.rank[0, at]) == start
        return self._finish(start, end, held, glued=glued)

    def _carriers(self, surname: int, hit: NumberHit) -> tuple[int, ...]:
        if surname < 0:
            return ()
        index = self._seen.desk.index
        carriers = index.sur_officer[index.sur_start[surname] : index.sur_start[surname + 1]]
        return tuple(np.intersect1d(carriers, np.array(hit.everybody)).tolist())

    def _of_address(self, start: int, mail: int, hit: MailHit) -> Record | None:
        """An address, and the numbers of the same officer near it."""
        desk = self._seen.desk
        mails, numbers = desk.mails, desk.numbers
        end = int(mails.until[mail])
        held = Held(addresses=[hit])
        people = set(hit.officers)
        for at in range(*before(self._number_starts, start - WINDOW, end + WINDOW)):
            number = self._details.number(numbers, at)
            if number is None or hit.numeric or not (same := number.among(people)):
                continue
            held.numbers.append((NumberHit(same, number.bits), numbers.weak[at] == WEAK))
        secret = self._details.is_secret(mail, self._seen.text)
        return self._finish(start, end, held, secret=secret, force=hit.force)

    def _finish(
        self,
        start: int,
        end: int,
        held: Held,
        *,
        secret: bool = False,
        force: bool = False,
        glued: bool = False,
    ) -> Record | None:
        """The record. `glued`: the only rank is part of the number, which may be any article's (`DS1621`)."""
        seen = self._seen
        folded = clean(seen.text[max(0, start - WINDOW) : end + WINDOW])[1]
        held.signs = set(signs(folded))
        around = clean(seen.text[max(0, start - NEAR - MARGIN) : end + NEAR + MARGIN])[1]
        spoken = police(around)
        if glued and not spoken and not police(clean(held.rank)[1]):
            held.rank = ""  # `PC1234` is nothing else
        if held.rank or force or spoken or (held.numbers and _LABEL.search(around)):
            held.signs.add(Sign.POLICE)
        if force:
            held.signs.add(Sign.FORCE)
        if secret:
            held.signs.add(Sign.SECRET)
        return seen.engine.gatherer.record(seen.part.where, seen.number(start), held)
