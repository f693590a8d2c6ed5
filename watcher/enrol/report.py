"""What an enrolment did, in counts: nothing in it tells who anybody is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from watcher.model import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    `distinct`: people, when those who share a number or address count once.

    `columns`: heading and field (or `ignored`). `unknown`: heading and the
    field it resembles, or "". `shapes`: a number's shape (`#` a digit, `L` a
    letter) and its share of all numbers, most frequent first. `variants`:
    average per person. `chances`: rule and the share of strangers who match
    under it. `previous`: people in the index before, None if there was none.
    `version`: of the new index, or of the one it would be. `dropped`: matchers
    that the index before was made with, and this one is not.
    """

    people: int
    distinct: int | None
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    shapes: tuple[tuple[str, float], ...]
    variants: float | None
    chances: tuple[tuple[str, float], ...]
    previous: int | None
    joined: int
    left: int
    changed: int
    version: int
    dry_run: bool
    dropped: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """One JSON object, pairs as objects where the first is a name."""
        return asdict(self) | {
            "columns": [{"heading": text, "field": field} for text, field in self.columns],
            "unknown": [{"heading": text, "nearest": near or None} for text, near in self.unknown],
            "shapes": dict(self.shapes),
            "chances": dict(self.chances),
        }


def shapes(people: Iterable[Person]) -> tuple[tuple[str, float], ...]:
    """The shapes of all numbers and their shares, most frequent first."""
    counted = Counter(
        re.sub(r"[^\W\d_]", "L", re.sub(r"\d", "#", value))
        for person in people
        for _, value in person.numbers
    )
    return tuple((shape, count / counted.total()) for shape, count in counted.most_common())
