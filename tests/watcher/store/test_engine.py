from __future__ import annotations

import subprocess
import sys


def test_the_store_loads_without_numpy_and_the_web_client() -> None:
    """`watcher alerts` answers at once: heavy modules stay out, and can be loaded afterwards."""
    program = (
        "import sys, watcher.store\n"
        "heavy = {'numpy', 'pandas', 'aiohttp', 'lxml', 'bs4'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "import numpy\n"
        "assert numpy.zeros(2).sum() == 0\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
