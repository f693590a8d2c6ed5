from __future__ import annotations

import base64

import pytest

from tests.watcher.read.made import BOUNDS, bounds, stream
from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.flatsheets import REPEATED, Flow, Sheet, told
from watcher.read.stream import Member
from watcher.read.sweep import parser


def test_equal_rows_are_written_out_as_far_as_they_say_anything() -> None:
    """A few equal rows are as many; a hidden one hides those equal to it."""
    flow, sheet = Flow(Budget(BOUNDS)), Sheet("S")
    sheet.veil.rows.add(4)
    sheet.veil.hide_cell(4, 1)
    flow.row(sheet, 4, {1: "Quill"}, 3)
    flow.row(sheet, 9, {0: "Adebayo"}, REPEATED + 1)
    flow.row(sheet, 10, {})
    assert [(number, row) for _, number, row in flow.done] == [
        (4, ["", "Quill"]),
        (5, ["", "Quill"]),
        (6, ["", "Quill"]),
        (9, ["Adebayo"]),
    ]
    assert sheet.veil.rows == {4, 5, 6}
    assert sheet.veil.cells[6] == {1}


def test_rows_are_paid_for() -> None:
    """What grows beyond the limits is a limit."""
    flow = Flow(Budget(bounds(max_bytes=100)))
    with pytest.raises(Trouble):
        flow.row(Sheet("S"), 1, {0: "x" * 60}, 2)


def test_lines_and_files_beside_the_cells_are_told_once() -> None:
    """Words are told once, places and schemas not; what was embedded is a member."""
    flow = Flow(Budget(BOUNDS))
    for text in ("call  Lloyd", "call Lloyd", "7", "urn:x:y", "https://a.example/Lloyd"):
        flow.say(text, hidden=True)
    flow.formula('IF(A1="Said",1)')
    flow.hold(base64.b64encode(b"deep").decode())
    flow.hold("=")
    fails: list[Why] = []
    part, member = told(stream(b"<a/>"), flow, parser(), "w", fails=fails)
    assert not isinstance(part, Member)
    assert getattr(part, "text", "") == "call Lloyd\nhttps://a.example/Lloyd\nSaid\n"
    assert isinstance(member, Member)
    assert member.stream.read() == b"deep"
    assert fails == []
