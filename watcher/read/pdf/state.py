"""
What holds while a content stream is gone through: the graphics state, its resources, its marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from watcher.read.pdf.face import Face
from watcher.read.pdf.page import Matrix

_SAID = ("/ActualText", "/Alt", "/E")  # what stands for marked content (14.9)
LEVEL = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


@dataclass(slots=True)
class State:
    """The graphics state, as far as text asks for it (8.4.1, 9.3.1)."""

    ctm: Matrix
    face: Face | None = None
    size: float = 12.0
    between: float = 0.0  # letters
    words: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class Scope:
    """A content stream on its way: its resources, and its marks that are open."""

    resources: Any
    fonts: dict[str, Face] = field(default_factory=dict)
    marks: list[bool] = field(default_factory=list)  # whether each turned the layer off


def six(operands: Sequence[Any]) -> Matrix:
    """The transformation that six operands are. Raises what numbers raise that are none."""
    a, b, c, d, e, f = map(float, operands[:6])
    return [a, b, c, d, e, f]


def inside(resources: Any, key: str) -> Any:
    """One of the dictionaries of resources, or None."""
    held = resources.get(key) if isinstance(resources, dict) else None
    held = held.get_object() if held is not None else None
    return held if isinstance(held, dict) else None


def said(properties: Any) -> list[str]:
    """The texts that stand for marked content of these properties."""
    from pypdf.generic import create_string_object

    held = [properties[key] for key in _SAID if key in properties]
    # Strings of a content stream are bytes; those of objects are text.
    found = [create_string_object(bytes(x)) if isinstance(x, bytes) else x for x in held]
    return [each for each in found if isinstance(each, str)]
