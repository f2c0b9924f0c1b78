"""Columns of what a sheet may have several of: "Place 2: address", "Person 1: telephone", "Summary in Polish".

The first place and the names of people have columns of their own. One table serves export and import.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from directory.models import Place
from directory.sheet.languages import LANGUAGES
from directory.sheet.values import PHONE_KINDS, Values, plain
from directory.sheet.whereabouts import Person, Whereabouts, flat_place, places_of

Item = TypeVar("Item")

MOST_PLACES, MOST_PEOPLE = 8, 12
PLACE, PERSON, SUMMARY = "Place", "Person", "Summary in"


@dataclass(frozen=True)
class Numbered:
    """`own`: the field of a place or person; `words`: the end of the heading; `like`: the column that is read so."""

    own: str
    words: str
    like: str


PLACES = (
    Numbered("kind", "kind", "place_kind"),
    Numbered("name", "name", "place_name"),
    Numbered("address_1", "address", "address_line"),
    Numbered("address_2", "address line 2", "address_2"),
    Numbered("city", "town or city", "city"),
    Numbered("county", "county", "county"),
    Numbered("postcode", "postcode", "postcode"),
    Numbered("withheld", "address withheld", "withheld"),
    Numbered("council", "council area", "council"),
    Numbered("access", "access", "access"),
    Numbered("access_note", "getting there and getting in", "access_note"),
)
PEOPLE = (
    Numbered("voice", "telephone", "telephone"),
    Numbered("text", "text messages", "text"),
    Numbered("fax", "fax", "fax"),
    Numbered("email", "e-mail", "person_email"),
    Numbered("place", "number of their place", "person_place"),
)
LIKE: dict[str, tuple[str, str]] = {
    **{
        f"place_{number}_{each.own}": (f"{PLACE} {number}: {each.words}", each.like)
        for number in range(2, MOST_PLACES + 1)
        for each in PLACES
    },
    **{
        f"person_{number}_{each.own}": (f"{PERSON} {number}: {each.words}", each.like)
        for number in range(1, MOST_PEOPLE + 1)
        for each in PEOPLE
    },
    **{f"summary_{code}": (f"{SUMMARY} {language.name}", "summary") for code, language in LANGUAGES.items()},
}
"""Key → (the heading, the column that is read like it). In the order in which a spreadsheet has them."""


def are_in(raw: Values) -> bool:
    return any(name in LIKE for name in raw)


def more_places(raw: Values) -> list[Whereabouts]:
    """Those of a row, in their numbers; a kind that is not said is "", and so is a place of which nothing is said."""
    found = [_place(raw, number) for number in range(2, MOST_PLACES + 1)]
    while found and found[-1] == UNSAID:
        found.pop()
    return found


UNSAID = Whereabouts(kind="")
KINDS = tuple(PHONE_KINDS.values())


def _place(raw: Values, number: int) -> Whereabouts:
    said = {each.own: raw[key] for each in PLACES if (key := f"place_{number}_{each.own}") in raw}
    return Whereabouts(**{"kind": "", **said, "access": tuple(said.get("access", ()))})


def details(raw: Values, number: int) -> dict[str, Any]:
    """What a row says of a person besides name and role, as fields of a Person."""
    said = {each.own: raw[key] for each in PEOPLE if (key := f"person_{number}_{each.own}") in raw}
    phones = tuple((kind, *phone) for kind in KINDS for phone in said.pop(kind, ()))
    place = said.pop("place", 0)
    return {**said, **({"phones": phones} if phones else {}), **({"place": place - 1} if place else {})}


def summaries(raw: Values) -> dict[str, str]:
    return {code: raw[key] for code in LANGUAGES if (key := f"summary_{code}") in raw}


def with_known(known: Values, said: Values) -> Values:
    """`said` by a row, completed by what is known: a cell that is empty says nothing, and wipes nothing."""
    complete = dict(said)
    if "contacts" in said:
        complete["contacts"] = _people(known.get("contacts") or [], said["contacts"])
    if "more_places" in said:
        complete["more_places"] = _places(known.get("more_places") or [], said["more_places"])
    if "summaries" in said:
        complete["summaries"] = {**(known.get("summaries") or {}), **said["summaries"]}
    return complete


def with_kept_back(known: list[Whereabouts], said: list[Whereabouts]) -> list[Whereabouts]:
    """Places as a file has them, and of those that are withheld what no file tells, in their order."""
    hidden = iter([place for place in known if place.withheld])
    return [_known_place(next(hidden, UNSAID), place) if place.withheld else place for place in said]


def of_new(said: Values) -> Values:
    """What a new sheet has of `said`: where nothing is said of the first place, the second is the first."""
    values = with_known({}, said)
    places = places_of(values)
    if places and places == values.get("more_places"):
        values |= {
            name: value for name, value in flat_place(places).items() if value or name == "more_places"
        }
    return values


def _people(known: list[Person], said: list[Person]) -> list[Person]:
    """Found again by name; where a row names nobody, by their number, and then the others stay."""
    by_name = {plain("", who.name or who.title): who for who in reversed(known)}
    people = [
        _known_person(by_name.get(plain("", who.name or who.title)) or Person(), who)
        if who.name or who.title
        else _known_person(_at(known, at, Person()), who, is_named=False)
        for at, who in enumerate(said)
    ]
    if not any(who.name or who.title for who in said):
        people += known[len(said) :]
    return [who for who in people if who != Person()]


def _known_person(old: Person, new: Person, *, is_named: bool = True) -> Person:
    kinds = {kind for kind, _, _ in new.phones}
    return replace(
        new if is_named else old,
        email=new.email or old.email,
        phones=(*new.phones, *(phone for phone in old.phones if phone[0] not in kinds)),
        place=old.place if new.place is None else new.place,
    )


def _places(known: list[Whereabouts], said: list[Whereabouts]) -> list[Whereabouts]:
    pairs = [(_at(known, at, UNSAID), _at(said, at, UNSAID)) for at in range(max(len(known), len(said)))]
    return [_known_place(old, new) for old, new in pairs if (old, new) != (UNSAID, UNSAID)]


def _at(items: list[Item], at: int, default: Item) -> Item:
    return items[at] if at < len(items) else default


def _known_place(old: Whereabouts, new: Whereabouts) -> Whereabouts:
    values = {
        field.name: getattr(new, field.name) or getattr(old, field.name) for field in fields(Whereabouts)
    }
    return Whereabouts(**{**values, "kind": values["kind"] or Place.Kind.PHYSICAL.value})


Write = Callable[[Any], str]


def cells(values: Values, write: dict[str, Write]) -> dict[str, str]:
    """Key → cell, of those that say something. `write`: how the column of each name in `like` is written."""
    return {key: write[LIKE[key][1]](value) for key, value in _values(values) if value and key in LIKE}


def _values(values: Values) -> list[tuple[str, Any]]:
    places = [
        (f"place_{number}_{each.own}", getattr(place, each.own))
        for number, place in enumerate(values["more_places"][: MOST_PLACES - 1], 2)
        for each in PLACES
    ]
    people = [
        (f"person_{number}_{each.own}", _detail(who, each.own))
        for number, who in enumerate(values["contacts"][:MOST_PEOPLE], 1)
        for each in PEOPLE
    ]
    return [*places, *people, *((f"summary_{code}", words) for code, words in values["summaries"].items())]


def _detail(who: Person, own: str) -> Any:
    if own == "place":
        return None if who.place is None else who.place + 1
    return (
        who.email if own == "email" else [(number, note) for kind, number, note in who.phones if kind == own]
    )
