"""What the public sees, and what it never does."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory import commands
from directory.models import Service
from directory.sheet.whereabouts import Person
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True, telephone="01632 960140", council_telephone="01632 960900")


def get(address: str) -> Any:
    return Client().get(address)


def test_public_service_is_read_without_signing_in(hillside: Setting) -> None:
    service = sheet(hillside, visibility="public", referral="Ring us.", capacity="open")
    shown = words_of(get(url("public_list", hillside)))
    assert "Harbour" in shown
    assert 'href="tel:01632960318"' in shown
    shown = words_of(get(url("public_service", hillside, service.pk)))
    for words in ("Ring us.", "12 Quay Lane", "Can see you now", "Worried about a child?", "tel:999"):
        assert words in shown


@pytest.mark.parametrize("number", ["tel:999", "tel:111", "0800 1111", "116 123", "85258", "0808 2000 247"])
def test_every_public_page_says_whom_to_ring_at_once(hillside: Setting, number: str) -> None:
    service = sheet(hillside, visibility="public")
    for address in (url("public_list", hillside), url("public_service", hillside, service.pk)):
        shown = words_of(get(address))
        assert number in shown
        assert 'href="https://www.bbc.co.uk/weather" rel="noreferrer" data-leave' in shown


def test_public_pages_touch_no_session_and_set_no_cookie(hillside: Setting, amara: Membership) -> None:
    """The same for everybody: somebody who is signed in gets the very page that others get."""
    service = sheet(hillside, visibility="public")
    for address in (url("public_list", hillside) + "?q=har", url("public_service", hillside, service.pk)):
        response = get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.headers["Vary"]
        assert client_of(amara).get(address).content == response.content


def test_public_page_is_asked_for_again_only_when_it_changed(hillside: Setting) -> None:
    service = sheet(hillside, visibility="public")
    address = url("public_service", hillside, service.pk)
    first = get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    tag = first.headers["ETag"]
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 304
    Service.objects.filter(pk=service.pk).update(profile="Something else.")
    assert "Something else." in words_of(Client().get(address, headers={"if-none-match": tag}))


@pytest.mark.parametrize("visibility", ["private", "listed"])
def test_sheet_that_is_not_public_is_not_found(hillside: Setting, visibility: str) -> None:
    service = sheet(hillside, name="Zanzibar", visibility=visibility)
    assert get(url("public_service", hillside, service.pk)).status_code == 404
    assert "Zanzibar" not in words_of(get(url("public_list", hillside) + "?q=zanzibar")).replace(
        "“zanzibar”", ""
    )


def test_setting_that_does_not_publish_looks_like_none(hillside: Setting) -> None:
    quiet = school("riverside")
    service = sheet(quiet, visibility="public")
    closed, missing = get(url("public_list", quiet)), get("/d/nowhere/")
    assert (closed.status_code, missing.status_code) == (404, 404)
    assert words_of(closed) == words_of(missing)
    assert get(url("public_service", quiet, service.pk)).status_code == 404


def test_family_at_an_address_that_is_gone_learns_where_help_is(hillside: Setting, amara: Membership) -> None:
    """The same page for everybody: it neither asks who is there, nor says whether there ever was such a sheet."""
    gone = get(url("public_list", hillside) + "f0633795-2b61-50f1-bc07-8720db175c74/")
    assert gone.status_code == 404
    shown = words_of(gone)
    assert "Childline" in shown
    assert f'href="{url("public_list", hillside)}">Everyone who can help' in gone.content.decode()
    assert "Sign in" not in shown
    assert "Cookie" not in gone.headers.get("Vary", "")
    assert client_of(amara).get(gone.request["PATH_INFO"]).content == gone.content
    assert "Everyone who can help" not in words_of(get("/d/nowhere/"))


def test_public_sheet_stands_only_on_pages_of_schools_that_work_with_it(hillside: Setting) -> None:
    other = school("riverside", publishes_directory=True)
    service = sheet(other, visibility="public")
    assert get(url("public_service", hillside, service.pk)).status_code == 404
    partnership = hillside.partnerships.create(service=service)
    assert get(url("public_service", hillside, service.pk)).status_code == 200
    partnership.ended_on = timezone.localdate()
    partnership.save()
    assert get(url("public_service", hillside, service.pk)).status_code == 404


@pytest.mark.parametrize("publishes", [True, False])
@pytest.mark.parametrize("visibility", Service.Visibility.values)
@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("is_retired", [True, False])
def test_public_only_when_school_sheet_and_partnership_all_say_so(
    hillside: Setting, publishes: bool, visibility: str, is_live: bool, is_retired: bool
) -> None:
    Setting.objects.filter(pk=hillside.pk).update(publishes_directory=publishes)
    service = sheet(hillside, visibility=visibility)
    if not is_live:
        service.partnerships.update(ended_on=timezone.localdate())
    if is_retired:
        Service.objects.filter(pk=service.pk).update(retired_at=timezone.now())
    expected = publishes and visibility == "public" and is_live and not is_retired
    assert (get(url("public_service", hillside, service.pk)).status_code == 200) == expected
    assert (service in Service.published()) == expected


def test_names_are_public_only_with_consent(hillside: Setting) -> None:
    people = [Person("Tom Whitlock", "family worker"), Person("Jo Open", "manager", True)]
    service = sheet(
        hillside, visibility="public", contacts=people, here_contact_name="Ann Hidden", here_notes="Slow"
    )
    shown = words_of(get(url("public_service", hillside, service.pk)))
    assert "Family worker" in shown
    assert "Jo Open" in shown
    for words in ("Tom Whitlock", "Ann Hidden", "Slow"):
        assert words not in shown


@pytest.mark.parametrize(
    ("grade", "shown", "hidden"),
    [
        ("coarse", "WX9", ()),
        ("refuge", "Wexshire", ("WX9", "Hidden Bay", "Lift", "blue bell")),
    ],
)
def test_withheld_address_is_not_public(
    hillside: Setting, grade: str, shown: str, hidden: tuple[str, ...]
) -> None:
    service = sheet(
        hillside,
        visibility="public",
        withheld=grade,
        address_1="9 Secret Row",
        postcode="WX9 9AA",
        city="Hidden Bay",
        council="Wexshire",
        access=["lift"],
        access_note="Ring the blue bell",
    )
    for address in (url("public_service", hillside, service.pk), url("public_list", hillside)):
        page = words_of(get(address))
        for words in ("Secret Row", "9AA", *hidden):
            assert words not in page
    page = words_of(get(url("public_service", hillside, service.pk)))
    assert shown in page
    assert "to keep people safe" in page
    assert "openstreetmap" not in page


def test_markup_in_a_public_sheet_is_text(hillside: Setting) -> None:
    service = sheet(hillside, visibility="public", name="<b>Bold</b>", profile="<script>alert(1)</script>")
    shown = words_of(get(url("public_service", hillside, service.pk)))
    assert "<script>alert" not in shown
    assert "&lt;b&gt;Bold&lt;/b&gt;" in shown


def test_public_search_finds_and_narrows(hillside: Setting) -> None:
    sheet(hillside, name="Money Wise", visibility="public", capacity="full", telephone=[], postcode="")
    sheet(hillside, name="Kite", visibility="public", capacity="open", telephone=[], postcode="")
    assert "Kite" not in words_of(get(url("public_list", hillside) + "?q=mony"))
    shown = words_of(get(url("public_list", hillside) + "?take=open"))
    assert "Kite" in shown
    assert "Money Wise" not in shown


def test_public_list_costs_the_same_for_many(hillside: Setting, django_assert_num_queries: Any) -> None:
    for number in range(12):
        sheet(hillside, name=f"Club {number}", visibility="public", postcode="", telephone=[])
        if number in (0, 2, 11):
            with django_assert_num_queries(12):
                get(url("public_list", hillside))


def publish(who: Membership, service: Service, visibility: str) -> str:
    client = client_of(who)
    address = url("service_visibility", who.setting, service.pk)
    return words_of(client.post(address, {"visibility": visibility}, follow=True))


def test_sheet_goes_from_private_to_public_and_back(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    for visibility in ("listed", "public", "listed", "private"):
        assert "Saved." in publish(amara, service, visibility)
        service.refresh_from_db()
        assert service.visibility == visibility


def test_page_shows_what_the_public_would_see(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, contacts=[Person("Tom Whitlock", "family worker")], here_notes="Slow")
    shown = words_of(client_of(amara).get(url("service_visibility", hillside, service.pk)))
    assert "What the public would see" in shown
    assert "Family worker" in shown
    for words in ("Tom Whitlock", "Slow"):
        assert words not in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"publishes_directory": False}, "Open the school’s public page first"),
        (
            {"publishes_directory": False, "safeguarding_telephone": ""},
            "safeguarding lead, with a telephone number",
        ),
    ],
)
def test_nothing_is_public_before_the_school_is_ready(
    hillside: Setting, amara: Membership, fields: dict[str, Any], words: str
) -> None:
    Setting.objects.filter(pk=hillside.pk).update(**fields)
    service = sheet(hillside)
    assert words in publish(amara, service, "public")
    service.refresh_from_db()
    assert service.visibility == "private"
    amara.setting.refresh_from_db()
    with pytest.raises(commands.Refused):
        commands.change_visibility(service=service, visibility="public", by=amara)


def test_sheet_that_another_school_uses_cannot_become_private(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, visibility="listed")
    school("riverside").partnerships.create(service=service)
    assert "Another school uses this sheet" in publish(amara, service, "private")
    service.refresh_from_db()
    assert service.visibility == "listed"
