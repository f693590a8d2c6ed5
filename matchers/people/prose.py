"""
Running text: capitalised names, and whatever stands beside a number or an address.

A name alone counts only where it is written as one. Beside a number that means
the same officer it may be written in any case.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matchers.people import mail, numbers
from matchers.people.around import NEAR, police_places, ranks, signs
from matchers.people.fold import fold_with_case
from matchers.people.gather import Held
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.judge import NOBODY, Judged
from matchers.people.lexicon import Word
from matchers.people.lines import masked
from matchers.people.order import NONE, Readings, in_run, units
from matchers.people.rolls import Count
from matchers.people.tools import Tools
from matchers.people.words import PARTICLES, TITLES
from watcher.api import Family, Part, Record, Roll, Sign, Tally

WINDOW = 100  # characters within which identifiers belong together
NEXT = 6  # words within which forename and surname stand beside a number
SHORTEST = 4  # letters of a mistyped name in prose (G of the law)
MOST_RANK = 28  # characters before a name in which its rank may stand

_RUN = re.compile(rb"A(?<![aA0]A)[aA]*(?:(?:[ \-]|(?<=[^aA]A)\. ?|(?<=AA), ?)A[aA]*){1,5}(?![aA0])")
_PARTICLE = re.compile(
    rb" (?:de la|de las|de los|van der|van den|van de|von der|de|del|della|da|dos|das|van|von|bin|ibn|al|el|ni|nic|ui|y)"
    rb"(?=[ \-][a-z])"
)
_WORD = re.compile(rb"[a-z0-9]+")
_LAST_WORDS = re.compile(rb"((?:[a-z]+[ /.]{1,2}){1,4})[^a-z]*$")

# Words that begin a sentence and are nobody's name.
_OPENERS = frozenset(
    b"""
    the a an in on at when while but and or if as it its this that these those then there here after
    before since for from with without by to of into over under he she we they you his her our their
    your my who what where why how yesterday today tomorrow meanwhile however also not no yes was is
    are were has had have will would can could may might must did does do dear hi hello thanks re fw
    fwd subject sent cc regards monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
_DROPPED = TITLES | _OPENERS


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    key: bytes
    spelled: Readings
    rank: str
    judged: Judged = NOBODY


@dataclass(slots=True)
class _Text:
    """One window of text and what was seen in it, by offset."""

    part: Part
    folded: bytes
    overlap: int
    lines: list[int]
    police: list[int]
    runs: list[_Run] = field(default_factory=list)
    ids: list[tuple[numbers.Found, NumberHit | None]] = field(default_factory=list)
    addresses: list[tuple[mail.Address, MailHit]] = field(default_factory=list)

    def number(self, at: int) -> int:
        return self.part.first + bisect_right(self.lines, at - 1)

    def near_police(self, start: int, end: int) -> bool:
        at = bisect_left(self.police, start - NEAR - 12)
        return at < len(self.police) and self.police[at] <= end + NEAR


class ProseReader:
    """Reads text that is not a list."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def read(self, part: Part, text: str, folded: bytes, overlap: int) -> Tally:
        """`text` and `folded` are clean; the first `overlap` characters are context."""
        addresses = tuple(mail.find(folded))
        plain = masked(folded, addresses)
        seen = _Text(
            part, plain, overlap,
            [match.start() for match in re.finditer(b"\n", folded)],
            police_places(folded),
        )  # fmt: skip
        seen.addresses = list(
            zip(addresses, self._tools.identifiers.addressed(addresses), strict=True)
        )
        found = numbers.find(plain, self._tools.identifiers.shapes)
        hits = self._tools.identifiers.numbered([each.number for each in found])
        seen.ids = list(zip(found, hits, strict=True))
        seen.runs = self._runs(text, plain)
        self._judge(seen.runs)
        records = self._beside_names(seen)
        records.extend(self._beside_numbers(seen))
        records.extend(self._addresses_alone(seen))
        piece = {Sign.POLICE} if seen.police else set()
        if any(hit.force for _, hit in seen.addresses):
            piece.update((Sign.FORCE, Sign.POLICE))
        return Tally(
            records=tuple(sorted(records, key=lambda record: record.number)),
            rolls=self._rolls(seen),
            tried=self._tried(seen),
            signs=((part.where, frozenset(piece)),) if piece else (),
        )

    # ---------------------------------------------------------------- names

    def _runs(self, text: str, plain: bytes) -> list[_Run]:
        """Runs of capitalised words; each is one row, whether anybody has that name or not."""
        _, upper = fold_with_case(text)
        codes = np.frombuffer(plain, dtype=np.uint8)
        shape = codes.copy()
        letters = (codes >= 0x61) & (codes <= 0x7A)
        shape[letters] = 0x61
        shape[letters & upper] = 0x41
        shape[(codes >= 0x30) & (codes <= 0x39)] = 0x30
        for match in _PARTICLE.finditer(plain):
            start, end = match.span()
            shape[start:end][letters[start:end]] = 0x41
        found: list[_Run] = []
        memory: dict[tuple[bytes, bytes], tuple[Readings, bytes, str]] = {}
        shapes = shape.tobytes()
        for match in _RUN.finditer(shapes):
            start, end = match.span()
            look = (plain[start:end], match.group())
            known = memory.get(look)
            if known is None:
                known = memory[look] = _read_run(plain[start:end], text[start:end])
            spelled, key, rank = known
            if key:
                found.append(_Run(start, end, key, spelled, rank))
        return found

    @staticmethod
    def _rank_before(plain: bytes, start: int) -> str:
        """The rank directly before this place, a number between them or not."""
        match = _LAST_WORDS.search(plain[max(0, start - MOST_RANK) : start])
        if match is None:
            return ""
        words = _WORD.findall(match.group(1))
        for size in (3, 2, 1):
            if len(words) >= size and (rank := ranks(b" ".join(words[-size:]))):
                return rank
        return ""

    def _judge(self, runs: Sequence[_Run]) -> None:
        words = self._tools.words(run.spelled for run in runs)
        known: dict[bytes, Judged] = {}
        for run in runs:
            judged = known.get(run.key)
            if judged is None:
                judged = NOBODY
                if any(words[s].surname >= 0 or words[s].surnames for _, s in run.spelled.main):
                    judged = self._tools.judged(run.spelled, words, shortest=SHORTEST)
                known[run.key] = judged
            run.judged = judged

    def _beside_names(self, seen: _Text) -> list[Record]:
        records = []
        starts = [found.start for found, _ in seen.ids]
        mails = [address.start for address, _ in seen.addresses]
        for run in seen.runs:
            if not run.judged.officers:
                continue
            people = set(run.judged.officers)
            rank = run.rank or self._rank_before(seen.folded, run.start)
            held = Held(name=run.judged, rank=rank)
            last = run.end
            low, high = run.start - WINDOW, run.end + WINDOW
            for found, hit in seen.ids[bisect_left(starts, low) : bisect_right(starts, high)]:
                if hit is None:
                    continue
                same = {
                    role: each for role, each in hit.officers.items() if people.intersection(each)
                }
                if same:
                    weak = found.weak and not self._rank_before(seen.folded, found.start)
                    held.numbers.append((hit._replace(officers=same), weak))
                    last = max(last, found.end)
                    held.rank = held.rank or self._rank_before(seen.folded, found.start)
            secret = force = False
            for address, mailbox in seen.addresses[
                bisect_left(mails, low) : bisect_right(mails, high)
            ]:
                if people.intersection(mailbox.officers):
                    held.addresses.append(mailbox)
                    secret |= address.until > address.end
                    force |= mailbox.force
                    last = max(last, address.end)
            if last <= seen.overlap:
                continue
            record = self._finish(seen, run.start, last, held, secret=secret, force=force)
            if record is not None:
                records.append(record)
        return records

    # -------------------------------------------------- numbers and addresses

    def _beside_numbers(self, seen: _Text) -> list[Record]:
        """Names in any case beside a number of the same officer; a surname alone beside a rank."""
        named = [run for run in seen.runs if run.judged.officers]
        starts = [run.start for run in named]
        records = []
        wanted: list[tuple[numbers.Found, NumberHit, list[tuple[int, bytes]], str]] = []
        for found, hit in seen.ids:
            if hit is None or found.end <= seen.overlap:
                continue
            rank = self._rank_before(seen.folded, found.start)
            if found.weak and not rank:
                continue
            people = {officer for each in hit.officers.values() for officer in each}
            close = named[
                bisect_left(starts, found.start - WINDOW - 60) : bisect_right(
                    starts, found.end + WINDOW
                )
            ]
            if any(people.intersection(run.judged.officers) for run in close):
                continue
            low = max(0, found.start - WINDOW)
            words = _with_particles([
                (match.start() + low, match.group())
                for match in _WORD.finditer(seen.folded[low : found.end + WINDOW])
                if not match.group().isdigit()
            ])  # fmt: skip
            wanted.append((found, hit, words, rank))
        lexicon = self._tools.lexicon.words(word for _, _, words, _ in wanted for _, word in words)
        for found, hit, words, rank in wanted:
            held = self._named(found, hit, words, rank, lexicon)
            if held is not None:
                record = self._finish(seen, found.start, found.end, held)
                if record is not None:
                    records.append(record)
        return records

    def _named(
        self,
        found: numbers.Found,
        hit: NumberHit,
        words: Sequence[tuple[int, bytes]],
        rank: str,
        lexicon: dict[bytes, Word],
    ) -> Held | None:
        people = {officer for each in hit.officers.values() for officer in each}
        judge = self._tools.judge
        held = Held(numbers=[(hit, False)], rank=rank)
        for index, (_, word) in enumerate(words):
            for _, other in words[index + 1 : index + NEXT]:
                one, two = lexicon[word], lexicon[other]
                for forename, surname in ((one, two), (two, one)):
                    if forename.forename < 0 or surname.surname < 0:
                        continue
                    same = people.intersection(judge.officers(forename.forename, surname.surname))
                    if same:
                        judged = judge.judge([(forename, surname)], shortest=SHORTEST)
                        if held.name is None or forename.length > 1:
                            held.name = judged
        if held.name is None:
            beside = [
                (at, word)
                for at, word in words
                if -24 <= at - found.end <= 3 or 0 < found.start - at <= 24
            ]
            for at, word in beside:
                last = lexicon[word].surname
                close = rank or self._is_rank_beside(words, at)
                if last >= 0 and close and (same := people.intersection(judge.carriers(last))):
                    held.surnames = tuple(sorted(same))
                    held.rank = held.rank or close
        if held.name is None and not held.surnames:
            return None
        mine = set(held.name.officers) if held.name else set(held.surnames)
        same_roles = {role: each for role, each in hit.officers.items() if mine.intersection(each)}
        held.numbers = [(hit._replace(officers=same_roles), False)]
        return held

    @staticmethod
    def _is_rank_beside(words: Sequence[tuple[int, bytes]], at: int) -> str:
        before = [word for place, word in words if place < at][-3:]
        for size in (3, 2, 1):
            if len(before) >= size and (rank := ranks(b" ".join(before[-size:]))):
                return rank
        return ""

    def _addresses_alone(self, seen: _Text) -> list[Record]:
        named = [run for run in seen.runs if run.judged.officers]
        starts = [run.start for run in named]
        records = []
        for address, hit in seen.addresses:
            if not hit.officers or address.end <= seen.overlap:
                continue
            close = named[
                bisect_left(starts, address.start - WINDOW - 60) : bisect_right(
                    starts, address.start + WINDOW
                )
            ]
            if any(
                set(run.judged.officers).intersection(hit.officers)
                and run.start - WINDOW <= address.start <= run.end + WINDOW
                for run in close
            ):
                continue
            held = Held(addresses=[hit])
            record = self._finish(
                seen, address.start, address.until, held,
                secret=address.until > address.end, force=hit.force,
            )  # fmt: skip
            if record is not None:
                records.append(record)
        return records

    def _finish(
        self,
        seen: _Text,
        start: int,
        end: int,
        held: Held,
        *,
        secret: bool = False,
        force: bool = False,
    ) -> Record | None:
        low, high = max(0, start - WINDOW), end + WINDOW
        held.signs = set(signs(seen.folded[low:high]))
        if held.rank or force or seen.near_police(start, end):
            held.signs.add(Sign.POLICE)
        if force:
            held.signs.add(Sign.FORCE)
        if secret:
            held.signs.add(Sign.SECRET)
        return self._tools.gatherer.record(seen.part.where, seen.number(start), held)

    # --------------------------------------------------------------- counting

    def _tried(self, seen: _Text) -> int:
        """
        How often a name and a number stood together.

        A number near no capitalised name is one try all the same: beside it
        names are looked for in any case.
        """
        starts = [run.start for run in seen.runs]
        count = 0
        for found, _ in seen.ids:
            if found.weak or found.end <= seen.overlap:
                continue
            low = bisect_left(starts, found.start - WINDOW)
            count += max(1, bisect_right(starts, found.end + WINDOW) - low)
        for address, _ in seen.addresses:
            if address.end > seen.overlap:
                low = bisect_left(starts, address.start - WINDOW)
                count += bisect_right(starts, address.end + WINDOW) - low
        return count

    def _rolls(self, seen: _Text) -> tuple[Roll, ...]:
        name, mailbox = Count(Family.NAME), Count(Family.MAIL)
        for run in seen.runs:
            if run.end > seen.overlap:
                name.add(
                    run.key,
                    run.judged.chance,
                    seen.number(run.start),
                    hit=bool(run.judged.officers),
                )
        for address, hit in seen.addresses:
            if address.end > seen.overlap:
                mailbox.add(
                    address.whole, hit.chance, seen.number(address.start), hit=bool(hit.officers)
                )
        rolls = (name.roll(seen.part, self._tools.key), mailbox.roll(seen.part, self._tools.key))
        return tuple(roll for roll in rolls if roll is not None)


def _with_particles(words: Sequence[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """The same words, and after each particle what it makes with the next: `mc`, `mcdonald`, …"""
    found: list[tuple[int, bytes]] = []
    for index, (at, word) in enumerate(words):
        found.append((at, word))
        if word in PARTICLES:
            following = [each for _, each in words[index + 1 : index + 3]]
            found.extend(
                (at, word + b"".join(following[:size])) for size in (1, 2) if following[size - 1 :]
            )
    return found


def _read_run(folded: bytes, text: str) -> tuple[Readings, bytes, str]:
    """Readings, key and leading rank of one run; no key: no name is left."""
    found = units(folded, text, _DROPPED)
    found = [unit for unit in found if not any(char < 0x3A for char in unit.joined)]
    rank = ""
    for size in (4, 3, 2, 1):
        words = [part for unit in found[:size] for part in unit.parts]
        if all(len(word) == 1 for word in words):
            continue  # `D. S. Smith` has two initials
        if len(found) > size and (named := ranks(b" ".join(words))):
            if len(found) - size < 2 and size == 1 and len(words[0]) == 2:
                break  # `DC Smith`: a rank, or initials; either way no full name
            found, rank = found[size:], named
            break
    if len(found) < 2 or all(unit.is_letter for unit in found):
        return NONE, b"", ""
    spelled = in_run(found)
    key = b" ".join(unit.joined for unit in found)
    if any(unit.capitals for unit in found) and any(unit.segment for unit in found):
        key += b","
    return spelled, key, rank
