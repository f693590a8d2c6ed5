"""
E-mail addresses in folded text, looked up: compiled `mail.find`, with disguised ones as well.

    j.smith@force.example   j.smith [at] force [dot] example   j dot smith at force dot example

Spelled out in words like any other an address is believed only at a force's
domain, or if it is enrolled: `look at me` is none.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import Index, Mails
from matchers.people.kernel.blocks import WIDTH, lowest, within
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.forces import MAIL, is_force
from matchers.people.kernel.hashing import sip_at_once
from matchers.people.kernel.marks import LOW, ahead, back, char_at, is_letter, is_word
from matchers.people.kernel.ordinary import MOST_LABELS, is_legacy, ordinary
from matchers.people.kernel.passwords import password_end
from matchers.people.kernel.places import LATER, place_in, settle, shift_of
from matchers.people.kernel.secrets import secret_end
from matchers.people.kernel.signs import (
    NO,
    PLAIN,
    SPOKEN,
    dot_after,
    dot_before,
    is_closing,
    is_label,
    sign_at,
)
from matchers.people.tables import Array

LONGEST_LOCAL = 64
LONGEST_LABEL = 63
NOTHING, A_FORCE, ENROLLED = 0, 1, 2  # what an address needs to be believed
_SPACE = ord(" ")
_AT, _DOT, _DASH, _PLUS = ord("@"), ord("."), ord("-"), ord("+")
_UNDERSCORE, _PERCENT = ord("_"), ord("%")
_A, _Z, _T = ord("a"), ord("z"), ord("t")


@inner
def _is_local(char: int) -> bool:
    return is_word(char) or char in (_DOT, _DASH, _PLUS, _UNDERSCORE, _PERCENT)


@inner
def next_sign(cls: Array, at: int, n: int) -> int:
    """The next place from `at` on that may be the sign of an address or the word for it, else `n`."""
    if at == 0 and n and cls[0] & LOW == _AT:
        return at
    at = max(at, i8(1))
    while at + WIDTH + 2 <= n:
        found = within(cls, at, _AT, _AT)
        spoken = within(cls, at, _A, _A)
        if spoken:
            spoken &= within(cls, at + 1, _T, _T)
        if spoken:
            spoken &= ~(within(cls, at - 1, _A, _Z) | within(cls, at + 2, _A, _Z))
        if found | spoken:
            return at + lowest(found | spoken)
        at += WIDTH
    for i in range(at, n):
        char = cls[i] & LOW
        if char == _AT:
            return i
        if (
            char == _A
            and i < n - 2
            and cls[i + 1] & LOW == _T
            and not is_letter(cls[i + 2] & LOW)
            and not is_letter(cls[i - 1] & LOW)
        ):
            return i
    return n


@inner
def _local_start(cls: Array, end: int, low: int, n: int, sure: int) -> int:
    """Where the local part begins that ends at `end`, −1 if there is none."""
    start = i8(-1)
    size = i8(0)
    stop = end
    for _ in range(4):  # pieces between disguised dots
        place = back(cls, stop, low, n)
        piece = i8(-1)
        while place >= low and size < LONGEST_LOCAL:
            char = cls[place] & LOW
            if not _is_local(char):
                break
            if is_word(char):
                piece = place
            size += 1
            place = back(cls, place, low, n)
        if piece < 0:
            return start
        start = piece
        before = char_at(cls, back(cls, start, low, n), low, n)
        if before not in (_SPACE, _UNDERSCORE) and not is_closing(before):
            break
        dot, stop = dot_before(cls, start, low, n)
        if dot == NO or (sure == PLAIN and dot == SPOKEN):
            break  # `put a dot bob@force.example`
    return start


@inner
def spell_local(cls: Array, start: int, end: int, n: int, work: Array) -> int:
    """Lay the local part out in `work` without its `+tag`; its length."""
    size = i8(0)
    place = ahead(cls, start, end)
    while place < end:
        char = cls[place] & LOW
        if char == _PLUS:
            break
        if _is_local(char):
            work[size] = char
            place = ahead(cls, place + 1, end)
        else:
            _, place = dot_after(cls, place, n)
            work[size] = _DOT
        size += 1
    while size > 0 and work[size - 1] == _DOT:
        size -= 1
    return size


@inner
def _spell_domain(
    cls: Array, place: int, n: int, sure: int, work: Array, size: int
) -> tuple[int, int, int, int]:
    """
    Lay the domain that begins here out in `work` from `size` on, without labels `pnn`.

    (Where it ends in the text, where in `work`, its labels, the least sure of its dots.)
    """
    first = size
    end = place
    labels = i8(0)
    least = i8(PLAIN)
    plain = False
    while labels < MOST_LABELS:
        label = size
        while size - label < LONGEST_LABEL and place < n:
            char = cls[place] & LOW
            if not is_label(char):
                break
            work[size] = char
            size += 1
            end = place + 1
            place = ahead(cls, end, n)
        if size == label:
            break
        labels += 1
        if is_legacy(work, label, size):
            size = label
        else:
            work[size] = _DOT
            size += 1
        dot, there = dot_after(cls, place, n)
        if dot == NO or (dot == SPOKEN and sure == PLAIN and plain):
            break  # `write to a@b.example dot the i`
        plain |= dot == PLAIN
        least = max(least, dot)
        place = there
    return end, max(first, size - 1), labels, least


@inner
def _spelled(
    cls: Array, at: int, read: int, n: int, work: Array
) -> tuple[int, int, int, int, int, int]:
    """
    Lay the address out in `work` whose sign may be at `at`.

    (Where it begins, −1 if there is none; where its sign does; its end; the
    length of its local part; its own; what it needs to be believed.)
    """
    none = i8(-1)
    if cls[at] & LOW == _AT:
        start, end, local, size = ordinary(cls, at, read, n, work)
        if start >= 0:
            return start, at, end, local, size, i8(NOTHING)
    sure, stop, place = sign_at(cls, at, read, n)
    if sure == NO:
        return none, stop, place, none, none, none
    start = _local_start(cls, stop, read, n, sure)
    if start < 0:
        return none, stop, place, none, none, none
    local = spell_local(cls, start, stop, n, work)
    work[local] = _AT
    end, size, labels, least = _spell_domain(cls, place, n, sure, work, local + 1)
    if local == 0 or labels < 2 or size <= local + 1:
        return none, stop, place, none, none, none
    needs = i8(NOTHING)
    if sure == SPOKEN:
        needs = i8(A_FORCE) if least > PLAIN else i8(ENROLLED)
    return start, stop, end, local, size, needs


@compiled
def addresses(cls: Array, n: int, index: Index, mails: Mails) -> None:
    """
    All addresses in `cls[:n]`, in order, as rows of `mails`.

    Marks `mails.full` when there is no room for a row.
    """
    work, known, ours = mails.work, mails.known, mails.ours
    k0, k1 = index.key[0], index.key[1]
    shift = shift_of(index.mail_bucket)
    for slot in range(known.size):  # of another index, maybe
        known[slot] = 0
        ours[slot] = 0
    mails.count[0] = 0
    n = i8(n)
    row = read = i8(0)
    at = next_sign(cls, read, n)
    while at < n:
        start, stop, end, local, size, needs = _spelled(cls, at, read, n, work)
        if start < 0:
            at = next_sign(cls, at + 1, n)
            continue
        domain = sip_at_once(work, local + 1, size - local - 1, MAIL, k0, k1)
        slot = i8(domain & np.uint64(known.size - 1))
        if known[slot] != domain:
            known[slot] = domain
            ours[slot] = is_force(index.key, index.domain_tag, work, local + 1, size, domain)
        key = sip_at_once(work, i8(0), size, MAIL, k0, k1)
        group = i8(LATER)
        if needs and not (needs == A_FORCE and ours[slot]):
            group = place_in(index.mail_bucket, index.mail_tag, shift, key)
            if group < 0:
                at = next_sign(cls, at + 1, n)
                continue
        if row >= mails.start.size:
            mails.full[0] = 1
            return
        mails.start[row], mails.at[row], mails.end[row] = start, stop, end
        until = secret_end(cls, end, n)
        mails.until[row] = until if until > end else password_end(cls, end, n)
        mails.group[row], mails.force[row] = group, ours[slot]
        mails.key[row], mails.domain[row] = key, domain
        row += 1
        mails.count[0] = row
        read = end
        at = next_sign(cls, end, n)
    settle(index.mail_bucket, index.mail_tag, mails.key, mails.group, i8(row))
