"""One's own account, and what is held about oneself."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Membership
from tests.factories import SettingFactory
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> Membership:
    school = SettingFactory(name="Hillside Primary School", slug="hillside")
    return member(
        school, Role.PRACTITIONER, "Priya Raman", job_title="School nurse", telephone="01632 960210"
    )


def test_name_can_be_changed_and_is_told_in_the_history(priya: Membership) -> None:
    client_of(priya).post("/my/account/name/", {"full_name": "  Priya   Raman-Shah "})
    priya.user.refresh_from_db()
    assert priya.user.full_name == "Priya Raman-Shah"


def test_empty_name_is_refused(priya: Membership) -> None:
    assert "Fill in “Your name”" in words_of(client_of(priya).post("/my/account/name/", {"full_name": " "}))


@pytest.mark.parametrize(("chosen", "attribute"), [("dark", ' data-bs-theme="dark"'), ("", ""), ("neon", "")])
def test_theme_is_kept_in_the_browser_without_script(priya: Membership, chosen: str, attribute: str) -> None:
    client = client_of(priya)
    client.post("/my/account/theme/", {"theme": chosen})
    assert f'<html lang="en-GB"{attribute}>' in words_of(client.get("/my/account/"))


def test_account_leads_to_the_password(priya: Membership) -> None:
    assert 'href="/accounts/password/change/"' in words_of(client_of(priya).get("/my/account/"))


def test_download_holds_everything_of_oneself_and_nothing_of_others(priya: Membership) -> None:
    school = priya.setting
    other = member(school, name="Amara Oduya")
    due = timezone.localdate() + timedelta(days=3)
    school.actions.create(text="Bring dates", owner=priya, due_on=due)
    school.actions.create(text="Ring the council", owner=other, due_on=due)
    second = SettingFactory(name="Riverside")
    second.memberships.create(user=priya.user, roles=["staff"], left_on=timezone.localdate())
    response = client_of(priya).get("/my/account/held/")
    assert response["Content-Disposition"].startswith('attachment; filename="held-about-me-')
    held = json.loads(response.content)
    assert held["person"]["name"] == "Priya Raman"
    assert [school["school"] for school in held["schools"]] == ["Hillside Primary School", "Riverside"]
    hillside = held["schools"][0]
    assert hillside["details"]["telephone"] == "01632 960210"
    assert [action["what"] for action in hillside["actions"]] == ["Bring dates"]
    assert "Ring the council" not in response.content.decode()
    assert priya.user.password not in response.content.decode()
