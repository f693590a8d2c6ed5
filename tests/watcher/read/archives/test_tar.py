from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import MIB, archive, bounds, parts, unread, walked
from tests.watcher.read.packed import tarred
from watcher.model import Part, Unread

LONG = "folder/" * 30 + "Quill_4400123.txt"


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_members_and_their_long_names_are_read(form: int) -> None:
    """pax and GNU say names of any length in headers of their own."""
    found = parts(walked(tarred([("a.txt", b"Adebayo"), (LONG, b"long"), ("s/", b"")], form=form)))
    assert found["a.txt"].text == "Adebayo"
    assert found[LONG[:199] + "…"].text == "long"
    assert "\nQuill 4400123\tfolder folder" in found["names of members"].text


def test_a_compressed_tar_has_the_streams_address() -> None:
    """A .tar.gz is a stream with a tar in it."""
    found = parts(walked(archive([("x.tar.gz", gzip.compress(tarred([("a.txt", b"Adebayo")])))])))
    assert found["x.tar.gz!/a.txt"].text == "Adebayo"


def test_paths_links_devices_and_owners_are_labels() -> None:
    """Nothing is followed or made; what they are called is read."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for name in ("/etc/abs.txt", "../../up.txt"):
            info = tarfile.TarInfo(name)
            info.size, info.uname = 2, "jquill"
            made.addfile(info, io.BytesIO(b"ok"))
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("c", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/home/Adebayo_4400123.jpg"
            made.addfile(info)
    items = walked(held.getvalue())
    found = parts(items)
    assert unread(items) == []
    assert {found["/etc/abs.txt"].text, found["../../up.txt"].text} == {"ok"}
    assert "l\tAdebayo 4400123\thome\tjpg\n" in found["names of members"].text
    assert (found["owners of members"].text, found["owners of members"].hidden) == (
        "jquill\n",
        True,
    )


def test_what_is_torn_is_told_and_read_so_far() -> None:
    """Inside a content, inside a header, and without the blocks of zeros at the end."""
    body = tarred([("a.txt", b"Adebayo"), ("b.txt", b"line of text\n" * 200)], form=0)
    for cut in (2048, 1100, 1024):
        items = walked(body[:cut])
        assert parts(items)["a.txt"].text == "Adebayo"
        assert ("", "broken") in unread(items)


def test_a_damaged_header_costs_no_other_member() -> None:
    """Its name and what follows it are read; the archive is said to be broken."""
    body = bytearray(
        tarred([("a.txt", b"Adebayo"), ("b.txt", b"Quill"), ("c.txt", b"After")], form=0)
    )
    body[1024 + 110] ^= 1
    items = walked(bytes(body))
    assert [parts(items)[f"{name}.txt"].text for name in "abc"] == ["Adebayo", "Quill", "After"]
    assert unread(items) == [("", "broken")]


def test_what_no_program_shows_is_read() -> None:
    """A second archive behind the end of the first, and a text behind both."""
    items = walked(tarred([("a.txt", b"Adebayo")]) + tarred([("b.txt", b"Quill")]) + b"After")
    found = parts(items)
    assert [found[name].text for name in ("a.txt", "b.txt", "in no member")] == [
        *("Adebayo", "Quill"),
        "After",
    ]
    assert unread(items) == []


@pytest.mark.parametrize("form", ["gnu", "0.0", "0.1", "1.0"])
def test_sparse_files_are_as_long_as_they_were(form: str, tmp_path: Path) -> None:
    """GNU tar writes holes in four ways; in each the text behind the hole is read."""
    if not shutil.which("tar"):
        pytest.skip("no tar: install Debian's tar")
    with (tmp_path / "s.csv").open("wb") as file:
        file.write(b"Adebayo,4400123\n" * 256)
        file.seek(1 << 20)
        file.write(b"Quill,4400124\n")
    options = ["--format=gnu"] if form == "gnu" else ["--format=pax", f"--sparse-version={form}"]
    (tmp_path / "after.txt").write_bytes(b"after")
    made = subprocess.run(
        ["tar", "-cS", *options, "-C", str(tmp_path), "s.csv", "after.txt"],
        check=True,
        capture_output=True,
    ).stdout
    assert len(made) < 100_000, "the hole was written"
    items = walked(made)
    texts = "".join(i.text for i in items if isinstance(i, Part) and i.where == "s.csv")
    assert "Adebayo" in texts
    assert "Quill" in texts
    assert parts(items)["after.txt"].text == "after"


def test_a_hole_without_end_is_a_limit_and_the_rest_goes_on() -> None:
    """A terabyte of hole costs 64 MiB of zeros at most."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        info = tarfile.TarInfo("hole.txt")
        info.size = 9000
        info.pax_headers = {"GNU.sparse.numblocks": "2", "GNU.sparse.map": f"0,8991,{1 << 40},9"}
        made.addfile(info, io.BytesIO(b"one line\n" * 1000))
        info = tarfile.TarInfo("b.txt")
        info.size = 5
        made.addfile(info, io.BytesIO(b"Quill"))
    items = walked(held.getvalue())
    assert unread(items) == [("hole.txt", "limit")]
    assert parts(items)["b.txt"].text == "Quill"


def test_beyond_the_members_names_are_still_told() -> None:
    """A folder of more pictures than are opened is a list all the same."""
    items = walked(tarred([(f"{at}_Quill.jpg", b"") for at in range(50)]), limits=bounds(members=9))
    assert unread(items) == [("", "limit")]
    assert parts(items)["names of members"].text.count("Quill") == 50


def test_zeros_and_false_sizes_are_bounded() -> None:
    """A member that is longer than its archive is torn, and its beginning is read."""
    body = bytearray(tarred([("a.txt", b"Adebayo\n" * 1000)], form=0))
    body[124:136] = b"\x80" + (1 << 80).to_bytes(11, "big")
    body[148:156] = b"%06o\0 " % (sum(body[:148]) + sum(body[156:512]) + 256)
    items = walked(bytes(body))
    assert parts(items)["a.txt"].text.startswith("Adebayo")
    assert ("", "broken") in unread(items)
    zeros = tarred([("zero", bytes(80 * MIB)), ("b.txt", b"Quill")])
    assert parts(walked(zeros))["b.txt"].text == "Quill"


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0, 5119), junk=st.binary(max_size=600), cut=st.booleans())
def test_any_bytes_give_parts_or_unread_parts(at: int, junk: bytes, *, cut: bool) -> None:
    """Wherever an archive is damaged, the walk ends, and ends with what it could not read."""
    body = tarred([("a.txt", b"Adebayo"), (LONG, b"long" * 300)])[:5120]
    items = walked(body[:at] + junk + (b"" if cut else body[at + len(junk) :]))
    assert all(isinstance(item, Part | Unread) for item in items)
    assert items or not (body[:at] + junk).strip(b"\0")


def test_what_only_headers_say_is_read() -> None:
    """Records that nobody knows, names of no member, and what fills up a last block."""
    listed = "surname,pay_no\nAdebayo,4400123\n"
    info = tarfile.TarInfo("a")
    info.size = 2
    for key in ("SCHILY.xattr.user.note", "Force.note", "comment"):
        info.pax_headers = {key: listed}
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as made:
            made.addfile(info, io.BytesIO(b"hi"))
        found = parts(walked(held.getvalue()))["extended records"]
        assert found.text.startswith(listed)
        assert found.hidden
    body = held.getvalue()
    at = body.rindex(b"hi")
    slack = body[: at + 2] + b"\0Adebayo 4400123" + body[at + 18 :]
    assert parts(walked(slack))["behind members"].text == "Adebayo 4400123\n"


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_a_name_of_no_member_is_read(kind: bytes) -> None:
    """It may be as long as a list."""
    info = tarfile.TarInfo("a")
    info.type, info.size = kind, 15
    body = info.tobuf() + b"Adebayo_4400123".ljust(512, b"\0") + bytes(1024)
    assert "Adebayo 4400123" in parts(walked(body))["names of members"].text
