"""What the page and the printed sheet say of everything on the sheet."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.models import Rules, Service
from directory.paper.printing import sheet_paper
from directory.sheet.opening import Clock, opening_words
from directory.sheet.presenting import age_words, present
from directory.sheet.times import read_times
from directory.sheet.whereabouts import Person, Whereabouts
from directory.sheet.wording import in_words
from partnerships.access import Role
from partnerships.models import Membership, Setting
from partnerships.terms import terms_of
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")

DEEP: dict[str, Any] = {
    "levels": ["early_help", "targeted"],
    "min_age": 5,
    "max_age": 16,
    "who_for": "Children who have lost somebody close",
    "not_for": "A child in crisis today",
    "topics": ["bereavement", "self harm"],
    "need_areas": ["semh"],
    "referrers": ["family", "school"],
    "referral_link": "https://www.harbour.example.org/form",
    "cost": "some",
    "cost_note": "£2 for the group",
    "languages": ["en", "pl", "bfi"],
    "language_note": "others by arrangement",
    "capacity": "open",
    "capacity_note": "two places",
    "waiting_weeks": 2,
    "opening_times": "Monday to Thursday, 9am to 12.30pm and 1.30pm to 5pm",
    "access": ["step_free", "loop"],
    "access_note": "buses 7 and 19",
    "more_places": [Whereabouts(name="The Shed", city="Wexcombe"), Whereabouts(kind="online")],
    "contacts": [
        Person(
            "Tom Whitlock",
            "family worker",
            email="tom@harbour.example.org",
            phones=(
                ("voice", "07700 900 417", "mornings"),
                ("text", "07700 900 418", ""),
                ("fax", "01632 960 400", ""),
            ),
            place=1,
        )
    ],
}
SAID = (
    "Children who have lost somebody close",
    "A child in crisis today",
    "ereavement, self harm",
    "Social, emotional and mental health",
    "amily themselves, school",
    "£2 for the group",
    "English, Polish, British Sign Language; others by arrangement",
    "Monday to Thursday, 9am to 12.30pm and 1.30pm to 5pm",
    "Step-free, hearing loop",
    "uses 7 and 19",
    "The Shed, Wexcombe",
    "Online",
    "tom@harbour.example.org",
    "07700 900 417",
    "mornings",
    "07700 900 418",
    "01632 960 400",
    "at The Shed",
    "Ages 5 to 16",
)


@pytest.fixture
def service(hillside: Setting) -> Service:
    return sheet(hillside, **DEEP)


def test_page_says_all_of_it_with_the_facts_that_decide_first(
    hillside: Setting, amara: Membership, service: Service
) -> None:
    shown = words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    assert [words for words in SAID if words not in shown] == []
    for words in ("Now, two places", "About two weeks", "Some things cost", "Level: early help, targeted"):
        assert words in shown
    assert 'href="https://www.harbour.example.org/form"' in shown
    assert 'href="sms:' in shown


def test_paper_says_all_of_it(hillside: Setting, service: Service) -> None:
    html = " ".join(sheet_paper(service, hillside, None).pdf().html.split())
    assert [words for words in SAID if words.casefold() not in html.casefold()] == []
    assert "Level: early help, targeted. Ages 5 to 16. Who may refer: family themselves" in html
    assert "Yes, about two weeks" in html


def test_levels_are_named_as_the_area_names_them(
    hillside: Setting, amara: Membership, service: Service
) -> None:
    Rules.objects.create(setting=hillside, level_words={"early_help": "Tier two"})
    shown = words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    assert "Level: tier two, targeted" in shown
    assert "Tier two" in words_of(client_of(amara).get(url("edit_section", hillside, service.pk, "audience")))


def test_name_is_for_those_who_are_signed_in_until_the_person_agrees(service: Service) -> None:
    (who,) = present(service, is_public=True).people
    assert (who.name, who.title, who.email) == ("", "family worker", "tom@harbour.example.org")
    assert len(who.phones) == 3


def test_people_who_come_are_for_those_who_may_read_about_people(hillside: Setting, service: Service) -> None:
    partnership = hillside.partnerships.get(service=service)
    partnership.degree = "coexistence"
    partnership.save()
    partnership.visitors.create(name="Priya Shah", role="counsellor", room="Quiet room")
    colleague = member(hillside, Role.PRACTITIONER, "Beth Adair", service=service)
    colleague.telephone = "01632 960 555"
    colleague.save()
    secrets = ("Priya Shah", "Beth Adair", "01632 960 555")
    for role, count in ((Role.GOVERNOR, 0), (Role.STAFF, 3), (Role.COORDINATOR, 3)):
        shown = words_of(client_of(member(hillside, role)).get(url("service_detail", hillside, service.pk)))
        assert sum(secret in shown for secret in secrets) == count
        assert ("coexistence" in shown) is (role == Role.COORDINATOR)


def test_numbers_of_people_are_called_where_the_service_has_none(hillside: Setting) -> None:
    person = Person("Tom", phones=(("voice", "07700 900 417", ""),))
    own, theirs = (
        sheet(hillside, name=name, telephone=numbers, contacts=[person], postcode="", website="", email="")
        for name, numbers in (("A", [("01632 960 318", "")]), ("B", []))
    )
    assert [phone.number for phone in present(own).telephones] == ["01632 960 318"]
    assert [phone.number for phone in present(theirs).telephones] == ["07700 900 417"]


@pytest.mark.parametrize(
    ("young", "old", "words"),
    [
        (5, 16, "Ages 5 to 16"),
        (0, 5, "Ages 0 to 5"),
        (11, None, "From age 11"),
        (None, 5, "Up to age 5"),
        (4, 4, "Age 4"),
    ],
)
def test_ages_in_words(young: int | None, old: int | None, words: str) -> None:
    assert age_words(Service(min_age=young, max_age=old)) == words
    assert age_words(Service()) == ""


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-03-02 10:00", ("ok", "Open now, until noon")),
        ("2026-03-02 12:30", ("", "Opens today at 1pm")),
        ("2026-03-02 18:00", ("", "Opens tomorrow at 9am")),
        ("2026-03-03 18:00", ("", "Opens on Monday at 9am")),
        ("2026-03-24 18:00", ("", "Opens on 13 April 2026 at 9am")),
        ("2026-07-20 18:00", ("", "")),
    ],
)
def test_next_open_time_in_words(now: str, words: tuple[str, str]) -> None:
    times = read_times("Monday, Tuesday, 9am to noon and 1pm to 5pm, term time only")
    terms = [(date(2026, 2, 23), date(2026, 3, 27)), (date(2026, 4, 13), date(2026, 7, 20))]
    clock = Clock(
        datetime.fromisoformat(now).replace(tzinfo=LONDON),
        lambda day: any(start <= day <= end for start, end in terms),
    )
    assert opening_words(times, clock) == words


def test_hours_of_the_term_are_told_with_the_schools_terms(
    hillside: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = sheet(hillside, opening_times="Monday, 9am to 5pm, term time only")
    hillside.terms.create(name="Spring", starts=date(2026, 1, 5), ends=date(2026, 3, 27))
    moment = datetime(2026, 3, 2, 10, tzinfo=LONDON)
    monkeypatch.setattr(Clock, "of", classmethod(lambda cls, setting: cls(moment, terms_of(setting))))
    assert present(service, setting=hillside).opens == ("ok", "Open now, until 5pm")
    assert present(service, setting=school("riverside")).opens == ("", "")


def test_labels_run_on_in_one_sentence_and_names_stay_as_they_are() -> None:
    assert in_words("access", ["step_free", "bus"]) == "Step-free, bus stop close by"
    assert in_words("referrers", ["school", "gp"]) == "School, GP"
    assert in_words("here_days", ["MO", "TH"]) == "Monday, Thursday"
    assert in_words("access", []) == ""


def test_way_back_from_a_sheet_is_the_search_that_found_it() -> None:
    hillside = school()
    service = sheet(hillside, name="Harbour", topics=["bereavement"])
    client = client_of(member(hillside, Role.STAFF))
    page, home = url("service_detail", hillside, service.pk), url("service_list", hillside)
    found = client.get(page, headers={"referer": f"http://testserver{home}?q=bereavment&take=open"})
    assert f'href="{home}?q=bereavment&amp;take=open"' in found.content.decode()
    assert "Found for “bereavment”" in words_of(found)
    elsewhere = client.get(page, headers={"referer": f"http://elsewhere.example.org{home}?q=bereavment"})
    assert f'<p class="crumb"><a href="{home}">' in elsewhere.content.decode()
