"""The keeping of a sheet goes to another school, or to the agency itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directory import keeping_home
from directory.changes.handing_over import accept_offer, end_offer, offer
from directory.commands import Refused
from directory.models import AgencyLink, HandOver, Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def tied(setting: Setting, service: Service) -> Membership:
    return member(
        setting, Role.PRACTITIONER, "Tom Whitlock", service=service, tie_confirmed_on=timezone.localdate()
    )


def link(service: Service, **fields: object) -> AgencyLink:
    return AgencyLink.objects.create(
        service=service,
        email="tom@harbour.example.org",
        key_hash=f"{AgencyLink.objects.count()}",
        steward=service.steward,
        expires_at=timezone.now() + timedelta(days=30),
        **fields,
    )


def test_school_that_uses_the_sheet_takes_it_over(
    hillside: Setting, riverside: Setting, amara: Membership, marcus: Membership, harbour: Service
) -> None:
    client = client_of(amara)
    page = url("offer_hand_over", hillside, harbour.pk)
    assert "Riverside School" in words_of(client.get(page))
    client.post(page, {"to": str(riverside.pk), "words": "We leave the area."})
    (waiting,) = keeping_home.offers_waiting(marcus)
    assert waiting.title == "Will you look after the sheet of Harbour?"
    theirs = client_of(marcus)
    assert "We leave the area." in words_of(theirs.get(waiting.url))
    made = HandOver.objects.get()
    theirs.post(url("accept_hand_over", riverside, made.pk))
    harbour.refresh_from_db()
    assert harbour.steward == riverside
    assert theirs.get(url("service_edit", riverside, harbour.pk)).status_code == 200
    assert client.get(url("service_edit", hillside, harbour.pk)).status_code == 403
    assert hillside.partnerships.live().filter(service=harbour).exists()
    assert list(keeping_home.offers_waiting(marcus)) == []


def test_links_of_the_old_keeper_end(
    riverside: Setting, amara: Membership, marcus: Membership, harbour: Service
) -> None:
    asked = link(harbour)
    lasting = link(harbour, purpose="lasting")
    accept_offer(offer(service=harbour, to=riverside, words="", by=amara), by=marcus)
    for each in (asked, lasting):
        each.refresh_from_db()
        assert each.ended_at is not None


def test_agency_takes_over_through_its_tied_practitioner(
    hillside: Setting, amara: Membership, harbour: Service
) -> None:
    with pytest.raises(Refused, match="Nobody of the agency"):
        offer(service=harbour, to=None, words="", by=amara)
    tom = tied(hillside, harbour)
    assert "Harbour itself: Tom Whitlock" in words_of(
        client_of(amara).get(url("offer_hand_over", hillside, harbour.pk))
    )
    made = offer(service=harbour, to=None, words="", by=amara)
    with pytest.raises(PermissionDenied):
        accept_offer(made, by=amara)
    (waiting,) = keeping_home.offers_waiting(tom)
    assert "Yes, we look after it" in words_of(client_of(tom).get(waiting.url))
    accept_offer(made, by=tom)
    harbour.refresh_from_db()
    assert harbour.steward is None
    assert client_of(tom).get(url("service_edit", hillside, harbour.pk)).status_code == 200


def test_agency_hands_over_to_a_school_again(
    hillside: Setting, riverside: Setting, marcus: Membership, harbour: Service
) -> None:
    Service.objects.filter(pk=harbour.pk).update(steward=None)
    tom = tied(hillside, harbour)
    tom.user.email = "tom@harbour.example.org"
    tom.user.save()
    client = client_of(tom)
    client.post(url("offer_hand_over", hillside, harbour.pk), {"to": str(riverside.pk)})
    made = HandOver.objects.get()
    assert "have not answered yet" in words_of(client.get(url("hand_over_detail", hillside, made.pk)))
    accept_offer(made, by=marcus)
    harbour.refresh_from_db()
    assert harbour.steward == riverside


def test_private_sheet_is_listed_first(hillside: Setting, riverside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    assert "List it for other schools first" in words_of(
        client_of(amara).get(url("offer_hand_over", hillside, service.pk))
    )
    with pytest.raises(Refused, match="List it for other schools first"):
        offer(service=service, to=riverside, words="", by=amara)


def test_sheet_that_is_offered_does_not_become_private_meanwhile(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside, visibility="listed", email="hello@harbour.example.org")
    tied(hillside, service)
    offer(service=service, to=None, words="", by=amara)
    page = url("service_visibility", hillside, service.pk)
    assert "Take the offer back first" in words_of(client_of(amara).post(page, {"visibility": "private"}))
    service.refresh_from_db()
    assert service.visibility == "listed"


def test_only_a_school_that_uses_it_can_be_asked(amara: Membership, harbour: Service) -> None:
    with pytest.raises(Refused, match="uses the sheet"):
        offer(service=harbour, to=school("elsewhere"), words="", by=amara)


def test_sheet_is_offered_once_at_a_time(riverside: Setting, amara: Membership, harbour: Service) -> None:
    offer(service=harbour, to=riverside, words="", by=amara)
    with pytest.raises(Refused, match="offered already"):
        offer(service=harbour, to=riverside, words="", by=amara)


def test_offer_is_declined_or_taken_back(
    hillside: Setting, riverside: Setting, amara: Membership, marcus: Membership, harbour: Service
) -> None:
    outcomes = ("Riverside School said no", "The offer was taken back")
    for who, setting, outcome in zip((marcus, amara), (riverside, hillside), outcomes, strict=True):
        made = offer(service=harbour, to=riverside, words="", by=amara)
        client_of(who).post(url("end_hand_over", setting, made.pk))
        made.refresh_from_db()
        assert (made.declined_at is not None, made.outcome) == (True, outcome)
        assert outcome in words_of(client_of(amara).get(url("service_detail", hillside, harbour.pk)))
        with pytest.raises(Refused, match="no longer open"):
            accept_offer(made, by=marcus)
        shown = words_of(client_of(marcus).post(url("accept_hand_over", riverside, made.pk), follow=True))
        assert "no longer open" in shown
    harbour.refresh_from_db()
    assert harbour.steward == hillside


def test_others_neither_offer_nor_see_nor_answer(
    hillside: Setting, riverside: Setting, amara: Membership, marcus: Membership, harbour: Service
) -> None:
    with pytest.raises(PermissionDenied):
        offer(service=harbour, to=riverside, words="", by=marcus)
    made = offer(service=harbour, to=riverside, words="", by=amara)
    stranger = member(school("elsewhere"))
    staff = member(riverside, Role.STAFF)
    for who in (stranger, staff):
        assert client_of(who).get(url("hand_over_detail", who.setting, made.pk)).status_code == 404
        with pytest.raises(PermissionDenied):
            accept_offer(made, by=who)
        with pytest.raises(PermissionDenied):
            end_offer(made, by=who)


def test_school_that_takes_a_sheet_off_is_asked_to_hand_it_over(
    hillside: Setting, amara: Membership, harbour: Service
) -> None:
    shown = words_of(client_of(amara).get(url("take_off_service", hillside, harbour.pk)))
    assert url("offer_hand_over", hillside, harbour.pk) in shown
    lonely = sheet(hillside, name="Kite")
    assert "Hand over" not in words_of(client_of(amara).get(url("take_off_service", hillside, lonely.pk)))
