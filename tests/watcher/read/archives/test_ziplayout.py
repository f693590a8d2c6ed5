from __future__ import annotations

import io
import struct
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive
from watcher.read.archives.ziplayout import body_of, gaps, rebuilt


def found(body: bytes) -> list[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(body)) as made:
        return list(gaps(made, body_of(made)))


class _Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a pipe")


@settings(max_examples=30)
@given(bodies=st.lists(st.binary(max_size=300), max_size=4), comment=st.binary(max_size=40))
def test_an_honest_archive_has_no_gaps(bodies: list[bytes], comment: bytes) -> None:
    """Written to a file or to a pipe, with a comment or without: every byte is accounted for."""
    for held in (io.BytesIO(), _Pipe()):
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for at, body in enumerate(bodies):
                made.writestr(f"{at}.txt", body)
            made.comment = comment.replace(b"PK", b"")
        assert found(held.getvalue()) == []


def test_what_is_around_an_archive_is_a_gap() -> None:
    """Bytes before and after are found where they are; padding is none."""
    body = archive([("a.txt", b"x")])
    assert found(b"before" + body) == [(0, 6)]
    assert found(body + b"after") == [(len(body), len(body) + 5)]
    assert found(body + bytes(512)) == []


def test_members_in_no_directory_get_one() -> None:
    """What local headers say is enough to read members; what is none stays as it is."""
    body = archive([("a.txt", b"Adebayo"), ("b.txt", b"Quill")])
    lost = body[: body.index(b"PK\x01\x02")]
    with zipfile.ZipFile(io.BytesIO(rebuilt(lost))) as made:
        assert {name: made.read(name) for name in made.namelist()} == {
            "a.txt": b"Adebayo",
            "b.txt": b"Quill",
        }
    for gap in (b"", b"PK\x03\x04", lost[:-1], lost + b"junk", b"text"):
        assert rebuilt(gap) == gap
    described = lost[:6] + struct.pack("<H", 8) + lost[8:]
    assert rebuilt(described) == described
