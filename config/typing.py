"""Requests as the views get them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from partnerships.models import Membership, Setting, User


class UserRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: "User"
    htmx: HtmxDetails


class SettingRequest(UserRequest):
    """A request to a page of a setting, by one of its members (partnerships.access.setting_view)."""

    setting: "Setting"
    membership: "Membership"
