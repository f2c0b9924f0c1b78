"""A sheet that its agency keeps, where nobody of it has an account: it decides on suggestions behind its links."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from config.keys import hashed
from directory.agency import asking
from directory.changes.suggesting import make_suggestion
from directory.models import AgencyLink, Service, Suggestion
from partnerships.models import Setting
from tests.directory.kit import numbers_of, sheet
from tests.partnerships.kit import member, words_of

pytestmark = pytest.mark.django_db
KEY = "a-key-that-only-the-mail-has"
ANSWER, PHONE = f"/confirm/{KEY}/", f"/now/{KEY}/"
CONFIRM, LASTING = AgencyLink.Purpose.CONFIRM, AgencyLink.Purpose.LASTING


@pytest.fixture
def service(hillside: Setting) -> Service:
    """Kept by its agency."""
    made = sheet(
        hillside, visibility="listed", confirmed=(timezone.localdate() - timedelta(days=200), "X", "")
    )
    Service.objects.filter(pk=made.pk).update(steward=None)
    made.refresh_from_db()
    return made


def link(service: Service, purpose: str = CONFIRM, **fields: Any) -> AgencyLink:
    given = {
        "email": "hello@harbour.example.org",
        "steward": service.steward,
        "expires_at": timezone.now() + timedelta(days=60),
        **fields,
    }
    return AgencyLink.objects.create(service=service, purpose=purpose, key_hash=hashed(KEY), **given)


def suggested(service: Service, **changes: Any) -> Suggestion:
    changes = changes or {"profile": "For parents too.", "telephone": [("01632 960 777", "")]}
    return make_suggestion(
        service=service, source="public", changes=changes, words="I rang them.", email="pat@example.org"
    )


def choices(suggestion: Suggestion, **chosen: str) -> dict[str, str]:
    by_name = {change.name: change.pk for change in suggestion.changes.all()}
    return {f"choice_{by_name[name]}": choice for name, choice in chosen.items()}


def post(address: str, data: dict[str, str], client: Client | None = None) -> Any:
    """With what the page holds hidden."""
    client = client or Client(enforce_csrf_checks=True)
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(ticket|seen_\d+)" value="([^"]+)"', page))
    return client.post(address, {**hidden, **data}, follow=True)


@pytest.mark.parametrize(("purpose", "start"), [(CONFIRM, ANSWER), (LASTING, PHONE)])
def test_agency_takes_one_field_and_leaves_another(
    service: Service, hillside: Setting, purpose: str, start: str, django_capture_on_commit_callbacks: Any
) -> None:
    link(service, purpose, made_by=member(hillside))
    made = suggested(service)
    client = Client(enforce_csrf_checks=True)
    first = words_of(client.get(start))
    assert "One change is suggested" in first
    assert "Profile, Telephone" in first
    address = f"{start}suggested/{made.pk}/"
    shown = words_of(client.get(address))
    for words in (
        "Helps children who have lost somebody close.",
        "For parents too.",
        "Now on the sheet",
        "Decide later",
    ):
        assert words in shown
    data = {**choices(made, profile="take", telephone="leave"), "reply": "The number is right."}
    with django_capture_on_commit_callbacks(execute=True):
        assert "suggested" not in words_of(post(address, data, client))
    assert client.cookies == {}
    service.refresh_from_db()
    assert service.profile == "For parents too."
    assert numbers_of(service) == ["01632 960 318"]
    made.refresh_from_db()
    assert (made.reply, made.closed_at is not None, made.closed_by) == ("The number is right.", True, None)
    event = service.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["kind"] == "link"
    (answer,) = mail.outbox
    assert answer.to == ["pat@example.org"]
    assert "The number is right." in answer.body
    assert client.get(address).status_code == 302


def test_looking_and_scanning_decide_nothing(service: Service) -> None:
    link(service)
    made = suggested(service)
    address = f"{ANSWER}suggested/{made.pk}/"
    take = choices(made, profile="take", telephone="take")
    client = Client()
    for _ in range(2):
        assert client.get(address).status_code == client.head(address).status_code == 200
    client.post(address, take)
    client.post(address, {**take, "ticket": "made up"})
    post(address, {**take, "home_page": "https://example.org"})
    made.refresh_from_db()
    assert made.closed_at is None
    assert not made.changes.exclude(state="open").exists()
    assert client.cookies == {}


def test_what_the_sheet_said_meanwhile_has_to_be_seen(service: Service) -> None:
    link(service)
    made = suggested(service, profile="For parents too.")
    address = f"{ANSWER}suggested/{made.pk}/"
    client = Client()
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(ticket|seen_\d+)" value="([^"]+)"', page))
    Service.objects.filter(pk=service.pk).update(profile="Something new.")
    response = client.post(address, {**hidden, **choices(made, profile="take")})
    assert "has changed meanwhile" in words_of(response)
    assert "Something new." in words_of(response)
    post(address, choices(made, profile="take"))
    service.refresh_from_db()
    assert service.profile == "For parents too."


def test_no_link_decides_on_a_sheet_that_a_school_keeps(service: Service, hillside: Setting) -> None:
    Service.objects.filter(pk=service.pk).update(steward=hillside)
    service.refresh_from_db()
    link(service)
    made = suggested(service)
    assert "suggested" not in words_of(Client().get(ANSWER))
    assert Client().get(f"{ANSWER}suggested/{made.pk}/").status_code == 404


def test_suggestion_to_another_sheet_is_not_there(service: Service, hillside: Setting) -> None:
    link(service)
    other = sheet(hillside, name="Kite", telephone=[], postcode="", visibility="listed")
    Service.objects.filter(pk=other.pk).update(steward=None)
    mine, theirs = suggested(service, profile="Yours"), suggested(other, profile="Mine")
    assert "Yours" in words_of(Client().get(f"{ANSWER}suggested/{mine.pk}/"))
    assert Client().get(f"{ANSWER}suggested/{theirs.pk}/").status_code == 404


def test_lasting_link_that_a_school_sent_to_itself_decides_nothing(
    service: Service, hillside: Setting
) -> None:
    link(service, LASTING, made_by=member(hillside), email="head@hillside.example.org")
    made = suggested(service)
    assert "suggested" not in words_of(Client().get(PHONE))
    assert Client().get(f"{PHONE}suggested/{made.pk}/").status_code == 404


@pytest.mark.parametrize(("purpose", "start"), [(CONFIRM, ANSWER), (LASTING, PHONE)])
def test_words_alone_lead_to_the_sheet_and_are_done_with(
    service: Service, hillside: Setting, purpose: str, start: str
) -> None:
    link(service, purpose, made_by=member(hillside))
    made = make_suggestion(service=service, source="public", changes={}, words="It has moved.")
    address = f"{start}suggested/{made.pk}/"
    found = re.findall(r'<a href="([^"]+)">change the sheet', Client().get(address).content.decode())
    assert Client().get(found[0]).status_code == 200
    post(address, {"reply": "Thank you."})
    made.refresh_from_db()
    assert (made.closed_at is not None, made.reply) == (True, "Thank you.")


def test_sheet_is_not_all_right_before_the_agency_has_decided(service: Service) -> None:
    question = link(service)
    made = suggested(service)
    version = re.findall(r'name="version" value="(\d+)"', Client().get(ANSWER).content.decode())[0]
    assert "Decide first on what others suggest" in words_of(post(ANSWER, {"version": version}))
    question.refresh_from_db()
    assert question.answered_at is None
    post(f"{ANSWER}suggested/{made.pk}/", choices(made, profile="leave", telephone="leave"))
    assert "Thank you" in words_of(post(ANSWER, {"version": version}))


def test_used_and_ended_links_decide_nothing(service: Service) -> None:
    question = link(service)
    made = suggested(service)
    address = f"{ANSWER}suggested/{made.pk}/"
    AgencyLink.objects.filter(pk=question.pk).update(answered_at=timezone.now(), answer="correct")
    assert "You answered on" in words_of(Client().get(address))
    AgencyLink.objects.filter(pk=question.pk).update(answered_at=None, ended_at=timezone.now())
    assert Client().post(address, choices(made, profile="take")).status_code == 410


def test_withheld_address_is_not_shown_and_not_taken(service: Service) -> None:
    service.places.update(withheld="coarse", address_1="", postcode="WX4")
    link(service)
    made = suggested(service, address_1="9 New Street")
    address = f"{ANSWER}suggested/{made.pk}/"
    page = Client().get(address).content.decode()
    assert "Quay Lane" not in page
    assert "New Street" not in page
    post(address, choices(made, address_1="take"))
    assert made.changes.get().state == "open"
    post(address, choices(made, address_1="leave"))
    assert made.changes.get().state == "declined"


def test_mail_says_that_changes_are_suggested(
    service: Service, django_capture_on_commit_callbacks: Any
) -> None:
    suggested(service)
    with django_capture_on_commit_callbacks(execute=True):
        asking.ask(service)
    assert "One change is suggested by others" in str(mail.outbox[-1].body)


def test_decisions_are_limited(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.views.agency.ANSWERS", 1)
    link(service)
    address = f"{ANSWER}suggested/{suggested(service).pk}/"
    assert [Client().post(address, {}).status_code for _ in range(2)] == [200, 429]


def test_agency_that_others_say_has_ended_is_led_to_the_page_on_which_it_says_so(service: Service) -> None:
    link(service)
    made = make_suggestion(service=service, source="public", changes={}, kind="closed")
    page = Client().get(f"{ANSWER}suggested/{made.pk}/").content.decode()
    assert f'href="{ANSWER}ended/"' in page
