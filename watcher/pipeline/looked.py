"""What of a document was read, noted as it passes: kinds and sizes of its pieces."""

from __future__ import annotations

from dataclasses import replace

from watcher.assess.explain import PartRead
from watcher.model import Part


class Looked:
    """The pieces of one document, in the order in which they came; windows of one piece add up."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, bool, bool], PartRead] = {}

    def note(self, part: Part) -> None:
        """Count this window."""
        place = (part.where, part.table, part.echo)
        before = self._parts.get(place)
        rows = len(part.rows) if part.table else part.text.count("\n")
        if not part.table and part.text and not part.text.endswith("\n"):
            rows += 1
        size = len(part.text) - part.overlap
        if before is None:
            self._parts[place] = PartRead(
                where=part.where,
                kind="table" if part.table else "text",
                size=size,
                rows=part.first - 1 + rows,
                hidden=part.hidden,
                again=part.echo,
            )
        else:
            self._parts[place] = replace(
                before, size=before.size + size, rows=max(before.rows, part.first - 1 + rows)
            )

    def parts(self) -> tuple[PartRead, ...]:
        """All of them."""
        return tuple(self._parts.values())
