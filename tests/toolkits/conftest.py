"""A school with people, and a board at any stage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from partnerships.access import Role
from partnerships.models import Membership, Setting
from partnerships.sectors import Sector
from tests.factories import PASSWORD, MembershipFactory, SettingFactory
from toolkits import commands
from toolkits.models import Activity, Card, Participant
from toolkits.seats import Seat
from toolkits.stages import Stage


@dataclass
class Room:
    """One session with a coordinator who runs it, a nurse and a housing officer who take part, and a guest."""

    setting: Setting
    runner: Membership
    nurse: Membership
    housing: Membership
    activity: Activity
    guest: Participant
    guest_key: str
    cards: dict[str, Card] = field(default_factory=dict)

    def seat(self, who: Membership | Participant | None) -> Seat:
        activity = Activity.objects.select_related("instrument_version", "setting").get(pk=self.activity.pk)
        if isinstance(who, Membership):
            return Seat(activity, who, activity.participants.filter(membership=who).first())
        return Seat(activity, None, who)

    def to(self, stage: Stage) -> None:
        """Puts the session at a stage, whatever lies between."""
        Activity.objects.filter(pk=self.activity.pk).update(stage=stage)
        self.activity.refresh_from_db()

    def card(self, who: Membership | Participant, text: str, zone: str = "strengths") -> Card:
        participant = self.seat(who).participant
        self.cards[text] = Card.objects.create(
            activity=self.activity, participant=participant, zone=zone, text=text
        )
        return self.cards[text]

    def url(self, rest: str = "") -> str:
        return f"/s/{self.setting.slug}/tools/sessions/{self.activity.pk}/{rest}"

    def guest_url(self, rest: str = "") -> str:
        return f"/join/{self.activity.pk}/{rest}"

    def browser(self, who: Membership | None = None) -> Client:
        """Somebody's browser; without a member the guest's."""
        client = Client()
        if who is None:
            client.cookies[f"joined_up_guest_{self.activity.pk.hex}"] = self.guest_key
        else:
            client.force_login(who.user)
        return client


def practitioner(setting: Setting, name: str, sector: Sector, **fields: Any) -> Membership:
    made: Membership = MembershipFactory.create(
        setting=setting, user__full_name=name, roles=[Role.PRACTITIONER], sector=sector, **fields
    )
    return made


@pytest.fixture
def make_room(db: None) -> Callable[..., Room]:
    def make(stage: Stage = Stage.DRAFT, *, votes_each: int = 3) -> Room:
        setting = SettingFactory.create(name="Hillside Primary School", slug="hillside-room")
        runner = MembershipFactory.create(setting=setting, user__full_name="Amara Oduya")
        nurse = practitioner(setting, "Priya Raman", Sector.HEALTH)
        housing = practitioner(setting, "Tom Birch", Sector.HOUSING)
        activity = commands.start_activity(
            setting=setting, code="swot", title="Sharing information", by=runner, votes_each=votes_each
        )
        commands.invite(activity=activity, members=[runner, nurse, housing], by=runner)
        Activity.objects.filter(pk=activity.pk).update(stage=Stage.INDIVIDUAL)
        opened = commands.open_joining(by=Seat(activity, runner))
        joined = commands.join(
            activity=activity,
            code=opened.join_code,
            name="Leila Haddad",
            agency="Harbour",
            sector=Sector.VOLUNTARY,
        )
        room = Room(setting, runner, nurse, housing, activity, joined.participant, joined.key)
        room.to(stage)
        return room

    return make


__all__ = ["PASSWORD", "Room", "make_room", "practitioner"]
