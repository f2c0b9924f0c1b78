"""What the tests of the ground share."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.factories import MembershipFactory, UserFactory


def member(setting: Setting, role: Role = Role.COORDINATOR, name: str = "", **fields: Any) -> Membership:
    user = UserFactory(full_name=name) if name else UserFactory()
    made: Membership = MembershipFactory(setting=setting, user=user, roles=[role.value], **fields)
    return made


def client_of(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def url(name: str, setting: Setting, *args: object) -> str:
    return reverse(f"partnerships:{name}", args=[setting.slug, *args])


def opened(client: Client, address: str) -> dict[str, str]:
    """What a form that is opened now carries hidden."""
    page = client.get(address).content.decode()
    found = re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def words_of(response: Any) -> str:
    """The page's text, its spaces made one."""
    return " ".join(response.content.decode().split())
