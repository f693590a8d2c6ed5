"""
Where in a SQLite file nothing is stored any more, and what was deleted may still stand.

"Database File Format" §1.5 (the free list) and §1.6 (free space in pages of a
tree). A page is read by its own header; a page of no tree may look like one,
and what is then found in it was stored.
"""

from __future__ import annotations

from collections.abc import Iterator

_HEADER = 100
_TREES = {2: 12, 5: 12, 10: 8, 13: 8}  # kinds of pages, and the sizes of their headers
_LEAST = 8  # fewer free bytes hold nothing


def places(body: bytes) -> Iterator[slice]:
    """The free places of a database. Never fails; a torn file as far as it goes."""
    if len(body) < _HEADER:
        return
    size = _number(body, 16, 2)
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        return
    free = dict(_free(body, size))
    for at in range(0, len(body) - size + 1, size):
        number = at // size + 1
        if number in free:
            yield slice(at + free[number], at + size)
        else:
            yield from _inside(body, at, size)


def _number(body: bytes, at: int, size: int) -> int:
    return int.from_bytes(body[at : at + size], "big")


def _free(body: bytes, size: int) -> Iterator[tuple[int, int]]:
    """Pages of the free list, and where in each the free bytes begin."""
    trunk = _number(body, 32, 4)
    seen: set[int] = set()
    while trunk and trunk not in seen and trunk * size <= len(body):
        seen.add(trunk)
        at = (trunk - 1) * size
        leaves = min(_number(body, at + 4, 4), size // 4 - 2)
        yield trunk, 8 + 4 * leaves
        for leaf in range(leaves):
            yield _number(body, at + 8 + 4 * leaf, 4), 0
        trunk = _number(body, at, 4)


def _inside(body: bytes, page: int, size: int) -> Iterator[slice]:
    """Free places in one page of a tree."""
    at = page + (_HEADER if not page else 0)
    header = _TREES.get(body[at])
    if header is None:
        return
    cells = _number(body, at + 3, 2)
    content = _number(body, at + 5, 2) or 65536
    begin = at + header + 2 * cells
    if begin > page + content or content > size:
        return
    if page + content - begin >= _LEAST:
        yield slice(begin, page + content)
    block, last = _number(body, at + 1, 2), 0
    while last < block <= size - 4:
        free = _number(body, page + block + 2, 2)
        if free >= _LEAST:
            yield slice(page + block + 4, page + min(block + free, size))
        last, block = block, _number(body, page + block, 2)
