"""What is named leads to where it is had."""

from __future__ import annotations

import importlib.resources
import tomllib

import pytest

from sources.templates import check_host, check_own, own, shipped
from watcher.api import ConfigError

FOLLOWED = {
    file.name: tomllib.loads(file.read_text("utf-8"))
    for file in importlib.resources.files("sources.presets").iterdir()
    if file.name.endswith(".toml") and 'kind = "follow"' in file.read_text("utf-8")
}


@pytest.mark.parametrize(
    ("named", "key", "url"),
    [
        ("https://paste.ee/p/AbC1", "AbC1", "https://paste.ee/r/AbC1"),
        ("https://dpaste.com/8AB3DEFGH#wrap", "8AB3DEFGH", "https://dpaste.com/8AB3DEFGH.txt"),
        ("http://rentry.org/my-page/raw", "my-page", "https://rentry.co/my-page"),
        ("https://pastes.io/raw/some-slug", "some-slug", "https://pastes.io/raw/some-slug"),
        ("https://justpaste.it/abc12", "abc12", "https://justpaste.it/abc12"),
        ("https://paste.debian.net/12345/", "12345", "https://paste.debian.net/plain/12345"),
        ("https://pastebin.com/aBcD1234", "aBcD1234", "https://pastebin.com/raw/aBcD1234"),
        ("https://controlc.com/0a1b2c3d", "0a1b2c3d", "https://controlc.com/0a1b2c3d"),
        ("https://pixeldrain.com/u/aB12", "aB12", "https://pixeldrain.com/api/file/aB12"),
        ("https://0x0.st/Hn9.txt", "Hn9.txt", "https://0x0.st/Hn9.txt"),
        (
            "https://gist.github.com/bob/0123456789abcdef0123#file-a-txt",
            "0123456789abcdef0123",
            "https://api.github.com/gists/0123456789abcdef0123",
        ),
        (
            "https://gist.githubusercontent.com/bob/0a1b/raw/ff/a.txt?x",
            "bob/0a1b/raw/ff/a.txt",
            "https://gist.githubusercontent.com/bob/0a1b/raw/ff/a.txt",
        ),
        (
            "https://files.catbox.moe/ab12.tar.gz",
            "files.catbox.moe/ab12.tar.gz",
            "https://files.catbox.moe/ab12.tar.gz",
        ),
    ],
)
def test_a_well_known_place(named: str, key: str, url: str) -> None:
    """The page that people pass on leads to the text behind it."""
    assert shipped()[named.split("/")[2]].of(named) == (key, url)


@pytest.mark.parametrize(
    "named",
    [
        "https://paste.ee/about",
        "https://dpaste.com/about/",
        "https://rentry.co/what",
        "https://pastebin.com/u/someone",
        "https://gist.github.com/discover",
        "https://pixeldrain.com/about",
        "https://justpaste.it/login",
    ],
)
def test_a_page_about_the_place_is_no_document(named: str) -> None:
    """Nor is it asked for."""
    assert shipped()[named.split("/")[2]].of(named) is None


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_followed_place_is_honest(name: str) -> None:
    """It is only followed, says what to look at, and claims no recording that nobody made."""
    preset = FOLLOWED[name]
    assert (preset["kind"], preset["verdict"]) == ("follow", "F")
    assert preset["terms"]
    assert preset["look"]
    assert not {"verified", "fixture"} & set(preset)
    assert "{key}" in preset["options"]["raw"]
    assert set(preset["options"]["hosts"]) <= set(shipped())


def test_an_operators_own() -> None:
    """The last step of the path is the key; without a template the address is."""
    assert own("p.example", "https://p.example/raw/{key}").of("http://p.example/a/b?x") == (
        "b",
        "https://p.example/raw/b",
    )
    assert own("f.example").of("http://f.example/a/b?x=1") == (
        "a/b?x=1",
        "http://f.example/a/b?x=1",
    )
    assert own("f.example").of("http://f.example/") is None


@pytest.mark.parametrize("host", ["", "paste", "https://p.example", "P.example", "p.example/x"])
def test_a_host_is_a_host(host: str) -> None:
    with pytest.raises(ConfigError, match="hosts: needs the host alone"):
        check_host("hosts", host)


@pytest.mark.parametrize(
    "raw", ["https://p.example/raw", "https://{key}.example/", "ftp://p.example/{key}"]
)
def test_a_template_is_an_address_with_the_key_in_it(raw: str) -> None:
    with pytest.raises(ConfigError, match="templates: "):
        check_own("templates", "p.example", raw)
