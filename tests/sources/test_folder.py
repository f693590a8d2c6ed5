"""A folder that documents are put into."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sources.folder import Folder
from watcher.api import Capture, ConfigError, FetchError, Ref, SourceError, Web
from watcher.testing.source import check_source


class NoWeb:
    """A folder needs no network."""

    async def get(self, url: str, *, headers: object = None) -> object:
        raise AssertionError("a folder asked the network")


WEB: Web = NoWeb()  # type: ignore[assignment]  # never answers


async def refs(folder: Folder) -> list[Ref]:
    return [each for each in await check_source(folder, WEB, fetched=99) if isinstance(each, Ref)]


def put(path: Path, text: str, when: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(when, when))
    return path


async def test_files_at_any_depth_the_newest_first(tmp_path: Path) -> None:
    """Every file, and nothing else; its capture is the file itself, where it lies."""
    old = put(tmp_path / "a old.txt", "old", 1_000)
    new = put(tmp_path / "deep" / "er" / "new #1.txt", "new", 2_000)
    folder = Folder(name="inbox", path=tmp_path)
    found = await refs(folder)
    assert [(each.key, each.url) for each in found] == [
        ("deep/er/new%20%231.txt", new.as_uri()),
        ("a%20old.txt", old.as_uri()),
    ]
    assert [each.version for each in found] == ["2000 3", "1000 3"]
    capture = await folder.fetch(WEB, found[0])
    assert capture.status is None
    assert capture.body.path == new
    assert capture.name == "new%20%231.txt"


async def test_a_changed_file_has_another_version(tmp_path: Path) -> None:
    """Another time or size is one, under the same key; an untouched file stays as it was."""
    put(tmp_path / "a.csv", "one", 1_000)
    put(tmp_path / "b.csv", "same", 500)
    folder = Folder(name="inbox", path=tmp_path)
    before = await refs(folder)
    put(tmp_path / "a.csv", "two!", 1_000)
    after = await refs(folder)
    assert [each.key for each in before] == [each.key for each in after] == ["a.csv", "b.csv"]
    assert [each.version for each in before] == ["1000 3", "500 4"]
    assert [each.version for each in after] == ["1000 4", "500 4"]


async def test_a_pattern_picks(tmp_path: Path) -> None:
    """A glob inside the folder."""
    put(tmp_path / "a.csv", "1", 1)
    put(tmp_path / "b.txt", "1", 1)
    put(tmp_path / "in" / "c.csv", "1", 1)
    assert len(await refs(Folder(name="inbox", path=tmp_path, pattern="**/*.csv"))) == 2
    assert len(await refs(Folder(name="inbox", path=tmp_path, pattern="*.csv"))) == 1


async def test_links_do_not_lead_out(tmp_path: Path) -> None:
    """A link to a file or folder elsewhere is passed over, when listed and when fetched."""
    outside = put(tmp_path / "outside" / "shadow", "secret", 1)
    home = tmp_path / "home"
    inside = put(home / "a.txt", "fine", 1)
    (home / "file").symlink_to(outside)
    (home / "folder").symlink_to(outside.parent)
    (home / "nowhere").symlink_to(tmp_path / "gone")
    for pattern in ("**/*", "*/*", "*"):
        found = await refs(Folder(name="inbox", path=home, pattern=pattern))
        assert {each.url for each in found} <= {inside.as_uri()}
    folder = Folder(name="inbox", path=home)
    (ref,) = await refs(folder)
    inside.unlink()
    inside.symlink_to(outside)
    for url in (
        ref.url,
        (home / "file").as_uri(),
        outside.as_uri(),
        f"{home.as_uri()}/../outside/shadow",
    ):
        with pytest.raises(FetchError) as caught:
            await folder.fetch(WEB, Ref(source="inbox", key="k", url=url))
        assert not caught.value.retry


async def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    """A pipe would hold us for ever."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        folder = Folder(name="inbox", path=tmp_path)
        assert await refs(folder) == []
    with pytest.raises(FetchError):
        await folder.fetch(WEB, Ref(source="inbox", key="k", url=(tmp_path / "pipe").as_uri()))


async def test_a_file_that_vanishes_may_come_back(tmp_path: Path) -> None:
    """Writers replace files by renaming: worth another try."""
    file = put(tmp_path / "a.txt", "1", 1)
    folder = Folder(name="inbox", path=tmp_path)
    (ref,) = await refs(folder)
    file.unlink()
    with pytest.raises(FetchError) as caught:
        await folder.fetch(WEB, ref)
    assert caught.value.retry


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """A share that is not mounted is not a quiet day."""
    put(tmp_path / "file", "1", 1)
    for path in (tmp_path / "gone", tmp_path / "file"):
        with pytest.raises(SourceError, match=r"^path: "):
            await check_source(Folder(name="inbox", path=path), WEB)


async def test_fewer_than_always_is_told(tmp_path: Path) -> None:
    """`minimum` counts files."""
    assert await refs(Folder(name="inbox", path=tmp_path)) == []
    with pytest.raises(SourceError, match="listed 0 items, expected at least 1"):
        await check_source(Folder(name="inbox", path=tmp_path, minimum=1), WEB)


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's leave to read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


async def test_a_folder_that_may_not_be_read_is_told() -> None:
    """A glob would pass over it in silence."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        put(Path(home) / "a.txt", "fine", 1)
        (Path(home) / "closed").mkdir(mode=0)
        with nobody(), pytest.raises(SourceError, match="closed cannot be read"):
            await check_source(Folder(name="inbox", path=Path(home)), WEB)


async def test_a_folder_that_is_not_there_is_to_be_made(tmp_path: Path) -> None:
    """Nobody is sent to look at permissions where there is nothing to permit."""
    with pytest.raises(SourceError, match="make it, or name another"):
        await check_source(Folder(name="inbox", path=tmp_path / "nowhere"), WEB)


async def test_a_name_that_is_no_text_is_still_a_name(tmp_path: Path) -> None:
    """File names are bytes: any of them can be keyed, listed and fetched."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt"))
    odd.write_text("odd")
    folder = Folder(name="inbox", path=tmp_path)
    (ref,) = await refs(folder)
    ref.key.encode("ascii")
    capture = await folder.fetch(WEB, ref)
    assert isinstance(capture, Capture)
    assert capture.body.size == 3


@pytest.mark.parametrize("pattern", ["", "/etc/*", "../*", "a/../../*"])
def test_a_pattern_stays_inside(tmp_path: Path, pattern: str) -> None:
    """Told when the configuration is read."""
    with pytest.raises(ConfigError, match=r"^pattern: "):
        Folder(name="inbox", path=tmp_path, pattern=pattern)


@pytest.mark.parametrize(
    ("pattern", "mend"),
    [("**", "**/*"), ("a/**", "a/**/*"), ("**/", "**/*"), ("*/", "*/*"), ("**.csv", "**/*.csv"),
     ("a**/b", "**/*.csv")],
)  # fmt: skip
def test_a_pattern_means_the_same_on_every_python(tmp_path: Path, pattern: str, mend: str) -> None:
    """What one version takes for folders, for files or for an error is told, with what to write."""
    with pytest.raises(ConfigError) as caught:
        Folder(name="inbox", path=tmp_path, pattern=pattern)
    assert str(caught.value).endswith(f'"{mend}"')
