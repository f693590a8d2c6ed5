"""No bytes make a reader raise, hang, grow or say what no address, table or pipe can hold."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.fuzz.corpus import ROOT, gathered, sorted_out
from tests.torture.fuzz.targets import FAMILIES, TARGETS
from watcher.read.dispatch import READERS
from watcher.read.sniff import Kind

SHARE = float(os.environ.get("WATCHER_TORTURE", "0"))
SECONDS = int(300 * SHARE)  # for each target: an hour for all of them
OPTIONS = (
    "-timeout=60",  # seconds for one input, on a machine that does other things as well
    "-rss_limit_mb=2048",
    f"-max_len={1 << 17}",
    "-len_control=0",  # a member cut to a few bytes is no member
    "-print_final_stats=1",
)

pytestmark = [
    pytest.mark.skipif(
        not SHARE, reason="long: `make torture`, or a share of it in WATCHER_TORTURE"
    ),
    pytest.mark.skipif(
        importlib.util.find_spec("atheris") is None, reason="no atheris for this Python"
    ),
    pytest.mark.timeout(3600),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    sorted_out(gathered(folder / "bodies"), folder / "inputs")
    return folder / "inputs"


def test_every_reader_is_fuzzed() -> None:
    """With its family."""
    assert {kind for kinds in FAMILIES.values() for kind in kinds} == set(READERS) - {Kind.EMPTY}


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_bytes_come_in_the_laws_hold(target: str, corpus: Path, tmp_path: Path) -> None:
    """Of `laws`. A finding stays in this test's folder; give its path in place of the corpus to see it again."""
    seed = () if SHARE >= 1 else ("-seed=1",)  # a part of the rounds is the same part each time
    command = [sys.executable, "-m", "tests.torture.fuzz", target, str(corpus / target)]
    told = subprocess.run(
        [*command, *OPTIONS, *seed, f"-max_total_time={SECONDS}", f"-artifact_prefix={tmp_path}/"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    said = told.stderr.decode(errors="replace")[-4000:]
    assert told.returncode == 0, f"{[*map(str, tmp_path.iterdir())]}\n{said}"
    assert "stat::number_of_executed_units" in said
