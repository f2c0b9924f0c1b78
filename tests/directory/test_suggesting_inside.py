"""Colleagues and other schools suggest changes to a sheet that they see but do not keep."""

from typing import Any

import pytest
from django.http import Http404, QueryDict

from directory.changes.merging import join
from directory.changes.suggesting import accept_all
from directory.forms import SECTIONS
from directory.models import Service, Suggestion
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, opened, words_of

pytestmark = pytest.mark.django_db
OLD = "Helps children who have lost somebody close."


def suggest(who: Membership, service: Service, part: str, **typed: Any) -> Any:
    address = url("suggest_section", who.setting, service.pk, part)
    return client_of(who).post(address, typed, follow=True)


ABOUT = {"name": "Harbour", "agency": "", "sector": "voluntary", "profile": OLD}


def test_colleague_finds_the_way_from_the_sheet_and_sees_what_became_of_it(
    hillside: Setting, tom: Membership
) -> None:
    service = sheet(hillside)
    client = client_of(tom)
    shown = words_of(client.get(url("service_detail", hillside, service.pk)))
    assert url("suggest_change", hillside, service.pk) in shown
    assert OLD in words_of(client.get(url("suggest_change", hillside, service.pk)))
    shown = words_of(suggest(tom, service, "about", **{**ABOUT, "profile": "Also for families"}))
    assert "Thank you" in shown
    assert "Not looked at yet" in shown
    made = Suggestion.objects.get()
    assert (made.source, made.who) == ("staff", "Tom Whitlock, Hillside School")
    assert [(change.name, change.value) for change in made.changes.all()] == [
        ("profile", "Also for families")
    ]
    accept_all(list(made.changes.all()), by=member(hillside))
    service.refresh_from_db()
    assert service.profile == "Also for families"


def test_same_suggestion_sent_twice_waits_once(hillside: Setting, tom: Membership) -> None:
    service = sheet(hillside)
    for _ in range(2):
        suggest(tom, service, "about", **{**ABOUT, "profile": "New"}, why="They rang")
    assert Suggestion.objects.get().words == "They rang"


def test_nothing_different_is_refused_with_words(hillside: Setting, tom: Membership) -> None:
    service = sheet(hillside)
    assert "Nothing differs from the sheet" in words_of(suggest(tom, service, "about", **ABOUT))
    assert not Suggestion.objects.exists()


def test_sheet_that_changed_since_the_page_was_opened_can_still_be_suggested_to(
    hillside: Setting, tom: Membership
) -> None:
    service = sheet(hillside)
    page = opened(client_of(tom), url("suggest_section", hillside, service.pk, "about"))
    Service.objects.filter(pk=service.pk).update(version=9, website="https://new.example.org")
    suggest(tom, service, "about", **{**ABOUT, **page, "profile": "New"})
    assert Suggestion.objects.get().changes.get().name == "profile"


def test_other_school_suggests_to_the_keeper(hillside: Setting) -> None:
    service = sheet(hillside, visibility="listed")
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    marcus = member(riverside, name="Marcus Bellamy")
    suggest(marcus, service, "about", **{**ABOUT, "profile": "New"})
    made = Suggestion.objects.get()
    assert (made.source, made.setting) == ("setting", riverside)


def test_something_is_wrong_in_words(hillside: Setting, tom: Membership) -> None:
    service = sheet(hillside)
    client, address = client_of(tom), url("suggest_words", hillside, service.pk)
    assert "Say in a few words" in words_of(client.post(address, {"kind": "other", "words": ""}))
    client.post(address, {"kind": "out_of_date", "words": "The number is dead"})
    made = Suggestion.objects.get()
    assert (made.kind, made.words, made.membership) == ("out_of_date", "The number is dead", tom)
    client.post(address, {"kind": "closed", "words": ""})
    assert Suggestion.objects.filter(kind="closed").exists()


def test_child_is_asked_about_before_it_is_sent(hillside: Setting, tom: Membership) -> None:
    service = sheet(hillside)
    typed = {"kind": "other", "words": "Jayden Marsh in Year 4 was turned away"}
    assert "looks like" in words_of(client_of(tom).post(url("suggest_words", hillside, service.pk), typed))
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("part", ["times", "contacts", "places", "summaries"])
def test_parts_with_rows_are_suggested_too(hillside: Setting, tom: Membership, part: str) -> None:
    service = sheet(hillside)
    address = url("suggest_row", hillside, service.pk, part)
    shown = words_of(client_of(tom).post(address, {"count": "0"}))
    assert "Suggest it" in shown
    assert not Suggestion.objects.exists()


def test_withheld_address_is_neither_shown_nor_asked_for(hillside: Setting, tom: Membership) -> None:
    service = sheet(hillside, withheld="coarse")
    client = client_of(tom)
    shown = words_of(client.get(url("suggest_change", hillside, service.pk)))
    assert "Quay Lane" not in shown
    assert "The address is withheld" in shown
    assert client.get(url("suggest_section", hillside, service.pk, "places")).status_code == 404
    shown = words_of(client.get(url("suggest_section", hillside, service.pk, "about")))
    assert "Quay Lane" not in shown


def test_governors_read_and_do_not_suggest(hillside: Setting) -> None:
    service = sheet(hillside)
    client = client_of(member(hillside, Role.GOVERNOR))
    assert "Suggest a change" not in words_of(client.get(url("service_detail", hillside, service.pk)))
    assert client.get(url("suggest_change", hillside, service.pk)).status_code == 403


def test_what_was_typed_while_two_sheets_were_joined_becomes_a_suggestion(hillside: Setting) -> None:
    kept, other = sheet(hillside, name="Harbour House"), sheet(hillside)
    amara = member(hillside, name="Amara Oduya")
    client, address = client_of(amara), url("edit_section", hillside, other.pk, "about")
    typed = {**ABOUT, **opened(client, address), "profile": "Typed for a long time"}
    join(kept=kept, other=other, take=[], seen=(kept.version, other.version), by=amara)
    response = client.post(address, typed)
    shown = words_of(response)
    assert response.status_code == 409
    assert "Typed for a long time" in shown
    assert "What you typed is not lost" in shown
    suggest_to = url("suggest_section", hillside, kept.pk, "about")
    assert f'action="{suggest_to}"' in shown
    client.post(suggest_to, {name: value for name, value in typed.items() if name not in {"version", "seen"}})
    values = {change.name: change.value for change in Suggestion.objects.get().changes.all()}
    assert values["profile"] == "Typed for a long time"
    kept.refresh_from_db()
    assert kept.profile == OLD


def test_form_does_not_save_a_sheet_that_was_joined_after_it_was_found(hillside: Setting) -> None:
    """The last moment: the page had found the sheet, and then somebody joined it."""
    kept, other = sheet(hillside, name="Harbour House"), sheet(hillside)
    amara = member(hillside)
    found = Service.objects.with_whole_parts().get(pk=other.pk)
    join(kept=kept, other=other, take=[], seen=(kept.version, other.version), by=amara)
    with pytest.raises(Http404):
        SECTIONS["about"](QueryDict("profile=Late"), instance=found, setting=hillside)
