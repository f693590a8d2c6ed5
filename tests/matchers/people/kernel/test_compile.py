"""How functions become machine code, and where that is kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from matchers.people.kernel import compile as door
from matchers.people.kernel.compile import IN_MEMORY, apart, compiled, i8, inlined, inner
from matchers.people.kernel.sieves import may, sieve
from matchers.people.siphash import Kind, halves, tags
from tests.matchers.people.kernel.filed import asked

KEY = hashlib.sha256(b"a key that no file should hold").digest()
FOLD = """
from matchers.people.kernel.folding import fold
print(bytes(fold("Abc")).hex())
"""


def run(script: str, **environment: object) -> str:
    """What a fresh process prints."""
    env = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return done.stdout.strip()


@inner
def _double(values: np.ndarray[tuple[int], np.dtype[np.int64]], at: int) -> int:
    apart()
    return i8(values[at] * 2)


@inlined
def _more(values: np.ndarray[tuple[int], np.dtype[np.int64]], at: int) -> int:
    return _double(values, at) + 1


@compiled
def _sum(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    total = i8(0)
    for at in range(values.size):
        total += _more(values, i8(at))
    return total


def test_what_compiled_code_calls_python_can_call_too() -> None:
    """Functions without a door for Python get one when a test asks."""
    values = np.arange(5)
    assert _sum(values) == 25
    assert _more(values, 3) == 7
    assert _double(values, 3) == 6


def test_neither_key_nor_tags_come_into_the_cache() -> None:
    """What a compiled function captured would be frozen into its file on disk."""
    assert asked([b"blenkinsop"], [b"blenkinsip"], halves(KEY))[0].near == (0,)
    kept = b"".join(path.read_bytes() for path in Path(door.where_cached()).glob("*.nb*"))
    assert kept
    numbers = [*halves(KEY), *tags(Kind.NAME, [b"blenkinsop"], halves(KEY)).tolist()]
    secret = [KEY, b"blenkinsop", *(number.to_bytes(8, "little") for number in numbers)]
    assert not any(each in kept for each in secret)


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    first = run(FOLD, NUMBA_CACHE_DIR=tmp_path)
    files = list(tmp_path.rglob("*.nb*"))
    assert files
    for path in files:
        path.write_bytes(path.read_bytes()[:20])
    assert run(FOLD, NUMBA_CACHE_DIR=tmp_path) == first
    assert all(path.stat().st_size > 20 for path in files)


def test_a_place_that_cannot_be_written_is_passed_over() -> None:
    """Nothing fails at import; the next place is taken."""
    script = "from matchers.people.kernel.compile import where_cached\nprint(where_cached())"
    assert run(script, NUMBA_CACHE_DIR="/dev/null/cache") != ""
    assert door.where_cached() != IN_MEMORY


def test_a_function_is_compiled_anew_when_what_it_calls_has_changed() -> None:
    """The stamp of a function covers all of ours that its file imports."""
    here = Path(door.__file__).parent
    stamps = {name: door._stamp(here / f"{name}.py") for name in ("tokens", "leet", "folding")}
    assert len(set(stamps.values())) == 3
    assert here / "leet.py" in door._imports(here / "tokens.py")


def test_compiled_code_takes_the_place_of_python() -> None:
    assert may(sieve(np.array([5], dtype=np.uint64)), np.uint64(5))
