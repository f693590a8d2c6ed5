"""
How the name of a company is spelled, and where it stands in a text.

Legal forms and punctuation do not tell companies apart; a domain does. A name
is given with others that it goes by: `Example Card Ltd | ExCard | example-card.co.uk`.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from watcher.api import CELL, ROW

LONGEST = 80  # characters of a line, cell or title that may be a company's name
LEGAL = 30  # characters of legal forms and signs that may stand beside a name, besides its own
CLOSE = 90.0  # of 100, from which two names are one company; `Example Card`, `Example Cards`
BITS_PER_LETTER = 1.5  # of a name in running text, after its redundancy
MOST_BITS = 40.0
FEWEST_LETTERS = 5  # of a name that is looked for by resemblance
SURE = 4  # letters of a word by which a name is looked for, if it has one so long
ESCAPED = 10  # times that an entity may have been escaped
BETWEEN = 3  # signs that may stand between two words of a name

_LEGAL = frozenset(
    """
    ltd limited plc llp llc lp inc incorporated corp corporation co company gmbh ag sa sas sarl bv
    nv ab oy as aps spa srl pty pte kg cic holdings holding group the uk gb eu ireland international
    intl
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
_WORD = re.compile(r"[a-z0-9]+")
_DOMAIN = re.compile(r"(?:[a-z]{2,9}://)?(?:www\.)?((?:[a-z0-9_-]+\.)+[a-z]{2,24})(?:[:/].*)?")
_APART = rf"[^a-z0-9\n{ROW}{CELL}]{{0,{BETWEEN}}}"
# Aggregators escape what was escaped before them: `VV&amp;amp;A`.
_ENTITY = re.compile(r"&(?:amp;){0,9}(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_ENDS = ("\n", "\r", "\x0b", "\x0c", CELL, ROW, "\x85", "\u2028", "\u2029")
_MARKS = "™℠"  # which would become letters
_AND = "(?:and|&)"
_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?)"


def normal(name: str) -> tuple[str, ...]:
    """The words that tell a company from others; all of its words if none would be left."""
    return telling(words_of(folded_text(name)))


def words_of(folded: str) -> list[str]:
    return _WORD.findall(folded.replace("&", " and ") if "&" in folded else folded)


def telling(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _LEGAL) or tuple(words)


@dataclass(frozen=True, slots=True)
class Name:
    """
    How one name, or one domain, is spelled out.

    `anchor`: a word that stands in every spelling; `pattern` matches from it
    on, `lead` what must stand before it, at most `before` characters. `chunks`:
    whatever comes close enough has one of these in it. `mark` is opaque, and
    the same for all names of one supplier; `supplier` is the first of these.
    """

    bits: float
    anchor: str
    pattern: re.Pattern[str]
    lead: re.Pattern[str]
    before: int = 1
    text: str = ""
    chunks: tuple[str, ...] = ()
    longest: int = 0
    mark: str = ""
    supplier: str = ""

    def may_be(self, piece: str) -> bool:
        """Whether a folded line may come close: it is short enough and has one of the chunks."""
        if len(piece) > self.longest:
            return False
        return any(chunk in piece for chunk in self.chunks)

    def begins(self, folded: str, at: int) -> int:
        """Where the name begins whose anchor stands here, −1 if none does."""
        start = max(0, at - self.before)
        lead = self.lead.search(folded[start:at])
        return start + lead.start() if lead else -1

    @classmethod
    def of(cls, said: str, often: Mapping[str, int]) -> Name | None:
        """The name that is spelled so; `often`: in how many names a word stands, where in more than one."""
        said = " ".join(said.split())
        domain = _DOMAIN.fullmatch(said.casefold())
        if domain:
            return cls._domain(domain[1])
        words = normal(said)
        if not words:
            return None
        anchor = max(words, key=lambda word: (len(word) >= SURE, -often.get(word, 1), len(word)))
        at = words.index(anchor)
        text = " ".join(words)
        end = "(?![a-z0-9])" if text[-1].isdigit() else "(?![a-z])"
        legal = "|".join(sorted(_LEGAL, key=len, reverse=True))
        spelled = [_AND if word == "and" else re.escape(word) for word in words]
        lead = "".join(word + _APART for word in spelled[:at])
        return cls(
            bits=bits_of(text),
            anchor=anchor,
            pattern=re.compile(rf"{_APART.join(spelled[at:])}(?:{_APART}(?:{legal}))*{end}"),
            lead=re.compile(rf"(?<![a-z0-9]){lead}\Z"),
            before=1 + sum(len(word) + BETWEEN for word in words[:at]),
            text=text,
            chunks=_chunks(words) if len(text) >= FEWEST_LETTERS else (),
            longest=min(LONGEST, len(text) * 5 // 4 + LEGAL),
        )

    @classmethod
    def _domain(cls, domain: str) -> Name:
        labels = domain.split(".")
        return cls(
            bits=bits_of(domain),
            anchor=labels[0],
            pattern=re.compile(rf"{_DOT.join(map(re.escape, labels))}(?![a-z0-9-]|\.[a-z0-9])"),
            lead=re.compile(r"(?<![a-z0-9-])\Z"),
        )


def _chunks(words: Sequence[str]) -> tuple[str, ...]:
    """
    Pieces of words, one more of them than edits may part a close text from this one.

    An insertion or deletion breaks one piece at most, so one is left whole.
    `CLOSE` allows (1 − CLOSE/100) · (n + m) of them, m being the other's length.
    """
    size = sum(map(len, words)) + len(words) - 1
    share = 1 - CLOSE / 100
    wanted = int(2 * size * share / (1 - share) + 1e-9) + 1
    pieces = [word for word in words if word != "and"]  # which may be written `&`
    while len(pieces) < wanted:
        longest = max(range(len(pieces)), key=lambda at: len(pieces[at]))
        word = pieces[longest]
        if len(word) < 2:
            break
        pieces[longest : longest + 1] = [word[: len(word) // 2], word[len(word) // 2 :]]
    kept = sorted(pieces, key=len, reverse=True)[:wanted]
    return tuple(dict.fromkeys(kept))


def folded_text(text: str) -> str:
    """Lower case, without marks, apostrophes and escapes of the web; line ends stay where they are."""
    if "&" in text and ";" in text:
        text = _ENTITY.sub(_unescaped, text)
    if not text.isascii():
        text = _plain(text)
    text = text.casefold()
    return text.replace("'", "") if "'" in text else text


def _unescaped(found: re.Match[str]) -> str:
    """What an entity stands for, escaped once or more often; never the end of a line or cell."""
    text = found[0]
    for _ in range(ESCAPED):
        text = html.unescape(text)
    return " " if text in _ENDS else text


def _plain(text: str) -> str:
    """The text with other letters taken apart, and the marks left out that stood on them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    pieces: list[str] = []
    at = 0
    for place in np.flatnonzero(codes > 0x7F).tolist():
        char = text[place]
        apart = " " if char in _MARKS else unicodedata.normalize("NFKD", char)
        pieces.append(text[at:place])
        pieces.extend(char for char in apart if not unicodedata.combining(char) and char != "’")
        at = place + 1
    return "".join((*pieces, text[at:]))


def bits_of(text: str) -> float:
    letters = sum(map(len, _WORD.findall(text)))
    return min(MOST_BITS, BITS_PER_LETTER * letters - math.log2(12))


def names_of(entries: Iterable[str]) -> list[Name]:
    """The names and domains of these entries, each once."""
    said: dict[str, tuple[str, str]] = {}
    for entry in entries:
        first = _first(entry)
        for each in entry.split("|"):
            said.setdefault(each, (_mark(first), first))
    often = Counter(word for each in said for word in set(normal(each)))
    found: dict[tuple[re.Pattern[str], re.Pattern[str]], Name] = {}
    for each, (mark, first) in said.items():
        name = Name.of(each, often)
        if name:
            known = replace(name, mark=mark, supplier=first)
            found.setdefault((name.lead, name.pattern), known)
    return list(found.values())


def _first(entry: str) -> str:
    """What the operator calls a supplier, in one line."""
    return next((" ".join(each.split()) for each in entry.split("|") if each.strip()), "")


def _mark(first: str) -> str:
    """Of one supplier, whatever other names are given to it later."""
    return hashlib.sha256(" ".join(normal(first)).encode()).hexdigest()[:12]
