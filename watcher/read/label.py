"""
Names inside documents as labels in an address: never paths, never long.

    staff.zip!/list.xlsx!/Sheet1 (hidden)
"""

from __future__ import annotations

from watcher.plain import clean

STEP = "!/"
LONGEST = 200


def label(name: str, longest: int = LONGEST) -> str:
    """The name without control characters and line ends, `!` replaced, at most so long."""
    cleaned = " ".join(clean(name[: 4 * longest], " ").replace("!", "_").split())
    if len(cleaned) > longest:
        cleaned = cleaned[: longest - 1] + "…"
    return cleaned or "(no name)"


def joined(base: str, where: str) -> str:
    """The address of a piece inside the member `base`."""
    return base + STEP + where if base and where else base or where
