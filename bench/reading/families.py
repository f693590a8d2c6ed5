"""The families that are measured: how a file of each is made, and what else reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Maker = Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """
    One row of the table. `make` gives the file's bytes; `beside` names functions of `beside`.

    `reach`: seconds in which it is to be read at most.
    """

    key: str
    what: str
    make: Maker
    beside: tuple[str, ...] = ()
    reach: float | None = None


FAMILIES: dict[str, Family] = {}


def family(
    key: str, what: str, *beside: str, reach: float | None = None
) -> Callable[[Maker], Maker]:
    """Take a maker into the table."""

    def taken(make: Maker) -> Maker:
        FAMILIES[key] = Family(key=key, what=what, make=make, beside=beside, reach=reach)
        return make

    return taken
