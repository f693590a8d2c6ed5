"""What the elements of WordprocessingML and DrawingML are to a reader of prose (ECMA-376 part 1, 17 and 21)."""

from __future__ import annotations

from typing import Any

from watcher.read.office.dialect import CODES, DELETED, HIDDEN, Attributes, Dialect, local
from watcher.read.office.prose import Prose

_SAID = frozenset(("descr", "title", "alt", "string", "displayText"))
_SAYING = frozenset(("docPr", "cNvPr", "shape", "textpath", "listItem"))
_OFF = frozenset(("0", "false", "off", "none"))
_WIDEST = 1024


def _channel(_stack: list[str], name: str, _: Attributes) -> str | None:
    if name in ("del", "moveFrom", "delText"):
        return DELETED
    return CODES if name in ("instrText", "delInstrText") else None


def _said(name: str, attributes: Attributes) -> list[str]:
    if name not in _SAYING:
        return []
    return [value for key, value in attributes.items() if local(key) in _SAID and value.strip()]


def _spread(name: str, attributes: Attributes) -> int:
    if name != "gridSpan":
        return 1
    value = next((each for key, each in attributes.items() if local(key) == "val"), "")
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and len(value) < 6 else 1


OOXML = Dialect(
    paragraphs=frozenset(("p",)),
    tables=frozenset(("tbl",)),
    rows=frozenset(("tr",)),
    cells=frozenset(("tc",)),
    texts=frozenset(("t", "delText", "instrText", "delInstrText")),
    breaks={"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    in_text=frozenset(("r", "p")),
    skipped=frozenset(("Fallback",)),  # what another program shows in place of the same
    channel=_channel,
    said=_said,
    spread=_spread,
)


class Run:
    """
    Turns what stands in a hidden run, or in a style that hides, to the channel of hidden text.

    A run's properties come first in it (17.3.2): what follows them is hidden.
    """

    def __init__(self, made: Any, prose: Prose, styles: frozenset[str]) -> None:
        self._start = made.StartElementHandler
        self._end = made.EndElementHandler
        self._prose = prose
        self._styles = styles
        self._stack: list[str] = []
        self._veiled = False
        made.StartElementHandler = self._begin
        made.EndElementHandler = self._close

    @staticmethod
    def on(attributes: Attributes) -> bool:
        """Whether a switch is on: it is where it has no value (17.17.4)."""
        values = (each for key, each in attributes.items() if local(key) == "val")
        return next(values, "true").lower() not in _OFF

    def _begin(self, name: str, attributes: Attributes) -> None:
        self._start(name, attributes)
        step = local(name)
        self._stack.append(step)
        inside = self._stack[-3:-1]
        if step == "vanish" and inside == ["r", "rPr"]:
            self._veiled = self._veiled or self.on(attributes)
        elif step in ("rStyle", "pStyle") and inside in (["r", "rPr"], ["p", "pPr"]):
            value = next((each for key, each in attributes.items() if local(key) == "val"), "")
            self._veiled = self._veiled or value in self._styles

    def _close(self, name: str) -> None:
        self._end(name)
        if self._stack:
            step = self._stack.pop()
            if self._veiled and step in ("rPr", "pPr"):
                self._veiled = False
                self._prose.switch(HIDDEN)
