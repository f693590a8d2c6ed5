"""Lists of files by whom they show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.files import listed
from watcher.api import Part


def said(*lines: str) -> list[str]:
    return listed(Part(where="", text="\n".join(lines))).text.split("\n")


def test_a_file_is_called_by_its_stem() -> None:
    """Folders of many files say nothing, nor does the kind of file."""
    lines = [f"cards/PC_H138800{at}.jpg" for at in range(10)]
    assert said(*lines, "") == [*(f"PC H138800{at}" for at in range(10)), ""]
    assert said(*(f"a\\b\\{at}4401 Ann Quigley.PNG" for at in range(9)))[0] == "04401 Ann Quigley"


def test_a_folder_of_few_files_says_whose_they_are() -> None:
    lines = [f"staff/Quigley{at}_Ann/card.jpg" for at in range(10)]
    assert said(*lines) == [f"Quigley{at} Ann card" for at in range(10)]


def test_names_of_members_are_such_a_list() -> None:
    """Stem, folders and extension between tabs, as the readers give them."""
    lines = [f"4401{at} Quigley Ann\tcards\tjpg" for at in range(8)]
    assert said(*lines) == [f"4401{at} Quigley Ann" for at in range(8)]


def test_other_text_stays_as_it_is() -> None:
    """Sentences, hosts, addresses, and a few files among them."""
    for text in ("a.jpg\nb.jpg", "one\ntwo\nthree.jpg\nfour", "mail.example.com\n" * 9, ""):
        part = Part(where="", text=text)
        assert listed(part) is part


@given(
    st.lists(st.sampled_from(["a/Quigley_1.jpg", "b.png", "", "word", "x/y/z z.pdf"]), min_size=3),
    st.data(),
)
def test_lines_and_windows_stay_where_they_were(lines: list[str], data: st.DataObject) -> None:
    """As many lines; what a window repeats are the same lines as before."""
    text = "\n".join(lines)
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    overlap = data.draw(st.sampled_from(starts))
    repeated = len(text) - data.draw(st.sampled_from(starts))
    part = Part(where="", text=text, overlap=overlap, repeated=repeated)
    found = listed(part)
    assert found.text.count("\n") == text.count("\n")
    for before, after in (
        (text[:overlap], found.text[: found.overlap]),
        (text[len(text) - repeated :], found.text[len(found.text) - found.repeated :]),
    ):
        assert after.count("\n") == before.count("\n")
