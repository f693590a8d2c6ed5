from __future__ import annotations

import base64
import random

import pytest

from watcher.read.coded.cursor import Cursor
from watcher.read.coded.runs import Run, Runs
from watcher.read.coded.spots import Spots

LIST = b"".join(b"Adebayo,%d,PC\n" % at for at in range(20))
SIXTY_FOUR = base64.b64encode(LIST).decode()


def first(text: str) -> tuple[Run, bytes] | None:
    cursor = Cursor(text)
    runs, spots = Runs(cursor), Spots(text)
    while (spot := spots.next(cursor.at)) is not None:
        if run := runs.at(*spot, spots):
            return run, b"".join(run.data(cursor))
    return None


@pytest.mark.parametrize(
    "text",
    [
        f"sha512-{SIXTY_FOUR}",
        f"https://a.example/api/v1/{SIXTY_FOUR}",
        f"key={SIXTY_FOUR}&x=1",
        f'{{"a":"\\n{SIXTY_FOUR}"}}',
        f"VALUES (0x{LIST.hex()})",
        f"\\x{LIST.hex()}",
        f"X'{LIST.hex().upper()}'",
        base64.b32encode(LIST).decode(),
    ],
)
def test_what_stands_before_a_run_does_not_hide_it(text: str) -> None:
    """Labels, paths, escapes and marks that are letters as well."""
    found = first(text)
    assert found is not None
    assert found[1] == LIST


def test_nothing_is_made_of_what_means_nothing() -> None:
    """Hashes, keys, paths, colours, serial numbers."""
    dice = random.Random(4)
    keys = [dice.randbytes(size) for size in (16, 20, 32, 64, 256) for _ in range(50)]
    texts = [each.hex() for each in keys] + [base64.b64encode(each).decode() for each in keys]
    texts += [
        "/home/ann/projects/reading/source/package/modules/list",
        "#aabbcc #ddeeff #001122 " * 9,
        "20240101123456789012345678901234567890123456789012",
        "12 34 56 78 21 43 65 77 34 56 71 22 33 44 55 66 77 21 34 45\n" * 9,
        "550e8400-e29b-41d4-a716-446655440000\n" * 9,
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334\n" * 9,
        "de:ad:be:ef:00:11:22:33:44:55:66:77:88:99:aa:bb\n" * 9,
    ]
    for text in texts:
        assert first(text) is None


def test_what_says_itself_what_it_is_is_taken_for_it() -> None:
    """A short data: URI of a text; one of a document that is none."""
    assert first("data:text/plain;base64,QWRlYmF5bw==") is not None
    made = base64.b64encode(random.Random(1).randbytes(90)).decode()
    assert first(f"data:application/pdf;base64,{made}") is not None
    assert first(f"data:font/woff2;base64,{made}") is None
    part = "\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n\n"
    assert first(part + made) is not None
