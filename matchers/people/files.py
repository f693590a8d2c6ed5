"""
Lists of files: photos are called by whom they show.

`warrant_cards/PC_H1388007.jpg` is a row that says `PC H1388007`. Folders that many
files lie in say nothing of one of them, those that few do may be called by somebody.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from matchers.people.cutting import EVEN, spread
from watcher.api import Part

FEWEST = 3  # files of a list
SAMPLE = 12  # lines that tell whether all of them are files
OFTEN = 0.2  # share of the files from which on a folder says nothing
LONGEST = 400  # characters of a line

# A path with the extension of a document or picture; or its stem, folders and extension between
# tabs, as readers give the names of members.
_FILE = re.compile(
    r"(?P<folders>[^\t\n]*[/\\])?(?P<stem>[^/\\\t\n]+)\.(?:{0})\s*"
    r"|(?P<named>[^\t\n]+)\t(?:(?P<inside>[^\t\n]*)\t)?(?:{0})\s*".format(
        "jpe?g|png|gif|bmp|tiff?|heic|webp|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|msg|eml|mp4|mov|avi"
    ),
    re.IGNORECASE,
)
_APART = str.maketrans("_+", "  ")
_FOLDERS = re.compile(r"[/\\]|(?<=\S) (?=\S)")


def listed(part: Part) -> Part:
    """The part with what its files are called by in the place of each; itself if it is no such list."""
    text = part.text
    sample = [line for line in spread(text, "\n", SAMPLE // 3, SAMPLE) if line.strip()]
    if len(sample) < FEWEST or sum(map(_is_file, sample)) < EVEN * len(sample):
        return part
    lines = text.split("\n")
    files = [_FILE.fullmatch(line) if len(line) <= LONGEST else None for line in lines]
    folders = [_folders(file) for file in files]
    often = Counter(folder for each in folders for folder in set(each))
    most = max(1.0, OFTEN * sum(file is not None for file in files))
    told = [
        line
        if file is None
        else " ".join((*(each for each in own if often[each] <= most), _stem(file)))
        for line, file, own in zip(lines, files, folders, strict=True)
    ]
    whole = "\n".join(told)
    repeats = len(whole) - _moved(lines, told, len(text) - part.repeated) if part.repeated else 0
    return replace(part, text=whole, overlap=_moved(lines, told, part.overlap), repeated=repeats)


def _is_file(line: str) -> bool:
    return len(line) <= LONGEST and _FILE.fullmatch(line) is not None


def _stem(file: re.Match[str]) -> str:
    return " ".join((file["stem"] or file["named"]).translate(_APART).split())


def _folders(file: re.Match[str] | None) -> list[str]:
    said = (file["folders"] or file["inside"] or "") if file else ""
    return [
        name for each in _FOLDERS.split(said) if (name := " ".join(each.translate(_APART).split()))
    ]


def _moved(before: list[str], after: list[str], offset: int) -> int:
    """Where the line that holds this offset, or ends at it, begins afterwards."""
    at = 0
    for number, line in enumerate(before):
        if at + len(line) + 1 > offset:
            return sum(map(len, after[:number])) + number
        at += len(line) + 1
    return sum(map(len, after)) + len(after) - 1
