"""
An exchange as WARC records (ISO 28500:2017, WARC 1.1), byte for byte.

Digests are SHA-256 in base32. Bodies stay as received, content encoding kept.
Two things differ from the wire. The chunks of a transfer are undone before a
body reaches us, so that header is renamed, or a reader would undo them again.
And the request's credentials are withheld: evidence is handed on.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC
from typing import BinaryIO, NoReturn
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from watcher.errors import ReadError
from watcher.model import Capture

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_OURS = {"authorization", "cookie", "proxy-authorization"}
_URI = ":/?#[]@!$&'()*+,;=%-._~"  # RFC 3986: reserved, unreserved, and what is encoded already


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """SHA-256 where warcio has SHA-1, and no temporary file ever."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")

    @staticmethod
    def _create_temp_file() -> NoReturn:
        raise AssertionError("plain content is never spooled")


class _Headers(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers whose characters are the bytes of the wire; warcio would percent-encode them."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        text: str = self.to_str()
        try:
            return text.encode("latin-1") + b"\r\n"
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogateescape") + b"\r\n"


class _Body:
    """The body as a stream that notices when it is not what was read before."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._count = 0
        self._digest = hashlib.sha256()
        try:
            self._stream = capture.body.open()
        except OSError:
            raise self._changed() from None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size)
        except OSError:
            raise self._changed() from None
        self._count += len(data)
        self._digest.update(data)
        if self._count > self._capture.body.size:  # a file that grows might never end
            raise self._changed()
        return data

    def tell(self) -> int:
        return self._count

    def seek(self, position: int) -> None:
        assert position == 0, "warcio starts again, or not at all"
        self._stream.seek(0)
        self._count = 0
        self._digest = hashlib.sha256()

    def close(self) -> None:
        self._stream.close()

    def check(self) -> None:
        """Raises ReadError unless exactly the captured bytes were read since the last `seek`."""
        if self._digest.hexdigest() != self._capture.body.sha256:
            raise self._changed()

    def _changed(self) -> ReadError:
        ref = self._capture.ref
        return ReadError(f"{ref.source} {ref.key}: changed while it was being read; read it again")


def write(out: BinaryIO, capture: Capture, *, record_id: str, software: str) -> None:
    """
    Write warcinfo, the answer (or the resource) under `record_id`, and the question.

    `record_id` is `urn:uuid:…`. Raises ReadError if the body's bytes are not
    those that were captured.
    """
    writer = _Writer(out, gzip=True, warc_version="1.1")
    taken = capture.taken_at.astimezone(UTC).replace(tzinfo=None)  # warcio writes the Z itself
    date = datetime_to_iso_date(taken, use_micros=True)
    # WARC 1.1 §6.2: fields of `warcinfo` may be extended. Which network, and no more:
    # by whose circuit and through which port is nothing that evidence needs.
    through = {"network": _line(capture.via)} if capture.via else {}
    info = writer.create_warcinfo_record(
        None,
        {
            "software": _line(software),
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            **through,
        },
    )
    info.rec_headers.replace_header("WARC-Date", date)
    writer.write_record(info)
    about = {
        "WARC-Date": date,
        "WARC-Warcinfo-ID": info.rec_headers.get_header("WARC-Record-ID"),
    }
    uri = quote(capture.url.encode("utf-8", "surrogateescape"), safe=_URI)
    body = _Body(capture)
    try:
        digest = base64.b32encode(bytes.fromhex(capture.body.sha256)).decode("ascii")
        described = {"WARC-Record-ID": f"<{record_id}>", "WARC-Payload-Digest": f"sha256:{digest}"}
        cut = {"WARC-Truncated": "length"} if capture.cut else {}
        answer = writer.create_warc_record(
            uri,
            "resource" if capture.status is None else "response",
            payload=body,
            length=capture.body.size,
            warc_content_type=(
                _line(capture.header("content-type")) or "application/octet-stream"
                if capture.status is None
                else ""
            ),
            warc_headers_dict=about | described | cut,
            http_headers=None if capture.status is None else _answered(capture),
        )
        writer.write_record(answer)
        body.check()
    finally:
        body.close()
    if capture.request:
        asked = about | {"WARC-Concurrent-To": f"<{record_id}>"}
        writer.write_record(
            writer.create_warc_record(
                uri, "request", warc_headers_dict=asked, http_headers=_asked(capture, uri)
            )
        )


def _answered(capture: Capture) -> _Headers:
    headers = [
        ("X-Archive-Orig-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
        for name, value in capture.headers
    ]
    return _Headers(_line(f"{capture.status} {capture.reason}"), _clean(headers), "HTTP/1.1")


def _asked(capture: Capture, uri: str) -> _Headers:
    parts = urlsplit(uri)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [
        (name, "(withheld)" if name.lower() in _OURS else value) for name, value in capture.request
    ]
    return _Headers(f"GET {target} HTTP/1.1", _clean(headers))


def _clean(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_line(name), _line(value)) for name, value in headers]


def _line(text: str) -> str:
    """Without control characters: warcio would let a line break start a header of its own."""
    return _CONTROL.sub(" ", text).strip(" ")
