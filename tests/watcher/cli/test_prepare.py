"""`init` and `enrol`, as their users meet them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.watcher.cli.users import as_nobody
from tests.world import World
from watcher.demo.roster import csv_of
from watcher.store import Book


def test_init_says_what_it_made_and_what_is_next(tmp_path: Path) -> None:
    """Key and data are apart and closed, and nothing is made twice."""
    world = World(tmp_path / "watch", tmp_path / "home", [])
    world.home.mkdir()
    done = world.run("init", str(world.folder), cwd=tmp_path)
    assert done.code == 0
    assert "Move the custodian's private key off this machine" in done.out
    assert "enrol roster.csv" in done.out
    (key,) = (world.home / ".config" / "watcher").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    assert world.data.stat().st_mode & 0o777 == 0o700
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = world.run("init", str(world.folder), cwd=tmp_path)
    assert again.code == 2
    assert "is there already" in again.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_init_with_a_custodian_makes_no_private_key(tmp_path: Path) -> None:
    """Whoever brings a public key keeps the private half elsewhere; a wrong one is refused."""
    from watcher.record import new_pair

    world = World(tmp_path / "watch", tmp_path / "home", [])
    world.home.mkdir()
    bad = world.run("init", str(world.folder), "--custodian", "age1nonsense", cwd=tmp_path)
    assert bad.code == 2
    assert not world.folder.exists()
    public, _ = new_pair()
    done = world.run("init", str(world.folder), "--custodian", public, cwd=tmp_path)
    assert done.code == 0
    assert public in world.config.read_text()
    assert not list(world.folder.glob("*private*"))


def test_init_where_one_may_not_write(open_world: World) -> None:
    """Exit 2 with the directory and the mend, as a user who owns nothing."""
    closed = open_world.folder / "closed"
    closed.mkdir(mode=0o700)
    done = as_nobody(open_world, "init", str(closed / "new"))
    assert done.code == 2, done
    assert f"{closed / 'new'}: Permission denied" in done.err
    assert "may write" in done.err


def roster(rows: Sequence[Mapping[str, str]], **headings: str) -> bytes:
    """The roster with some of its headings written otherwise."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([headings.get(name, name) for name in rows[0]])
    writer.writerows(row.values() for row in rows)
    return text.getvalue().encode()


def test_enrol_says_what_became_what(world: World) -> None:
    """Columns, shapes, variants, chance rates, and who came and went since last time."""
    body = roster(world.rows[:580], surname="Family name", pay_number="Pay Ref", photo="Notes")
    done = world.run("enrol", "-", stdin=body)
    assert done.code == 0, done
    assert re.search(r"Family name +→ surname", done.out)
    assert "######## " in done.out
    assert "per person on average" in done.out
    assert "strangers (drawn like the roster) have the full name of one of ours" in done.out
    assert "a name one typing error away" in done.out
    assert "roster file" not in done.out, "there is none to remove after a pipe"
    assert "No ref column" not in done.out
    assert "0 joined · 20 left" in done.out
    report = world.run("enrol", "-", "--dry-run", "--json", stdin=body).objects[0]
    assert (report["type"], report["people"], report["joined"]) == ("enrolled", 580, 0)


def test_a_dry_run_writes_nothing(world: World) -> None:
    """Index and store stay byte for byte."""
    before = (world.data / "index.sealed").read_bytes()
    done = world.run("enrol", "-", "--dry-run", stdin=csv_of(world.rows[:590]))
    assert done.code == 0
    assert "Nothing was written" in done.out
    assert (world.data / "index.sealed").read_bytes() == before
    with Book.open(world.data / "watcher.db") as book:
        assert book.index_version() == 1


def bad(rows: Sequence[Mapping[str, str]], line: int, **values: str) -> bytes:
    """The roster with other values on one line (1 is the heading)."""
    changed = [dict(row) for row in rows]
    changed[line - 2] |= values
    return csv_of(changed)


MARK = "Quillfeather"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: csv_of(rows[:3]) + b"N-9,Anne\n", [":5", "have 17"]),
        (lambda rows: bad(rows, 4, ref=rows[0]["ref"]), [":4", "ref", "2"]),
        (lambda rows: bad(rows, 3, ref=rows[1]["pay_number"]), [":3", "ref"]),
        (lambda rows: bad(rows, 3, ref=rows[1]["email"]), [":3", "ref"]),
        (lambda rows: bad(rows, 3, ref=MARK, surname=MARK), [":3", "ref"]),
        (lambda rows: b"colour,shape\nred,round\n", ["no usable column", "--map"]),
        (lambda rows: b"", ["empty"]),
    ],
)
def test_a_bad_roster_is_refused_with_its_line_and_mend(
    world: World, spoil: object, words: list[str]
) -> None:
    """Exit 2; the index before stays as it was; nothing of the row is quoted."""
    assert callable(spoil)
    before = (world.data / "index.sealed").read_bytes()
    done = world.run("enrol", "-", "--shrink", stdin=spoil(world.rows))
    assert done.code == 2, done
    for word in words:
        assert word in done.err
    assert MARK not in done.err
    assert world.rows[1]["pay_number"] not in done.err
    assert (world.data / "index.sealed").read_bytes() == before
    with Book.open(world.data / "watcher.db") as book:
        assert book.index_version() == 1


def test_an_unknown_column_is_named_with_its_mend(world: World) -> None:
    """It is not fatal: the others are enrolled. `--map` or `ignore` settles it."""
    body = roster(world.rows, photo="Srname of spouse's dog")
    done = world.run("enrol", "-", stdin=body)
    assert done.code == 0
    assert "--map" in done.out
    settled = world.run("enrol", "-", "--map", "Srname of spouse's dog=ignore", stdin=body)
    assert "not understood" not in settled.out
    wrong = world.run("enrol", "-", "--map", "Colour=surname", stdin=body)
    assert wrong.code == 2
    assert "Colour" in wrong.err
    field = world.run("enrol", "-", "--map", "ref=surnam", stdin=body)
    assert field.code == 2
    assert "surname" in field.err


def test_a_roster_that_shrank_is_refused(world: World) -> None:
    """More than a fifth fewer is more often half a file than a dismissal; --shrink says that it is meant."""
    body = csv_of(world.rows[:400])
    done = world.run("enrol", "-", stdin=body)
    assert done.code == 2
    assert "--shrink" in done.err
    assert "400" in done.err
    assert "600" in done.err
    assert world.run("enrol", "-", "--shrink", stdin=body).code == 0


def test_a_dry_run_shows_the_columns_before_it_refuses(world: World) -> None:
    """What became of the columns is half of what was asked; the refusal is the same."""
    done = world.run("enrol", "-", "--dry-run", stdin=csv_of(world.rows[:400]))
    assert done.code == 2
    assert "--shrink" in done.err
    assert re.search(r"surname +→ surname", done.out)
    assert "Read 400 people" in done.out


def test_without_refs_people_are_numbers(world: World) -> None:
    """Said plainly, for the numbers are what alerts will show; a file is named for removal."""
    columns = [name for name in world.rows[0] if name != "ref"]
    path = world.folder / "roster.csv"
    path.write_bytes(csv_of(world.rows, columns))
    done = world.run("enrol", "roster.csv")
    assert done.code == 0, done
    assert "No ref column: people are called by their row number" in done.out
    assert "The roster file is still where it was" in done.out


def test_another_key_does_not_open_the_index(world: World) -> None:
    """Exit 4, both possibilities named; the index stays."""
    (key,) = (world.home / ".config" / "watcher").iterdir()
    other = world.run("init", str(world.folder.parent / "other"))
    assert other.code == 0
    (strange,) = [path for path in (world.home / ".config" / "watcher").iterdir() if path != key]
    strange.replace(key)
    before = (world.data / "index.sealed").read_bytes()
    for words in (["enrol", "-"], ["scan", "-"]):
        done = world.run(*words, stdin=csv_of(world.rows))
        assert done.code == 4, done
        assert "index.sealed" in done.err
    assert (world.data / "index.sealed").read_bytes() == before


@pytest.mark.parametrize("mode", [0o644, 0o640, None])
def test_a_key_that_is_missing_or_open_is_refused(world: World, mode: int | None) -> None:
    """Exit 2, with the file and the mend."""
    (key,) = (world.home / ".config" / "watcher").iterdir()
    key.unlink() if mode is None else key.chmod(mode)
    done = world.run("scan", "-", stdin=b"x")
    assert done.code == 2
    assert str(key) in done.err
    assert mode is None or "chmod 600" in done.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[sources.x]\nkind = "listing"\nevry = "5m"\nurl = "https://x.example/"\nitem = "a"',
         ["sources.x.evry", '"every"']),
        ('[sources.x]\nkind = "listing"\nevery = 5\nurl = "https://x.example/"\nitem = "a"',
         ["sources.x.every", '"5m"']),
        ('[sources.x]\nkind = "listing"\nitem = "a"', ["sources.x.url"]),
        ('[sources.x]\nkind = "listng"\nurl = "https://x.example/"', ["sources.x.kind", "listing"]),
        ("[netwrk]\n", ["netwrk", "network"]),
        ("[network\n", ["line"]),
    ],
)  # fmt: skip
def test_a_bad_configuration_is_refused_with_its_key_and_mend(
    world: World, text: str, words: list[str]
) -> None:
    """Exit 2, with file, key and what would be right; nothing was visited or stored."""
    world.configure(text)
    done = world.run("scan")
    assert done.code == 2, done
    assert str(world.config) in done.err
    for word in words:
        assert word in done.err
    with Book.open(world.data / "watcher.db") as book:
        assert book.counts()["documents"] == 0


def test_a_report_is_json(world: World) -> None:
    """One object, for those who enrol every night by a script."""
    done = world.run("enrol", "-", "--json", stdin=csv_of(world.rows))
    (report,) = [json.loads(line) for line in done.out.splitlines()]
    assert report["version"] == 2
    assert report["columns"][0] == {"heading": "ref", "field": "ref"}


def test_enrol_says_what_a_third_party_is_told(world: World) -> None:
    """Before anything is enrolled for it, and in numbers; a dry run says so as well and changes nothing."""
    before = (world.data / "index.sealed").read_bytes()
    done = world.run("enrol", "-", "--hibp", "--dry-run", stdin=csv_of(world.rows))
    assert done.code == 0
    assert "SHA-1 of 600 addresses" in done.out
    assert done.out.index("Have I Been Pwned") < done.out.index("Read 600 people")
    assert (world.data / "index.sealed").read_bytes() == before
    told = world.run("enrol", "-", "--hibp", "--json", stdin=csv_of(world.rows))
    assert told.objects[0]["hibp"]["addresses"] == 600
    assert "Have I Been Pwned" in told.err


def test_enrol_without_the_option_undoes_it(world: World) -> None:
    """What is not asked for is not in the index, and it is said where it was there before."""
    assert world.run("enrol", "-", "--hibp", stdin=csv_of(world.rows)).code == 0
    done = world.run("enrol", "-", stdin=csv_of(world.rows))
    assert "no longer asked" in done.out
    done = world.run("enrol", "-", "--json", stdin=csv_of(world.rows))
    assert (done.objects[0]["hibp"], done.objects[0]["dropped"]) == (None, [])
