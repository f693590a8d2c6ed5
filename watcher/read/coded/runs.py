"""
A run of letters → its bytes, if it is one that means something.

A place where letters stand in a row is tried with each alphabet that it may be
written in; what its head decodes to is judged. Only uuencode and data: URIs
say themselves that they are something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from watcher.read import sniff
from watcher.read.budget import Trouble
from watcher.read.coded import framed, judge, pairs, spots, wrapped
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.judge import Found
from watcher.read.coded.letters import Base32, Base64, Hexadecimal, Letters
from watcher.read.coded.wrapped import BASE32, BASE64, HEX, Alphabet

_SAMPLE = 512  # letters that tell the alphabet
_FIRST = 160  # letters of a first look
_BACK = 200  # characters before a run in which it is declared
_LEADS = 3
_FEW = 4  # bytes of a data: URI

_HEX = re.compile(r"[0-9A-Fa-f]+")
_THIRTY_TWO = re.compile(r"(?:[A-Z2-7]+|(?=[a-z]*[2-7])[a-z2-7]+)")
_FIGURE = re.compile(r"[0-9]")
_DECIMAL = re.compile(r"(?:0[xX]|\\x|[\W\d_])*")
_LEAD = re.compile(r"(?:0[xX]|[xX](?=[0-9A-Fa-f]{2})|\\?[nrt](?![a-z]))")
_SLASH = re.compile(r"/(?=[^/]{24})")
_URI = re.compile(r"data:([a-z]+)/[A-Za-z0-9.+-]{1,80}[^,\s]{0,80};base64,\Z", re.IGNORECASE)
_PART = re.compile(
    r"Content-Transfer-Encoding[ \t]{0,9}:\s{0,9}\"?base64\"?[ \t;]{0,9}\r?\n"
    r"(?:[^\n]{1,300}\n){0,8}\r?\n\Z",
    re.IGNORECASE,
)
_PART_BACK = 1 << 11
# Types whose bytes hold no text: pictures are looked at by their own reader, where there is one.
_MEDIA = ("image", "font", "audio", "video")

_Decoder = Callable[[Cursor], Iterator[bytes]]
_LETTERS: dict[str, Callable[[], Letters]] = {
    BASE64.name: Base64,
    BASE32.name: Base32,
    HEX.name: Hexadecimal,
}


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is worth being read: what it is written in, and what gives its bytes."""

    name: str
    data: _Decoder
    deflated: bool = False
    text: bool = False  # in UTF-8


def _decoder(alphabet: Alphabet, *, text: bool = False) -> _Decoder:
    def decoded(cursor: Cursor) -> Iterator[bytes]:
        letters = _LETTERS[alphabet.name]()
        size = 0

        def fits(last: str) -> bool:
            """Whether a last line goes on with what was text so far."""
            if not text or size % alphabet.quantum:
                return True
            alone = _LETTERS[alphabet.name]()
            data = alone.feed(last) + alone.finish()
            return bool(data) and judge.goes_on(data)

        for piece in wrapped.pieces(cursor, alphabet, fits):
            size += len(piece)
            if data := letters.feed(piece):
                yield data
        if data := letters.finish():
            yield data

    return decoded


def _joined(of: Callable[[Cursor], Iterator[str]]) -> _Decoder:
    def decoded(cursor: Cursor) -> Iterator[bytes]:
        letters = Hexadecimal()
        for piece in of(cursor):
            if data := letters.feed(piece):
                yield data
        if data := letters.finish():
            yield data

    return decoded


def _judged(
    cursor: Cursor, decoder: _Decoder, *, opened: bool, decimal: bool = False, least: int = 0
) -> tuple[Found, bool, int]:
    """What the head of a run is, whether it is a text in UTF-8, and where what was judged ends."""
    fork = cursor.fork(wrapped.AHEAD)
    limit = fork.end
    try:
        head = b"".join(islice(decoder(fork), 1 << 10))
    except Trouble:
        return Found.NOTHING, False, fork.at
    complete = fork.at < limit or limit == cursor.end
    if decimal and not judge.figures(head):
        return Found.NOTHING, False, fork.at
    found = judge.judged(head, complete=complete, opened=opened)
    if found is Found.NOTHING and least and len(head) >= least and judge.goes_on(head):
        found = Found.PLAIN
    return found, found is Found.PLAIN and judge.goes_on(head[:64].rstrip(b"\x80-\xff")), fork.at


def _alphabets(sample: str) -> Iterator[Alphabet]:
    """The alphabets that a run beginning so may be written in."""
    if _HEX.fullmatch(sample):
        yield HEX
        return
    if _THIRTY_TWO.fullmatch(sample):
        yield BASE32
    if not (sample.islower() or sample.isupper()):
        yield BASE64


def _hopeless(alphabet: Alphabet, sample: str) -> bool:
    letters = _LETTERS[alphabet.name]()
    head = letters.feed(sample[:_FIRST]) + (letters.finish() if len(sample) <= _FIRST else b"")
    return judge.hopeless(head)


def _dull(row: str) -> bool:
    """Whether letters in a row are words, a way through folders, a hash: most of them are."""
    if _HEX.fullmatch(row):
        return _hopeless(HEX, row)
    return row.islower() and not _FIGURE.search(row)


def _starts(cursor: Cursor, at: int) -> Iterator[int]:
    """Where a run may begin whose letters begin here: other letters may stand before it."""
    text = cursor.text
    lead = _LEAD.match(text, at, cursor.end)
    if lead and (lead[0][0] not in "nrt" or text[at - 1 : at] == "\\"):
        yield lead.end()
    yield at
    before = len(text[max(cursor.at, at - _BACK) : at].rstrip("-_"))
    start = max(cursor.at, at - _BACK) + before
    if start < at:
        # The URL-safe alphabet has signs that the other has not.
        while start > cursor.at and (text[start - 1].isalnum() or text[start - 1] in "-_"):
            start -= 1
        yield start
    slashes = [each.end() for each in _SLASH.finditer(text, at, min(cursor.end, at + _BACK))]
    yield from slashes[:_LEADS]


class Runs:
    """
    Tries the places of one text.

    Not `opened`: nothing is inflated to be judged; what may be deflated is taken for it.
    """

    def __init__(self, cursor: Cursor, *, opened: bool = True) -> None:
        self._cursor = cursor
        self._opened = opened

    def at(self, place: int, kind: spots.Kind, found: spots.Spots) -> Run | None:
        """The run at this place. The cursor stands at its beginning, or behind what is none."""
        cursor = self._cursor
        match kind:
            case spots.Kind.RUN | spots.Kind.NARROW | spots.Kind.URI:
                return self._letters(place, kind, found)
            case spots.Kind.PAIRS:
                return self._pairs(place)
            case spots.Kind.MARKED:
                cursor.at = place
                return self._tried("hexadecimal", _joined(pairs.marked), least=place + 5)
            case spots.Kind.BEGIN:
                cursor.at = place
                return Run("uuencode", framed.uudecoded)
            case spots.Kind.YENC:
                cursor.at = place
                return Run("yEnc", _unreadable)
            case spots.Kind.FRAME:
                cursor.at = place
                if framed.may_be_85(cursor):
                    return self._tried("ascii85", framed.eighty_five, least=place + 2)
                cursor.at = min(place + 2, cursor.end)
        return None

    def _tried(self, name: str, decoder: _Decoder, *, least: int) -> Run | None:
        cursor = self._cursor
        place = cursor.at
        verdict, _, end = _judged(cursor, decoder, opened=self._opened)
        if verdict is Found.NOTHING and name == "hexadecimal":
            least = max(least, end)
        if verdict is not Found.NOTHING and name == "hexadecimal":
            head = cursor.text[place : place + wrapped.AHEAD]
            if _DECIMAL.fullmatch(head[: end - place]):
                verdict, _, _ = _judged(cursor, decoder, opened=self._opened, decimal=True)
        if verdict is Found.NOTHING:
            cursor.at = min(max(least, place + 1), cursor.end)
            return None
        return Run(name, decoder, verdict is Found.DEFLATED)

    def _pairs(self, place: int) -> Run | None:
        cursor = self._cursor
        line = cursor.text.rfind("\n", 0, place) + 1
        end = cursor.text.find("\n", place)
        first = cursor.text[line : end if end >= 0 else cursor.end]
        if line >= cursor.at and len(first) < 400 and pairs.is_dump(first):
            cursor.at = line
            verdict, _, _ = _judged(cursor, pairs.dumped, opened=self._opened)
            if verdict is not Found.NOTHING:
                return Run("hexadecimal", pairs.dumped, verdict is Found.DEFLATED)
        cursor.at = place
        return self._tried("hexadecimal", _joined(pairs.bare), least=cursor.at + 24)

    def _letters(self, place: int, kind: spots.Kind, found: spots.Spots) -> Run | None:
        cursor = self._cursor
        text = cursor.text
        declared = self._declared(place)
        ends = [place + 1]
        end = found.run_end(place)
        row = text[place : min(end, place + _SAMPLE)]
        if kind is spots.Kind.RUN and not declared and _dull(row):
            cursor.at = max(end, place + 1)
            return None
        for start in _starts(cursor, place) if kind is not spots.Kind.URI else (place,):
            run = BASE64.run().match(text, start, min(cursor.end, start + _SAMPLE))
            if not run:
                continue
            sample = run[0]
            if kind is spots.Kind.NARROW:
                sample = "".join(text[start : start + _SAMPLE].split("\n")[:4])
            for alphabet in _alphabets(sample) if not declared else (BASE64,):
                if not declared and len(sample) >= spots.RUN and _hopeless(alphabet, sample):
                    ends.append(start + len(sample) if kind is not spots.Kind.NARROW else run.end())
                    continue
                cursor.at = start
                decoder = _decoder(alphabet)
                decimal = alphabet is HEX and sample.isdigit()
                verdict, is_text, end = _judged(
                    cursor,
                    decoder,
                    opened=self._opened,
                    decimal=decimal,
                    least=_FEW if declared and declared not in _MEDIA else 0,
                )
                ends.append(end)
                if verdict is not Found.NOTHING and not self._idle(declared):
                    return Run(
                        alphabet.name,
                        _decoder(alphabet, text=is_text),
                        verdict is Found.DEFLATED,
                        is_text,
                    )
            if len(ends) > 1 and _HEX.fullmatch(sample):
                break
        if declared and declared not in _MEDIA and max(ends) - place > 8:
            cursor.at = place
            return Run(BASE64.name, _decoder(BASE64))
        cursor.at = min(max(*ends, found.run_end(place)), cursor.end)
        return None

    def _declared(self, place: int) -> str:
        """The type that stands before a run and says what it is: `image`, `part`; "" for none."""
        text = self._cursor.text
        before = text[max(0, place - 7) : place]
        if before == "base64," and (found := _URI.search(text, max(0, place - _BACK), place)):
            return found[1].lower()
        if before.endswith(("\n\n", "\n\r\n")) and _PART.search(
            text, max(0, place - _PART_BACK), place
        ):
            return "part"
        return ""

    def _idle(self, declared: str) -> bool:
        """Whether a picture in a page is of a kind for which there is no reader."""
        if declared not in _MEDIA:
            return False
        fork = self._cursor.fork(_SAMPLE)
        head = b"".join(_decoder(BASE64)(fork))
        return sniff.kind(head) is sniff.Kind.KNOWN


def _unreadable(cursor: Cursor) -> Iterator[bytes]:
    """Of yEnc nothing: it has bytes that text has not: by the time it is text it is lost."""
    line = cursor.text.find("\n", cursor.at, cursor.end)
    cursor.at = line if line >= 0 else cursor.end
    return iter(())
