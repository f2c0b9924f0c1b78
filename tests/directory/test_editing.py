"""Changing a sheet part by part: what is typed, what is wrong, and two people at once."""

from typing import Any

import pytest

from directory.models import Place, Service
from directory.sheet.values import values_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.models import Membership, Setting
from tests.directory.kit import asked, place_of, save_part, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def save(who: Membership, service: Service, part: str, **changes: Any) -> Any:
    return save_part(client_of(who), service, who.setting, part, **changes)


def fresh(service: Service) -> Service:
    found: Service = Service.objects.with_whole_parts().get(pk=service.pk)
    return found


def values(service: Service) -> dict[str, Any]:
    return values_of(fresh(service), whole=True)


def test_overview_says_what_is_there_and_what_is_not(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, levels=["early_help"], min_age=5, opening_times="Mon to Thu 9 to 5")
    shown = words_of(client_of(amara).get(url("service_edit", hillside, service.pk)))
    for words in (
        "12 Quay Lane",
        "Early help",
        "Monday to Thursday, 9am to 5pm",
        "Not filled in: text messages, fax",
    ):
        assert words in shown


PARTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "about",
        {"name": "Harbour House", "agency": "Harbour Trust", "status": "voluntary", "sector": "health"},
        {"name": "Harbour House", "agency": "Harbour Trust", "status": "voluntary", "sector": "health"},
    ),
    (
        "about",
        {"profile": "New words.\r\nSecond line.", "other_information": "Step-free"},
        {"profile": "New words.\nSecond line.", "other_information": "Step-free"},
    ),
    (
        "audience",
        {
            "who_for": "Girls",
            "not_for": "Boys",
            "min_age": "5",
            "max_age": "16",
            "topics": "sleep, Money; sleep",
        },
        {"who_for": "Girls", "not_for": "Boys", "min_age": 5, "max_age": 16, "topics": ["sleep", "Money"]},
    ),
    (
        "audience",
        {"levels": ["early_help", "targeted"], "need_areas": ["semh"]},
        {"levels": ["early_help", "targeted"], "need_areas": ["semh"]},
    ),
    (
        "offers",
        {"offers": ["group"], "offer_other": "boxes"},
        {"offers": ["group", "other"], "offer_other": "boxes"},
    ),
    (
        "refer",
        {"referral": "Ring", "referrers": ["family", "school"], "referral_link": "harbour.example.org/form"},
        {"referrers": ["family", "school"], "referral_link": "https://harbour.example.org/form"},
    ),
    (
        "capacity",
        {
            "capacity": "waiting",
            "capacity_note": "two on Mondays",
            "waiting_weeks": "6",
            "waiting_time": "6 weeks",
        },
        {
            "capacity": "waiting",
            "capacity_note": "two on Mondays",
            "waiting_weeks": 6,
            "waiting_time": "6 weeks",
        },
    ),
    (
        "reach",
        {
            "telephone": "0161 496 0000 (mornings)\r\n07700900123",
            "text": "07700900124",
            "fax": "0161 496 0001",
        },
        {
            "telephone": [("0161 496 0000", "mornings"), ("07700 900 123", "")],
            "text": [("07700 900 124", "")],
            "fax": [("0161 496 0001", "")],
        },
    ),
    (
        "reach",
        {
            "email": "new@harbour.example.org",
            "website": "harbour.example.org",
            "ask_email": "ask@harbour.example.org",
        },
        {"email": "new@harbour.example.org", "ask_email": "ask@harbour.example.org"},
    ),
    (
        "cost",
        {"cost": "some", "cost_note": "£2", "languages": ["en", "pl", "bfi"], "language_note": "others too"},
        {"cost": "some", "cost_note": "£2", "languages": ["en", "pl", "bfi"], "language_note": "others too"},
    ),
    (
        "places",
        {
            "name_0": "The Boathouse",
            "postcode_0": "wx42qn",
            "council_0": "Wexshire",
            "access_0": ["step_free"],
        },
        {
            "place_name": "The Boathouse",
            "postcode": "WX4 2QN",
            "council": "Wexshire",
            "access": ["step_free"],
        },
    ),
    (
        "contacts",
        {
            "name_0": "Tom Whitlock",
            "title_0": "worker",
            "is_public_0": "on",
            "telephone_0": "07700900417",
            "place_0": "0",
        },
        {
            "contacts": [
                Person("Tom Whitlock", "worker", True, "", (("voice", "07700 900 417", ""),), 0),
            ]
        },
    ),
    (
        "summaries",
        {"language_0": "pl", "words_0": "Pomoc dla dzieci."},
        {"summaries": {"pl": "Pomoc dla dzieci."}},
    ),
]


@pytest.mark.parametrize(("part", "typed", "expected"), PARTS)
def test_part_is_saved(
    hillside: Setting, amara: Membership, part: str, typed: dict[str, Any], expected: dict[str, Any]
) -> None:
    service = sheet(hillside)
    assert save(amara, service, part, **typed).status_code == 302
    found = values(service)
    assert {name: found[name] for name in expected} == expected
    assert fresh(service).version == 2


@pytest.mark.parametrize(
    "part",
    ["about", "audience", "offers", "refer", "capacity", "reach", "cost", "places", "contacts", "times"],
)
def test_saving_without_a_change_changes_nothing(hillside: Setting, amara: Membership, part: str) -> None:
    service = sheet(
        hillside,
        contacts=[Person("Tom", "worker", True, "", (("text", "07700 900 417", "nights"),), 0)],
        opening_times="Monday, Tuesday, 9am to noon and 1pm to 5pm; first Saturday of the month, 10am to 1pm",
        more_places=[
            Whereabouts(kind="online"),
            Whereabouts(city="Wexcombe", withheld="coarse", postcode="WX1 1AB"),
        ],
        telephone=[("01632 960 318", ""), ("01632 960 319", "nights"), ("01632 960 320", "third")],
    )
    before = values(service)
    assert save(amara, service, part).status_code == 302
    assert values(service) == before
    assert fresh(service).version == 1


@pytest.mark.parametrize(
    ("part", "field", "typed", "words"),
    [
        ("reach", "telephone", "ring us", "Enter a telephone number, like 0161 496 0000"),
        ("reach", "email", "nobody", "Enter an e-mail address"),
        ("reach", "website", "javascript:alert(1)", "Enter a web address"),
        ("about", "name", "", "Fill in “Name of organisation or service”"),
        ("about", "profile", "x" * 4001, "Use at most 4000 characters"),
        ("audience", "min_age", "five", "Enter a whole number from 0 to 120"),
        ("audience", "max_age", "3", "Enter an age of 4 or more"),
        ("places", "postcode_0", "WA154 1HF", "Enter a full postcode"),
        ("places", "kind_0", "castle", "Select a valid choice"),
        ("contacts", "telephone_0", "07700 900 417", "Enter a name or a role for these numbers"),
        ("times", "opens_0", "9am", "Tick the days on which these hours hold"),
        ("summaries", "words_0", "Pomoc", "Choose the language that this is written in"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_lost(
    hillside: Setting, amara: Membership, part: str, field: str, typed: str, words: str
) -> None:
    service = sheet(hillside, min_age=4)
    kept = {"about": "other_information", "reach": "fax", "audience": "who_for", "places": "city_0"}
    other = {kept[part]: "0161 496 0001"} if part in kept else {}
    shown = words_of(save(amara, service, part, **{**other, field: typed}))
    assert words in shown
    assert not other or "0161 496 0001" in shown
    assert fresh(service).version == 1


def test_hours_are_typed_without_rules_and_shown_in_plain_words(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    response = save(
        amara,
        service,
        "times",
        days_0=["MO", "TU"],
        opens_0="9",
        closes_0="12.30",
        opens_2_0="1.30",
        closes_2_0="5pm",
        season_0="term",
        typed="Friday until noon\r\nring for Saturdays",
    )
    assert response.status_code == 302
    shown = words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    assert "Monday and Tuesday, 9am to 12.30pm and 1.30pm to 5pm, term time only" in shown
    assert "Ring for Saturdays" in shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"rhythm_0": "fortnightly", "starts_on_0": "3/3/2026"}, "every second Tuesday from 3 March 2026"),
        ({"rhythm_0": "monthly-5"}, "last Tuesday of the month"),
        ({"rhythm_0": "monthly"}, "once a month on a Tuesday"),
        ({"by_appointment_0": "on"}, "Tuesday, 9am to 5pm, by appointment"),
        ({"season_0": "holidays", "words_0": "at the farm"}, "school holidays only (at the farm)"),
    ],
)
def test_rhythm_is_chosen_and_read_back(
    hillside: Setting, amara: Membership, typed: dict[str, Any], words: str
) -> None:
    service = sheet(hillside)
    save(amara, service, "times", days_0=["TU"], opens_0="9am", closes_0="5pm", **typed)
    assert words in words_of(client_of(amara).get(url("service_edit", hillside, service.pk)))
    before = values(service)["opening_times"]
    save(amara, service, "times")
    assert values(service)["opening_times"] == before


@pytest.mark.parametrize(
    ("opens", "closes"), [("5pm", "9am"), ("soon", ""), ("25.00", "26.00"), ("9am", "9am")]
)
def test_hours_that_make_no_sense_are_told(
    hillside: Setting, amara: Membership, opens: str, closes: str
) -> None:
    service = sheet(hillside)
    shown = words_of(save(amara, service, "times", days_0=["MO"], opens_0=opens, closes_0=closes))
    assert "Enter when it opens and closes" in shown


def test_another_row_is_given_without_saving_and_nothing_typed_is_lost(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside)
    client = client_of(amara)
    typed = {
        **asked(client, hillside, service, "places"),
        "city-0": "Typed town",
        "postcode-0": "not yet one",
    }
    response = client.post(url("add_row", hillside, service.pk, "places"), typed)
    form = response.context["form"]
    shown = words_of(response)
    assert "Place 2" in shown
    assert "Typed town" in shown
    assert "not yet one" in shown
    assert form["version"].value() == "1"
    assert place_of(service).city == "Wexcombe"
    again = {**typed, "count": "2", "postcode-0": "WX4 2QL", "city-1": "Second", "kind-1": "physical"}
    assert client.post(url("edit_section", hillside, service.pk, "places"), again).status_code == 302
    assert [place.city for place in fresh(service).places.all()] == ["Typed town", "Second"]


def test_dropped_place_takes_no_contact_with_it(hillside: Setting, amara: Membership) -> None:
    """The contact of the second place still stands at that place when the first one goes."""
    service = sheet(
        hillside,
        more_places=[Whereabouts(name="The Shed", city="Wexcombe")],
        contacts=[Person("Tom", place=1), Person("Ada", place=0)],
    )
    assert save(amara, service, "places", drop_0="on").status_code == 302
    assert [place.name for place in fresh(service).places.all()] == ["The Shed"]
    assert [(who.name, who.place and who.place.name) for who in fresh(service).contacts.all()] == [
        ("Tom", "The Shed"),
        ("Ada", None),
    ]


@pytest.mark.parametrize("count", ["", "-3", "nine", "99999"])
def test_altered_number_of_rows_is_refused(hillside: Setting, amara: Membership, count: str) -> None:
    service = sheet(hillside)
    client = client_of(amara)
    typed = {**asked(client, hillside, service, "places"), "count": count}
    for name in ("edit_section", "add_row"):
        assert client.post(url(name, hillside, service.pk, "places"), typed).status_code == 200
    assert [place.postcode for place in fresh(service).places.all()] == ["WX4 2QL"]


@pytest.mark.parametrize(("others", "is_saved"), [(59, True), (60, False)])
def test_none_of_many_places_is_lost(
    hillside: Setting, amara: Membership, others: int, is_saved: bool
) -> None:
    places = [Whereabouts(name=f"Place {number}") for number in range(others)]
    service = sheet(hillside, more_places=places)
    response = save(amara, service, "places", city_0="Newtown")
    assert is_saved or "more than 60" in words_of(response)
    kept = fresh(service).places.all()
    assert len(kept) == others + 1
    assert (kept[0].city == "Newtown") is is_saved


def test_second_of_two_saves_shows_both_versions(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    ruth = member(hillside, name="Ruth Adeyemi")
    client = client_of(amara)
    typed = {**asked(client, hillside, service, "about"), "profile": "What Amara typed"}
    save(ruth, service, "about", profile="What Ruth typed", other_information="Ruth’s")
    address = url("edit_section", hillside, service.pk, "about")
    shown = words_of(client.post(address, typed))
    for words in ("Two versions of this page", "What Amara typed", "What Ruth typed", "Ruth Adeyemi saved"):
        assert words in shown
    chosen = {**typed, "version": "2", "keep_profile": "theirs", "keep_other_information": "theirs"}
    assert client.post(address, chosen).status_code == 302
    assert (fresh(service).profile, fresh(service).other_information) == ("What Ruth typed", "Ruth’s")


def test_two_people_change_two_parts_and_both_are_kept(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    client = client_of(amara)
    typed = {**asked(client, hillside, service, "refer"), "referral": "Ring"}
    save(member(hillside), service, "about", profile="What Ruth typed")
    assert client.post(url("edit_section", hillside, service.pk, "refer"), typed).status_code == 302
    assert (fresh(service).referral, fresh(service).profile) == ("Ring", "What Ruth typed")


@pytest.mark.parametrize("keep", ["yours", "theirs"])
def test_two_versions_of_the_rows_are_compared_as_a_whole(
    hillside: Setting, amara: Membership, keep: str
) -> None:
    service = sheet(hillside)
    client = client_of(amara)
    typed = {**asked(client, hillside, service, "places"), "city-0": "Amara’s town"}
    save(member(hillside), service, "places", city_0="Ruth’s town")
    address = url("edit_section", hillside, service.pk, "places")
    page = client.post(address, typed)
    shown = words_of(page)
    assert "Amara’s town" in shown
    assert "Ruth’s town" in shown
    sent = {**typed, **{name: page.context["form"][name].value() for name in ("version", "seen")}}
    assert client.post(address, {**sent, "keep_rows": keep}).status_code == 302
    assert place_of(service).city == ("Amara’s town" if keep == "yours" else "Ruth’s town")


def test_what_cannot_be_read_yet_is_compared_once_it_can(hillside: Setting, amara: Membership) -> None:
    """An error must not let the other person's save be overwritten unseen."""
    service = sheet(hillside)
    client = client_of(amara)
    typed = {**asked(client, hillside, service, "places"), "postcode-0": "nowhere"}
    save(member(hillside), service, "places", city_0="Ruth’s town")
    address = url("edit_section", hillside, service.pk, "places")
    page = client.post(address, typed)
    sent = {**typed, **{name: page.context["form"][name].value() for name in ("version", "seen")}}
    assert "Two versions of this page" in words_of(client.post(address, {**sent, "postcode-0": "WX4 2QN"}))


def test_text_about_a_child_is_asked_about_before_it_is_kept(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    response = save(amara, service, "about", other_information="They know Jayden Brooks in Year 4 well.")
    assert "Keep it: this is not about one child" in words_of(response)
    assert fresh(service).other_information == ""


def test_organisation_that_others_use_keeps_its_kind(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), agency="Harbour Trust", status="voluntary", visibility="listed")
    ours = sheet(hillside, agency="Harbour Trust", name="Ours", telephone=[], postcode="")
    assert ours.agency == theirs.agency
    save(amara, ours, "about", status="private")
    assert fresh(ours).agency.status == "voluntary"


def test_part_that_is_none_does_not_exist(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    client = client_of(amara)
    assert client.get(url("edit_section", hillside, service.pk, "secrets")).status_code == 404
    assert client.post(url("add_row", hillside, service.pk, "about")).status_code == 404


def test_coordinates_stay_with_an_address_that_stays(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, latitude=51.5, longitude=-2.5)
    save(amara, service, "places", access_note_0="Ring the bell")
    place = Place.objects.get(service=service)
    assert (place.latitude, place.access_note) == (51.5, "Ring the bell")
    save(amara, service, "places", postcode_0="WX9 9AA")
    assert Place.objects.get(service=service).latitude is None
