"""Values that say themselves that they are base64."""

from __future__ import annotations

import base64

import pytest

from tests.watcher.read.made import walked
from watcher.model import Part
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.properties import is_value

SAID = base64.b64encode("QUILL, Adélaïde (Roads Policing and Firearms)".encode()).decode()


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("displayName:: ", True),
        ("cn;lang-en::", True),
        ("FN;ENCODING=B:", True),
        ("N;CHARSET=UTF-8;ENCODING=BASE64:", True),
        ("fn;encoding=b;charset=utf-8:", True),
        ("displayName: ", False),
        ("see a:: ", False),
        ("x = ", False),
        ("", False),
    ],
)
def test_what_stands_before_a_value_tells(before: str, told: bool) -> None:
    text = f"\n{before}{SAID}"
    assert is_value(Cursor(text, len(text) - len(SAID))) is told


def test_such_a_value_is_a_second_reading() -> None:
    """Whoever reads the notation reads it with its name: nobody in it is counted twice."""
    entry = f"dn: CN=u1\nobjectClass: person\ndisplayName:: {SAID}\nmail: a@b.example\n"
    found = [item for item in walked(entry.encode()) if isinstance(item, Part)]
    assert [(part.where, part.echo) for part in found] == [
        ("", False),
        ("base64 at line 3", True),
    ]
    alone = [item for item in walked(f"note\n{SAID}\n".encode()) if isinstance(item, Part)]
    assert [part.echo for part in alone] == [False, False]
