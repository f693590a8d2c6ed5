"""Compiled code, made ready."""

from __future__ import annotations

import os
import subprocess
import sys

# What is compiled stays so in a process: a new one is needed to see it.
_SCRIPT = """
import sys
from numba.core.dispatcher import Dispatcher
from matchers.people.warming import warm
from tests.matchers.people.crowd import people, recogniser, table
from watcher.api import Part

def compiled():
    kernel = [module for name, module in sys.modules.items() if name.startswith("matchers.people.kernel.")]
    return {
        (module.__name__, name): len(each.signatures)
        for module in kernel for name, each in vars(module).items() if isinstance(each, Dispatcher)
    }

warm()
before = compiled()
crowd = people(9)
reader = recogniser(crowd)
said = [f"{p.rank} {p.numbers[1][1]} {p.forename} {p.surname} {p.emails[0]}:hunter22" for p in crowd]
reader.match(Part(where="", text=". ".join(said) + " and that was all of it for now"))
reader.match(Part(where="", text="\\n".join(said)))
reader.match(Part(where="", text="; ".join(f"{p.surname}, {p.forename}" for p in crowd)))
reader.match(table(("Name", "Unit"), *((f"{p.forename} {p.surname}", p.unit) for p in crowd)))
more = {name for name, count in compiled().items() if count != before.get(name, 0)}
sys.exit(f"compiled after warming: {sorted(more)}" if more else 0)
"""


def test_nothing_is_compiled_after_warming() -> None:
    """Whatever the first document holds: text, a list, a table."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
