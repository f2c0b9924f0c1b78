"""Who is in: by day and room, ready to visit or "ask the safeguarding lead"."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from directory.models import Notice
from partnerships import visits
from partnerships.access import Role
from partnerships.models import Membership, Partnership, Setting, Visitor
from partnerships.models.partnership import Weekday
from tests.factories import PartnershipFactory, ServiceFactory
from tests.partnerships.kit import client_of, member, opened, url, words_of

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
SEEN: dict[str, Any] = {
    f"{check}_{end}": value
    for check in Visitor.CHECKS
    for end, value in (("on", date(2026, 9, 3)), ("by", "Ruth"))
}


@pytest.fixture
def nursing(school: Setting) -> Partnership:
    service = ServiceFactory(name="School Nursing", steward=school)
    ours: Partnership = PartnershipFactory(setting=school, service=service, days=["TU"], times="1.30 to 3")
    return ours


def visitor(ours: Partnership, name: str = "Joan Hall", **fields: Any) -> Visitor:
    return Visitor.objects.create(partnership=ours, name=name, **fields)


def in_on(school: Setting, day: date = TUESDAY) -> list[tuple[str, bool, str]]:
    (found,) = visits.days_of(school, [day])
    return [(visit.name, visit.is_ready, visit.away) for visit in found.visits]


def test_people_come_on_their_days_by_the_clock(school: Setting, nursing: Partnership) -> None:
    visitor(nursing, **SEEN)
    visitor(nursing, "Kit Moss", days=["TU", "TH"], times="9.00 to 12.00")
    visitor(nursing, "Lee Fox", days=["FR"])
    assert in_on(school) == [("Kit Moss", False, ""), ("Joan Hall", True, "")]
    assert [name for name, _, _ in in_on(school, date(2026, 11, 26))] == ["Kit Moss"]


def test_service_without_people_is_expected_and_not_ready(school: Setting, nursing: Partnership) -> None:
    nursing.contact_name = "Joan Hall"
    nursing.save()
    assert in_on(school) == [("Joan Hall", False, "")]


@pytest.mark.parametrize("ended", ["person", "access", "partnership", "service"])
def test_somebody_whose_time_here_is_over_is_not_there(
    school: Setting, nursing: Partnership, ended: str
) -> None:
    today = timezone.localdate()
    nursing.days = [Weekday.of(today)]
    joan = visitor(nursing, days=nursing.days)
    assert in_on(school, today)
    if ended == "person":
        joan.left_on = today
    elif ended == "access":
        joan.membership = member(school, Role.PRACTITIONER, service=nursing.service, left_on=today)
    elif ended == "partnership":
        nursing.ended_on = today
    else:
        nursing.service.retired_at = timezone.now()
        nursing.service.save()
    nursing.contact_name = "Joan Hall"
    nursing.save()
    joan.save()
    expected = [("", False, "")] if ended in {"person", "access"} else []
    assert in_on(school, today) == expected


def test_day_of_leaving_counts_ahead(school: Setting, nursing: Partnership) -> None:
    today = timezone.localdate()
    nursing.days = []
    nursing.save()
    visitor(nursing, days=Weekday.values, left_on=today + timedelta(days=2))
    week = visits.days_of(school, [today + timedelta(days=number) for number in range(4)])
    assert [bool(day.visits) for day in week] == [True, True, False, False]


def test_not_in_this_week_shows_who_is_away(school: Setting, nursing: Partnership) -> None:
    visitor(nursing)
    Notice.objects.create(
        service=nursing.service, kind="away", starts_on=TUESDAY, ends_on=TUESDAY, said_by="Joan"
    )
    assert in_on(school) == [("Joan Hall", False, "Not in this week")]
    (found,) = visits.days_of(school, [TUESDAY])
    assert found.expected == []
    assert in_on(school, TUESDAY + timedelta(days=7)) == [("Joan Hall", False, "")]


def test_nobody_comes_in_a_school_holiday(school: Setting, nursing: Partnership) -> None:
    visitor(nursing)
    school.terms.create(name="Autumn 1", starts=date(2026, 9, 2), ends=date(2026, 10, 23))
    school.terms.create(name="Autumn 2", starts=date(2026, 11, 2), ends=date(2026, 12, 18))
    assert in_on(school, date(2026, 10, 27)) == []
    assert in_on(school) and in_on(school, date(2027, 6, 1))


@pytest.mark.parametrize(
    ("times", "minutes"),
    [("9.00 to 12.00", 540), ("1.30 to 3", 810), ("2pm", 840), ("all day", visits.LATE), ("99", visits.LATE)],
)
def test_beginning_is_read_from_words(times: str, minutes: int) -> None:
    assert visits.minutes_of(times) == minutes


@pytest.mark.parametrize("count", [1, 3])
def test_week_asks_as_many_queries_for_one_as_for_three(
    school: Setting, amara: Membership, nursing: Partnership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        visitor(nursing, f"Person {number}")
    client = client_of(amara)
    with django_assert_num_queries(9):
        client.get(url("visitor_week_list", school))


def test_pages_show_day_room_week_and_people(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    visitor(nursing, room="Medical room", **SEEN)
    visitor(nursing, "Kit Moss")
    client = client_of(amara)
    day = words_of(client.get(url("visitor_list", school) + "?day=2026-11-24&by=room"))
    for words in ("Medical room", "Room not said", "Ready to visit", "Ask the safeguarding lead"):
        assert words in day
    assert "Joan Hall" in words_of(client.get(url("visitor_week_list", school) + "?day=2026-11-24"))
    assert "3 September 2026, Ruth" in words_of(client.get(url("visitor_person_list", school)))
    assert client.get(url("visitor_list", school) + "?day=9999-12-31").status_code == 200


def test_list_for_reception_is_printed(school: Setting, amara: Membership, nursing: Partnership) -> None:
    visitor(nursing, **SEEN)
    visitor(nursing, "Kit Moss")
    response = client_of(amara).get(url("visitor_paper", school) + "?day=2026-11-24")
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    for words in ("Tuesday 24 November 2026", "Joan Hall", "Ready", "Ask first", "School Nursing"):
        assert words in said


def test_coordinator_adds_somebody_with_what_was_seen(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    data = {"partnership": nursing.pk, "name": "Joan Hall", "letter_on": "3 September 2026", "version": 0}
    page = client_of(amara).post(url("add_visitor", school), data, follow=True)
    assert "reception asks the safeguarding lead" in words_of(page)
    joan = Visitor.objects.get()
    assert (joan.letter_by, joan.is_ready) == ("Amara Oduya", False)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("role", "nurse, DBS 001234567890", "looks like a certificate’s number"),
        ("letter_by", "0012 3456 7890", "looks like a certificate’s number"),
        ("photo_on", "3 September 2040", "not one to come"),
        ("photo_by", "Ruth", "Enter the day, or take the name away"),
    ],
)
def test_form_says_what_to_do(
    school: Setting, amara: Membership, nursing: Partnership, field: str, value: str, words: str
) -> None:
    data = {"partnership": nursing.pk, "name": "Joan Hall", "version": 0, field: value}
    assert words in words_of(client_of(amara).post(url("add_visitor", school), data))
    assert not Visitor.objects.exists()


def test_another_schools_partnership_and_people_can_not_be_chosen(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    theirs = PartnershipFactory()
    data = {"partnership": theirs.pk, "name": "Joan Hall", "version": 0}
    assert client_of(amara).post(url("add_visitor", school), data).status_code == 200
    other = member(school, Role.PRACTITIONER, service=theirs.service)
    data |= {"partnership": nursing.pk, "membership": other.pk}
    assert "does not work for School Nursing" in words_of(
        client_of(amara).post(url("add_visitor", school), data)
    )
    assert not Visitor.objects.exists()


def test_two_versions_of_a_person_are_both_shown(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    joan = visitor(nursing)
    client = client_of(amara)
    address = url("edit_visitor", school, joan.pk)
    data = {"partnership": nursing.pk, "name": "Joan Hall", **opened(client, address)}
    client.post(address, {**data, "room": "Medical room"})
    page = words_of(client.post(address, {**data, "room": "Library"}))
    assert "Two versions of this page" in page and "Medical room" in page


def test_somebody_stops_coming_and_comes_again(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    joan = visitor(nursing)
    client = client_of(amara)
    page = client.post(url("end_visits", school, joan.pk), follow=True)
    assert "Comes again" in words_of(page) and not visits.current_visitors(school)
    client.post(url("resume_visits", school, joan.pk))
    assert visits.current_visitors(school).get() == joan


def test_those_who_came_once_are_shown_page_by_page(
    school: Setting, amara: Membership, nursing: Partnership
) -> None:
    for number in range(35):
        visitor(nursing, f"Guest {number:02}", left_on=TUESDAY - timedelta(days=number))
    page, address = client_of(amara), url("visitor_person_list", school)
    first, second = words_of(page.get(address)), words_of(page.get(f"{address}?page=2"))
    assert "Guest 00" in first and "Guest 29" in first and "Guest 30" not in first
    assert "1 to 30 of 35 people who came" in first
    assert "Guest 29" not in second and "Guest 34" in second


def test_staff_read_and_practitioners_see_no_checks(school: Setting, nursing: Partnership) -> None:
    visitor(nursing)
    staff = client_of(member(school, Role.STAFF))
    said = words_of(staff.get(url("visitor_person_list", school)))
    assert "Joan Hall" in said and "Add somebody" not in said and "not yet" not in said
    practitioner = client_of(member(school, Role.PRACTITIONER))
    assert practitioner.get(url("visitor_list", school)).status_code == 403
    assert "Ask the safeguarding lead" not in words_of(practitioner.get(url("setting_home", school)))
