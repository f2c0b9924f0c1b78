"""An address that is withheld: kept apart, and shown in none of the places where a sheet is read."""

import csv
from io import StringIO
from typing import Any

import pytest

from directory import exports
from directory.changes.suggesting import suggest_from_inside
from directory.forms.withholding import address_found
from directory.models import Place, Service, WithheldAddress
from directory.paper.printing import sheet_paper
from directory.sheet.whereabouts import Whereabouts
from partnerships.models import Membership, Setting
from tests.directory.kit import later, save_part, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db

SECRETS = ("Rose Cottage", "9 Hidden Row", "Nether Wexcombe", "WX9 9AA", "ring the green bell")


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True, safeguarding_name="Ruth", safeguarding_telephone="01632 960 142")


def hidden(setting: Setting, grade: str, **values: Any) -> Service:
    return sheet(
        setting,
        place_name="Rose Cottage",
        address_1="9 Hidden Row",
        city="Nether Wexcombe",
        postcode="WX9 9AA",
        council="Wexshire",
        access_note="ring the green bell",
        latitude=51.50123,
        longitude=-2.50123,
        withheld=grade,
        **values,
    )


def shown_everywhere(setting: Setting, who: Membership, service: Service) -> str:
    """All that is shown of a sheet, but its form: pages, list, search, history, public pages, paper, spreadsheet."""
    client = client_of(who)
    pages = [
        *(
            url(name, setting, service.pk)
            for name in ("service_detail", "service_changes", "confirm_service")
        ),
        *(url("service_list", setting) + query for query in ("", "?q=hidden")),
        url("public_list", setting),
        url("public_service", setting, service.pk),
        url("export_csv", setting),
    ]
    texts = [words_of(client.get(page)) for page in pages]
    return " ".join([*texts, sheet_paper(service, setting, None).pdf().html])


@pytest.mark.parametrize(
    ("grade", "left"), [("coarse", ["WX9", "Nether Wexcombe"]), ("refuge", ["Wexshire"])]
)
def test_withheld_address_is_read_nowhere_but_in_its_form(
    hillside: Setting, amara: Membership, grade: str, left: list[str]
) -> None:
    service = hidden(hillside, grade, visibility="public")
    shown = shown_everywhere(hillside, amara, service)
    secret = SECRETS if grade == "refuge" else SECRETS[:2] + SECRETS[3:]
    assert [words for words in secret if words in shown] == []
    for words in left:
        assert words in words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    for searched in ("hidden row", "rose cottage", *(["WX9 9AA", "wexcombe"] if grade == "refuge" else [])):
        found = client_of(amara).get(url("service_list", hillside), {"q": searched})
        assert "Nothing fits all of this" in words_of(found)
    form = words_of(client_of(amara).get(url("edit_section", hillside, service.pk, "places")))
    assert all(words in form for words in SECRETS)


@pytest.mark.parametrize(("grade", "coordinates"), [("coarse", (51.5, -2.5)), ("refuge", (None, None))])
def test_row_itself_holds_only_what_may_be_shown(
    hillside: Setting, grade: str, coordinates: tuple[float | None, float | None]
) -> None:
    service = hidden(hillside, grade)
    place = Place.objects.get(service=service)
    assert (place.latitude, place.longitude) == coordinates
    assert (place.name, place.address_1) == ("", "")
    assert WithheldAddress.objects.get(place=place).address_1 == "9 Hidden Row"


@pytest.mark.parametrize("grade", ["coarse", "refuge"])
def test_withholding_takes_the_address_out_of_the_history(
    hillside: Setting, amara: Membership, grade: str
) -> None:
    service = hidden(hillside, "")
    client = client_of(amara)
    later()
    save_part(client, service, hillside, "places", address_1_0="10 Hidden Row")
    assert "10 Hidden Row" in words_of(client.get(url("service_changes", hillside, service.pk)))
    assert save_part(client, service, hillside, "places", withheld_0=grade).status_code == 302
    place = Place.objects.get(service=service)
    kept = " ".join(str(vars(event)) for event in place.events.all())  # type: ignore[attr-defined]
    secret = ("Rose Cottage", "Hidden Row", "WX9 9AA", "51.50123", "green bell")
    assert [words for words in secret if words in kept] == []
    assert "Hidden Row" not in words_of(client.get(url("service_changes", hillside, service.pk)))
    assert place.withheld_address.address_1 == "10 Hidden Row"


def test_second_place_that_is_withheld_is_kept_apart_too(hillside: Setting, amara: Membership) -> None:
    refuge = Whereabouts(address_1="9 Hidden Row", postcode="WX9 9AA", council="Wexshire", withheld="refuge")
    service = sheet(hillside, more_places=[refuge], visibility="public")
    shown = shown_everywhere(hillside, amara, service)
    assert "Hidden Row" not in shown
    assert "12 Quay Lane" in shown
    row = next(
        csv.DictReader(
            StringIO(
                exports.as_csv(exports.table(hillside, [service], with_private=True)).decode("utf-8-sig")
            )
        )
    )
    assert "WX9" not in " ".join(row.values())


def test_address_comes_back_when_it_is_no_longer_withheld(hillside: Setting, amara: Membership) -> None:
    service = hidden(hillside, "refuge")
    assert save_part(client_of(amara), service, hillside, "places", withheld_0="").status_code == 302
    place = Place.objects.get(service=service)
    assert (place.address_1, place.postcode, place.access_note) == (
        "9 Hidden Row",
        "WX9 9AA",
        "ring the green bell",
    )
    assert not WithheldAddress.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Come to 9 Hidden Row at ten", ["9 Hidden Row", "Hidden Row"]),
        ("the house in HIDDEN ROW", ["Hidden Row"]),
        ("write to wx99aa", ["WX9 9AA"]),
        ("we work in Wexcombe WX9", []),
        ("a hidden rowing club", []),
    ],
)
def test_text_that_gives_the_address_away_is_noticed(text: str, told: list[str]) -> None:
    place = Whereabouts(address_1="9 Hidden Row", city="Wexcombe", postcode="WX9 9AA", withheld="coarse")
    assert [finding.words for finding in address_found(text, [place])] == told


@pytest.mark.parametrize(
    ("part", "field"),
    [("about", "profile"), ("refer", "referral"), ("capacity", "capacity_note"), ("contacts", "title_0")],
)
def test_withheld_address_in_free_text_is_asked_about_and_can_be_kept(
    hillside: Setting, amara: Membership, part: str, field: str
) -> None:
    service = hidden(hillside, "coarse")
    client = client_of(amara)
    response = save_part(client, service, hillside, part, **{field: "At 9 Hidden Row"})
    assert "address that is withheld. Leave it out" in words_of(response)
    service.refresh_from_db()
    assert service.version == 1
    form = response.context["form"]
    kept = save_part(client, service, hillside, part, **{field: "At 9 Hidden Row"}, case_ok=form.case_digest)
    assert kept.status_code == 302


def test_notes_that_hold_the_withheld_address_are_asked_about(hillside: Setting, amara: Membership) -> None:
    service = hidden(hillside, "coarse")
    address = url("partnership_edit", hillside, service.pk)
    client = client_of(amara)
    page = client.get(address).context["form"]
    typed = {
        "version": page["version"].value(),
        "seen": page["seen"].value(),
        "started_on": "3 March 2025",
        "notes": "Ring first, then 9 Hidden Row",
    }
    assert "address that is withheld" in words_of(client.post(address, typed))
    assert hillside.partnerships.get().notes == ""


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("say_notice", {"kind": "alert", "words": "This week at 9 Hidden Row"}),
        ("add_pathway", {"need": "Safety", "how": "Go to 9 Hidden Row"}),
        ("add_to_pathway", {"note": "Now at 9 Hidden Row"}),
        ("suggestion_detail", {"reply": "Yes, 9 Hidden Row"}),
    ],
)
def test_whatever_others_read_is_asked_about(
    hillside: Setting, amara: Membership, name: str, typed: dict[str, str]
) -> None:
    service = hidden(hillside, "coarse")
    hillside.pathways.create(need="Sleep", slug="sleep")
    made = suggest_from_inside(service=service, changes={}, kind="other", words="Is it right?", by=amara)
    after: dict[str, list[Any]] = {
        "say_notice": [service.pk],
        "add_to_pathway": ["sleep"],
        "suggestion_detail": [made.pk],
    }
    typed = {**typed, "service": str(service.pk)}
    response = client_of(amara).post(url(name, hillside, *after.get(name, [])), typed)
    assert "address that is withheld" in words_of(response)


def test_only_the_keeper_is_warned(hillside: Setting) -> None:
    service = hidden(hillside, "coarse", visibility="listed")
    marcus = member(school("riverside"))
    marcus.setting.partnerships.create(service=service)
    said = {"kind": "alert", "words": "This week at 9 Hidden Row"}
    client_of(marcus).post(url("say_notice", marcus.setting, service.pk), said)
    assert service.notices.get().words == said["words"]


def test_withholding_says_where_else_on_the_sheet_the_address_stands(
    hillside: Setting, amara: Membership
) -> None:
    service = hidden(hillside, "", profile="A house in Hidden Row.", referral="Ring.")
    response = save_part(client_of(amara), service, hillside, "places", withheld_0="refuge")
    shown = words_of(response)
    assert "also stands in “Profile”" in shown
    assert Place.objects.get(service=service).withheld == ""
    digest = response.context["form"].case_digest
    again = save_part(client_of(amara), service, hillside, "places", withheld_0="refuge", case_ok=digest)
    assert again.status_code == 302
    assert Place.objects.get(service=service).withheld == "refuge"


@pytest.mark.parametrize(("text", "is_asked"), [("Come to 14 Rowan Lane", True), ("Ring first", False)])
def test_any_address_is_asked_about_where_nobody_wrote_down_the_withheld_one(
    hillside: Setting, amara: Membership, text: str, is_asked: bool
) -> None:
    service = sheet(hillside, address_1="", postcode="", council="Wexshire", withheld="refuge")
    shown = words_of(save_part(client_of(amara), service, hillside, "about", profile=text))
    assert ("like an address, and that of this service is withheld" in shown) == is_asked
    service.refresh_from_db()
    assert (service.profile == text) != is_asked
