"""What the one box finds: words of the sheet, needs, synonyms, slips, people and places; and what it never finds."""

from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from directory import search
from directory.models import Rules, Service
from directory.sheet.whereabouts import Person
from partnerships.access import Role
from partnerships.models import Setting
from tests.directory.kit import school, sheet
from tests.partnerships.kit import member

pytestmark = pytest.mark.django_db
BARE: dict[str, Any] = {
    "telephone": [],
    "postcode": "",
    "address_1": "",
    "city": "",
    "website": "",
    "profile": "",
}


def add(setting: Setting, name: str, **values: Any) -> Service:
    return sheet(setting, **{**BARE, "name": name, **values})


def found(setting: Setting, words: str, *, is_public: bool = False) -> list[str]:
    services = search.matching(Service.visible_to(setting), words, setting, is_public=is_public)
    return [service.name for service in services.order_by(*search.BEST_FIRST)]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "bereavement",
            "bereaved",
            "BEREAV",
            "bereavment",
            "grief",
            "somebody died",
            "quay lane",
            "wx4 2ql",
        ),
        *("WX42QL", "wexcombe", "friendly society", "lost children", "0 to 16"),
    ],
)
def test_sheet_is_found_by_every_word_that_it_shows(hillside: Setting, words: str) -> None:
    sheet(
        hillside,
        name="Harbour",
        agency="The Friendly Society",
        topics=["bereavement"],
        profile="For children who lost somebody.",
        who_for="Children, 0 to 16",
    )
    add(hillside, "Toast", profile="Breakfast in the hall.")
    assert found(hillside, words) == ["Harbour"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("SALT", ["Talking Point"]),
        ("speach therapy", ["Talking Point"]),
        ("speech and language", ["Talking Point"]),
        ("camhs", ["Brightside"]),
        ("mental health", ["Brightside"]),
        ("ed psych", ["Learning Team"]),
        ("EP", ["Learning Team"]),
        ("self-harm", ["Brightside"]),
    ],
)
def test_synonyms_of_our_list_find_what_is_worded_otherwise(
    hillside: Setting, words: str, names: list[str]
) -> None:
    add(hillside, "Talking Point", profile="Speech and language therapy in school.")
    add(hillside, "Brightside", profile="Mental health support, also after self-injury.")
    add(hillside, "Learning Team", topics=["educational psychology"])
    add(hillside, "Epilepsy Nurse", topics=["epilepsy"])
    assert found(hillside, words) == names


def test_setting_has_its_own_synonyms_or_none(hillside: Setting) -> None:
    add(hillside, "Talking Point", profile="Speech and language therapy.")
    Rules.objects.create(setting=hillside, synonyms="chatterbox, speech and language")
    assert found(Setting.objects.get(pk=hillside.pk), "chatterbox") == ["Talking Point"]
    Rules.objects.update(synonyms="")
    assert found(Setting.objects.get(pk=hillside.pk), "SALT") == []


def test_name_comes_before_topics_and_topics_before_profile(hillside: Setting) -> None:
    add(hillside, "Advice Shop", profile="Also about sleep.")
    add(hillside, "Night Owls", topics=["sleep"])
    add(hillside, "Sleep Well", profile="")
    assert found(hillside, "sleep") == ["Sleep Well", "Night Owls", "Advice Shop"]


def test_what_it_is_not_for_finds_nothing(hillside: Setting) -> None:
    add(hillside, "Youth Club", not_for="Children with epilepsy")
    assert found(hillside, "epilepsy") == []


def test_services_with_some_of_the_words_are_better_than_none(hillside: Setting) -> None:
    add(hillside, "Night Owls", topics=["sleep"])
    match = search.match(Service.visible_to(hillside), "sleep zebra", hillside)
    assert match.is_loose
    assert [service.name for service in match.services] == ["Night Owls"]


def test_practitioner_is_found_inside_the_school_and_outside_only_with_consent(hillside: Setting) -> None:
    people = [Person(name="Tomasz Quell"), Person(name="Ines Varga", is_public=True)]
    service = add(hillside, "Harbour", contacts=people, here_contact_name="Beth Adair")
    member(hillside, Role.PRACTITIONER, name="Okoro Bright", service=service)
    for words in ("Tomasz", "ines varga", "adair", "okoro"):
        assert found(hillside, words) == ["Harbour"]
    assert found(hillside, "Ines", is_public=True) == ["Harbour"]
    for words in ("Tomasz", "Tomazs Quell", "adair", "okoro"):
        assert found(hillside, words, is_public=True) == []


def test_contact_of_one_school_is_not_found_at_another(hillside: Setting) -> None:
    riverside = school("riverside")
    service = add(hillside, "Harbour", here_contact_name="Beth Adair", visibility="public")
    riverside.partnerships.create(service=service, started_on=timezone.localdate())
    assert found(riverside, "adair") == []


def test_refuge_is_not_found_by_place_and_a_coarse_address_not_by_what_is_withheld(hillside: Setting) -> None:
    where = {"address_1": "12 Quay Lane", "city": "Wexcombe", "postcode": "WX4 2QL", "council": "Wexshire"}
    add(hillside, "Refuge", withheld="refuge", **where)
    add(hillside, "Project", withheld="coarse", **where)
    assert found(hillside, "quay") == []
    assert found(hillside, "WX42QL") == []
    assert found(hillside, "wexshire") == ["Project"]


def test_rows_that_are_copied_in_are_searched_at_once(hillside: Setting) -> None:
    service = add(hillside, "Harbour")
    with connection.cursor() as cursor:
        row = "7b1d0e0e-0000-4000-8000-000000000001\t0\tKayode Zebedee\t\t\tf\t" + str(service.pk) + "\t\\N\n"
        columns = ("id", "position", "name", "title", "email", "is_public", "service_id", "place_id")
        cursor.copy_from(StringIO(row), "directory_contact", columns=columns)
        cursor.execute("UPDATE directory_agency SET name = 'Lantern' WHERE id = %s", [service.agency_id])
    assert found(hillside, "zebedee") == ["Harbour"]
    assert found(hillside, "lantern") == ["Harbour"]
    service.contacts.all().delete()
    assert found(hillside, "zebedee") == []


def test_search_over_all_directories_forgives_a_slip_in_a_name(hillside: Setting) -> None:
    add(hillside, "Harbour", visibility="public")
    everywhere = search.matching(Service.objects.active(), "harbuor")
    assert [service.name for service in everywhere] == []
    assert [service.name for service in search.matching(Service.objects.active(), "harbor")] == ["Harbour"]


@pytest.mark.parametrize("words", ["'", "\\", "zz & | !", ":*", "the", "%", "<->", "ß", "👍"])
def test_signs_of_the_query_language_are_harmless(hillside: Setting, words: str) -> None:
    add(hillside, "Harbour")
    assert found(hillside, words) == []
