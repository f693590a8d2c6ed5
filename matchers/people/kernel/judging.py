"""
Whom a name means, and how likely that is an accident.

A name-shaped row is judged by its readings. Its chance is fixed by its words
and the counts of the roster, not by whether it matched:

    p = 0 if nobody enrolled carries the surname, else
    min(.9999, 1.25 · max(LOO_surname, LOO_stratum, 1 − exp(−n_s · n_f / N)))

A row may match exactly, or else by one edit. For the sum of evidence to stay an
e-value the alternative is divided between the two: an exact match is weighed
with p / 0.9, one by an edit with its own p / 0.1. A row with an initial alone
matches exactly or not at all, and is weighed with its p.
"""

from __future__ import annotations

import numpy as np

from matchers.people.chance import SAFETY
from matchers.people.kernel.arrays import READINGS, Index, Names, Words, Work
from matchers.people.kernel.compile import i8, inlined
from matchers.people.kernel.finding import as_they_are, by_one_edit, look_up, narrowed
from matchers.people.kernel.hashing import keyed
from matchers.people.kernel.meeting import settle
from matchers.people.kernel.order import readings
from matchers.people.kernel.pairing import MAIN, NARROWING
from matchers.people.kernel.weighing import FULL, INITIAL, ONE_EDIT

AGAIN = -2
MOST = 0.9999  # where all strangers match a hit says nothing, in a list of any length
EXACT_SHARE = 0.9


@inlined
def judge(
    index: Index, words: Words, work: Work, shortest: int, run: int, partly: bool, names: Names
) -> int:
    """
    Whom the readings in `work` mean together: a row of `names`.

    `run`: 0 or 1 to have them read first from the names there (see `order`), else −1.

    −1: there are none, or too many to be one person's, or no room (`names.full`,
    `words.full`). `shortest`: letters of a read word that may be mistyped (G of
    the law). Narrowing readings only tell apart people whom the others found:
    `partly` where they have not been made, and then AGAIN if they are needed.
    """
    pairs = work.pairs
    this, start = names.count[0], names.count[1]
    chance, rule, told, edits = 0.0, INITIAL, False, 0
    lists = i8(0)
    for which in range(2):
        if which == NARROWING and not lists:
            break
        if run >= 0:
            readings(words, work, run, i8(which))
        if which == MAIN:
            if not 1 <= pairs.count[MAIN] <= READINGS or pairs.count[NARROWING] > READINGS:
                return -1
            if this >= names.chance.size:
                names.full[0] = 1
                return -1
        look_up(index, words, work, i8(which))
        if words.full[0]:
            return -1
        if which == NARROWING:
            narrowed(index, words, pairs, names, start)
        else:
            chance, lists, rule, told = as_they_are(index, words, pairs, names)
            if partly and lists:
                names.count[1] = start
                return AGAIN
    if lists:
        # an initial is never read with an edit: all of the alternative is its own
        chance = SAFETY * chance / (EXACT_SHARE if told else 1.0)
    else:
        slipped, lists = by_one_edit(index, words, pairs, shortest, names)
        chance = SAFETY * (slipped / (1 - EXACT_SHARE) if lists else chance + slipped)
        rule = ONE_EDIT if lists else FULL
        edits = 1 if lists else 0
    if names.full[0]:
        return -1
    settle(names, start, lists)
    names.count[0] = this + 1
    names.chance[this] = min(MOST, chance)
    names.edits[this] = edits
    names.rule[this] = rule
    names.key[this] = keyed(work.key[0], np.uint64(0), index.key[0], index.key[1])
    names.start[this] = start
    names.stop[this] = names.count[1]
    return i8(this)
