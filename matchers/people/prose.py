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

from matchers.people import mail, numbers, runs
from matchers.people.around import NEAR, police_places, signs
from matchers.people.beside import SHORTEST, WORD, named, rank_before, with_particles
from matchers.people.gather import Held
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.lines import masked
from matchers.people.rolls import Count
from matchers.people.tools import Tools
from watcher.api import Family, Part, Record, Roll, Sign, Tally

WINDOW = 100  # characters within which identifiers belong together


@dataclass(slots=True)
class _Text:
    """One window of text and what was seen in it, by offset."""

    part: Part
    folded: bytes
    overlap: int
    lines: list[int]
    police: list[int]
    runs: list[runs.Run] = field(default_factory=list)
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
        seen.runs = runs.find(text, plain)
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

    def _judge(self, found: Sequence[runs.Run]) -> None:
        names = self._tools.named([run.spelled for run in found], shortest=SHORTEST)
        for run, name in zip(found, names, strict=True):
            run.judged = name

    def _beside_names(self, seen: _Text) -> list[Record]:
        records = []
        starts = [found.start for found, _ in seen.ids]
        mails = [address.start for address, _ in seen.addresses]
        for run in seen.runs:
            if not run.judged.officers:
                continue
            people = set(run.judged.officers)
            rank = run.rank or rank_before(seen.folded, run.start)
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
                    weak = found.weak and not rank_before(seen.folded, found.start)
                    held.numbers.append((NumberHit(same, hit.bits, hit.chance), weak))
                    last = max(last, found.end)
                    held.rank = held.rank or rank_before(seen.folded, found.start)
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
        people_runs = [run for run in seen.runs if run.judged.officers]
        starts = [run.start for run in people_runs]
        records = []
        wanted: list[tuple[numbers.Found, NumberHit, list[tuple[int, bytes]], str]] = []
        for found, hit in seen.ids:
            if hit is None or found.end <= seen.overlap:
                continue
            rank = rank_before(seen.folded, found.start)
            if found.weak and not rank:
                continue
            people = {officer for each in hit.officers.values() for officer in each}
            close = people_runs[
                bisect_left(starts, found.start - WINDOW - 60) : bisect_right(
                    starts, found.end + WINDOW
                )
            ]
            if any(people.intersection(run.judged.officers) for run in close):
                continue
            low = max(0, found.start - WINDOW)
            words = with_particles([
                (match.start() + low, match.group())
                for match in WORD.finditer(seen.folded[low : found.end + WINDOW])
                if not match.group().isdigit()
            ])  # fmt: skip
            wanted.append((found, hit, words, rank))
        lexicon = self._tools.lexicon.words(word for _, _, words, _ in wanted for _, word in words)
        for found, hit, words, rank in wanted:
            held = named(self._tools.judge, (found, hit), words, rank, lexicon)
            if held is not None:
                record = self._finish(seen, found.start, found.end, held)
                if record is not None:
                    records.append(record)
        return records

    def _addresses_alone(self, seen: _Text) -> list[Record]:
        people_runs = [run for run in seen.runs if run.judged.officers]
        starts = [run.start for run in people_runs]
        records = []
        for address, hit in seen.addresses:
            if not hit.officers or address.end <= seen.overlap:
                continue
            close = people_runs[
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
        name, mailbox, number = Count(Family.NAME), Count(Family.MAIL), Count(Family.NUMBER)
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
                count, spelled = mailbox, address.whole
                if hit.number is not None:  # `4471@`: that number, and no second family
                    count, spelled = number, hit.number.full
                count.add(spelled, hit.chance, seen.number(address.start), hit=bool(hit.officers))
        rolls = (count.roll(seen.part, self._tools.key) for count in (name, mailbox, number))
        return tuple(roll for roll in rolls if roll is not None)
