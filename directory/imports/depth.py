"""Readers of the columns that say more of a service: ages, levels, who may refer, cost, languages, places.

What a cell says that is none of our words is kept as text; only what would be lost is a problem.
"""

import re
from datetime import date

from config import values
from directory.imports.headings import plain
from directory.imports.reading import CHOICE_WORDS, CUT_WORDS, Reader, Reading
from directory.models import Access, Cost, Level, NeedArea, Place, Referrer
from directory.sheet.languages import BY_NAME, LANGUAGES

AGES_WORDS = "Enter ages in years, like 5 to 16"
NUMBER_WORDS = "Enter a whole number from 0 to {}"
NOTE = 120
Labels = list[tuple[str, str]]


def whole_number(name: str, most: int) -> Reader:
    def reader(cell: str) -> Reading:
        found = re.fullmatch(
            r"(?:about |ca\.? ?)?(\d{1,3})(?:\.0)?(?: ?(?:weeks?|years?|yrs?|w|y))?", cell.strip().lower()
        )
        if found and int(found[1]) <= most:
            return Reading({name: int(found[1])})
        return Reading(problems=[(cell, NUMBER_WORDS.format(most))])

    return reader


def degrees(name: str, most: int) -> Reader:
    """Of latitude or longitude. Metres of a map's grid are none, and no row to check: the postcode says where."""

    def reader(cell: str) -> Reading:
        found = float(cell) if re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", cell, re.ASCII) else most + 1
        return Reading({name: found} if abs(found) <= most else {})

    return reader


def ages(cell: str) -> Reading:
    """ "5-16", "5 to 16 years", "11+", "up to 5"; a column that says "all ages" says nothing that narrows."""
    text = re.sub(r"\b(?:aged?|ages|years?( old)?|yrs?|yo|children|young people|of)\b", " ", cell.lower())
    text = " ".join(text.split())
    if text in {"", "all", "any", "all and families"}:
        return Reading()
    if found := re.fullmatch(r"(\d{1,3}) ?(?:-|–|—|to|until) ?(\d{1,3})", text):
        young, old = int(found[1]), int(found[2])
        if young <= old <= 120:
            return Reading({"min_age": young, "max_age": old})
    elif found := re.fullmatch(r"(?:from |over )?(\d{1,3}) ?(?:\+|plus|and over|and up|upwards)?", text):
        return Reading(
            {"min_age": int(found[1])} if not text.isdigit() else {"min_age": int(text), "max_age": int(text)}
        )
    elif found := re.fullmatch(r"(?:up to|to|until) (\d{1,3})", text):
        return Reading({"max_age": int(found[1])})
    elif found := re.fullmatch(r"(?:under|below|<) ?(\d{1,3})s?", text):
        return Reading({"max_age": int(found[1]) - 1})
    return Reading(problems=[(cell, AGES_WORDS)])


def pieces_of(cell: str) -> list[str]:
    """The parts of a list, by semicolons and lines, else by commas."""
    by = r"[;\n|]" if re.search(r"[;\n|]", cell) else r"[,/]"
    return [piece for piece in (" ".join(part.split()) for part in re.split(by, cell)) if piece]


def topics(cell: str) -> Reading:
    found = list(dict.fromkeys(piece[:60].strip() for piece in pieces_of(cell)))
    long = [(piece, CUT_WORDS.format(60)) for piece in pieces_of(cell) if len(piece) > 60]
    return Reading({"topics": found} if found else {}, long)


def listed(name: str, labels: Labels, others: dict[str, str]) -> Reader:
    """Several of our choices, by our labels and by `others`; a piece that is none of them is a problem."""
    table = {plain(label): value for value, label in labels}
    table |= {plain(value): value for value, _ in labels} | {plain(word): key for word, key in others.items()}
    told = CHOICE_WORDS.format(", ".join(label for _, label in labels))

    def reader(cell: str) -> Reading:
        whole = table.get(plain(cell))
        found = {whole} if whole else {table.get(plain(piece)) for piece in pieces_of(cell)}
        unknown = [] if whole else [piece for piece in pieces_of(cell) if plain(piece) not in table]
        chosen = [value for value, _ in labels if value in found]
        return Reading({name: chosen} if chosen else {}, [(piece, told) for piece in unknown])

    return reader


def one(name: str, labels: Labels, others: dict[str, str]) -> Reader:
    table = {plain(label): value for value, label in labels} | {
        plain(word): key for word, key in others.items()
    }

    def reader(cell: str) -> Reading:
        if plain(cell) in table:
            return Reading({name: table[plain(cell)]})
        return Reading(problems=[(cell, CHOICE_WORDS.format(", ".join(label for _, label in labels)))])

    return reader


REFERRER_WORDS = {
    r"self|famil|parent|carer": Referrer.FAMILY,
    r"young (?:person|people)|pupil|student|children themselves": Referrer.YOUNG_PERSON,
    r"school|teacher|senco|education": Referrer.SCHOOL,
    r"\bgps?\b|doctor": Referrer.GP,
    r"social (?:care|work)|children s services": Referrer.SOCIAL_CARE,
    r"professional|agenc|health visitor|anyone|anybody|open": Referrer.PROFESSIONAL,
}


def referrers(cell: str) -> Reading:
    """Who may refer; what is said besides goes to the other information."""
    own = {plain(str(label)): value for value, label in Referrer.choices}
    found: set[str] = set()
    rest: list[str] = []
    for piece in pieces_of(cell):
        text = plain(piece)
        matched = (
            {own[text]}
            if text in own
            else {str(key) for words, key in REFERRER_WORDS.items() if re.search(words, text)}
        )
        found |= matched
        rest += [] if matched and len(text.split()) <= 5 else [piece]
    chosen = [str(each) for each in Referrer if each in found]
    return Reading({"referrers": chosen, **({"also": [f"Who may refer: {cell}"]} if rest else {})})


def cost(cell: str) -> Reading:
    """Our choices and free; anything else is what families pay, in the words of the cell."""
    text = plain(cell)
    own = {plain(str(label)): value for value, label in Cost.choices}
    if text in own:
        return Reading({"cost": own[text]})
    if text in {
        "free of charge",
        "no cost",
        "no charge",
        "nil",
        "0",
        "none",
        "yes free",
        "free service",
        "no",
    }:
        return Reading({"cost": Cost.FREE.value})
    kind = Cost.PAID if re.search(r"\d", text) and "free" not in text else Cost.SOME
    long = [(cell, CUT_WORDS.format(NOTE))] if len(cell) > NOTE else []
    return Reading({"cost": kind.value, "cost_note": " ".join(cell.split())[:NOTE].strip()}, long)


def languages(cell: str) -> Reading:
    """Those that we know by name; other words are kept as a note."""
    pieces = [part for piece in pieces_of(cell) for part in re.split(r"\s+and\s+", piece)]
    found = [piece if piece in LANGUAGES else BY_NAME.get(piece.lower(), "") for piece in pieces]
    rest = ", ".join(piece for piece, code in zip(pieces, found, strict=True) if not code)
    long = [(rest, CUT_WORDS.format(NOTE))] if len(rest) > NOTE else []
    codes = [code for code in found if code]
    return Reading(
        ({"languages": codes} if codes else {}) | ({"language_note": rest[:NOTE].strip()} if rest else {}),
        long,
    )


def said_on(cell: str) -> Reading:
    try:
        day: date = values.parse_date(cell)
    except ValueError as problem:
        return Reading(problems=[(cell, str(problem))])
    return Reading({"waiting_on": day})


levels = listed(
    "levels",
    [(str(value), str(label)) for value, label in Level.choices],
    {
        **dict.fromkeys(("1", "level 1", "tier 1", "universal", "everyone", "all"), "universal"),
        **dict.fromkeys(("2", "level 2", "tier 2", "early", "additional"), "early_help"),
        **dict.fromkeys(("3", "level 3", "tier 3", "intensive"), "targeted"),
        **dict.fromkeys(("4", "level 4", "tier 4", "statutory", "complex"), "specialist"),
    },
)
need_areas = listed(
    "need_areas",
    [(str(value), str(label)) for value, label in NeedArea.choices],
    {
        **dict.fromkeys(("communication", "speech and language", "autism", "slcn", "asd"), "communication"),
        **dict.fromkeys(("learning", "cognition", "dyslexia", "spld", "mld"), "cognition"),
        **dict.fromkeys(("mental health", "social and emotional", "behaviour", "adhd"), "semh"),
        **dict.fromkeys(("physical", "sensory", "hearing", "vision", "medical"), "physical"),
    },
)
access = listed(
    "access",
    [(str(value), str(label)) for value, label in Access.choices],
    {
        **dict.fromkeys(
            ("wheelchair", "wheelchair access", "ramp", "level access", "ground floor"), "step_free"
        ),
        **dict.fromkeys(("disabled toilet", "accessible toilets"), "toilet"),
        **dict.fromkeys(("disabled parking", "blue badge parking"), "parking"),
        **dict.fromkeys(("induction loop", "loop"), "loop"),
    },
)
place_kind = one(
    "place_kind",
    [(str(value), str(label)) for value, label in Place.Kind.choices],
    {
        "home visits": "visits",
        "phone": "telephone",
        "telephone": "telephone",
        "in person": "physical",
        "virtual": "online",
    },
)
