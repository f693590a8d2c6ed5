"""The rows that a window counted, as a segment of the roll of its piece."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from matchers.people.kernel.rolling import Counted, Kept
from matchers.people.tables import Array
from watcher.api import Family, Group, Part, Roll, Segment


def of(code: str, values: Array) -> array[int]:
    """A plain array of these values, as their type stands."""
    found: array[int] = array(code)
    found.frombytes(values.tobytes())
    return found


def roll(
    part: Part,
    family: Family,
    counted: Counted,
    kept: Kept,
    lines: Array | None = None,
    *,
    columns: Sequence[str] = (),
    groups: tuple[Group, ...] = (),
) -> Roll:
    """
    The roll of one window: `kept` are the distinct entries of `counted`, of which there are some.

    `lines`: by the number of an entry's row the line it stands in.
    """
    hits, held, tail, entries = (int(each) for each in kept.count)
    chance: array[float] = array("d")
    chance.frombytes(kept.chance[:hits].tobytes())
    first, last = int(counted.number[0]), int(counted.number[entries - 1])
    numbers = kept.number[:hits]
    if lines is not None:
        first, last = int(lines[first]), int(lines[last])
        numbers = lines[numbers.astype(np.int64)].astype(np.uint64)
    segment = Segment(
        first=part.first + first,
        last=part.first + last,
        entries=entries,
        keys=of("Q", kept.key[:hits]),
        chance=chance,
        numbers=of("Q", numbers + np.uint64(part.first)),
        gaps=of("I", kept.gap[:hits]),
        tail=tail,
        expected=float(kept.expected[0]),
        starts=of("I", kept.start[: hits + 1]),
        officers=of("I", kept.officer[:held]),
        groups=groups,
    )
    return Roll(
        where=part.where,
        family=family,
        segments=(segment,),
        columns=tuple(columns),
        cells=part.cells,
        hidden=part.hidden,
        echo=part.echo,
    )
