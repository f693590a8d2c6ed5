"""The plan of the house, kept by a test: floors, circles, plug-ins, doors, and a test file for every module."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the cellar to the door. A module may import from floors below its own
# and from its own room (package), nothing sideways and nothing above.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("model", "errors", "plain", "vocabulary"),
    ("api",),
    ("config",),
    ("keys", "log", "outward", "systemd"),
    ("registry", "index", "canary"),
    ("schedule", "fetch", "read", "match", "assess", "record", "store", "notify", "health"),
    ("pipeline", "enrol", "init", "metrics", "histories"),
    ("daemon", "scan", "doctor", "testing"),
    ("demo",),  # drives what is below it, as the command does
    ("cli",),
    ("__main__",),
)
PLUGINS = ("sources", "matchers")
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# One door per outside library: who may import it, at any depth. What is not
# listed (numpy, yarl) is a tool of several rooms, not a job that one of them owns.
DOORS: dict[str, tuple[str, ...]] = {
    # demo is the other side, and so is metrics
    "aiohttp": ("watcher.fetch", "watcher.notify", "watcher.demo", "watcher.metrics"),
    "apscheduler": ("watcher.schedule",),
    "atheris": (),
    "bs4": ("watcher.read",),
    "click": ("watcher.cli",),
    "cryptography": ("watcher.keys", "watcher.index"),
    "feedparser": ("watcher.read",),
    "hypothesis": (),
    # the sources compile, to refuse a wrong path
    "jmespath": ("watcher.read", "sources.json", "sources.stream", "sources.window"),
    "lxml": ("watcher.read",),  # by name, under beautifulsoup4
    "msoffcrypto": ("watcher.read",),
    "nicknames": ("matchers",),
    "numba": ("matchers",),
    "olefile": ("watcher.read",),
    "protego": ("watcher.fetch",),
    "pyarrow": ("watcher.read",),
    "pypdf": ("watcher.read",),
    "pyrage": ("watcher.record",),
    "python_calamine": ("watcher.read",),
    "rapidfuzz": ("watcher.vocabulary", "matchers"),
    "rich": ("watcher.cli", "watcher.demo"),
    "soupsieve": ("watcher.read", "sources.files"),  # which compiles, to refuse a wrong selector
    "sqlite3": ("watcher.store", "watcher.read"),  # read: databases that leaked, in memory
    "sqlite_utils": ("watcher.store",),
    "structlog": ("watcher.log",),
    "tomlkit": ("watcher.init", "watcher.config.addition"),
    "backports": ("watcher.read",),
    "brotli": ("watcher.read",),
    "bcj": ("watcher.read",),
    "Cryptodome": ("watcher.read",),
    "inflate64": ("watcher.read",),
    "prometheus_client": ("watcher.metrics",),
    "py7zr": ("watcher.read",),
    "pyppmd": ("watcher.read",),
    "PIL": ("watcher.read.ocr",),
    "pypdfium2": ("watcher.read.pdf",),
    "tesserocr": ("watcher.read.ocr",),
    "rarfile": ("watcher.read",),
    "warcio": ("watcher.record",),
}
LOADERS = {"import_module", "importlib.import_module", "__import__"}
NEEDS_NO_TEST = {"__init__", "__main__"}


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


OURS = {name: path for package in ("watcher", *PLUGINS) for name, path in modules(package)}


def outside(source: str) -> set[str]:
    """The libraries of DOORS that a file names in an import or in `import_module`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in LOADERS:
            found |= {
                a.value
                for a in node.args
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            }
    return {name.split(".")[0] for name in found} & DOORS.keys()


def imports(path: Path) -> Iterator[str]:
    """Our modules that a file imports, at any depth and for any reason, type checking's too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            names = [f"{base}.{a.name}" if f"{base}.{a.name}" in OURS else base for a in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in ("watcher", *PLUGINS))


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("module", [name for name in OURS if name.startswith("watcher.")])
def test_imports_point_down(module: str) -> None:
    """Nothing imports sideways on its own floor or up."""
    here = room(module)
    assert here in FLOOR, f"{module} has no floor"
    for name in imports(OURS[module]):
        assert name.split(".")[0] == "watcher", f"{module} names a plug-in: {name}"
        there = room(name)
        assert there in (here, "") or FLOOR[there] < FLOOR[here], f"{module} → {name}"


@pytest.mark.parametrize("module", [name for name in OURS if name.split(".")[0] in PLUGINS])
def test_plugins_see_one_window(module: str) -> None:
    """A plug-in imports `watcher.api` and its own package, nothing else of ours."""
    own = module.split(".", maxsplit=1)[0]
    for name in imports(OURS[module]):
        assert name == "watcher.api" or name.split(".")[0] == own, f"{module} → {name}"


@pytest.mark.parametrize("module", list(OURS))
def test_one_door_per_outside_library(module: str) -> None:
    """The room that owns the job owns the library, and turns its exceptions into ours."""
    for library in outside(OURS[module].read_text()):
        doors = DOORS[library]
        assert any(f"{module}.".startswith(f"{door}.") for door in doors), f"{module} → {library}"


@pytest.mark.parametrize(
    "source",
    ["import aiohttp", "import aiohttp.web as w", "from aiohttp import web",
     "def f():\n    from aiohttp.abc import X", "if TYPE_CHECKING:\n    import aiohttp",
     "import os, aiohttp", "importlib.import_module('aiohttp')"],
)  # fmt: skip
def test_an_import_is_seen_wherever_it_stands(source: str) -> None:
    """Or a door could be gone round."""
    assert outside(source) == {"aiohttp"}


def test_no_circles() -> None:
    """The graph of our imports has an order."""
    graph = {name: {i for i in imports(path) if i != name} for name, path in OURS.items()}
    tuple(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", list(OURS))
def test_every_module_has_its_test(module: str) -> None:
    """`watcher/read/html.py` is tested in `tests/watcher/read/test_html.py`."""
    path = OURS[module]
    if path.stem in NEEDS_NO_TEST:
        return
    wanted = ROOT / "tests" / path.relative_to(ROOT).parent / f"test_{path.stem}.py"
    assert wanted.is_file(), f"no {wanted.relative_to(ROOT)}"


def test_every_test_folder_is_a_package() -> None:
    """Or `tests/watcher` would shadow the product."""
    for folder in (ROOT / "tests").rglob("*"):
        if folder.is_dir() and any(folder.glob("*.py")):
            assert (folder / "__init__.py").is_file(), folder
