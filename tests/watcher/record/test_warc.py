from __future__ import annotations

import base64
import gzip
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.record.captures import HEADERS, NOW, PAGE, exchange, records, scanned
from watcher.errors import ReadError
from watcher.model import Body, Capture
from watcher.record.warc import write

ID = "urn:uuid:00000000-0000-4000-8000-000000000001"


def _written(capture: Capture) -> bytes:
    out = io.BytesIO()
    write(out, capture, record_id=ID, software="watcher/1\r\nX: y")
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def test_an_exchange_is_kept_byte_for_byte() -> None:
    """Three records: what wrote it, the answer as received, the question; digests are SHA-256."""
    info, answer, question = records(_written(exchange()))
    assert info[0]["WARC-Type"] == "warcinfo"
    assert info[1].startswith(b"software: watcher/1 X: y\r\n")
    lines = b"".join(f"{k}: {v}\r\n".encode("latin-1") for k, v in HEADERS)
    block = b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + PAGE
    assert answer[1] == block
    assert answer[0]["WARC-Type"] == "response"
    assert answer[0]["WARC-Record-ID"] == f"<{ID}>"
    assert answer[0]["WARC-Target-URI"] == "https://paste.example/raw/a1?x=1&y=%20"
    assert answer[0]["WARC-Date"] == "2026-11-18T14:36:00.123456Z"
    assert answer[0]["WARC-Payload-Digest"] == _sha256(PAGE)
    assert answer[0]["WARC-Block-Digest"] == _sha256(block)
    assert answer[0]["WARC-Warcinfo-ID"] == info[0]["WARC-Record-ID"]
    assert question[0]["WARC-Concurrent-To"] == f"<{ID}>"
    assert question[1] == (
        b"GET /raw/a1?x=1&y=%20 HTTP/1.1\r\nHost: paste.example\r\nUser-Agent: watcher\r\n\r\n"
    )


def test_what_came_through_tor_says_so() -> None:
    """In the fields of its warcinfo, which the format lets be extended; else there is no word of it."""
    for via, told in (("", 0), ("tor", 1)):
        info, *_ = records(_written(exchange(via=via)))
        assert info[1].count(b"network: tor\r\n") == info[1].count(b"network") == told


def test_every_record_is_a_gzip_member_of_its_own() -> None:
    """As the format wants it: any WARC tool can seek in it."""
    written = _written(exchange())
    assert written.count(b"\x1f\x8b\x08") >= 3
    assert gzip.decompress(written).count(b"WARC/1.1\r\n") == 3


def test_a_file_is_a_resource(tmp_path: Path) -> None:
    """No exchange brought it, and bytes that look like one are not taken for one."""
    path = tmp_path / "list.txt"
    path.write_bytes(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\nbody")
    _, resource = records(_written(scanned(path)))
    assert resource[0]["WARC-Type"] == "resource"
    assert resource[0]["Content-Type"] == "application/octet-stream"
    assert resource[1] == path.read_bytes()
    _, carried = records(_written(exchange(path.read_bytes(), status=None, request=())))
    assert carried[0]["WARC-Type"] == "resource"
    assert carried[0]["Content-Type"] == "text/html"
    assert carried[1] == path.read_bytes()


def test_a_body_that_was_cut_says_so() -> None:
    """Half a document must not pass for a whole one."""
    _, answer, _ = records(_written(exchange(cut=True)))
    assert answer[0]["WARC-Truncated"] == "length"


def test_chunks_that_were_undone_are_not_announced() -> None:
    """A reader would undo them again and lose the body."""
    headers = (("Transfer-Encoding", "chunked"),)
    _, answer, _ = records(_written(exchange(b"5\r\nhello", headers=headers)))
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in answer[1]
    assert answer[1].endswith(b"\r\n\r\n5\r\nhello")


def test_our_credentials_are_withheld() -> None:
    """Evidence is handed on; what opened the door is not part of it."""
    asked = (("AUTHORIZATION", "Bearer s3cret"), ("Cookie", "s3cret"), ("Accept", "*/*"))
    *_, question = records(_written(exchange(request=asked)))
    assert b"s3cret" not in question[1]
    assert b"AUTHORIZATION: (withheld)\r\nCookie: (withheld)\r\nAccept: */*\r\n" in question[1]


_HOSTILE = st.text(alphabet="a:\r\n\x00\x0b é€\udce9[", max_size=8)


@settings(max_examples=40)
@given(
    st.tuples(_HOSTILE, _HOSTILE),
    _HOSTILE,
    st.builds("https://x.example/{}".format, _HOSTILE),
    st.binary(max_size=50),
)
def test_nothing_can_add_a_header(
    header: tuple[str, str], reason: str, url: str, body: bytes
) -> None:
    """Whatever a server sends, the records are three and their headers those we wrote."""
    capture = exchange(body, headers=(header,), reason=reason, url=url, request=(header,))
    plain = list(records(_written(capture)))
    assert [each[0]["WARC-Type"] for each in plain] == ["warcinfo", "response", "request"]
    for record, block in plain[1:]:
        assert len(block.partition(b"\r\n\r\n")[0].split(b"\r\n")) == 2
        assert "\n" not in "".join(record.values())
        assert "\r" not in "".join(record.values())
    assert plain[1][1].endswith(b"\r\n\r\n" + body)


@pytest.mark.parametrize(
    "after", [b"", b"shorter", b"the first words, and more", b"the FIRST words"]
)
def test_a_file_that_changed_is_refused(tmp_path: Path, after: bytes) -> None:
    """What is recorded is what was read before, or nothing."""
    path = tmp_path / "list.txt"
    path.write_bytes(b"the first words")
    capture = scanned(path)
    path.write_bytes(after)
    with pytest.raises(ReadError, match=r"scan list\.txt: changed while it was being read"):
        _written(capture)


def test_a_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    """The same, and the same words."""
    path = tmp_path / "list.txt"
    path.write_bytes(b"x")
    capture = scanned(path)
    path.unlink()
    with pytest.raises(ReadError, match="changed while it was being read"):
        _written(capture)


def test_an_empty_body_is_a_body() -> None:
    """Nothing was sent, and that is recorded."""
    _, answer, _ = records(_written(exchange(b"")))
    assert answer[0]["WARC-Payload-Digest"] == _sha256(b"")
    assert Body(b"").sha256 == hashlib.sha256(b"").hexdigest()
    assert answer[0]["WARC-Date"].startswith(f"{NOW:%Y-%m-%d}")
