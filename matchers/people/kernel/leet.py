"""Signs that stand for letters: `$mith`, `Sm!th`, `Ma++hew`. What signs, says `publics.LEETS`."""

from __future__ import annotations

from matchers.people.kernel.arrays import CELL, LINE, SPACE
from matchers.people.kernel.compile import inner
from matchers.people.kernel.publics import DIGIT, LARGE, SMALL
from matchers.people.tables import Array

AROUND = 3  # letters on one side of `|`, `+` or `!` in a word, at most
NEAR = 40  # characters in which a bar stands alone
_AT, _DOLLAR, _BAR = ord("@"), ord("$"), ord("|")


@inner
def begins(cls: Array, i: int, limit: int, kind: Array) -> bool:
    """Whether the sign at `i`, between words, is the first letter of one: `$mith`, `@lice`."""
    return bool(
        cls[i] != _BAR
        and i + 1 < limit
        and kind[cls[i + 1]] == SMALL
        and (i == 0 or kind[cls[i - 1]] in (SPACE, LINE, CELL))
    )


@inner
def inside(cls: Array, i: int, start: int, limit: int, kind: Array) -> bool:
    """
    Whether the sign at `i` is a letter of the word that began at `start`.

    A small letter follows (or capitals stand on both sides), after at most one
    more of the same sign. All but `$` and `@` stand between words as well
    (`john|smith`): they need a short piece beside them, and a bar none other
    near it.
    """
    sign = cls[i]
    after = i + 1
    if after < limit and cls[after] == sign:
        after += 1
    first = i - 1 if i > start and cls[i - 1] == sign else i
    if after >= limit or first <= start:
        return False
    left, right = kind[cls[first - 1]], kind[cls[after]]
    if left not in (SMALL, LARGE, DIGIT) or right not in (SMALL, LARGE):
        return False
    if right == LARGE and left == SMALL:
        return False
    if sign in (_DOLLAR, _AT):
        return True
    end = after
    while end < limit and kind[cls[end]] in (SMALL, LARGE) and end - after <= AROUND:
        end += 1
    if first - start > AROUND and end - after > AROUND:
        return False
    if sign == _BAR:
        for j in range(max(0, first - NEAR), min(limit, after + NEAR)):
            if cls[j] == _BAR and not first <= j < after:
                return False
    return True
