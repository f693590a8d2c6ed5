"""
Goes through the operators of a page and of the forms it draws (ISO 32000-2, 8.2 and 9.4).

One step for each operator and no look back at what was read: the time a page
takes grows with its operators. The library parses them; what of a page cannot
be parsed ends there, and what came before it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.pdf.face import Face, Fonts, plain
from watcher.read.pdf.layers import Layers
from watcher.read.pdf.page import Drawn, times
from watcher.read.pdf.state import LEVEL, Scope, State, inside, said, six

OPERATORS = 1_000_000  # on one page: a form may be drawn again and again
FORMS = 20  # inside one another
STACK = 10_000  # states that are kept
# Operators that say nothing of text (annex A). What is none of all was one before it was damaged.
_MUTE = frozenset(
    b"b B b* B* f F f* n s S W W* h m l re cs CS sc scn SC SCN g G rg RG k K sh i J j M w d ri MP DP "
    b"BX EX d0 d1 Tr ET".split()
)


def _sets(name: str, part: float = 1.0) -> Callable[[Walk, Any], None]:
    """An operator that sets one number of the state."""

    def step(walk: Walk, operands: Sequence[Any]) -> None:
        setattr(walk.state, name, float(operands[0]) * part)

    return step


class Walk:
    """
    The operators of one page, told to a `Drawn`.

    `parsed(stream)` gives a content stream's operations, up to where they can
    be parsed; it raises Trouble beyond the limits. `torn`: why some of it
    was not read.
    """

    def __init__(
        self, drawn: Drawn, fonts: Fonts, layers: Layers, parsed: Callable[[Any], Iterator[Any]]
    ) -> None:
        self._drawn = drawn
        self._fonts = fonts
        self._layers = layers
        self._parsed = parsed
        self._left = OPERATORS
        self._open: set[int] = set()  # forms that are being drawn
        self._off = 0
        self.state = State(list(LEVEL))
        self._stack: list[State] = []
        self._scope = Scope(None)
        self._matrix = self._line = list(LEVEL)  # of the text, and of its line's beginning
        self._plain: Face | None = None
        self.torn: Why | None = None

    def stream(self, stream: Any, resources: Any) -> None:
        """The operators of a content stream. Raises Trouble."""
        above, self._scope = self._scope, Scope(resources)
        saved, self._stack = self._stack, []
        off = self._off
        try:
            for operands, operator in self._parsed(stream):
                self._left -= 1
                if self._left < 0:
                    raise Trouble(Why.LIMIT)
                step = self._steps.get(operator)
                if step is None and operator not in _MUTE:
                    self.torn = self.torn or Why.BROKEN
                if step is not None:
                    try:
                        step(self, operands)
                    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
                        continue  # operands that are none: the operator does nothing
                    except (MemoryError, RecursionError, Trouble):
                        raise
                    except Exception:  # noqa: BLE001  # damaged files raise anything there is
                        self.torn = self.torn or Why.BROKEN
        finally:
            self._scope, self._stack, self._off = above, saved, off

    def form(self, form: Any, resources: Any) -> None:
        """A form XObject, in the transformation in hand (8.10)."""
        mark = id(form)
        if mark in self._open or len(self._open) >= FORMS:
            if mark not in self._open:
                self.torn = Why.LIMIT
            return
        state, matrix, line = self.state, self._matrix, self._line
        own = form.get("/Matrix")
        ctm = times(six(own), state.ctm) if isinstance(own, list) and len(own) == 6 else state.ctm
        self.state = replace(state, ctm=ctm)
        off = "/OC" in form and self._layers.off(form.raw_get("/OC"))
        self._open.add(mark)
        self._off += off
        try:
            held = form.get("/Resources")
            self.stream(form, held.get_object() if held is not None else resources)
        finally:
            self._off -= off
            self._open.discard(mark)
            self.state, self._matrix, self._line = state, matrix, line

    # The operators, by what they do.

    def _save(self, _: Sequence[Any]) -> None:
        if len(self._stack) < STACK:
            self._stack.append(replace(self.state))

    def _restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self.state = self._stack.pop()

    def _transform(self, operands: Sequence[Any]) -> None:
        self.state.ctm = times(six(operands), self.state.ctm)

    def _begin(self, _: Sequence[Any]) -> None:
        self._matrix = self._line = list(LEVEL)

    def _font(self, operands: Sequence[Any]) -> None:
        name = str(operands[0])
        found = self._scope.fonts.get(name)
        if found is None:
            fonts = inside(self._scope.resources, "/Font")
            found = self._fonts.face(fonts, name) if fonts is not None else None
            self._scope.fonts[name] = found = found or self._latin()
        self.state.face = found
        self.state.size = float(operands[1])

    def _graphics(self, operands: Sequence[Any]) -> None:
        states = inside(self._scope.resources, "/ExtGState")
        held = states[operands[0]].get("/Font") if states is not None else None
        if isinstance(held, list) and len(held) == 2:
            self.state.face = self._fonts.face(held, 0) or self._latin()
            self.state.size = float(held[1])

    def _latin(self) -> Face:
        self._plain = self._plain or plain()
        return self._plain

    def _move(self, operands: Sequence[Any]) -> None:
        self._line = times([1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])], self._line)
        self._matrix = list(self._line)

    def _lead(self, operands: Sequence[Any]) -> None:
        self.state.leading = -float(operands[1])
        self._move(operands)

    def _place(self, operands: Sequence[Any]) -> None:
        self._line = six(operands)
        self._matrix = list(self._line)

    def _next(self, _: Sequence[Any]) -> None:
        self._move((0.0, -self.state.leading))

    def _show(self, operands: Sequence[Any]) -> None:
        codes = operands[0]
        if not isinstance(codes, bytes):
            return
        state = self.state
        face = state.face or self._latin()
        text, wide, missed = face.letters(codes)
        if missed:
            self._drawn.miss((id(face), code) for code in missed)
        run = wide * state.size + state.between * len(text)
        if state.words and face.one_byte:
            run += state.words * codes.count(b" ")
        run *= state.scale
        matrix = self._matrix
        ctm = times(matrix, state.ctm)
        if state.rise:
            ctm[4] += state.rise * ctm[2]
            ctm[5] += state.rise * ctm[3]
        self._drawn.text(text, ctm, run, state.size, face.gap, off=self._off > 0)
        matrix[4] += run * matrix[0]
        matrix[5] += run * matrix[1]

    def _array(self, operands: Sequence[Any]) -> None:
        for each in operands[0]:
            if isinstance(each, bytes):
                self._show((each,))
            elif isinstance(each, int | float):
                back = float(each) / 1000 * self.state.size * self.state.scale
                self._matrix[4] -= back * self._matrix[0]
                self._matrix[5] -= back * self._matrix[1]

    def _next_show(self, operands: Sequence[Any]) -> None:
        self._next(())
        self._show(operands)

    def _spaced_show(self, operands: Sequence[Any]) -> None:
        self.state.words, self.state.between = float(operands[0]), float(operands[1])
        self._next_show(operands[2:])

    def _curve(self, _: Sequence[Any]) -> None:
        self._drawn.curves += 1

    def _picture(self, _: Any) -> None:
        self._drawn.picture(self.state.ctm)

    def _do(self, operands: Sequence[Any]) -> None:
        held = inside(self._scope.resources, "/XObject")
        if held is None or operands[0] not in held:
            return
        found = held[operands[0]]
        if found.get("/Subtype") == "/Form":
            self.form(found, self._scope.resources)
        elif found.get("/Subtype") == "/Image":
            self._picture(())

    def _mark(self, operands: Sequence[Any]) -> None:
        self._scope.marks.append(False)
        held: Any = operands[1] if len(operands) > 1 else None
        if isinstance(held, str):
            listed = inside(self._scope.resources, "/Properties")
            held = listed.raw_get(held) if listed is not None and held in listed else None
        if held is None:
            return
        if operands[0] == "/OC" and self._layers.off(held):
            self._scope.marks[-1] = True
            self._off += 1
        self._drawn.said.update(dict.fromkeys(said(held.get_object())))

    def _unmark(self, _: Sequence[Any]) -> None:
        if self._scope.marks:
            self._off -= self._scope.marks.pop()

    _steps: ClassVar[dict[bytes, Callable[[Walk, Any], None]]] = {
        b"q": _save, b"Q": _restore, b"cm": _transform, b"BT": _begin, b"Tf": _font,
        b"gs": _graphics, b"Tc": _sets("between"), b"Tw": _sets("words"), b"Tz": _sets("scale", 0.01),
        b"TL": _sets("leading"), b"Ts": _sets("rise"), b"Td": _move, b"TD": _lead, b"Tm": _place,
        b"T*": _next, b"Tj": _show, b"TJ": _array, b"'": _next_show, b'"': _spaced_show,
        b"c": _curve, b"v": _curve, b"y": _curve, b"INLINE IMAGE": _picture, b"Do": _do,
        b"BDC": _mark, b"BMC": _mark, b"EMC": _unmark,
    }  # fmt: skip
