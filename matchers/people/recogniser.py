"""
The reading side: one part in, one tally out.

Tables are read by rows, lists by lines, everything else as running text; text
that holds records in a notation, or whose lines are cut by the same separator,
is a table as well. Pure, and safe in threads: nothing is changed but each
thread's own arrays and bounded memories.
"""

from __future__ import annotations

from dataclasses import replace

from matchers.people import files, forms, tabular, written
from matchers.people.cutting import TABLE, separator
from matchers.people.engine import Engine
from matchers.people.turning import upright
from watcher.api import CELL, ROW, Part, Tally


class PeopleRecogniser:
    """Recognises the enrolled people of one index."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def match(self, part: Part) -> Tally:
        """What this part shows."""
        if not part.text or part.text.isspace():
            return Tally()
        if part.table:
            return self._of_table(part)
        part = files.listed(part)
        spans = forms.regions(part.text)
        if sum(end - start for start, end in spans) * 2 > len(part.text):
            spans = [(0, len(part.text))]
        tallies: list[Tally] = []
        rest: list[str] = []
        at = 0
        for start, end in spans:
            found, left = forms.tables(_stretch(part, start, end))
            if not found:
                continue
            tallies += [
                self._of_table(each) if each.table else self._of_text(each) for each in found
            ]
            if left is not None:
                tallies.append(self._of_text(left))
            rest += (part.text[at:start], "\n" * part.text.count("\n", start, end))
            at = end
        if not tallies:
            return self._of_text(part)
        rest.append(part.text[at:])
        text = "".join(rest)
        if text and not text.isspace():
            # what lies in the overlap stands before the first record, or was read with it
            overlap = min(part.overlap, len(rest[0]))
            tallies.append(self._of_text(replace(part, text=text, overlap=overlap)))
        return Tally.total(tallies)

    def _of_table(self, part: Part) -> Tally:
        part = upright(part)
        seen = tabular.read(self._engine, part, part.text, TABLE)
        if seen is not None:
            return seen[0]
        # a table that only lays a page out, as the lines that it holds
        text = part.text.replace("\n", " ").replace(CELL, "\t").replace(ROW, "\n")
        return written.read(self._engine, part, text)

    def _of_text(self, part: Part) -> Tally:
        cut = separator(part.text)
        if cut is None or (seen := tabular.read(self._engine, part, part.text, cut)) is None:
            return written.read(self._engine, part, part.text)
        tally, others = seen
        if not others or others.isspace():
            return tally
        return tally + written.read(self._engine, replace(part, overlap=0), others)


def _stretch(part: Part, start: int, end: int) -> Part:
    """Some lines of a text, numbered as there; all of them are the part itself."""
    if start == 0 and end == len(part.text):
        return part
    return replace(
        part,
        text=part.text[start:end],
        first=part.first + part.text.count("\n", 0, start),
        overlap=min(max(0, part.overlap - start), end - start),
        begun=part.begun if start == 0 else 0,
        repeated=max(0, part.repeated - (len(part.text) - end)),
    )
