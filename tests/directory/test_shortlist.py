"""The shortlist: putting services aside, comparing, printing for a parent, sending."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from directory.models import Rules, Service
from directory.use import shortlist
from partnerships.models import Membership, SentMail, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(telephone="01632 960140")


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    return sheet(hillside, waiting_time="two weeks", capacity="waiting", cost="free", min_age=5, max_age=16)


def names(who: Membership) -> list[str]:
    return [service.name for service in shortlist.services_of(who)]


def press(who: Membership, name: str, service: Service, **extra: Any) -> Any:
    return client_of(who).post(url(name, who.setting, service.pk), extra.pop("data", {}), **extra)


def test_pressing_twice_puts_a_service_aside_once_and_comes_back(amara: Membership, harbour: Service) -> None:
    back = url("service_list", amara.setting) + "?q=harbour"
    for _ in range(2):
        response = press(amara, "add_to_shortlist", harbour, data={"back": back})
    assert (response.status_code, response["Location"]) == (302, back)
    assert names(amara) == ["Harbour"]
    press(amara, "remove_from_shortlist", harbour)
    assert names(amara) == []


def test_press_never_leads_to_another_site(amara: Membership, harbour: Service) -> None:
    for back in ("https://elsewhere.example.org/s/", "//elsewhere.example.org/s/", "/accounts/logout/"):
        response = press(amara, "add_to_shortlist", harbour, data={"back": back})
        assert response["Location"] == url("shortlist_detail", amara.setting)


def test_button_alone_is_swapped(amara: Membership, harbour: Service) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://testserver/s/hillside/directory/?q=x"}
    said = press(amara, "add_to_shortlist", harbour, headers=headers).content.decode()
    assert said.count("<button") == 1 and 'aria-pressed="true"' in said and "/shortlist/remove/" in said
    assert 'hx-swap-oob="true"' in said and "Your shortlist: one" in said
    headers["HX-Current-URL"] = "https://testserver/s/hillside/directory/shortlist/"
    said = press(amara, "remove_from_shortlist", harbour, headers=headers).content.decode()
    assert said.count("<button") == 1 and "hx-swap-oob" not in said


def test_shortlist_is_each_persons_own(hillside: Setting, amara: Membership, harbour: Service) -> None:
    press(amara, "add_to_shortlist", harbour)
    ben = member(hillside, name="Ben Hall")
    assert names(ben) == []


def test_another_schools_service_is_not_found(amara: Membership) -> None:
    theirs = sheet(school("riverside"), name="Theirs")
    assert press(amara, "add_to_shortlist", theirs).status_code == 404


def test_full_shortlist_says_so(amara: Membership, harbour: Service, monkeypatch: Any) -> None:
    monkeypatch.setattr(shortlist, "MOST", 0)
    client = client_of(amara)
    page = client.post(url("add_to_shortlist", amara.setting, harbour.pk), follow=True)
    assert "Take one off before you add another" in words_of(page)


def test_emptied_shortlist_can_be_put_back_by_its_owner_alone(amara: Membership, harbour: Service) -> None:
    shortlist.add_to_shortlist(service=harbour, by=amara)
    client = client_of(amara)
    page = client.post(url("clear_shortlist", amara.setting), follow=True)
    assert names(amara) == [] and "Put it back" in words_of(page)
    token = page.context["undo"]
    assert not shortlist.restore_shortlist(token=token + "x", by=amara)
    assert not shortlist.restore_shortlist(token=token, by=member(amara.setting))
    client.post(url("put_back_shortlist", amara.setting), {"token": token})
    assert names(amara) == ["Harbour"]


def test_services_stand_side_by_side(amara: Membership, harbour: Service) -> None:
    Rules.objects.create(setting=amara.setting, level_words={"early_help": "Level 2"})
    other = sheet(
        amara.setting,
        name="Debt Line",
        telephone=[],
        languages=["pl"],
        here_days=["MO"],
        levels=["early_help"],
    )
    third = sheet(amara.setting, name="Third")
    for service in (harbour, other, third):
        shortlist.add_to_shortlist(service=service, by=amara)
    query = f"?service={harbour.pk}&service={other.pk}&service=zebra"
    said = words_of(client_of(amara).get(url("compare_services", amara.setting) + query))
    for words in (
        "Waiting: two weeks",
        "Free",
        "5 to 16",
        "Polish",
        "Monday",
        "12 Quay Lane",
        "Level 2",
        "Not said",
    ):
        assert words in said
    assert "Third" not in said


@pytest.mark.parametrize("count", [1, 4])
def test_comparing_asks_as_many_queries_for_one_as_for_four(
    amara: Membership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        service = sheet(amara.setting, name=f"Service {number}", postcode="")
        shortlist.add_to_shortlist(service=service, by=amara)
    client = client_of(amara)
    with django_assert_num_queries(13):
        client.get(url("compare_services", amara.setting))


def pdf_words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_handout_is_for_a_parent(amara: Membership, harbour: Service) -> None:
    sheet(amara.setting, name="Aster", withheld="coarse", contacts=[])
    Service.objects.filter(pk=harbour.pk).update(referral="Ring and say who you are.")
    for service in Service.objects.all():
        shortlist.add_to_shortlist(service=service, by=amara)
    response = client_of(amara).get(url("shortlist_paper", amara.setting))
    said = pdf_words(response.content)
    for words in (
        "People who can help",
        "01632 960 318",
        "Ring and say who you are",
        "Ring 999",
        "Childline",
    ):
        assert words in said
    assert "Amara" not in said
    assert "keep it private" in said and said.count("Quay Lane") == 1


def test_handout_of_three_is_one_page(amara: Membership, harbour: Service) -> None:
    others = [sheet(amara.setting, name=name, postcode="") for name in ("Aster", "Beacon")]
    for service in (harbour, *others):
        shortlist.add_to_shortlist(service=service, by=amara)
    content = client_of(amara).get(url("shortlist_paper", amara.setting)).content
    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert all(name in pdf_words(content) for name in ("Aster", "Beacon"))


def test_sending_says_who_and_keeps_neither_words_nor_address(
    amara: Membership, harbour: Service, django_capture_on_commit_callbacks: Any
) -> None:
    shortlist.add_to_shortlist(service=harbour, by=amara)
    data = {"to": "parent@example.org", "words": "As we talked about."}
    with django_capture_on_commit_callbacks(execute=True):
        page = client_of(amara).post(url("send_shortlist", amara.setting), data, follow=True)
    (sent,) = mail.outbox
    assert sent.to == ["parent@example.org"]
    for words in ("Amara Oduya", "Harbour", "01632 960 318", "As we talked about.", "999"):
        assert words in sent.body
    assert "Sent to parent@example.org" in words_of(page)
    row = SentMail.objects.get()
    assert (row.membership, row.items, row.sent_on) == (amara, 1, timezone.localdate())


def test_sending_warns_of_a_childs_name_and_stops_after_many(
    amara: Membership, harbour: Service, monkeypatch: Any
) -> None:
    shortlist.add_to_shortlist(service=harbour, by=amara)
    client = client_of(amara)
    page = client.post(
        url("send_shortlist", amara.setting), {"to": "a@example.org", "words": "For Harriet Cole 3B"}
    )
    assert "looks like a child" in words_of(page)
    monkeypatch.setattr("directory.views.shortlist.MAILS_AN_HOUR", 0)
    page = client.post(url("send_shortlist", amara.setting), {"to": "a@example.org"})
    assert "Try again in an hour" in words_of(page)
    assert not SentMail.objects.exists()


@pytest.mark.parametrize(("days", "is_asked"), [(6, False), (8, True), (22, False)])
def test_a_week_later_whoever_put_it_aside_is_asked(
    amara: Membership, harbour: Service, days: int, is_asked: bool
) -> None:
    shortlist.add_to_shortlist(service=harbour, by=amara)
    amara.shortlist.update(added_at=timezone.now() - timedelta(days=days))
    assert bool(list(shortlist.waiting_for(amara))) == is_asked
    assert not list(shortlist.waiting_for(member(amara.setting)))
