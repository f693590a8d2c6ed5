"""
One target under atheris: `python -m tests.torture.fuzz TARGET CORPUS [options of libFuzzer]`.

With a file instead of a folder, that input alone: a finding again.
"""

from __future__ import annotations

import sys
from importlib import import_module
from random import Random

import atheris

# Libraries in pure Python whose turns are worth telling apart, beside ours.
LIBRARIES = {
    "archives": ["rarfile"],
    "asked": ["feedparser"],
    "compound": ["olefile", "msoffcrypto"],
    "pdf": ["pypdf"],
}
HERE = LIBRARIES.get(sys.argv[1], [])

with atheris.instrument_imports(include=["watcher.read", *HERE]):
    for module in HERE:
        import_module(module)
    from tests.torture.fuzz.dressed import within
    from tests.torture.fuzz.targets import HEAD, TARGETS
    from watcher.read.dispatch import READERS

    for module, _ in READERS.values():
        import_module(f"watcher.read.{module}")


def changed(data: bytes, largest: int, seed: int) -> bytes:
    """Another input: its choice, its body as it stands, or what the body packs is changed."""
    chance = Random(seed)
    head, body = data[:HEAD].ljust(HEAD, b"\0"), data[HEAD:]

    def change(piece: bytes) -> bytes:
        return bytes(atheris.Mutate(piece, max(largest - HEAD, len(piece))))

    def pumped(piece: bytes) -> bytes:
        """A few bytes of it said again and again: what is slow in them shows."""
        start = chance.randrange(len(piece) + 1)
        end = start + 1 + chance.randrange(40)
        number = (largest - HEAD) // 2 // (end - start)
        rest = piece[end:] if chance.random() < 0.5 else b""
        return piece[:start] + piece[start:end] * number + rest

    if chance.random() < 0.05:
        head = bytes(chance.randrange(256) for _ in range(HEAD))
    elif chance.random() < 0.03:
        body = within(body, pumped, chance)
    elif chance.random() < 0.4:
        body = change(body)
    else:
        body = within(body, change, chance)
    return (head + body)[:largest]


def main() -> None:
    """Fuzz until told to stop, or until something is found."""
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]], custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
