"""
Pictures are not fetched through Tor unless the source asks for them.

What is shown on onion pages is at times a crime to hold. The answer's headers
say what it is, and where they do not, its first bytes do; the rest of it is
then never received. A picture inside an archive is not seen from here.
"""

from __future__ import annotations

LOOKED_AT = 16  # bytes: all that is told apart by below lies in them

_BEGINNINGS = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"BM",  # Windows bitmap; its size follows, and two words of zero
    b"II*\x00",  # TIFF
    b"MM\x00*",
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"FLV\x01",
    b"\x00\x00\x01\xba",  # MPEG
    b"\x00\x00\x01\xb3",
)
_FORMS = {b"WEBP", b"AVI "}  # of RIFF


def named(content_type: str) -> bool:
    """Whether this is the media type of a picture, still or moving (RFC 9110 §8.3)."""
    return content_type.strip().lower().startswith(("image/", "video/"))


def begun(data: bytes) -> bool:
    """Whether a body that begins like this is a picture, whatever it is called."""
    if data.startswith(b"RIFF"):
        return data[8:12] in _FORMS
    if data.startswith(b"BM"):
        return data[6:10] == bytes(4)
    # ISO/IEC 14496-12: MP4, QuickTime, HEIC and AVIF say their brand first.
    return data.startswith(_BEGINNINGS) or data[4:8] == b"ftyp"
