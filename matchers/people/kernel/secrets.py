"""Where the secret beside an address ends. It is seen, and not read: compiled `mail`'s pattern."""

from __future__ import annotations

from matchers.people.kernel.compile import apart, inner
from matchers.people.kernel.marks import ahead, at_place, is_word
from matchers.people.tables import Array

SHORTEST = 4  # characters of a secret
LONGEST_LOCAL = 64
_COLON, _SEMICOLON, _BAR, _TAB, _CELL = ord(":"), ord(";"), ord("|"), ord("\t"), 0x1F
_SPACE, _RETURN, _LINE, _ROW = ord(" "), ord("\r"), ord("\n"), 0x1E
_SLASH, _AT, _DOT, _DASH = ord("/"), ord("@"), ord("."), ord("-")
_GREATER, _QUOTE = ord(">"), ord('"')


@inner
def _is_gap(char: int) -> bool:
    return char == _SPACE or _TAB <= char <= _RETURN


@inner
def _is_cut(char: int) -> bool:
    """Whether a secret ends here; 0 is the end of the text."""
    return _is_gap(char) or char in (_ROW, _CELL, 0)


@inner
def _is_separator(char: int) -> bool:
    return char in (_COLON, _SEMICOLON, _BAR, _TAB, _CELL)


@inner
def _run(cls: Array, place: int, n: int) -> tuple[int, int]:
    """(Where what is not cut from here on ends, its length)."""
    size = 0
    end = place
    place = ahead(cls, place, n)
    while not _is_cut(at_place(cls, place, n)):
        size += 1
        end = place + 1
        place = ahead(cls, end, n)
    return end, size


@inner
def is_address(cls: Array, place: int, n: int) -> bool:
    """Whether another address begins here: that is no secret."""
    size = 0
    char = at_place(cls, place, n)
    while char not in (0, _AT) and not _is_gap(char) and size <= LONGEST_LOCAL:
        size += 1
        place = ahead(cls, place + 1, n)
        char = at_place(cls, place, n)
    if char != _AT or not 1 <= size <= LONGEST_LOCAL:
        return False
    place = ahead(cls, place + 1, n)
    char = at_place(cls, place, n)
    size = 0
    while is_word(char) or char == _DASH:
        size += 1
        place = ahead(cls, place + 1, n)
        char = at_place(cls, place, n)
    return size > 0 and char == _DOT


@inner
def _secret_at(cls: Array, place: int, n: int) -> int:
    """The end of a secret that begins here, −1 if none does."""
    apart()
    if at_place(cls, place, n) == _SLASH:
        there = ahead(cls, place + 1, n)
        if at_place(cls, there, n) == _SLASH:
            return -1
    end, size = _run(cls, place, n)
    if size < SHORTEST or is_address(cls, place, n):
        return -1
    return end


@inner
def _last_of_line(cls: Array, place: int, n: int) -> bool:
    """Whether nothing follows on the line after one word from here on."""
    end, size = _run(cls, place, n)
    if size == 0:
        return False
    place = ahead(cls, end, n)
    char = at_place(cls, place, n)
    while char in (_SPACE, _RETURN):
        place = ahead(cls, place + 1, n)
        char = at_place(cls, place, n)
    return char in (_LINE, _ROW, _CELL, 0)


@inner
def _after_sign(cls: Array, place: int, n: int) -> int:
    first = at_place(cls, place, n)
    second = ahead(cls, place + 1, n)
    if _is_separator(first):
        if _is_separator(at_place(cls, second, n)):
            end = _secret_at(cls, ahead(cls, second + 1, n), n)
            if end >= 0:
                return end
        end = _secret_at(cls, second, n)
        if end >= 0:
            return end
    if first == _COLON and at_place(cls, second, n) == _SPACE:
        third = ahead(cls, second + 1, n)
        if _last_of_line(cls, third, n):
            end = _secret_at(cls, third, n)
            if end >= 0:
                return end
    if first == _SPACE and at_place(cls, second, n) == _BAR:
        first, second = _BAR, ahead(cls, second + 1, n)
    if first == _BAR:
        if at_place(cls, second, n) == _SPACE:
            end = _secret_at(cls, ahead(cls, second + 1, n), n)
            if end >= 0:
                return end
        return _secret_at(cls, second, n)
    return -1


@inner
def secret_end(cls: Array, end: int, n: int) -> int:
    """
    Where the secret ends that stands beside an address which ends at `end`; `end` if none does.

    After `:`, `;`, `|` or a tab; after a space only if nothing else follows on
    the line (`a@b.example: see below` is a sentence).
    """
    apart()
    place = ahead(cls, end, n)
    if at_place(cls, place, n) in (_GREATER, _QUOTE):
        found = _after_sign(cls, ahead(cls, place + 1, n), n)
        if found >= 0:
            return found
    found = _after_sign(cls, place, n)
    return found if found >= 0 else end
