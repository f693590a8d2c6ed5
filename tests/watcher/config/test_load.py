from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from watcher.config.load import find, inside, load, loopback
from watcher.config.settings import Network, Read
from watcher.errors import ConfigError
from watcher.model import Severity

MUSTS = '[store]\ndirectory = "data"\n[key]\nfile = "master.key"\n'


def written(tmp_path: Path, toml: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(toml)
    return path


def complaint(tmp_path: Path, toml: str) -> str:
    path = written(tmp_path, toml)
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert all(line.startswith(f"{path}: ") for line in str(caught.value).splitlines())
    return str(caught.value)


@pytest.mark.parametrize(
    ("listen", "found"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("[::1]:80", ("::1", 80)),
        ("127.0.0.1:0", None),
        ("127.0.0.1:99999", None),
        ("192.0.2.1:80", None),
        ("[::]:80", None),
        ("localhost:80", None),
        ("", None),
    ],
)
def test_only_this_machine_can_be_listened_on_for(
    listen: str, found: tuple[str, int] | None
) -> None:
    """An address that others could reach, or a name that may become one, is none."""
    assert loopback(listen) == found


# ---------------------------------------------------------------------- which


def test_the_order_in_which_it_is_looked_for(tmp_path: Path) -> None:
    """--config, then $WATCHER_CONFIG, then the usual places; the first that is there."""
    names = ("option", "variable", "here", "etc")
    paths = {name: tmp_path / f"{name}.toml" for name in names}
    for path in paths.values():
        path.touch()
    environ = {"WATCHER_CONFIG": str(paths["variable"])}
    usual = (paths["here"], paths["etc"])
    assert find(paths["option"], environ, usual) == paths["option"]
    assert find(None, environ, usual) == paths["variable"]
    assert find(None, {"WATCHER_CONFIG": ""}, usual) == paths["here"]
    paths["here"].unlink()
    assert find(None, {}, usual) == paths["etc"]


def test_what_is_named_is_not_replaced_by_another(tmp_path: Path) -> None:
    """A slip in --config must not let a command work on another installation."""
    (tmp_path / "etc.toml").touch()
    usual = (tmp_path / "etc.toml",)
    for explicit, environ, by in (
        (tmp_path / "none.toml", {}, "--config"),
        (None, {"WATCHER_CONFIG": str(tmp_path / "none.toml")}, r"\$WATCHER_CONFIG"),
    ):
        with pytest.raises(
            ConfigError, match=f"none.toml: no such file .named by {by}.; `watcher init`"
        ):
            find(explicit, environ, usual)


def test_none_at_all_lists_where_was_looked(tmp_path: Path) -> None:
    """The mend is `watcher init`, and the list says where its file would be found."""
    with pytest.raises(ConfigError) as caught:
        find(None, {}, (tmp_path / "here.toml", tmp_path / "etc.toml"))
    for word in ("--config", "$WATCHER_CONFIG", "here.toml", "etc.toml", "`watcher init`"):
        assert word in str(caught.value)


# ----------------------------------------------------------------------- what


def test_the_musts_are_enough(tmp_path: Path) -> None:
    """Everything else has a default; paths are absolute."""
    config = load(written(tmp_path, MUSTS), {})
    assert config.path == tmp_path / "config.toml"
    assert config.data == tmp_path / "data"
    assert config.key.file == tmp_path / "master.key"
    assert (config.network, config.read) == (Network(), Read())
    assert config.sources == {}


def test_a_source_is_split_into_its_head_and_its_options(tmp_path: Path) -> None:
    """What every source has is ours; the rest is for the plug-in, undecoded."""
    text = MUSTS + '[sources.a]\nkind = "json"\nleak_listing = true\nevery = "5m"\nx = { y = 1 }\n'
    table = load(written(tmp_path, text), {}).sources["a"]
    assert (table.name, table.kind, table.enabled, table.leak_listing) == ("a", "json", True, True)
    assert table.options == {"every": "5m", "x": {"y": 1}}


def test_a_target_has_its_name_and_its_secrets(tmp_path: Path) -> None:
    """The address is read from its file; the least severity has a default."""
    (tmp_path / "hook").write_text("https://chat.example/hooks/s3cret\n")
    (tmp_path / "hook").chmod(0o600)
    text = MUSTS + '[notify.targets.ops]\nkind = "slack"\nurl = { file = "hook" }\n'
    target = load(written(tmp_path, text), {}).notify.targets["ops"]
    assert (target.name, target.kind, target.severity) == ("ops", "slack", Severity.MEDIUM)
    assert target.url == "https://chat.example/hooks/s3cret"


def test_a_command_that_tells_nobody_needs_no_secret(tmp_path: Path) -> None:
    """A credential is there for the service only; `watcher alerts` is typed by a person."""
    text = MUSTS + '[notify.targets.ops]\nkind = "slack"\nurl = { credential = "hook" }\n'
    path = written(tmp_path, text)
    assert load(path, {}, secrets=False).notify.targets["ops"].url == ""
    with pytest.raises(ConfigError, match=r"notify\.targets\.ops\.url: .*\$CREDENTIALS_DIRECTORY"):
        load(path, {})


def test_lengths_of_time_and_sizes_are_read(tmp_path: Path) -> None:
    """In the units that people write."""
    text = MUSTS + '[network]\ntimeout = "1m30s"\nmax_bytes = "1 MB"\n[read]\nmemory = 4096\n'
    config = load(written(tmp_path, text), {})
    assert config.network.timeout == timedelta(seconds=90)
    assert config.network.max_bytes == 1 << 20
    assert config.read.memory == 4096


# ---------------------------------------------------------------------- wrong


def test_what_is_not_toml_has_line_and_column(tmp_path: Path) -> None:
    """An editor can jump there."""
    said = complaint(tmp_path, MUSTS + "[network]\nproxy 5\n")
    assert "config.toml: line 6, column 7: is not TOML: Expected '='" in said
    assert "is not TOML: " in complaint(tmp_path, "[store")


def test_a_file_that_is_not_utf_8_says_where(tmp_path: Path) -> None:
    """TOML is UTF-8; the byte is counted from 0."""
    (tmp_path / "config.toml").write_bytes(b"[st\xe9re]")
    with pytest.raises(ConfigError, match=r"byte 3 is not UTF-8"):
        load(tmp_path / "config.toml", {})
    with pytest.raises(ConfigError, match="Is a directory"):
        load(tmp_path, {})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("[netwrk]", 'netwrk: unknown key; did you mean "network"?'),
        ("[network]\nredirect = 3", 'network.redirect: unknown key; did you mean "redirects"?'),
        ("[network]\nredirects = -1", "network.redirects: must not be negative"),
        ('[network]\ntimeout = "0s"', "network.timeout: must be 1 or more"),
        ("[read]\nworkers = 0", "read.workers: must be 1 or more"),
        ("[read.ocr]\npixels = 0", "read.ocr.pixels: must be 1 or more"),
        ('[read.ocr]\nlanguages = ["eng+cym"]', "read.ocr.languages[0]: is no name"),
        ("[sources.a]\nevery = '5m'", 'sources.a.kind: is missing; such as kind = "…"'),
        ("[sources.a]\nkind = 5", "sources.a.kind: must be text"),
        ('[sources.a]\nkind = "json"\nenabled = "no"', "sources.a.enabled: must be true or false"),
        ('[sources."a b"]\nkind = "json"', "a name has letters, digits, - and _ only"),
        (
            "[sources.scan]\nkind = 'json'",
            "sources.scan: 'scan' stands for what `watcher scan` reads",
        ),
        ("[sources]\na = 5", "sources.a: must be a table"),
        ("[sources.canary]\nkind = 'json'", "'canary' stands for the service's own test"),
        ('[canary]\nevery = "10s"', "canary.every: must be a minute or more"),
        ('[canary]\nwithin = "2h"', "canary.within: must be more than nothing, and at most"),
        ('[canary]\nsource = "own"', "canary.source: there is no [sources.own]"),
        ('[canary]\nplace = "page.txt"', 'canary.place: must be "local" or the whole path'),
        ('[heartbeat]\nurl = "https://x"', "a secret must not be in this file"),
        ('[heartbeat]\npatience = "1s"', "heartbeat.patience: must be a minute or more"),
        (
            '[metrics]\nlisten = "0.0.0.0:9464"',
            "metrics.listen: must be an address of this machine",
        ),
        ('[metrics]\nlisten = "127.0.0.1"', "metrics.listen: must be an address of this machine"),
        ("[evidence]\ncustodians = ['bob']", "evidence.custodians[0]: is not an age public key"),
        ("[evidence]\ncustodians = ['AGE-SECRET-KEY-1QQ']", "is a private key"),
        ('[watch]\ndomains = "x.example"', "watch.domains: must be a list"),
        ("[notify.targets.a]\nkind = 'mattermos'", 'did you mean "mattermost"?'),
        (
            "[notify.targets.a]\nkind = 'slack'",
            "notify.targets.a.url: is missing; such as url = { file",
        ),
        (
            "[notify.targets.a]\nkind = 'slack'\nurl = 'https://x'",
            "a secret must not be in this file",
        ),
    ],
)
def test_what_is_wrong_has_an_address_and_a_mend(tmp_path: Path, more: str, said: str) -> None:
    """Unknown keys get the near one, wrong types the right one, missing ones an example."""
    assert said in complaint(tmp_path, MUSTS + more)


def test_a_secret_that_is_no_address_is_told_without_it(tmp_path: Path) -> None:
    """What should be an address may be another secret."""
    (tmp_path / "hook").write_text("s3cret")
    (tmp_path / "hook").chmod(0o600)
    said = complaint(
        tmp_path, MUSTS + "[notify.targets.a]\nkind = 'slack'\nurl = { file = 'hook' }"
    )
    assert "notify.targets.a.url: what it names does not hold an address" in said
    assert "s3cret" not in said


def test_a_target_at_an_onion_address_is_refused(tmp_path: Path) -> None:
    """Telling does not go through Tor, and would look the name up for all to see."""
    for place, address in enumerate(("http://abc.onion/hook", "https://ABC.Onion.:8080/")):
        (tmp_path / f"hook{place}").write_text(address)
        (tmp_path / f"hook{place}").chmod(0o600)
        said = complaint(
            tmp_path,
            MUSTS + f"[notify.targets.a]\nkind = 'slack'\nurl = {{ file = 'hook{place}' }}",
        )
        assert "notify.targets.a.url: is an onion address" in said
        assert "abc" not in said.lower()


def test_how_a_source_goes_out_is_in_its_table(tmp_path: Path) -> None:
    """`via` takes one word, and stays apart from what the plug-in is given."""
    text = MUSTS + "[sources.a]\nkind = 'listing'\nvia = 'tor'\nimages = true\nurl = 'x'\n"
    (tmp_path / "config.toml").write_text(text)
    table = load(tmp_path / "config.toml", {}).sources["a"]
    assert (table.via, table.images, table.options) == ("tor", True, {"url": "x"})
    wrong = text.replace("'tor'", "'Tor'")
    assert 'sources.a.via: must be one of "", "tor"' in complaint(tmp_path, wrong)


def test_how_a_source_behaves_is_in_its_table(tmp_path: Path) -> None:
    """A pace, and a reason in words where robots.txt is not asked."""
    text = MUSTS + "[sources.a]\nkind = 'listing'\npace = '10s'\nrobots = 'honoured'\nurl = 'x'\n"
    (tmp_path / "config.toml").write_text(text)
    table = load(tmp_path / "config.toml", {}).sources["a"]
    assert (table.pace.total_seconds(), table.robots) == (10.0, "honoured")
    assert table.options == {"url": "x"}
    why = text.replace("honoured", "its operator gave leave by letter")
    (tmp_path / "config.toml").write_text(why)
    assert load(tmp_path / "config.toml", {}).sources["a"].robots.startswith("its operator")
    for reason in ("no", "ignored", "false", "  we may "):
        said = complaint(tmp_path, text.replace("honoured", reason))
        assert "sources.a.robots: must say why it is not asked" in said
    assert "sources.a.robots: must be" in complaint(tmp_path, text.replace("'honoured'", "false"))
    assert "sources.a.pace: must be between" in complaint(tmp_path, text.replace("10s", "2h"))


def test_a_webhook_needs_its_secret(tmp_path: Path) -> None:
    """Its receiver must be able to tell our cards from a stranger's."""
    (tmp_path / "hook").write_text("https://ops.example/hook")
    (tmp_path / "hook").chmod(0o600)
    table = "[notify.targets.a]\nkind = 'webhook'\nurl = { file = 'hook' }"
    assert "notify.targets.a.secret: is missing" in complaint(tmp_path, MUSTS + table)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("", "store: is missing; such as store = { … }"),
        ('[store]\ndirectory = "data"\n[key]\n', "key: needs one of"),
        (MUSTS + 'credential = "k"\n', "and not both"),
        ('[store]\ndirectory = "d"\n[key]\nfile = "d/sub/../k"\n', "is inside the data directory"),
    ],
)
def test_the_three_musts_are_asked_for(tmp_path: Path, toml: str, said: str) -> None:
    """Where the data are, where the key is, and that the one is not in the other."""
    assert said in complaint(tmp_path, toml)


def test_a_link_does_not_hide_that_the_key_lies_with_the_data(tmp_path: Path) -> None:
    """It is the place that a backup copies that counts; a loop of links is no crash."""
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "data")
    assert inside(tmp_path / "elsewhere" / "master.key", tmp_path / "data")
    assert not inside(tmp_path / "data-2" / "master.key", tmp_path / "data")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert not inside(tmp_path / "loop", tmp_path / "data")


def test_problems_of_several_tables_are_told_together(tmp_path: Path) -> None:
    """One look at the file mends it."""
    said = complaint(tmp_path, MUSTS + "[network]\nx = 1\n[read]\nworkers = 'two'\n[foo]\n")
    assert [line.split(": ")[1] for line in said.splitlines()] == [
        "network.x",
        "read.workers",
        "foo",
    ]
