"""
A secret near an address that says what it is: by its label, or by being a hash.

    j.smith@force.example pass: hunter2        {"email": "j.smith@…", "password": "hunter2"}
    j.smith@force.example,5f4dcc3b5aa765d61d8327deb882cf99        …:$2b$12$…

Nothing but marks may stand between: what is skipped with it must be nobody's name.
"""

from __future__ import annotations

from matchers.people.kernel.compile import apart, i8, inner
from matchers.people.kernel.marks import ahead, at_place, is_digit, is_letter, is_word
from matchers.people.kernel.secrets import is_address
from matchers.people.tables import Array

MOST_MARKS = 8  # between the address and a label, between a label and the secret
SHORTEST = 3  # characters of a labelled secret
HASHES = (32, 40, 56, 64, 96, 128)  # digits of MD5 and NTLM, SHA-1, SHA-2
_LONGEST_LABEL = 10
_PACKED = 7  # letters of a label that are compared
_LABELS = tuple(
    int.from_bytes(label[:7], "big")
    for label in b"pass pw pwd pswd passwd password passphrase passcode secret hash".split()
)
_MARKS = tuple(b" \t\r\n\x1f\x1e\"'`,;:|>}{[]()=-_/")
_SIGNS = tuple(b":=\x1f\t|")  # one of them stands between a label and its secret
_ENDS = tuple(b' \t\r\n\x1f\x1e",;|<}')
_DOLLAR, _F = ord("$"), ord("f")


@inner
def _over(cls: Array, place: int, n: int) -> tuple[int, bool]:
    """(The place after the marks that stand here, whether a sign was among them.)"""
    apart()
    signed = False
    for _ in range(MOST_MARKS):
        char = at_place(cls, place, n)
        if char not in _MARKS:
            break
        signed |= char in _SIGNS
        place = ahead(cls, place + 1, n)
    return place, signed


@inner
def _label_end(cls: Array, place: int, n: int) -> int:
    """The place after the label that stands here, −1 if none does."""
    packed = i8(0)
    for size in range(_LONGEST_LABEL + 1):
        char = at_place(cls, place, n)
        if not is_letter(char):
            return place if packed in _LABELS else i8(-1)
        if size < _PACKED:
            packed = packed << 8 | char
        place = ahead(cls, place + 1, n)
    return i8(-1)


@inner
def _value_end(cls: Array, place: int, n: int) -> int:
    """Where the secret ends that begins here, −1 if it is too short."""
    size = 0
    end = place
    char = at_place(cls, place, n)
    while char != 0 and char not in _ENDS:
        size += 1
        end = place + 1
        place = ahead(cls, end, n)
        char = at_place(cls, place, n)
    return end if size >= SHORTEST else i8(-1)


@inner
def _hash_end(cls: Array, place: int, n: int) -> int:
    """Where the hash ends that begins here, −1 if none does."""
    if at_place(cls, place, n) == _DOLLAR:
        there = ahead(cls, place + 1, n)
        if not is_word(at_place(cls, there, n)):
            return i8(-1)
        end = _value_end(cls, place, n)
        return end if end - place > HASHES[0] else i8(-1)
    size = 0
    digits = 0
    end = place
    char = at_place(cls, place, n)
    while is_digit(char) or (is_letter(char) and char <= _F):
        size += 1
        digits += is_digit(char)
        end = place + 1
        place = ahead(cls, end, n)
        char = at_place(cls, place, n)
    return end if size in HASHES and digits and not is_word(char) else i8(-1)


@inner
def password_end(cls: Array, end: int, n: int) -> int:
    """Where a labelled secret or a hash ends that stands after an address, `end` if none does."""
    apart()
    place, _ = _over(cls, ahead(cls, end, n), n)
    found = _hash_end(cls, place, n)
    if found >= 0:
        return found
    place = _label_end(cls, place, n)
    if place < 0:
        return end
    place, signed = _over(cls, place, n)
    if not signed or is_address(cls, place, n):
        return end
    found = _value_end(cls, place, n)
    return found if found >= 0 else end
