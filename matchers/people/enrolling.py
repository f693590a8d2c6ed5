"""
From people to tables. What is printed in the roster lives only inside this call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from matchers.people import chance, edits, lexicon, mail, numbers
from matchers.people.around import rank_phrase
from matchers.people.names import BARE, Names, names_of
from matchers.people.persons import distinct
from matchers.people.siphash import Kind, Tags, tags
from matchers.people.tables import COLUMNS, FORENAME, SURNAME, Array, group
from matchers.people.words import phrase
from watcher.api import Person

Key = tuple[int, int]


def enrol(people: Sequence[Person], key: Key, domains: Sequence[str]) -> dict[str, Array]:
    """All tables of these people; `domains` are watched beside their own."""
    named = names_of(people)
    person = distinct(people, named)
    tables: dict[str, Array] = {}
    tables.update(_names(named, person, key))
    tables.update(_numbers(people, key))
    tables.update(_mail(people, key, domains))
    tables.update(_traits(people, key))
    tables["report_people"] = np.array([len(people)])
    tables["report_distinct_people"] = np.array([int(person.max()) + 1 if person.size else 0])
    return {name: tables[name].astype(dtype) for name, (dtype, _) in COLUMNS.items()}


def _index(tokens: list[bytes]) -> dict[bytes, int]:
    return {token: number for number, token in enumerate(dict.fromkeys(tokens))}


def _names(named: Sequence[Names], person: Array, key: Key) -> dict[str, Array]:
    forename = _index([pair[0] for name in named for pair in name.pairs])
    surname = _index([pair[1] for name in named for pair in name.pairs])
    owner = np.repeat(np.arange(len(named)), [len(name.pairs) for name in named])
    first = np.array([forename[f] for name in named for f, _ in name.pairs], dtype=np.int64)
    last = np.array([surname[s] for name in named for _, s in name.pairs], dtype=np.int64)
    keys = chance.join(first, last)
    pair_key, pair_start, order = group(keys)
    sur_key, sur_start, sur_officer = _officers_by_surname(last, owner)
    assert sur_key.size == len(surname)
    tables = _postings(list(forename), list(surname), key)
    tables |= {
        "pair_key": pair_key,
        "pair_start": pair_start,
        "pair_officer": owner[order],
        "fore_initial": np.array([_initial(token) for token in forename], dtype=np.uint8),
        "sur_start": sur_start,
        "sur_officer": sur_officer,
        "report_variants": np.array([len(owner) / max(1, len(named))]),
    }
    return tables | _rates(named, person, tables, (forename, surname), key)


def _initial(token: bytes) -> int:
    if token.endswith(BARE):
        return 2
    return int(len(token) == 1)


def _officers_by_surname(last: Array, owner: Array) -> tuple[Array, Array, Array]:
    both = np.unique(chance.join(last, owner))
    surname, start, _ = group(both >> np.uint64(32))
    return surname, start, (both & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _postings(forenames: list[bytes], surnames: list[bytes], key: Key) -> dict[str, Array]:
    filed = [edits.file(tokens, key) for tokens in (forenames, surnames)]
    role = np.concatenate([np.full(each.tag.size, i, np.uint8) for i, each in enumerate(filed)])
    tag, start, order = group(np.concatenate([each.tag for each in filed]))
    return {
        "name_tag": tag,
        "name_start": start,
        "post_role": role[order],
        "post_token": np.concatenate([each.token for each in filed])[order].astype(np.uint32),
        "post_mask": np.concatenate([each.mask for each in filed])[order],
        "post_cost": np.concatenate([each.cost for each in filed])[order],
    }


def _rates(
    named: Sequence[Names],
    person: Array,
    tables: dict[str, Array],
    ids: tuple[dict[bytes, int], dict[bytes, int]],
    key: Key,
) -> dict[str, Array]:
    forename, surname = ids
    count = int(person.max()) + 1 if person.size else 0
    at = np.repeat(
        np.arange(tables["pair_key"].size), np.diff(tables["pair_start"]).astype(np.int64)
    )
    both = np.unique(chance.join(at, person[tables["pair_officer"].astype(np.int64)]))
    start = np.searchsorted(both >> np.uint64(32), np.arange(tables["pair_key"].size + 1))
    pairs = chance.Pairs(
        tables["pair_key"], start.astype(np.int64), (both & np.uint64(0xFFFFFFFF)).astype(np.int64)
    )
    printed = chance.Printed(*(np.full(count, -1, dtype=np.int64) for _ in range(3)))
    for row in range(len(named) - 1, -1, -1):  # a person's first row is what counts
        name = named[row]
        who = person[row]
        # A sole initial is no full name: it must not make full names look rare.
        printed.forename[who] = forename.get(name.first, -1) if len(name.first) > 1 else -1
        printed.initial[who] = forename.get(name.initial, -1)
        printed.surname[who] = surname.get(name.surname, -1)
    near = (
        lexicon.near(tables, key, list(forename), FORENAME),
        lexicon.near(tables, key, list(surname), SURNAME),
    )
    rates = chance.rates(pairs, printed, near, forenames=len(forename), surnames=len(surname))
    _, carriers_f = np.unique(
        chance.carriers(pairs, FORENAME, len(forename))[0], return_counts=True
    )
    _, carriers_s = np.unique(chance.carriers(pairs, SURNAME, len(surname))[0], return_counts=True)
    return {
        "fore_people": carriers_f,
        "sur_people": carriers_s,
        "loo_surname": rates.surname,
        "loo_stratum": rates.stratum,
        "mean_others": rates.others,
        "report_chance_full": rates.share[chance.Rule.FULL : chance.Rule.FULL + 1],
        "report_chance_initial": rates.share[chance.Rule.INITIAL : chance.Rule.INITIAL + 1],
        "report_chance_one_edit": rates.share[chance.Rule.ONE_EDIT : chance.Rule.ONE_EDIT + 1],
    }


def _file(
    kind: Kind, entries: list[tuple[bytes, int, int]], key: Key
) -> tuple[Tags, Array, Array, Array]:
    """Tag, start, officer, role of distinct (token, officer, role)."""
    entries = list(dict.fromkeys(entries))
    tag, start, order = group(tags(kind, [entry[0] for entry in entries], key))
    officer = np.array([entry[1] for entry in entries], dtype=np.uint32)
    role = np.array([entry[2] for entry in entries], dtype=np.uint8)
    return tag, start, officer[order], role[order]


def _numbers(people: Sequence[Person], key: Key) -> dict[str, Array]:
    entries: list[tuple[bytes, int, int]] = []
    seen: list[numbers.Number] = []
    for officer, person in enumerate(people):
        for role, value in person.numbers:
            number = numbers.number(value)
            if not number.full:
                continue
            seen.append(number)
            place = numbers.ROLES.index(role) if role in numbers.ROLES else 0
            entries.append((number.full, officer, place))
            if number.core and number.core != number.full:
                entries.append((number.core, officer, place))
    tag, start, officer_of, role_of = _file(Kind.NUMBER, entries, key)
    return {
        "number_tag": tag,
        "number_start": start,
        "number_officer": officer_of,
        "number_role": role_of,
        "shapes": numbers.learn(seen),
    }


def _mail(people: Sequence[Person], key: Key, domains: Sequence[str]) -> dict[str, Array]:
    entries = [
        (address, officer, 0)
        for officer, person in enumerate(people)
        for text in person.emails
        if (address := mail.address(text))
    ]
    tag, start, officer_of, _ = _file(Kind.MAIL, entries, key)
    own = {mail.watched(domain) for domain in domains}
    own.update(mail.own_domains(entry[0] for entry in entries))
    return {
        "mail_tag": tag,
        "mail_start": start,
        "mail_officer": officer_of,
        "domain_tag": np.unique(tags(Kind.MAIL, sorted(own - {b""}), key)),
    }


def _traits(people: Sequence[Person], key: Key) -> dict[str, Array]:
    spelled = cache(phrase)  # few values for many people
    ranked = cache(rank_phrase)
    reads: dict[str, Callable[[Person], bytes]] = {
        "officer_rank": lambda person: ranked(person.rank),
        "officer_unit": lambda person: spelled(person.unit),
        "officer_location": lambda person: spelled(person.location),
        "officer_vetting": lambda person: spelled(person.vetting),
    }
    found: dict[str, npt.NDArray[np.uint64]] = {}
    for name, read in reads.items():
        values = [read(person) for person in people]
        tokens = list(dict.fromkeys(values))
        tag = dict(zip(tokens, tags(Kind.TEXT, tokens, key).tolist(), strict=True))
        tag[b""] = 0
        found[name] = np.array([tag[value] for value in values], dtype=np.uint64)
    return found
