"""Every address × everybody: signed out, a stranger, each role, a guest. An address that nobody classified fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.keys import hashed, new_key
from partnerships.access import ROLE_PERMISSIONS, Role
from partnerships.models import Membership
from tests.access_samples import GUEST, PUBLIC, ROLES, SAMPLES, SIGNED_IN, World
from tests.urls import Page, pages
from toolkits.models import Activity
from toolkits.seats import cookie_name

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
METHODS = ("get", "post")
ONLY_THE_OTHER_METHOD = 405
PAGES = pages()
OF_SETTINGS = [page for page in PAGES if page.is_of_setting]
GUEST_DOORS = {"toolkits:guest_enter"}  # asks who joins; somebody who has joined is sent on
ELSEWHERE = [page for page in PAGES if not page.is_of_setting]


def by_name(page: Page) -> str:
    return page.name


@pytest.fixture
def ours() -> World:
    world = World("ashgrove", "Ashgrove")
    world.add_people()
    return world


@pytest.fixture
def theirs() -> World:
    world = World("blackthorn", "Blackthorn")
    world.add_people()
    return world


def address(page: Page, world: World, *, rows_of: World | None = None) -> str:
    kwargs = SAMPLES[page.name](rows_of or world) if page.arguments else {}
    return reverse(page.name, kwargs={**({"slug": world.slug} if page.is_of_setting else {}), **kwargs})


@contextmanager
def undone() -> Iterator[None]:
    """One request must not change what the next one meets."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(url: str, method: str, who: Membership | Client | None) -> Any:
    client = who if isinstance(who, Client) else Client()
    if isinstance(who, Membership):
        client.force_login(who.user)
    with undone():
        response: HttpResponse = getattr(client, method)(url)
        if not response.streaming:
            response.content  # noqa: B018 - read while the rows are there
        return response


def guest_of(world: World) -> Client:
    """Somebody without an account who joined the world's session by code."""
    session = Activity.objects.get(pk=SAMPLES["toolkits:guest_activity"](world)["activity"])
    key = new_key()
    session.participants.create(guest_name=f"{world.mark} guest", sector="other", key_hash=hashed(key))
    client = Client()
    client.cookies[cookie_name(session)] = key
    return client


def is_sign_in(response: Any) -> bool:
    return bool(response.status_code == 302 and response["Location"].split("?")[0] == LOGIN)


def test_every_address_is_classified() -> None:
    def is_classified(page: Page) -> bool:
        if page.is_of_setting:
            return page.permission is not None
        return page.is_public or page.name in PUBLIC | SIGNED_IN | GUEST

    assert [page.name for page in PAGES if not is_classified(page)] == []
    assert [page.name for page in PAGES if page.arguments and page.name not in SAMPLES] == []


def test_table_names_no_address_that_is_gone() -> None:
    assert (set(SAMPLES) | set(ROLES) | PUBLIC | SIGNED_IN | GUEST) - {page.name for page in PAGES} == set()


@pytest.mark.parametrize("page", OF_SETTINGS, ids=by_name)
def test_setting_sends_whoever_is_signed_out_to_sign_in(page: Page, ours: World) -> None:
    url = address(page, ours)
    guest = guest_of(ours)
    for method in METHODS:
        assert is_sign_in(ask(url, method, None))
        assert is_sign_in(ask(url, method, guest))
        assert is_sign_in(ask(url.replace(f"/s/{ours.slug}/", "/s/no-such-school/"), method, None))


@pytest.mark.parametrize("page", OF_SETTINGS, ids=by_name)
def test_setting_does_not_exist_for_a_stranger(page: Page, ours: World, theirs: World) -> None:
    url = address(page, ours)
    for method in METHODS:
        response = ask(url, method, theirs.coordinator)
        assert response.status_code in {404, ONLY_THE_OTHER_METHOD}
        assert ours.mark not in response.content.decode()


@pytest.mark.parametrize("page", OF_SETTINGS, ids=by_name)
def test_setting_opens_to_a_role_by_its_permission(page: Page, ours: World, theirs: World) -> None:
    theirs.partnership  # noqa: B018 - rows that could leak
    url = address(page, ours)
    for role in Role:
        for method in METHODS:
            response = ask(url, method, ours.people[role])
            assert is_as_expected(page, role, response), (role, method, response.status_code)
            assert response.streaming or theirs.mark.encode() not in response.content


def is_as_expected(page: Page, role: Role, response: Any) -> bool:
    if response.status_code == ONLY_THE_OTHER_METHOD:
        return True
    if page.permission not in ROLE_PERMISSIONS[role]:
        return bool(response.status_code == 403)
    if expected := ROLES.get(page.name, {}).get(role.value):
        return bool(response.status_code == expected)
    return response.status_code not in {401, 403, 404} and is_answered(response) and not is_sign_in(response)


def is_answered(response: Any) -> bool:
    return bool(response.status_code < 500 or response.status_code == 501)


@pytest.mark.parametrize("page", [page for page in OF_SETTINGS if "<uuid:" in page.route], ids=by_name)
def test_rows_of_another_setting_do_not_exist(page: Page, ours: World, theirs: World) -> None:
    """Our coordinator asks in our school for what belongs to another one."""
    url = address(page, ours, rows_of=theirs)
    for method in METHODS:
        response = ask(url, method, ours.coordinator)
        assert response.status_code in {404, ONLY_THE_OTHER_METHOD}
        assert theirs.mark not in response.content.decode()


@pytest.mark.parametrize("page", ELSEWHERE, ids=by_name)
def test_public_address_asks_nobody_to_sign_in(page: Page, ours: World) -> None:
    url = address(page, ours)
    for method in METHODS:
        response = ask(url, method, None)
        assert is_sign_in(response) is (page.name in SIGNED_IN)
        assert is_answered(response)


@pytest.mark.parametrize("page", [page for page in ELSEWHERE if page.name in SIGNED_IN], ids=by_name)
def test_personal_page_opens_to_everybody_signed_in(page: Page, ours: World) -> None:
    url = address(page, ours)
    for member in ours.people.values():
        response = ask(url, "get", member)
        assert response.status_code in {200, 302, ONLY_THE_OTHER_METHOD}
        assert not is_sign_in(response)


@pytest.mark.parametrize("page", [page for page in ELSEWHERE if ":guest_" in page.name], ids=by_name)
def test_guest_opens_the_session_joined_and_no_other(page: Page, ours: World, theirs: World) -> None:
    guest = guest_of(ours)
    own, other = address(page, ours), address(page, theirs)
    for method in METHODS:
        response = ask(own, method, guest)
        assert response.status_code not in {401, 403, 404} or page.name in GUEST_DOORS
        assert not is_sign_in(response)
        response = ask(other, method, guest)
        assert response.status_code in {302, 404, ONLY_THE_OTHER_METHOD}
        assert theirs.mark not in response.content.decode()
