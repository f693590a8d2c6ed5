"""
What the arrays of a window say of one row, as the objects that a record is made of.

Only rows worth a record come here: see `kernel.rows` for how they are told.
"""

from __future__ import annotations

import re

import numpy as np

from matchers.people.desk import Desk
from matchers.people.gather import Held
from matchers.people.kernel.arrays import Names, Numbers
from matchers.people.mail import BITS
from matchers.people.numbers import ROLES
from matchers.people.said import FORCE_BITS, MailHit, Named, NumberHit
from matchers.people.tables import Array
from watcher.api import Sign

NEAR_SECRET = 100  # characters behind an address

# `pass: …` within the line or on the next, or the hash of a password behind a separator.
_SECRET = re.compile(
    r"""[^\n]{0,40}\n?[^\n]{0,20}?\b(?:pass(?:word|wd|phrase)?|passwort|pwd?|pw|secret|hash)["']?\s*[:=|>\t ]\s*\S{4}"""
    r"""|["']?\s*[,;:|\t ]\s*["']?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|\$2[aby]\$\d\d\$)"""
)


def named(names: Names, row: int) -> Named | None:
    """Whom a row of names means; None if nobody."""
    if row < 0 or names.stop[row] <= names.start[row]:
        return None
    officers = tuple(names.officer[names.start[row] : names.stop[row]].tolist())
    return Named(officers, int(names.edits[row]), int(names.rule[row]))


def own(desk: Desk) -> Array:
    """By address: whether its domain is watched or enrolled itself."""
    found: Array = np.isin(desk.mails.domain[: desk.mails.count[0]], desk.index.domain_tag)
    return found


class Details:
    """The objects of one window on a desk. `bits`: of a name, by rule."""

    def __init__(self, desk: Desk, bits: Array) -> None:
        self._desk = desk
        self._bits = bits

    def number(self, numbers: Numbers, row: int) -> NumberHit | None:
        """Whom a number means, by the role in which it is enrolled; None if nobody."""
        group = int(numbers.group[row])
        if group < 0:
            return None
        index = self._desk.index
        held = slice(int(index.number_start[group]), int(index.number_start[group + 1]))
        roles: dict[str, set[int]] = {}
        for officer, role in zip(
            index.number_officer[held].tolist(), index.number_role[held].tolist(), strict=True
        ):
            roles.setdefault(ROLES[role], set()).add(officer)
        return NumberHit(
            {role: tuple(sorted(each)) for role, each in roles.items()}, float(numbers.bits[row])
        )

    def mail(self, row: int) -> MailHit | None:
        """Whom an address means; None if nobody."""
        desk = self._desk
        index, group = desk.index, int(desk.mails.group[row])
        number, spelled = int(desk.local[0, row]), int(desk.local[1, row])
        force = bool(desk.mails.force[row])
        if group >= 0:
            held = slice(int(index.mail_start[group]), int(index.mail_start[group + 1]))
            officers = tuple(np.unique(index.mail_officer[held]).tolist())
            return MailHit(officers, BITS, force=force, numeric=number >= 0, own=self._is_own(row))
        if number >= 0:
            hit = self.number(desk.cells, number)
            if hit is None:
                return None
            return MailHit(
                hit.everybody,
                hit.bits,
                force=True,
                numeric=True,
                field=next(iter(hit.officers)),
                own=self._is_own(row),
            )
        name = named(desk.names, spelled)
        if name is None:
            return None
        return MailHit(name.officers, float(self._bits[name.rule]) + FORCE_BITS, force=True)

    def _is_own(self, row: int) -> bool:
        """Whether an address is at a watched or enrolled domain, and not merely at some police force's."""
        desk = self._desk
        return bool((desk.index.domain_tag == desk.mails.domain[row]).any())

    def is_secret(self, mail: int, text: str) -> bool:
        """Whether a password stands beside an address: behind it, by its name, or as a hash."""
        mails = self._desk.mails
        end = int(mails.end[mail])
        if mails.until[mail] > end:
            return True
        return _SECRET.match(text[end : end + NEAR_SECRET].casefold()) is not None

    def mails(self, first: int, stop: int, held: Held, text: str) -> set[Sign]:
        """Add the addresses of a row to what it holds; the signs that they show. `text`: the window's."""
        shown: set[Sign] = set()
        mails = self._desk.mails
        for row in range(first, stop):
            if mails.force[row]:
                shown.update((Sign.FORCE, Sign.POLICE))
            hit = self.mail(row)
            if mails.until[row] > mails.end[row] or (hit and self.is_secret(row, text)):
                shown.add(Sign.SECRET)
            if hit is not None:
                held.addresses.append(hit)
        return shown
