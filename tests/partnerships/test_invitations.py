"""Inviting by pasting addresses, and arriving by the link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from partnerships.access import Role
from partnerships.addresses import Address
from partnerships.commands import InvitationProblem, accept_invitation, invite_people
from partnerships.commands.invitations import Offer
from partnerships.invitations import link_for
from partnerships.models import Invitation, Membership, Setting, User
from partnerships.sectors import Sector
from tests.factories import PASSWORD, PartnershipFactory, SettingFactory, UserFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db

ARRIVAL = {"full_name": "Priya Raman", "password": "three quiet herons"}


@pytest.fixture
def coordinator(school: Setting) -> Membership:
    return member(school, name="Amara Oduya")


def invited(school: Setting, email: str = "priya@example.org", **fields: Any) -> Invitation:
    defaults: dict[str, Any] = {"roles": [Role.PRACTITIONER.value], "sector": Sector.HEALTH}
    made: Invitation = school.invitations.create(email=email, **{**defaults, **fields})
    return made


def path_of(invitation: Invitation) -> str:
    return link_for(invitation).removeprefix(settings.SITE_URL)


def link_in(message: Any) -> str:
    found = re.search(rf"{re.escape(settings.SITE_URL)}(/invite/\S+/)", message.body)
    assert found
    return found[1]


def filled(addresses: str, **changes: Any) -> dict[str, Any]:
    return {
        "addresses": addresses,
        "roles": [Role.PRACTITIONER.value],
        "sector": Sector.HEALTH.value,
        **changes,
    }


def test_preview_sorts_the_list_and_sends_nothing(school: Setting, coordinator: Membership) -> None:
    invited(school, "waits@example.org")
    text = f"new@example.org, {coordinator.user.email}, waits@example.org, the head"
    page = words_of(client_of(coordinator).post(url("invite_people", school), filled(text)))
    assert "One invitation can be sent" in page
    assert "Is here already" in page
    assert "Has an invitation that waits" in page
    assert "Enter an e-mail address, like name@example.org" in page
    assert school.invitations.count() == 1
    assert mail.outbox == []


def test_sending_mails_each_person_once(
    school: Setting, coordinator: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    partnership = PartnershipFactory(setting=school)
    text = "Priya Raman <priya@example.org>\nleila@example.org\npriya@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        client_of(coordinator).post(
            url("send_invitations", school),
            filled(text, partnership=partnership.pk, job_title="School nurse"),
        )
    assert sorted(message.to[0] for message in mail.outbox) == ["leila@example.org", "priya@example.org"]
    made = school.invitations.get(email="priya@example.org")
    assert (made.full_name, made.job_title, made.service) == (
        "Priya Raman",
        "School nurse",
        partnership.service,
    )
    assert made.invited_by == coordinator
    message = next(each for each in mail.outbox if each.to == ["priya@example.org"])
    assert message.subject == "You are invited to Hillside Primary School on Joined Up"
    assert "Dear Priya Raman," in message.body
    assert (
        "Amara Oduya invites you to join the team around Hillside Primary School, as: Practitioner."
        in message.body
    )
    assert link_for(made) in message.body


def test_service_of_another_school_can_not_be_offered(school: Setting, coordinator: Membership) -> None:
    elsewhere = PartnershipFactory()
    response = client_of(coordinator).post(
        url("send_invitations", school), filled("a@example.org", partnership=elsewhere.pk)
    )
    assert elsewhere.service.name not in words_of(response)
    assert school.invitations.count() == 0


def test_list_without_an_address_says_what_to_enter(school: Setting, coordinator: Membership) -> None:
    page = words_of(client_of(coordinator).post(url("invite_people", school), filled("nobody in particular")))
    assert "Enter at least one e-mail address, like name@example.org" in page
    assert "nobody in particular" in page


def test_somebody_new_chooses_a_password_and_is_in(school: Setting, coordinator: Membership) -> None:
    service = PartnershipFactory(setting=school).service
    invitation = invited(school, service=service, job_title="School nurse", full_name="Priya Raman")
    client = Client()
    assert 'value="Priya Raman"' in words_of(client.get(path_of(invitation)))
    response = client.post(f"{path_of(invitation)}accept/", ARRIVAL)
    assert response["Location"] == "/s/hillside/"
    joined = school.memberships.get(user__email="priya@example.org")
    assert (joined.roles, joined.job_title, joined.service) == (["practitioner"], "School nurse", service)
    assert joined.tie_confirmed_on is None
    assert client.session["_auth_user_id"] == str(joined.user_id)
    assert joined.user.check_password(ARRIVAL["password"])
    invitation.refresh_from_db()
    assert invitation.accepted_by == joined


def test_looking_at_an_invitation_changes_nothing(school: Setting) -> None:
    invitation = invited(school)
    Client().get(path_of(invitation))
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"full_name": "", "password": "three quiet herons"}, "Fill in “Your name”"),
        ({"full_name": "Priya Raman", "password": "short"}, "at least 10 characters"),
        ({"full_name": "Priya Raman", "password": "priya@example.org"}, "too similar"),
        ({"full_name": "Priya Raman", "password": "password1234"}, "too common"),
    ],
)
def test_arrival_says_what_is_missing_and_makes_nobody(
    school: Setting, typed: dict[str, str], words: str
) -> None:
    invitation = invited(school)
    page = words_of(Client().post(f"{path_of(invitation)}accept/", typed))
    assert words in page
    assert f'value="{typed["password"]}"' not in page
    assert not User.objects.filter(email=invitation.email).exists()


def test_somebody_with_an_account_signs_in_first_and_then_joins(school: Setting) -> None:
    user = UserFactory(email="priya@example.org")
    invitation = invited(school)
    client = Client()
    page = words_of(client.get(path_of(invitation)))
    assert "has an account already" in page
    assert "password" not in page.lower().replace("password_reset", "")
    assert client.post(f"{path_of(invitation)}accept/", ARRIVAL).status_code == 200
    client.post("/accounts/login/", {"login": "priya@example.org", "password": PASSWORD})
    assert "You are signed in as" in words_of(client.get(path_of(invitation)))
    assert client.post(f"{path_of(invitation)}accept/")["Location"] == "/s/hillside/"
    assert school.memberships.get().user == user


def test_somebody_signed_in_under_another_address_is_told(school: Setting, coordinator: Membership) -> None:
    invitation = invited(school)
    client = client_of(coordinator)
    page = words_of(client.get(path_of(invitation)))
    assert "was sent to <b>priya@example.org</b>" in page
    assert f"you are signed in as <b>{coordinator.user.email}</b>" in page
    client.post(f"{path_of(invitation)}accept/", ARRIVAL)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_one_person_can_be_in_several_schools(school: Setting) -> None:
    other = SettingFactory(name="Riverside")
    priya = member(other, Role.PRACTITIONER)
    invitation = invited(school, priya.user.email)
    client_of(priya).post(f"{path_of(invitation)}accept/")
    assert set(priya.user.memberships.values_list("setting__name", flat=True)) == {school.name, "Riverside"}


def test_used_invitation_says_so_and_leads_back_in(school: Setting) -> None:
    invitation = invited(school)
    client = Client()
    client.post(f"{path_of(invitation)}accept/", ARRIVAL)
    again = client.get(path_of(invitation))
    assert again.status_code == 410
    assert "You are in already" in words_of(again)
    stranger = Client().post(f"{path_of(invitation)}accept/", {**ARRIVAL, "full_name": "Somebody Else"})
    assert "This invitation has been used" in words_of(stranger)
    assert school.memberships.count() == 1


def test_expired_invitation_says_whom_to_ask(school: Setting, coordinator: Membership) -> None:
    invitation = invited(school, invited_by=coordinator, expires_at=timezone.now() - timedelta(minutes=1))
    for response in (
        Client().get(path_of(invitation)),
        Client().post(f"{path_of(invitation)}accept/", ARRIVAL),
    ):
        assert response.status_code == 410
        assert "Ask Amara Oduya at Hillside Primary School to send it again" in words_of(response)
    assert not User.objects.filter(email=invitation.email).exists()


def test_withdrawn_invitation_no_longer_works(school: Setting, coordinator: Membership) -> None:
    invitation = invited(school)
    client_of(coordinator).post(url("withdraw_invitation", school, invitation.pk))
    response = Client().post(f"{path_of(invitation)}accept/", ARRIVAL)
    assert "This invitation was withdrawn" in words_of(response)
    assert not User.objects.filter(email=invitation.email).exists()


def test_sending_again_stops_the_older_link(
    school: Setting, coordinator: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = invited(school, expires_at=timezone.now() - timedelta(days=1))
    old = path_of(invitation)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(coordinator).post(url("send_invitation_again", school, invitation.pk))
    new = link_in(mail.outbox[0])
    assert new != old
    assert "There is a newer invitation" in words_of(Client().get(old))
    assert Client().post(f"{new}accept/", ARRIVAL)["Location"] == "/s/hillside/"


def test_accepted_invitation_is_neither_withdrawn_nor_sent_again(
    school: Setting, coordinator: Membership
) -> None:
    invitation = invited(school)
    Client().post(f"{path_of(invitation)}accept/", ARRIVAL)
    for name in ("withdraw_invitation", "send_invitation_again"):
        response = client_of(coordinator).post(url(name, school, invitation.pk), follow=True)
        assert "This invitation no longer waits" in words_of(response)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None
    assert invitation.sent_count == 1


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "0123456789abcdef0123456789abcdef.nonce.signature"])
def test_broken_link_says_how_to_mend_it(token: str) -> None:
    response = Client().get(f"/invite/{token}/")
    assert response.status_code == 404
    assert "Copy the whole link out of the mail" in words_of(response)


def test_link_with_another_signature_opens_nothing(school: Setting) -> None:
    token = path_of(invited(school)).split("/")[2]
    response = Client().get(f"/invite/{token[:-4]}AAAA/")
    assert "This link is not complete" in words_of(response)
    assert school.name not in words_of(response)


def test_same_address_waits_once_whatever_its_capitals(school: Setting, coordinator: Membership) -> None:
    offer = Offer(roles=[Role.STAFF], sector=Sector.EDUCATION)
    for email in ("priya@example.org", "priya@example.org"):
        invite_people(setting=school, addresses=[Address(email)], offer=offer, by=coordinator)
    assert school.invitations.count() == 1


def test_somebody_who_had_left_comes_back_to_the_old_membership(school: Setting) -> None:
    before = member(school, Role.STAFF, left_on=timezone.localdate())
    invitation = invited(school, before.user.email)
    accept_invitation(invitation=invitation, make_user=lambda: before.user)
    before.refresh_from_db()
    assert before.is_current
    assert before.roles == ["practitioner"]
    assert school.memberships.count() == 1


def test_second_click_finds_the_invitation_used(school: Setting) -> None:
    invitation = invited(school)
    accept_invitation(invitation=invitation, make_user=lambda: UserFactory(email=invitation.email))
    with pytest.raises(InvitationProblem, match="used"):
        accept_invitation(invitation=invitation, make_user=lambda: UserFactory(email="x@example.org"))
    assert school.memberships.count() == 1


def test_waiting_list_needs_the_same_queries_for_one_and_for_three(
    school: Setting, coordinator: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(coordinator)
    for emails in (["a@example.org"], ["b@example.org", "c@example.org"]):
        for email in emails:
            invited(school, email, service=PartnershipFactory(setting=school).service, invited_by=coordinator)
        with django_assert_num_queries(6):
            client.get(url("person_list", school))
