"""Who may do what: permissions, roles, and the one decorator that checks both.

A stranger gets 404 and so never learns that a setting exists; a member without the right gets 403;
somebody signed out is sent to sign in, whether the setting exists or not (LoginRequiredMiddleware).
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from config.typing import SettingRequest

P = ParamSpec("P")


class Permission(StrEnum):
    SETTING_VIEW = "setting_view"  # every member: the home page, the safeguarding page, one's own account
    SETTING_EDIT = "setting_edit"
    DIRECTORY_READ = "directory_read"
    DIRECTORY_SUGGEST = "directory_suggest"  # changes to sheets, for their keeper to decide
    DIRECTORY_EDIT = "directory_edit"
    DIRECTORY_EDIT_OWN = "directory_edit_own"
    PEOPLE_READ = "people_read"
    PEOPLE_EDIT = "people_edit"
    VISITOR_READ = "visitor_read"  # who is in today, and whether reception may let them through
    PROFILE_OWN = "profile_own"
    ACTIVITY_RUN = "activity_run"
    ACTIVITY_TAKE_PART = "activity_take_part"
    ROUND_RUN = "round_run"
    ROUND_ANSWER = "round_answer"
    ACTION_ALL = "action_all"
    ACTION_OWN = "action_own"
    REPORT_WRITE = "report_write"
    REPORT_READ = "report_read"


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "Coordinator"
    PRACTITIONER = "practitioner", "Practitioner"
    STAFF = "staff", "Member of staff"
    GOVERNOR = "governor", "Governor"

    @property
    def sentence(self) -> str:
        return ROLE_SENTENCES[self.value]


ROLE_SENTENCES: dict[str, str] = {
    "coordinator": "Runs everything: the directory, people, tools, check-ins and reports.",
    "practitioner": "Works for a partner service: keeps a profile, helps keep the service’s sheet true, takes part.",
    "staff": "Works at the school: looks up whom to turn to, and takes part when invited.",
    "governor": "Reads the published reports and the directory.",
}

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "coordinator": frozenset(Permission),
    "practitioner": frozenset(
        {
            Permission.SETTING_VIEW,
            Permission.DIRECTORY_READ,
            Permission.DIRECTORY_SUGGEST,
            Permission.DIRECTORY_EDIT_OWN,
            Permission.PEOPLE_READ,
            Permission.PROFILE_OWN,
            Permission.ACTIVITY_TAKE_PART,
            Permission.ROUND_ANSWER,
            Permission.ACTION_OWN,
            Permission.REPORT_READ,
        }
    ),
    "staff": frozenset(
        {
            Permission.SETTING_VIEW,
            Permission.DIRECTORY_READ,
            Permission.DIRECTORY_SUGGEST,
            Permission.PEOPLE_READ,
            Permission.VISITOR_READ,
            Permission.ACTIVITY_TAKE_PART,
            Permission.ROUND_ANSWER,
            Permission.ACTION_OWN,
            Permission.REPORT_READ,
        }
    ),
    "governor": frozenset({Permission.SETTING_VIEW, Permission.DIRECTORY_READ, Permission.REPORT_READ}),
}


def setting_view(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate["SettingRequest", P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """A page of one setting: checks membership and `permission`, and sets request.setting and request.membership.

    The URL's `slug` is taken off; the view gets the request and what else is in the URL.
    """

    def decorate(
        view: Callable[Concatenate["SettingRequest", P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapper(request: Any, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            membership = request.user.memberships.of_page(slug).first()
            if membership is None:
                raise Http404
            request.membership = membership
            request.setting = membership.setting
            if not membership.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        wrapper.permission = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def public_view(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page that needs no sign-in. The view itself decides what a stranger may see."""
    wrapped = login_not_required(view)
    wrapped.public = True  # type: ignore[attr-defined]
    return wrapped
