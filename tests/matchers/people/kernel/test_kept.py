"""Where machine code is kept."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

from matchers.people.kernel import kept
from matchers.people.kernel.kept import IN_MEMORY, stamp, where_cached
from matchers.people.siphash import Kind, halves, tags
from tests.matchers.people.kernel.filed import asked

KEY = hashlib.sha256(b"a key that no file should hold").digest()
SCRIPT = """
import sys
import numpy as np
from matchers.people.kernel.folding import fold
from matchers.people.kernel.hints import hints, places
from numba.core.event import RecordingListener, register
compiled = RecordingListener()
register("numba:compile", compiled)
at, which = places(fold("a rank"), hints((b"name", b"rank")))
print(bytes(fold("Abc")).hex(), *at, *which)
print(len(compiled.buffer), "numba.np.linalg" in sys.modules)
"""


def start(script: str, **environment: object) -> subprocess.Popen[str]:
    env = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    return subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True
    )


def end(process: subprocess.Popen[str]) -> str:
    """What it printed."""
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return said.strip()


def run(script: str, **environment: object) -> list[str]:
    """The lines that a fresh process prints."""
    return end(start(script, **environment)).splitlines()


def files(folder: Path, *, parts: bool) -> list[Path]:
    """What is kept of parts, or of programs."""
    return [path for path in folder.rglob("*.nb*") if ("-inner" in path.name) is parts]


def test_neither_key_nor_tags_come_into_the_cache() -> None:
    """What a compiled function captured would be frozen into its file on disk."""
    assert asked([b"blenkinsop"], [b"blenkinsip"], halves(KEY))[0].near == (0,)
    held = b"".join(path.read_bytes() for path in Path(where_cached()).glob("*.nb*"))
    assert held
    numbers = [*halves(KEY), *tags(Kind.NAME, [b"blenkinsop"], halves(KEY)).tolist()]
    secret = [KEY, b"blenkinsop", *(number.to_bytes(8, "little") for number in numbers)]
    assert not any(each in held for each in secret)


def test_what_is_kept_is_not_compiled_again(tmp_path: Path) -> None:
    """Nor is anything loaded that numba compiles with; and programs are put together of parts that were kept."""
    first, compiled = run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)
    assert compiled.endswith("True")
    assert run(SCRIPT, NUMBA_CACHE_DIR=tmp_path) == [first, "0 False"]
    assert files(tmp_path, parts=True)
    for path in files(tmp_path, parts=False):
        path.unlink()
    again, fewer = run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)
    assert again == first
    assert 0 < int(fewer.split()[0]) < int(compiled.split()[0])


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    first = run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)
    held = list(tmp_path.rglob("*.nb*"))
    assert held
    for path in held:
        path.write_bytes(path.read_bytes()[:20])
    assert run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)[0] == first[0]
    assert all(path.stat().st_size > 20 for path in files(tmp_path, parts=False))


def test_code_of_another_shape_is_made_again(tmp_path: Path) -> None:
    """As a version of ours may have left it that kept something else."""
    first = run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)
    for path in tmp_path.rglob("*.nbc"):
        path.write_bytes(pickle.dumps(("something", "else")))
    assert run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)[0] == first[0]


def test_processes_may_compile_side_by_side(tmp_path: Path) -> None:
    said = [end(each) for each in [start(SCRIPT, NUMBA_CACHE_DIR=tmp_path) for _ in range(2)]]
    assert said[0].splitlines()[0] == said[1].splitlines()[0]
    assert run(SCRIPT, NUMBA_CACHE_DIR=tmp_path)[1] == "0 False"


def test_a_place_that_cannot_be_written_is_passed_over() -> None:
    """Nothing fails at import; the next place is taken."""
    script = "from matchers.people.kernel.kept import where_cached\nprint(where_cached())"
    assert run(script, NUMBA_CACHE_DIR="/dev/null/cache") != []
    assert where_cached() != IN_MEMORY


def test_a_function_is_compiled_anew_when_what_it_calls_has_changed() -> None:
    """The stamp of a function covers all of ours that its file imports."""
    here = Path(kept.__file__).parent
    stamps = {stamp(str(here / f"{name}.py")) for name in ("tokens", "leet", "folding")}
    assert len(stamps) == 3
    assert str(here / "leet.py") in kept._read(str(here / "tokens.py"))[1]
