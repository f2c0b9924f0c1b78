"""What the directory holds about somebody is in their own download; what they put aside goes when they leave."""

import json
from typing import Any

import pytest
from django.utils import timezone

from config.keys import hashed
from directory.models import Service
from partnerships.commands import end_access
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet
from tests.partnerships.kit import client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    return sheet(hillside, confirmed=(timezone.localdate(), "Tom Whitlock", "in person"))


def held(who: Membership) -> Any:
    return json.loads(client_of(who).get("/my/account/held/").content)


def link(service: Service, key: str, **fields: Any) -> None:
    service.links.create(purpose="lasting", key_hash=hashed(key), steward=service.steward, **fields)


def test_everything_of_the_directory_that_is_about_oneself_and_nothing_of_others(
    tom: Membership, harbour: Service, hillside: Setting
) -> None:
    amara = member(hillside, name="Amara Oduya")
    for who, words in ((tom, "It moved to Mill Lane."), (amara, "Mine alone.")):
        made = harbour.suggestions.create(source="staff", words=words, membership=who)
        made.changes.create(name="telephone", value=[])
        who.shortlist.create(service=harbour)
    link(harbour, "one", email=tom.user.email.upper(), person="Tom", made_by=amara)
    link(harbour, "two", email="other@example.org", person="Somebody else", made_by=amara)
    partnership = hillside.partnerships.get(service=harbour)
    partnership.visitors.create(
        name="Tom W.", membership=tom, letter_on=timezone.localdate(), letter_by="Ruth Adeyemi"
    )
    found = held(tom)
    assert found["person"]["one mail on Monday about all my schools"] is True
    (here,) = found["schools"]
    assert [each["words"] for each in here["suggested changes"]] == ["It moved to Mill Lane."]
    assert here["suggested changes"][0]["about"] == ["Telephone"]
    assert [each["service"] for each in here["shortlist"]] == ["Harbour"]
    assert [each["how"] for each in here["sheets confirmed by name"]] == ["in person"]
    assert [each["for"] for each in here["links to sheets"]] == ["Tom"]
    assert here["visits"][0]["assurance letter"] == [timezone.localdate().isoformat(), "Ruth Adeyemi"]
    told = json.dumps(found)
    assert "Mine alone" not in told
    assert "Somebody else" not in told
    assert hashed("one") not in told
    assert [each["for"] for each in held(amara)["schools"][0]["links to sheets"]] == ["Somebody else", "Tom"]


def test_sheet_of_another_school_confirmed_by_a_namesake_is_not_told(tom: Membership) -> None:
    sheet(school("riverside"), confirmed=(timezone.localdate(), "Tom Whitlock", "in person"))
    assert held(tom)["schools"][0]["sheets confirmed by name"] == []


def test_shortlist_goes_with_whoever_leaves_and_stays_at_the_other_school(
    tom: Membership, harbour: Service, hillside: Setting
) -> None:
    riverside = school("riverside")
    there = riverside.memberships.create(user=tom.user, roles=["staff"])
    for who in (tom, there):
        who.shortlist.create(service=harbour)
    end_access(membership=tom, left_on=timezone.localdate(), by=member(hillside))
    assert not tom.shortlist.exists()
    assert there.shortlist.count() == 1
