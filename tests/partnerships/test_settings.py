"""The school's own details, terms and logo."""

import itertools
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from partnerships.access import Role
from partnerships.logos import LONGEST_SIDE, MOST_BYTES
from partnerships.models import Membership, Setting
from partnerships.terms import add_school_year, half_terms
from tests.partnerships.kit import client_of, member, opened, url, words_of

pytestmark = pytest.mark.django_db


SAFEGUARDING = {
    "safeguarding_name": "Ruth Adeyemi",
    "safeguarding_title": "safeguarding lead",
    "safeguarding_telephone": "01632 960142",
    "safeguarding_email": "",
    "council_name": "First Response",
    "council_telephone": "01632960900",
    "version": 1,
}


def test_section_is_saved_and_shown_as_people_write_it(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    client.post(url("edit_setting_section", school, "safeguarding"), SAFEGUARDING)
    page = words_of(client.get(url("setting_edit", school)))
    assert "First Response" in page
    assert "01632 960 900" in page


def test_section_that_does_not_exist_is_not_found(school: Setting, amara: Membership) -> None:
    response = client_of(amara).get(url("edit_setting_section", school, "catering"))
    assert response.status_code == 404
    assert "catering" not in words_of(response)


def test_directory_is_not_published_before_there_is_somebody_to_ring(
    amara: Membership, school: Setting
) -> None:
    Setting.objects.filter(pk=school.pk).update(safeguarding_telephone="")
    client = client_of(amara)
    data = {"publishes_directory": "on", "confirm_months": 6, "version": 1}
    page = words_of(client.post(url("edit_setting_section", school, "directory"), data))
    assert "Fill in the safeguarding lead’s name and telephone first" in page
    client.post(url("edit_setting_section", school, "safeguarding"), SAFEGUARDING)
    client.post(url("edit_setting_section", school, "directory"), {**data, "version": 2})
    school.refresh_from_db()
    assert school.publishes_directory


def test_published_directory_keeps_its_safeguarding_lead(school: Setting, amara: Membership) -> None:
    Setting.objects.filter(pk=school.pk).update(publishes_directory=True)
    data = {**SAFEGUARDING, "safeguarding_telephone": ""}
    page = words_of(client_of(amara).post(url("edit_setting_section", school, "safeguarding"), data))
    assert "Stop publishing it before you take this out" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Setting.objects.filter(pk=school.pk).update(safeguarding_telephone="")


@pytest.mark.parametrize(
    ("section", "data", "words"),
    [
        ("check-ins", {"small_group": "4"}, "Enter 5 or more"),
        ("directory", {"confirm_months": "0"}, "Enter 1 or more"),
        ("school", {"name": "", "kind": "primary"}, "Fill in “Name”"),
        ("school", {"name": "Hillside", "kind": "primary", "postcode": "nowhere"}, "Enter a full postcode"),
        ("school", {"name": "Hillside", "kind": "primary", "urn": "12"}, "six digits"),
        ("school", {"name": "Hillside", "kind": "primary", "telephone": "12"}, "Enter a telephone number"),
        ("outcomes", {"outcomes": "x" * 81}, "Use at most 80 characters"),
    ],
)
def test_bad_input_is_kept_and_told_what_to_do(
    school: Setting, amara: Membership, section: str, data: dict[str, str], words: str
) -> None:
    page = words_of(
        client_of(amara).post(url("edit_setting_section", school, section), {**data, "version": 1})
    )
    assert words in page
    assert "Error:" in page
    assert "Hillside Primary School" in page  # the rail shows what is kept, not what was typed
    school.refresh_from_db()
    assert (school.version, school.name) == (1, "Hillside Primary School")


def test_outcomes_are_one_a_line_and_each_once(school: Setting, amara: Membership) -> None:
    data = {"outcomes": "Healthy\r\n\r\n  Safe  \r\nHealthy", "version": 1}
    client_of(amara).post(url("edit_setting_section", school, "outcomes"), data)
    school.refresh_from_db()
    assert school.outcomes == ["Healthy", "Safe"]


def test_two_people_saving_different_sections_both_get_through(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    kept = opened(client, url("edit_setting_section", school, "check-ins"))
    client.post(url("edit_setting_section", school, "outcomes"), {"outcomes": "Healthy", "version": 1})
    client.post(url("edit_setting_section", school, "check-ins"), {"small_group": "8", **kept})
    school.refresh_from_db()
    assert (school.outcomes, school.small_group, school.version) == (["Healthy"], 8, 3)


def test_two_people_saving_one_section_choose(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    client.post(url("edit_setting_section", school, "check-ins"), {"small_group": "8", "version": 1})
    page = words_of(
        client.post(url("edit_setting_section", school, "check-ins"), {"small_group": "6", "version": 1})
    )
    assert "Two versions of this page" in page
    school.refresh_from_db()
    assert school.small_group == 8


def test_script_in_a_name_stays_text(school: Setting, amara: Membership) -> None:
    data = {"name": "<script>alert(1)</script>", "kind": "primary", "version": 1}
    client = client_of(amara)
    client.post(url("edit_setting_section", school, "school"), data)
    page = words_of(client.get(url("setting_home", school)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 300), **extra: Any) -> SimpleUploadedFile:
    out = BytesIO()
    mode = "RGB" if kind in {"JPEG", "GIF"} else "RGBA"
    Image.new(mode, size, "#7b1e57").save(out, kind, **extra)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue())


@pytest.mark.parametrize(("kind", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_logo_is_drawn_anew_and_served(
    school: Setting, amara: Membership, kind: str, content_type: str
) -> None:
    client = client_of(amara)
    hidden: dict[str, Any] = {"comment": b"taken at 1 Secret Lane"} if kind == "JPEG" else {}
    upload = picture(kind, **hidden)
    client.post(url("edit_logo", school), {"logo": upload})
    response = client.get(url("setting_logo", school))
    assert response["Content-Type"] == content_type
    assert b"Secret Lane" not in response.content
    assert max(Image.open(BytesIO(response.content)).size) == LONGEST_SIDE
    again = client.get(url("setting_logo", school), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_logo_can_be_taken_off(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    client.post(url("edit_logo", school), {"logo": picture()})
    assert "Take it off" in words_of(client.get(url("edit_logo", school)))
    client.post(url("remove_logo", school))
    school.refresh_from_db()
    assert school.logo is None


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>"), "PNG or JPEG format"),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\nbroken"), "PNG or JPEG format"),
        (SimpleUploadedFile("logo.png", b"x" * (MOST_BYTES + 1)), "at most 512 KB"),
        (picture("GIF"), "PNG or JPEG format"),
        (None, "Choose a file"),
    ],
)
def test_what_is_no_logo_is_refused(school: Setting, amara: Membership, upload: Any, words: str) -> None:
    if upload:
        upload.seek(0)
    page = words_of(client_of(amara).post(url("edit_logo", school), {"logo": upload} if upload else {}))
    assert words in page
    school.refresh_from_db()
    assert school.logo is None


def test_picture_that_would_fill_the_memory_is_refused(school: Setting, amara: Membership) -> None:
    upload = picture("PNG", (9000, 9000))
    assert len(upload.read()) < MOST_BYTES
    upload.seek(0)
    assert "at most 6000 by 6000 pixels" in words_of(
        client_of(amara).post(url("edit_logo", school), {"logo": upload})
    )


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2025, 9, 1), date(2026, 7, 31), date(2025, 12, 25)])
def test_school_year_has_six_half_terms_on_weekdays(day: date) -> None:
    terms = half_terms(day)
    assert [term.name for term in terms][:3] == ["Autumn 1, 2025", "Autumn 2, 2025", "Spring 1, 2026"]
    assert all(each.weekday() < 5 for term in terms for each in (term.starts, term.ends))
    assert all(earlier.ends < later.starts for earlier, later in itertools.pairwise(terms))


def test_half_terms_are_added_once_around_those_that_are_kept(school: Setting, amara: Membership) -> None:
    day = date(2026, 3, 9)
    school.terms.create(name="Our autumn", starts=date(2025, 9, 4), ends=date(2025, 10, 23))
    assert add_school_year(school, day) == 5
    assert add_school_year(school, day) == 0
    assert "Our autumn" in words_of(client_of(amara).get(url("term_list", school)))


def test_terms_can_not_overlap_or_share_a_name(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    first = {"name": "Autumn 1", "starts": "3 September 2026", "ends": "23 October 2026"}
    client.post(url("add_term", school), first)
    overlap = words_of(
        client.post(
            url("add_term", school),
            {**first, "name": "Autumn 2", "starts": "22/10/2026", "ends": "18/12/2026"},
        )
    )
    assert "These days overlap with Autumn 1" in overlap
    twice = words_of(
        client.post(url("add_term", school), {**first, "starts": "2/11/2026", "ends": "18/12/2026"})
    )
    assert "There is a term of this name already" in twice
    backwards = words_of(
        client.post(url("add_term", school), {"name": "X", "starts": "18/12/2026", "ends": "2/11/2026"})
    )
    assert "The last day comes after the first" in backwards
    assert school.terms.count() == 1


def test_term_can_be_changed_and_taken_off(school: Setting, amara: Membership) -> None:
    term = school.terms.create(name="Autumn 1", starts=date(2026, 9, 3), ends=date(2026, 10, 23))
    client = client_of(amara)
    client.post(
        url("edit_term", school, term.pk), {"name": "Autumn 1", "starts": "2/9/2026", "ends": "23/10/2026"}
    )
    term.refresh_from_db()
    assert term.starts == date(2026, 9, 2)
    client.post(url("remove_term", school, term.pk))
    assert not school.terms.exists()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.STAFF, Role.GOVERNOR])
def test_only_coordinators_see_the_settings(school: Setting, amara: Membership, role: Role) -> None:
    response = client_of(member(school, role)).get(url("setting_edit", school))
    assert response.status_code == 403
    assert "Smallest group" not in words_of(response)
