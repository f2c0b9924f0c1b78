"""The rows that hang on a service, made from the values of its sheet."""

from dataclasses import dataclass, fields
from typing import Any

from directory.models import Contact, OpeningTime, Phone, Place, Service, Summary
from directory.sheet.values import PHONE_KINDS, Values, understood
from directory.sheet.whereabouts import Whereabouts, places_of, shown_of


@dataclass
class Parts:
    """Not yet saved. A contact points to its place, and a telephone to its contact."""

    places: list[Place]
    contacts: list[Contact]
    phones: list[Phone]
    opening_times: list[OpeningTime]
    summaries: list[Summary]

    def groups(self) -> dict[str, list[Any]]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def parts_of(service: Service, values: Values) -> Parts:
    places = [place_of(service, place, at) for at, place in enumerate(places_of(values))]
    people = values.get("contacts", [])
    contacts = [
        Contact(
            service=service,
            position=at,
            name=who.name,
            title=who.title,
            email=who.email,
            is_public=who.is_public,
            place=places[who.place] if who.place is not None and who.place < len(places) else None,
        )
        for at, who in enumerate(people)
    ]
    return Parts(
        places=places,
        contacts=contacts,
        phones=[
            *own_phones(service, values),
            *(
                Phone(service=service, contact=contact, position=at, kind=kind, number=number, note=note)
                for contact, who in zip(contacts, people, strict=True)
                for at, (kind, number, note) in enumerate(who.phones)
            ),
        ],
        opening_times=[
            OpeningTime(
                service=service,
                position=at,
                **{**{field.name: getattr(row, field.name) for field in fields(row)}, "days": list(row.days)},
            )
            for at, row in enumerate(understood(values.get("opening_times", [])))
        ],
        summaries=[
            Summary(service=service, position=at, language=language, words=words)
            for at, (language, words) in enumerate(values.get("summaries", {}).items())
            if words
        ],
    )


def place_of(service: Service, place: Whereabouts, position: int) -> Place:
    """The row holds what may be shown; `whole` what is to be kept apart."""
    shown = {field.name: getattr(shown_of(place), field.name) for field in fields(Whereabouts)}
    row = Place(service=service, position=position, **{**shown, "access": list(shown["access"])})
    row.whole = place
    return row


def own_phones(service: Service, values: Values) -> list[Phone]:
    return [
        Phone(service=service, position=at, kind=kind, number=number, note=note)
        for name, kind in PHONE_KINDS.items()
        for at, (number, note) in enumerate(values.get(name, []))
    ]
