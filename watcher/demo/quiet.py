"""
Fifty pages of an ordinary day, and one that looks like a leak and is none.

What a watcher reads all day: recipes, code, logs, race results, minutes, a
police appeal, an advertisement that asks for vetting. Names in them are of
people who are not enrolled. The namesake page is a family history society's:
drawn from the same names as the roster, it has a few of the force's full names
by accident, beside years that look like collar numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from watcher.demo.roster import name, plain

PASTES, REQUESTS, POSTS = 20, 12, 18
ACCIDENTS, MEMBERS = 4, 90  # names on the namesake page: enrolled by accident, and others

Row = Mapping[str, str]
Names = Iterator[tuple[str, str]]

VILLAGES = ("Oxmoor", "Lower Tarn", "Brindle Green", "Farrowby", "Cold Aston", "Wendlebury")
FOODS = ("leek", "barley", "rhubarb", "celeriac", "kale", "parsnip", "mushroom", "damson")
DISHES = ("soup", "crumble", "pie", "risotto", "chutney", "bake", "stew", "tart")
STEPS = (
    "Soften over a low heat for ten minutes; do not let it colour.",
    "Add the stock a ladle at a time.",
    "Bake at 180 °C until golden, about 35 minutes.",
    "Rest for five minutes under a cloth.",
    "Season, taste, and season again.",
)
TOPICS = (
    "pothole repairs",
    "parking income",
    "library opening hours",
    "school meal contracts",
    "street lighting",
    "allotment waiting lists",
    "gritting routes",
    "tree felling",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A page that must not alert. `place` is `pastes`, `foi` or `board`."""

    place: str
    title: str
    content_type: str
    body: bytes = field(repr=False)


def quiet(seed: int, rows: Sequence[Row]) -> list[Quiet]:
    """Fifty pages without anybody of the roster: 20 pastes, 12 requests, 18 posts."""
    dice = random.Random(f"quiet {seed}")  # noqa: S311  # must come out the same again
    strangers = _strangers(dice, enrolled_names(rows))
    kinds: tuple[tuple[str, int, tuple[Template, ...]], ...] = (
        ("pastes", PASTES, (_recipe, _code, _access_log, _readings, _settings)),
        ("foi", REQUESTS, (_request, _minutes)),
        ("board", POSTS, (_results, _appeal, _vacancy, _for_sale, _recipe, _match_report)),
    )
    pages: list[Quiet] = []
    written: set[str] = set()
    for place, count, templates in kinds:
        for number in range(count):
            template = templates[number % len(templates)]
            title, text = template(dice, strangers)
            while text in written:  # two pages alike would be one document
                title, text = template(dice, strangers)
            written.add(text)
            if place == "pastes":
                kind, body = "text/plain; charset=utf-8", text
            else:
                kind, body = "text/html; charset=utf-8", page(title, text)
            pages.append(Quiet(place=place, title=title, content_type=kind, body=body.encode()))
    return pages


def namesake(seed: int, rows: Sequence[Row]) -> Quiet:
    """A society's page on which four enrolled names stand by accident, each beside a year."""
    dice = random.Random(f"namesake {seed}")  # noqa: S311  # must come out the same again
    enrolled = enrolled_names(rows)
    strangers = _strangers(dice, enrolled)
    people = [next(strangers) for _ in range(MEMBERS)]
    taken = {row["collar_number"] for row in rows}
    years = [year for year in range(1790, 1930) if str(year) not in taken]
    while len(people) < MEMBERS + ACCIDENTS:
        drawn = name(dice)
        if _pair(*drawn) in enrolled and drawn not in people:
            people.insert(dice.randrange(len(people)), drawn)
    lines = [
        f"{forename} {surname}, baptised {dice.choice(years)}, {dice.choice(VILLAGES)}"
        for forename, surname in people
    ]
    title = "Family History Society: baptisms transcribed this winter"
    return Quiet(
        place="board",
        title=title,
        content_type="text/html; charset=utf-8",
        body=page(title, "\n".join(lines)).encode(),
    )


def enrolled_names(rows: Sequence[Row]) -> frozenset[str]:
    """Every forename with every surname that each person goes by, as `forename.surname`."""
    return frozenset(
        _pair(forename, surname)
        for row in rows
        for forename in (row["forename"], row["known_as"], row["middle"])
        for surname in (row["surname"], row["previous_surname"])
        if forename and surname
    )


def page(title: str, text: str) -> str:
    """Lines as paragraphs of a plain HTML page."""
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body><h1>{escape(title)}</h1>\n{lines}\n</body></html>\n"
    )


def _pair(forename: str, surname: str) -> str:
    return f"{plain(forename)}.{plain(surname)}"


def _strangers(dice: random.Random, enrolled: frozenset[str]) -> Names:
    while True:
        drawn = name(dice)
        if _pair(*drawn) not in enrolled:
            yield drawn


# ------------------------------------------------------------------ templates

Template = Callable[[random.Random, Names], tuple[str, str]]


def _recipe(dice: random.Random, _: Names) -> tuple[str, str]:
    food, dish = dice.choice(FOODS), dice.choice(DISHES)
    amounts = [f"{dice.randrange(50, 600, 25)} g {each}" for each in dice.sample(FOODS, 4)]
    return f"{food.capitalize()} {dish}", "\n".join([*amounts, *dice.sample(STEPS, 4)])


def _code(dice: random.Random, _: Names) -> tuple[str, str]:
    verb, noun = dice.choice(("merge", "chunk", "rotate")), dice.choice(("rows", "tiles", "nodes"))
    return f"{verb}_{noun}.py", (
        f"def {verb}_{noun}({noun}, size={dice.randrange(2, 512)}):\n"
        f'    """Return {noun} in groups."""\n'
        f"    for start in range(0, len({noun}), size):\n"
        f"        yield {noun}[start:start + size]\n"
    )


def _access_log(dice: random.Random, _: Names) -> tuple[str, str]:
    lines = [
        f"192.0.2.{dice.randrange(1, 255)} - - [21/Nov/2026:{dice.randrange(24):02}:{dice.randrange(60):02}:07 +0000] "
        f'"GET /static/{dice.choice(FOODS)}.css HTTP/1.1" {dice.choice((200, 304, 404))} {dice.randrange(200, 9999)}'
        for _ in range(80)
    ]
    return "access.log", "\n".join(lines)


def _readings(dice: random.Random, _: Names) -> tuple[str, str]:
    rows = [f"20261121T{hour:02}00,{dice.uniform(-2, 11):.2f}" for hour in range(24)]
    return "garden sensor", "\n".join(["time,celsius", *rows])


def _settings(dice: random.Random, _: Names) -> tuple[str, str]:
    port = dice.randrange(1024, 9999)
    return (
        "my.ini",
        f"[server]\nport = {port}\nthreads = {dice.randrange(2, 64)}\n[log]\nlevel = info",
    )


def _request(dice: random.Random, strangers: Names) -> tuple[str, str]:
    topic = dice.choice(TOPICS)
    forename, surname = next(strangers)
    return f"Request: {topic}", (
        f"{forename} {surname} asked the borough council about {topic} in {dice.randrange(2019, 2027)}.\n"
        f"Dear Council, how much was spent on {topic} in each of the last three years?\n"
        f"Response: £{dice.randrange(10, 900)},{dice.randrange(1000):03} in the last year. Successful."
    )


def _minutes(dice: random.Random, strangers: Names) -> tuple[str, str]:
    present = [f"Cllr {forename[0]} {surname}" for forename, surname in _some(strangers, 8)]
    return f"Minutes, {dice.choice(VILLAGES)} parish council", (
        f"Present: {', '.join(present)}.\nApologies were received.\n"
        f"Item 4: {dice.choice(TOPICS)}. Resolved to write to the county.\nThe meeting closed at 20:40."
    )


def _results(dice: random.Random, strangers: Names) -> tuple[str, str]:
    lines = [
        f"{place} {surname} {forename[0]} V{dice.choice((35, 40, 45))} {32 + place // 3}:{dice.randrange(60):02}"
        for place, (forename, surname) in enumerate(_some(strangers, 40), start=1)
    ]
    return f"{dice.choice(VILLAGES)} 10k: results", "\n".join(lines)


def _appeal(dice: random.Random, _: Names) -> tuple[str, str]:
    return "Appeal after collision", (
        f"Police are appealing for witnesses after a collision in {dice.choice(VILLAGES)} on Saturday evening.\n"
        f"A {dice.randrange(20, 70)}-year-old man was taken to hospital. Officers ask anybody with dash-cam "
        f"footage to call 101 and quote incident {dice.randrange(100, 999)}."
    )


def _vacancy(dice: random.Random, _: Names) -> tuple[str, str]:
    return "Vacancy: fleet technician", (
        f"£{dice.randrange(26, 39)},500. Full driving licence. The post holder must hold NPPV3 and be willing to "
        "undergo SC clearance.\nApply by the end of the month."
    )


def _for_sale(dice: random.Random, strangers: Names) -> tuple[str, str]:
    forename, _surname = next(strangers)
    return "For sale: touring bicycle", (
        f"Steel frame, {dice.randrange(48, 62)} cm, new tyres. £{dice.randrange(90, 600)}, collect from "
        f"{dice.choice(VILLAGES)}. Ask for {forename}."
    )


def _match_report(dice: random.Random, strangers: Names) -> tuple[str, str]:
    home, away = dice.sample(VILLAGES, 2)
    (_f, scorer), (_g, keeper) = _some(strangers, 2)
    return f"{home} {dice.randrange(5)} – {dice.randrange(5)} {away}", (
        f"A cold afternoon and a heavy pitch. {scorer} headed in after {dice.randrange(3, 80)} minutes; "
        f"{keeper} kept the visitors in it with two good saves."
    )


def _some(strangers: Names, count: int) -> list[tuple[str, str]]:
    return [next(strangers) for _ in range(count)]
