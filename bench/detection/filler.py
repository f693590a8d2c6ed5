"""
Ordinary text: what this machine carries of documentation, licences, logs and code.

Nothing of it is kept: paths are listed, files read when wanted, the same ones
for the same machine. Files whose bytes were seen before are passed over.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import os
import random
import sysconfig
import zlib
from collections.abc import Iterator
from pathlib import Path

PROSE = (".txt", ".md", ".rst", ".gz", "LICENSE", "NEWS", "README", "changelog", "copyright")
TEXT = (*PROSE, ".py", ".pyi", ".html", ".h", ".c", ".js", ".log", ".json", ".xml", ".pm", ".pl",
        ".pod", ".csv", ".toml", ".cfg", ".ini", ".sh", ".po", ".tex", ".el", ".css")  # fmt: skip
SYSTEM = ("/usr/share/doc", "/usr/share/common-licenses", "/usr/share/perl", "/usr/share/perl5", "/usr/lib/python3",
          "/usr/share", "/usr/lib", "/usr/include", "/var/log")  # fmt: skip
LARGEST = 8 << 20
POOL = 400  # files that passages are taken from
SMALLEST = 4_000


def roots() -> list[Path]:
    """Where text is looked for, the best first."""
    library = Path(sysconfig.get_paths()["stdlib"])
    packages = Path(sysconfig.get_paths()["purelib"])
    return [library, packages, *(Path(each) for each in SYSTEM if Path(each).is_dir())]


def files(suffixes: tuple[str, ...] = TEXT) -> Iterator[Path]:
    """Paths of text files below the roots, each once, in the same order every time."""
    seen: set[str] = set()
    for root in roots():
        for folder, names, inside in os.walk(root):
            names.sort()
            for name in sorted(inside):
                path = f"{folder}/{name}"
                if name.endswith(suffixes) and path not in seen:
                    seen.add(path)
                    yield Path(path)


def below(folder: Path) -> Iterator[Path]:
    """All files below a folder, whatever they are called."""
    for inside, names, found in os.walk(folder):
        names.sort()
        yield from (Path(inside, name) for name in sorted(found))


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked if it is gzip; b"" if it cannot be had or is too large."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return b""
        data = path.read_bytes()
        return gzip.decompress(data)[:LARGEST] if path.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error):
        return b""


def distinct(
    suffixes: tuple[str, ...] = TEXT, folder: Path | None = None
) -> Iterator[tuple[Path, bytes]]:
    """Text files of this machine, or of a folder, with their bytes: each content once, nothing with a NUL in it."""
    seen: set[bytes] = set()
    for path in files(suffixes) if folder is None else below(folder):
        data = content(path)
        digest = hashlib.blake2b(data, digest_size=12).digest()
        if data and digest not in seen and b"\0" not in data[:4096]:
            seen.add(digest)
            yield path, data


@functools.cache
def _pool() -> tuple[str, ...]:
    """Prose to take passages from."""
    found: list[str] = []
    for step, (_, data) in enumerate(distinct(PROSE)):
        if len(data) >= SMALLEST and step % 3 == 0:
            text = data.decode("utf-8", "replace")
            head = text[:4000]
            if head.count(" ") > 400 and not any(head.count(each) > 60 for each in '"{<'):
                found.append(text[: 1 << 19])
        if len(found) >= POOL:
            break
    return tuple(found)


def passage(dice: random.Random, size: int) -> str:
    """So many characters or fewer of ordinary text, whole lines of one file."""
    text = dice.choice(_pool())
    start = text.find("\n", dice.randrange(max(1, len(text) - size))) + 1
    end = text.find("\n", start + size)
    return text[start : end if end > 0 else len(text)][: size * 2].strip("\n")


def around(dice: random.Random, text: str, least: int = 300, most: int = 8_000) -> str:
    """The text as a paragraph somewhere in an ordinary document."""
    before = passage(dice, dice.randrange(least, most))
    after = passage(dice, dice.randrange(least, most))
    return f"{before}\n\n{text}\n\n{after}\n"
