"""Who somebody is in one activity: a member of the setting, or a guest whose browser holds a key."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from config.keys import hashed
from config.typing import SettingRequest
from partnerships.access import Permission
from partnerships.models import Membership
from toolkits.models import Activity, Participant
from toolkits.stages import Deed, Stage, Viewer, may

COOKIE = "joined_up_guest_{}"
COOKIE_DAYS = 30
GUEST_NAMES = {"activity_detail": "guest_activity"}


@dataclass(frozen=True)
class Seat:
    """Somebody at one activity. A guest has a participant and no membership."""

    activity: Activity
    membership: Membership | None = None
    participant: Participant | None = None

    @property
    def runs(self) -> bool:
        return self.membership is not None and runs(self.activity, self.membership)

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.participant.pk if self.participant else None, runs=self.runs)

    @property
    def is_guest(self) -> bool:
        return self.membership is None

    @property
    def name(self) -> str:
        return self.membership.user.full_name if self.membership else str(self.participant)

    def may(self, deed: Deed) -> bool:
        """For templates and views; `toolkits.commands` asks again, with the row locked."""
        return may(deed, Stage(self.activity.stage), self.viewer)

    def url(self, name: str, *args: object) -> str:
        """The address of one of the session's pages or deeds, as this person reaches it."""
        if self.membership:
            slug = self.membership.setting.slug
            return reverse(f"toolkits:{name}", args=[slug, self.activity.pk, *args])
        guests = GUEST_NAMES.get(name, f"guest_{name}")
        return reverse(f"toolkits:{guests}", args=[self.activity.pk, *args])


def runs(activity: Activity, membership: Membership) -> bool:
    """Whoever may run every activity of the setting, and who was asked to run this one."""
    return membership.setting_id == activity.setting_id and (
        membership.may(Permission.ACTIVITY_RUN) or activity.facilitator_id == membership.pk
    )


def guest_activity(pk: uuid.UUID) -> Activity | None:
    """A session by its id alone: a guest has no setting to reach it from."""
    related = ("instrument_version", "setting", "facilitator__user")
    return Activity.objects.staged().select_related(*related).filter(pk=pk).first()


def member_seat(request: SettingRequest, activity: Activity) -> Seat:
    mine = activity.participants.with_people().filter(membership=request.membership).first()
    return Seat(activity, request.membership, mine)


def guest_seat(request: HttpRequest, activity: Activity) -> Seat | None:
    """The guest whose key this browser holds, if it does."""
    key = request.COOKIES.get(cookie_name(activity), "")
    if not key:
        return None
    participant = activity.participants.guests().filter(key_hash=hashed(key)).first()
    return Seat(activity, None, participant) if participant else None


def cookie_name(activity: Activity) -> str:
    return COOKIE.format(activity.pk.hex)


def keep_key(response: HttpResponseBase, activity: Activity, key: str, *, secure: bool) -> None:
    """Gives the browser the key that is its only proof of being this guest."""
    response.set_cookie(
        cookie_name(activity),
        key,
        max_age=COOKIE_DAYS * 24 * 3600,
        path="/join/",
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget_key(response: HttpResponseBase, activity: Activity) -> None:
    response.delete_cookie(cookie_name(activity), path="/join/", samesite="Lax")
