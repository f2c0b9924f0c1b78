"""manage.py create_setting, invite and seed_demo."""

import re
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from partnerships import demo
from partnerships.history import changes
from partnerships.models import Membership, Setting, Term, User
from partnerships.registry import registry
from partnerships.sectors import Sector
from tests.factories import SettingFactory
from tests.partnerships.kit import member, words_of

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_create_setting_brings_the_first_coordinator_to_the_home_page(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        out = run("create_setting", "Hillside Primary School", "hillside", "Amara Oduya <amara@example.org>")
    assert [message.to for message in mail.outbox] == [["amara@example.org"]]
    link = re.search(rf"{re.escape(settings.SITE_URL)}(/invite/\S+/)", out)
    assert link
    client = Client()
    client.post(f"{link[1]}accept/", {"full_name": "Amara Oduya", "password": "three quiet herons"})
    assert "Invite a second coordinator" in words_of(client.get("/", follow=True))
    assert changes(Setting.objects.get())[0].who == "Whoever runs the server"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Hillside", "hill side", "a@example.org"), "slug"),
        (("Hillside", "taken", "a@example.org"), "already exists"),
        (("Hillside", "hillside", "nobody"), "Enter an e-mail address"),
    ],
)
def test_create_setting_says_what_is_wrong_and_makes_nothing(arguments: tuple[str, ...], words: str) -> None:
    SettingFactory(slug="taken")
    with pytest.raises(CommandError, match=words):
        run("create_setting", *arguments)
    assert list(Setting.objects.values_list("slug", flat=True)) == ["taken"]


def test_invite_prints_a_link_once(django_capture_on_commit_callbacks: Any) -> None:
    school = SettingFactory(slug="hillside")
    with django_capture_on_commit_callbacks(execute=True):
        out = run("invite", "hillside", "priya@example.org", role=["staff", "governor"])
    assert "/invite/" in out
    assert school.invitations.get().roles == ["staff", "governor"]
    with pytest.raises(CommandError, match="has an invitation that waits"):
        run("invite", "hillside", "priya@example.org")
    with pytest.raises(CommandError, match="no setting “nowhere”"):
        run("invite", "nowhere", "priya@example.org")


@pytest.fixture
def only_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [(order, seed) for order, seed in registry.demo if seed.__module__ == "partnerships.demo"]
    monkeypatch.setattr(registry, "demo", own)


def test_demo_is_the_same_each_time(only_the_ground: None) -> None:
    run("seed_demo")
    before = {
        model: set(model._default_manager.values_list("pk", flat=True)) for model in (User, Membership, Term)
    }
    run("seed_demo")
    after = {
        model: set(model._default_manager.values_list("pk", flat=True)) for model in (User, Membership, Term)
    }
    assert before == after
    assert Setting.objects.get(slug="hillside").pk == demo.uid("setting", "hillside")


def test_demo_has_somebody_of_every_sector_and_two_coordinators(only_the_ground: None) -> None:
    run("seed_demo")
    hillside = Setting.objects.get(slug="hillside")
    people = hillside.memberships.current()
    assert people.count() == 16
    assert set(people.values_list("sector", flat=True)) == set(Sector.values)
    for setting in Setting.objects.all():
        assert setting.memberships.staying().filter(roles__contains=["coordinator"]).count() == 2
    assert hillside.actions.late().exists()
    assert hillside.actions.done().exists()


def test_demo_restores_accounts_and_password(only_the_ground: None) -> None:
    run("seed_demo")
    amara = Membership.objects.get(user__email="coordinator@demo.example")
    User.objects.filter(pk=amara.user_id).update(password="lost", is_active=False)
    Membership.objects.filter(pk=amara.pk).update(roles=["staff"], left_on="2026-01-01")
    Setting.objects.filter(slug="hillside").update(short_name="Changed in the demo")
    out = run("seed_demo", password="quite another phrase")
    assert "quite another phrase" in out
    client = Client()
    client.post("/accounts/login/", {"login": "coordinator@demo.example", "password": "quite another phrase"})
    assert words_of(client.get("/s/hillside/")).count("Good ") == 1
    assert Setting.objects.get(slug="hillside").short_name == "Changed in the demo"


def test_demo_accounts_are_those_that_are_promised(only_the_ground: None) -> None:
    run("seed_demo")
    roles = dict(Membership.objects.filter(setting__slug="hillside").values_list("user__email", "roles"))
    for role in ("coordinator", "practitioner", "staff", "governor"):
        assert roles[f"{role}@demo.example"] == [role]
    assert Membership.objects.get(user__email="coordinator@other.example").setting.slug == "riverside"
    assert {email for email, _ in demo.SHOWN} <= set(User.objects.values_list("email", flat=True))


def test_demo_is_refused_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="This is production"):
        run("seed_demo")
    assert not User.objects.exists()


def test_seeders_run_in_their_order_each_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []

    def fails() -> None:
        member(SettingFactory(slug="half-made"))
        raise RuntimeError("stopped")

    monkeypatch.setattr(
        registry, "demo", [(30, fails), (20, lambda: ran.append(20)), (10, lambda: ran.append(10))]
    )
    with pytest.raises(RuntimeError, match="stopped"):
        run("seed_demo")
    assert ran == [10, 20]
    assert not Setting.objects.filter(slug="half-made").exists()
