from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.watcher.read.made import BOUNDS, unread
from tests.watcher.read.made import walked as read
from tests.watcher.read.pdf.files import content, plain, raw, shown
from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf import drawing
from watcher.read.pdf.contents import Contents
from watcher.read.pdf.drawing import Walk
from watcher.read.pdf.face import Fonts
from watcher.read.pdf.layers import Layers
from watcher.read.pdf.page import Drawn


def drawn(operators: bytes, extra: bytes = b"", **more: bytes) -> Drawn:
    made = plain(b"3 0 R", **more)
    made[3] = made[3].replace(b"/Font", extra + b"/Font")
    made[4] = content(operators)
    reader = PdfReader(io.BytesIO(raw(made)))
    out = Drawn()
    walk = Walk(
        out, Fonts(), Layers(reader.root_object), Contents(reader, Budget(BOUNDS)).operations
    )
    walk.stream(reader.get_object(4), reader.pages[0]["/Resources"])
    return out


@pytest.mark.parametrize(
    ("operators", "lines"),
    [
        (b"BT /F1 9 Tf 12 TL 9 700 Td (a) Tj T* (b) Tj (c) ' ET", "a\nb\nc\n"),
        (b"BT /F1 9 Tf 9 700 Td (a) Tj 0 -12 TD (b) Tj T* (c) Tj ET", "a\nb\nc\n"),
        (b"BT /F1 9 Tf 12 TL 9 700 Td 1 2 (a b) \" ET", "a b\n"),
        (b"BT /F1 9 Tf 1 0 0 1 9 700 Tm (a) Tj 1 0 0 1 99 700 Tm (b) Tj ET", "a\tb\n"),
        (b"q 1 0 0 1 90 0 cm BT /F1 9 Tf 9 700 Td (b) Tj ET Q BT /F1 9 Tf 9 700 Td (a) Tj ET", "a\tb\n"),
        (b"BT /F1 9 Tf 9 700 Td (a) Tj 4 Ts (2) Tj 0 Ts ( b) Tj ET", "a2 b\n"),
        (b"BT /F1 9 Tf 9 700 Td (a) Tj 200 Tz (bb) Tj 100 Tz (c) Tj ET", "abbc\n"),
        (b"BT /F1 9 Tf 30 Tw 9 700 Td (a b) Tj (c) Tj ET", "a bc\n"),
        (b"BT /G1 gs 9 700 Td (a) Tj ET", "a\n"),
        (b"BT /F9 9 Tf 9 700 Td (no such font) Tj ET", "no such font\n"),
    ],
)  # fmt: skip
def test_text_stands_where_its_operators_put_it(operators: bytes, lines: str) -> None:
    """Each way there is to go to a line and along it (9.4)."""
    assert drawn(operators, b"/ExtGState<</G1<</Font[5 0 R 9]>>>>").lines() == lines


def test_a_page_is_read_whose_letters_come_one_by_one() -> None:
    """Placed each by itself, by an array, by spacing: a gap of a word is a blank, of a column a tab."""
    operators = b"BT /F1 10 Tf 1 0 0 1 50 700 Tm [(Ade) -100 (bayo) -300 (Sgt) -4000 (44)] TJ ET "
    x = 50.0
    for letter, wide in zip("Quill", (7.78, 5.56, 2.22, 2.22, 2.22), strict=True):
        operators += b"BT /F1 10 Tf 1 0 0 1 %.2f 680 Tm (%b) Tj ET " % (x, letter.encode())
        x += wide
    operators += b"BT /F1 10 Tf 5 Tc 50 660 Td (Bevan) Tj ET"
    assert drawn(operators).lines() == "Adebayo Sgt\t44\nQuill\nBevan\n"


def test_a_form_is_drawn_under_its_matrix_and_leaves_no_trace() -> None:
    """Its own state ends with it; an image is a picture."""
    out = drawn(
        b"BT /F1 9 Tf 9 700 Td (a) Tj ET /X1 Do BT 9 688 Td (c) Tj ET 30 0 0 20 0 0 cm /X2 Do",
        b"/XObject<</X1 6 0 R/X2 7 0 R>>",
        o6=content(
            b"q q BT /F1 20 Tf 9 0 Td (b) Tj ET",
            b"/Subtype/Form/Matrix[1 0 0 1 90 700]/Resources<</Font<</F1 5 0 R>>>>",
        ),
        o7=content(b"", b"/Subtype/Image/Width 1/Height 1"),
    )
    assert out.lines() == "a\tb\nc\n"
    assert (out.pictures, out.covered) == (1, 600)


def walked(operations: Sequence[tuple[Any, bytes]]) -> Drawn:
    def parsed(_: Any) -> Iterator[Any]:
        yield from operations

    out = Drawn()
    reader = PdfReader(io.BytesIO(raw(plain(b"3 0 R"))))
    Walk(out, Fonts(), Layers(reader.root_object), parsed).stream(None, None)
    return out


def test_an_operator_that_is_none_is_told() -> None:
    """What it was before it was damaged may have shown text."""
    assert unread(read(shown(b"BT /F1 9 Tf (Adebayo) jT ET"))) == [("page 1", "broken")]
    assert unread(read(shown(b"q 1 w 0 0 m 9 9 l S BT /F1 9 Tf 3 Tr (a) Tj ET Q"))) == []


def test_operators_are_counted() -> None:
    """A page that draws without end is cut."""
    with pytest.raises(Trouble, match=Why.LIMIT.value):
        walked([([], b"n")] * (drawing.OPERATORS + 1))


OPERATORS = st.sampled_from([b"q", b"Q", b"cm", b"BT", b"Tf", b"gs", b"Tc", b"Tw", b"Tz", b"TL", b"Ts", b"Td",
    b"TD", b"Tm", b"T*", b"Tj", b"TJ", b"'", b'"', b"c", b"INLINE IMAGE", b"Do", b"BDC", b"BMC", b"EMC"])  # fmt: skip
OPERANDS = st.lists(
    st.one_of(st.floats(), st.integers(), st.binary(max_size=4), st.text(max_size=4), st.none(),
              st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)),
    max_size=7,
)  # fmt: skip


@given(st.lists(st.tuples(OPERANDS, OPERATORS), max_size=30))
def test_any_operands_are_drawn_or_left(operations: list[tuple[Any, bytes]]) -> None:
    """Nothing is raised but where a limit is met."""
    out = walked(operations)
    assert out.lines(off=True) == ""
