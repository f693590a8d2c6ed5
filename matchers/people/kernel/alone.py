"""
A surname alone, beside a number or an address of somebody who carries it: `PC Smith 1234`.

What it adds is little, and nothing without the other identifier: only those
officers count whom both mean.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import Index, Mails, Names, Numbers, Tokens, Words
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.rows import AGREES, Rows, also_marked
from matchers.people.kernel.sorting import sort
from matchers.people.kernel.wanted import Wanted
from matchers.people.tables import Array

SURNAME = 3  # chance.Rule.SURNAME


@compiled
def carriers(
    index: Index,
    words: Words,
    tokens: Tokens,
    numbers: Numbers,
    mails: Mails,
    wanted: Wanted,
    names: Names,
    rows: Rows,
) -> None:
    """
    Put the answers to the rows' requests in their place.

    `rows.alone` becomes a row of `names` with those whom a number or address of
    the row means and a word of it names, −1 where there are none or the whole
    name is known; the row is marked as agreeing otherwise.
    """
    for row in range(rows.count[0]):
        if rows.name[row] >= 0:
            rows.name[row] = wanted.found[rows.name[row]]
        request = i8(rows.alone[row])
        rows.alone[row] = -1
        name = rows.name[row]
        if request < 0 or (name >= 0 and names.stop[name] > names.start[name]):
            continue
        if _marked(index, numbers, mails, names, rows, i8(row)):
            rows.alone[row] = _carriers(index, words, tokens, wanted, names, request)
            if rows.alone[row] >= 0:
                rows.shown[row] |= AGREES
        if names.full[0]:
            return


@inner
def _marked(
    index: Index, numbers: Numbers, mails: Mails, names: Names, rows: Rows, row: int
) -> bool:
    """Mark those whom a number or an address of this row means; whether there are any."""
    names.mark[0] += 1
    first, stop = i8(rows.ids[0, row]), i8(rows.ids[1, row])
    met = _meant(names, numbers.group, first, stop, index.number_start, index.number_officer)
    first, stop = i8(rows.mails[0, row]), i8(rows.mails[1, row])
    return _meant(names, mails.group, first, stop, index.mail_start, index.mail_officer) or met


@inner
def _meant(
    names: Names, groups: Array, first: int, stop: int, starts: Array, officers: Array
) -> bool:
    """Mark the officers of these groups, −1: nobody's; whether there are any."""
    met = False
    for at in range(first, stop):
        group = i8(groups[at])
        if group >= 0:
            met = True
            also_marked(names, officers, i8(starts[group]), i8(starts[group + 1]))
    return met


@inner
def _carriers(
    index: Index, words: Words, tokens: Tokens, wanted: Wanted, names: Names, request: int
) -> int:
    found, begun = i8(names.count[0]), i8(names.count[1])
    if found >= names.chance.size:
        names.full[0] = 1
        return i8(-1)
    mark, held = names.mark[0], begun
    first, stop = i8(wanted.start[request]), i8(wanted.start[request + 1])
    for at in range(first, stop + 1):
        word = wanted.found[request] if at == stop else tokens.word[wanted.token[at]]
        surname = i8(words.surname[word])
        if surname < 0:
            continue
        for place in range(index.sur_start[surname], index.sur_start[surname + 1]):
            officer = index.sur_officer[place]
            if names.stamp[officer] == mark:
                if held >= names.officer.size:
                    names.full[0] = 1
                    return i8(-1)
                names.stamp[officer] = 0  # each once
                names.officer[held] = officer
                held += 1
    if held == begun:
        return i8(-1)
    sort(names.officer, begun, held)
    names.start[found], names.stop[found] = begun, held
    names.chance[found], names.edits[found], names.rule[found] = 1.0, 0, SURNAME
    names.key[found] = 0
    names.count[0], names.count[1] = found + 1, held
    return found
