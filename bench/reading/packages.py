"""Archives, compressed streams and pictures."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import cache

from bench.reading.content import prose
from bench.reading.families import family

MB = 1_000_000
_MEMBER = 100_000


@cache
def files(size: int) -> list[tuple[str, bytes]]:
    """Texts of 100 KB in a few folders."""
    body = prose(size).encode()
    return [
        (f"f{at % 7}/{at}.txt", body[at * _MEMBER : (at + 1) * _MEMBER])
        for at in range(len(body) // _MEMBER)
    ]


@family("zip", "ZIP of texts", "zipfile")
def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files(15 * MB):
            made.writestr(name, body)
    return held.getvalue()


@family("7z", "7z of texts", "py7zr")
def _seven() -> bytes:
    import py7zr

    held = io.BytesIO()
    with py7zr.SevenZipFile(held, "w", filters=[{"id": py7zr.FILTER_LZMA2, "preset": 1}]) as made:
        for name, body in files(8 * MB):
            made.writestr(body, name)
    return held.getvalue()


@cache
def _tar(size: int = 8 * MB) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for name, body in files(size):
            info = tarfile.TarInfo(name)
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    return held.getvalue()


@family("tar", "tar of texts", "tarfile")
def _plain() -> bytes:
    return _tar()


@family("tar.gz", "tar.gz", "tarfile")
def _gzip() -> bytes:
    return gzip.compress(_tar(), 6)


@family("tar.bz2", "tar.bz2", "tarfile")
def _bzip() -> bytes:
    return bz2.compress(_tar(4 * MB))


@family("tar.xz", "tar.xz", "tarfile")
def _xz() -> bytes:
    return lzma.compress(_tar(), preset=1)


@family("tar.zst", "tar.zst", "zstd and tarfile")
def _zst() -> bytes:
    from backports import zstd

    return bytes(zstd.compress(_tar()))


@family("rar", "RAR, stored", "rarfile")
def _rar() -> bytes:
    # No free program writes these: the tests' own maker, after RAR's technical note.
    from tests.watcher.read.packed import rar

    return rar(files(8 * MB))


@family("photos", "ZIP of 200 photos with EXIF", "zipfile and pillow")
def _photos() -> bytes:
    from PIL import Image

    held = io.BytesIO()
    noise = Image.effect_noise((800, 600), 60).convert("RGB")
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as made:
        for number in range(200):
            exif = Image.Exif()
            exif[0x010E] = f"Desk {number}"
            exif[0x013B] = "Siân"
            photo = io.BytesIO()
            noise.save(photo, "JPEG", exif=exif)
            made.writestr(f"photos/{4_400_000 + number}.jpg", photo.getvalue())
    return held.getvalue()
