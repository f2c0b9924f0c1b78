"""What people suggest about sheets of the demo: an agency by its link, a colleague, another school, a parent."""

from typing import Any

from directory.models import Service, SuggestedChange, Suggestion
from directory.sheet.coding import encoded
from directory.sheet.times import read_times
from directory.sheet.values import values_of
from partnerships.demo import uid
from partnerships.models import Membership, Setting

S, K = Suggestion.Source, Suggestion.Kind
CARERS, PANTRY, HARBOUR, MONEY = (
    "Young Carers Wexcombe",
    "Wexcombe Food Pantry",
    "Harbour: bereavement support for children",
    "Money Wise",
)
ROWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        CARERS,
        {"source": S.LINK, "said_by": "Beth Adair", "email": "beth@carers-together.example.org"},
        {
            "profile": "Activities, a named worker and a weekend away each term for children of 8 to 18 who look "
            "after somebody at home.",
            "capacity": "open",
            "telephone": [("01632 960 742", "Beth’s desk"), ("07700 900 742", "evenings")],
        },
    ),
    (
        PANTRY,
        {"source": S.STAFF, "said_by": "Daniel Ashworth", "words": "They told me so at the gate on Friday."},
        {"opening_times": read_times("Tuesday and Friday, 10.00 to 1.00; Thursday, 4pm to 6pm")},
    ),
    (
        PANTRY,
        {
            "source": S.PUBLIC,
            "kind": K.OUT_OF_DATE,
            "words": "It is closed on Tuesdays now. Fridays are right.",
        },
        {"opening_times": read_times("Friday, 10.00 to 1.00")},
    ),
    (
        HARBOUR,
        {"source": S.SETTING, "said_by": "Marcus Bellamy"},
        {
            "who_for": "Children of 5 to 18",
            "other_information": "A group meets on the first Saturday of each month.",
        },
    ),
    (
        MONEY,
        {"source": S.PUBLIC, "kind": K.OUT_OF_DATE, "words": "The number rings at somebody else’s house."},
        {},
    ),
]


def seed_suggestions() -> None:
    for number, (name, said, changes) in enumerate(ROWS):
        pk, service = (
            uid("suggestion", str(number)),
            Service.objects.with_parts().get(pk=uid("service", name)),
        )
        if Suggestion.objects.filter(pk=pk).exists():
            continue
        suggestion = Suggestion.objects.create(pk=pk, service=service, **said, **_member(said))
        before, value = encoded(values_of(service)), encoded(changes)
        SuggestedChange.objects.bulk_create(
            SuggestedChange(suggestion=suggestion, name=field, before=before[field], value=value[field])
            for field in changes
        )


def _member(said: dict[str, Any]) -> dict[str, Any]:
    """Whoever of the demo's people it is."""
    if said["source"] == S.SETTING:
        return {"setting": Setting.objects.get(slug="riverside")}
    if said["source"] != S.STAFF:
        return {}
    found = Membership.objects.get(setting__slug="hillside", user__full_name=said["said_by"])
    return {"membership": found, "setting": found.setting}
