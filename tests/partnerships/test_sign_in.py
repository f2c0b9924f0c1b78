import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partnerships.accounts import MAILS_PER_ADDRESS, TRIES_PER_ADDRESS
from partnerships.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture
def amara() -> User:
    user: User = UserFactory.create(email="amara@hillside.example", full_name="Amara Oduya")
    return user


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def heading_of(response: Any, address: str) -> str:
    """The page up to its form, without the address that was typed."""
    return text_of(response).replace(address, "").split("<form")[0]


def test_password_signs_in_whatever_the_capitals_of_the_address(client: Client, amara: User) -> None:
    response = client.post(LOGIN, {"login": "Amara@Hillside.example", "password": PASSWORD})
    assert response["Location"] == reverse("home")
    assert signed_in_as(client) == str(amara.pk)


def test_failed_sign_in_never_tells_whether_the_address_is_known(client: Client, amara: User) -> None:
    pages = [
        text_of(client.post(LOGIN, {"login": address, "password": "wrong"}))
        for address in ("amara@hillside.example", "nobody@hillside.example")
    ]
    known, unknown = (re.sub(r'value="[^"]*"', "", page) for page in pages)
    assert known == unknown
    assert "The e-mail address or the password is not right" in known


def test_sign_in_is_refused_after_too_many_tries_even_with_the_right_password(
    client: Client, amara: User
) -> None:
    for _ in range(TRIES_PER_ADDRESS):
        client.post(LOGIN, {"login": amara.email, "password": "wrong"})
    response = client.post(LOGIN, {"login": amara.email, "password": PASSWORD})
    assert "Wait 15 minutes" in text_of(response)
    assert signed_in_as(client) is None


def test_sign_in_goes_on_to_the_page_asked_for_and_never_elsewhere(client: Client, amara: User) -> None:
    there = client.post(f"{LOGIN}?next=/my/", {"login": amara.email, "password": PASSWORD, "next": "/my/"})
    assert there["Location"] == "/my/"
    elsewhere = Client().post(
        LOGIN, {"login": amara.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert elsewhere["Location"] == reverse("home")


def test_sign_in_form_says_what_is_missing(client: Client) -> None:
    page = text_of(client.post(LOGIN, {"login": "amara"}))
    assert "Enter an e-mail address, like name@example.org" in page
    assert "Fill in “Password”" in page
    assert 'href="#id_login"' in page
    assert "<title>Error: Sign in" in page


def test_mailed_code_signs_in_once(client: Client, amara: User) -> None:
    client.post("/accounts/login/code/", {"email": amara.email})
    assert mail.outbox[0].subject == "Your code for Joined Up"
    found = re.search(r"Joined Up:\s+(\S+)\s", str(mail.outbox[0].body))
    assert found
    response = client.post("/accounts/login/code/confirm/", {"code": found[1]})
    assert response["Location"] == reverse("home")
    assert signed_in_as(client) == str(amara.pk)
    client.logout()
    client.post("/accounts/login/code/confirm/", {"code": found[1]})
    assert signed_in_as(client) is None


def test_wrong_code_says_what_to_do(client: Client, amara: User) -> None:
    client.post("/accounts/login/code/", {"email": amara.email})
    assert "ask for a new one" in text_of(
        client.post("/accounts/login/code/confirm/", {"code": "WRONG-CODE"})
    )
    assert signed_in_as(client) is None


def test_code_for_an_unknown_address_looks_the_same_and_mails_nobody(client: Client, amara: User) -> None:
    known = client.post("/accounts/login/code/", {"email": amara.email}, follow=True)
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@hillside.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert heading_of(known, amara.email) == heading_of(unknown, "nobody@hillside.example")
    assert [message.to for message in mail.outbox] == [[amara.email]]


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_only_so_many_mails_go_to_one_address(path: str, amara: User) -> None:
    pages = [
        text_of(Client().post(path, {"email": amara.email}, follow=True))
        for _ in range(MAILS_PER_ADDRESS + 1)
    ]
    assert len(mail.outbox) == MAILS_PER_ADDRESS
    assert "Wait 15 minutes" in pages[-1]
    assert "Wait 15 minutes" not in pages[-2]


def test_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client, amara: User) -> None:
    client.post("/accounts/password/reset/", {"email": amara.email})
    found = re.search(r"http\S+", str(mail.outbox[0].body))
    assert found
    page = client.get(found[0], follow=True)
    path = page.request["PATH_INFO"]
    new = "three small grey horses"
    assert "once more" in text_of(page)
    client.post(path, {"password1": new, "password2": new}, follow=True)
    amara.refresh_from_db()
    assert amara.check_password(new)
    assert "This link is no longer good" in text_of(Client().get(found[0], follow=True))


def test_reset_of_an_unknown_address_looks_the_same_and_mails_nobody(client: Client, amara: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": amara.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@hillside.example"}, follow=True)
    assert text_of(known) == text_of(unknown)
    assert len(mail.outbox) == 1


def test_password_is_changed_only_with_the_old_one_and_a_strong_new_one(client: Client, amara: User) -> None:
    client.force_login(amara)
    new = "three small grey horses"
    path = "/accounts/password/change/"
    wrong = text_of(client.post(path, {"oldpassword": "x", "password1": new, "password2": new}))
    assert "That is not your password now" in wrong
    weak = text_of(client.post(path, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}))
    assert "too short" in weak
    client.post(path, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    amara.refresh_from_db()
    assert amara.check_password(new)


def test_signing_out_asks_first_and_ends_the_session(client: Client, amara: User) -> None:
    client.force_login(amara)
    assert "Sign out?" in text_of(client.get("/accounts/logout/"))
    assert signed_in_as(client)
    client.post("/accounts/logout/")
    assert signed_in_as(client) is None


def test_somebody_who_left_altogether_cannot_sign_in(client: Client, amara: User) -> None:
    User.objects.filter(pk=amara.pk).update(is_active=False)
    response = client.post(LOGIN, {"login": amara.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in text_of(response)
    assert signed_in_as(client) is None


@pytest.mark.parametrize("name", ["account_signup", "account_email"])
def test_nobody_signs_up(name: str, client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert client.get("/accounts/signup/").status_code == 404
    assert "invitation" in text_of(client.get(LOGIN))
