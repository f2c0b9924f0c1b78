"""The home page of a setting: what waits for somebody, what is on today, and what every app adds to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from partnerships import visits
from partnerships.access import Permission, Role
from partnerships.models import Membership, Setting
from partnerships.registry import Panel, SetupStep, Waiting, registry
from partnerships.templatetags.joined_up import in_days, number_word


@dataclass(frozen=True)
class Home:
    """What the page shows to one member."""

    greeting: str
    lead: str
    waiting: list[Waiting]
    main: list[Panel]
    side: list[Panel]
    steps: list[SetupStep]

    @property
    def steps_done(self) -> int:
        return sum(step.done for step in self.steps)


def home_of(membership: Membership, now: datetime | None = None) -> Home:
    now = timezone.localtime(now)
    waiting = sorted(
        (item for source in registry.waiting for item in source(membership)), key=lambda item: item.urgency
    )
    panels = sorted(
        (panel for source in registry.panels for panel in source(membership)), key=lambda panel: panel.order
    )
    return Home(
        greeting=f"Good {part_of_day(now)}, {membership.user.first_name}. {waiting_words(membership, waiting)}".strip(),
        lead=lead_words(now, waiting),
        waiting=waiting,
        main=[panel for panel in panels if not panel.side],
        side=[panel for panel in panels if panel.side],
        steps=_steps(membership),
    )


def part_of_day(now: datetime) -> str:
    if now.hour < 12:
        return "morning"
    return "afternoon" if now.hour < 18 else "evening"


def waiting_words(membership: Membership, waiting: list[Waiting]) -> str:
    """Nothing for somebody whom nothing ever waits for."""
    if not waiting:
        return "Nothing waits for you." if membership.may(Permission.ACTION_OWN) else ""
    count = number_word(len(waiting)).capitalize()
    return f"{count} thing waits for you." if len(waiting) == 1 else f"{count} things wait for you."


def lead_words(now: datetime, waiting: list[Waiting]) -> str:
    today = f"{now:%A} {now.day} {now:%B %Y}."
    minutes = sum(item.minutes for item in waiting)
    if not minutes:
        return today
    return f"{today} About {number_word(minutes)} minute{'' if minutes == 1 else 's'}."


def _steps(membership: Membership) -> list[SetupStep]:
    """The checklist of a new setting, as long as something on it is open."""
    if not membership.may(Permission.SETTING_EDIT):
        return []
    steps = [step for source in registry.setup_steps for step in source(membership.setting)]
    return [] if all(step.done for step in steps) else steps


def setup_steps(setting: Setting) -> Iterator[SetupStep]:
    """What people and the school itself need; other apps add theirs."""
    coordinators = setting.memberships.staying().with_role(Role.COORDINATOR).count()
    asked = setting.invitations.waiting().filter(roles__contains=[Role.COORDINATOR.value]).exists()
    others = setting.memberships.count() > coordinators or setting.invitations.exists()
    yield SetupStep(
        "Invite a second coordinator, so that there is always one",
        _url("invite_people", setting),
        coordinators > 1 or asked,
    )
    yield SetupStep(
        "Name the safeguarding lead, with a telephone",
        _url("edit_setting_section", setting, "safeguarding"),
        setting.may_publish,
    )
    yield SetupStep(
        "Fill in the school’s address",
        _url("edit_setting_section", setting, "school"),
        bool(setting.postcode),
    )
    yield SetupStep("Enter the school’s terms", _url("term_list", setting), setting.terms.exists())
    yield SetupStep("Invite the people you work with", _url("invite_people", setting), others)


def waiting_for(membership: Membership) -> Iterator[Waiting]:
    """Own actions that are late; for coordinators also what the people's page asks for."""
    if membership.may(Permission.ACTION_OWN):
        yield from _late_actions(membership)
    if membership.may(Permission.PEOPLE_EDIT):
        yield from _ties(membership.setting)
        yield from _expired(membership.setting)


def _late_actions(membership: Membership) -> Iterator[Waiting]:
    late = list(membership.actions.late().order_by("due_on")[:10])
    if len(late) == 1:
        url = _url("action_detail", membership.setting, late[0].pk)
        yield Waiting(
            late[0].text, f"Yours. It was due {in_days(late[0].due_on)}.", url, "Say how it went", urgency=3
        )
    elif late:
        url = _url("action_list", membership.setting) + "?whose=mine&state=late"
        title = f"{number_word(len(late)).capitalize()} of your actions are late"
        yield Waiting(
            title, f"The first was due {in_days(late[0].due_on)}.", url, "Go through them", 5, urgency=3
        )


def _ties(setting: Setting) -> Iterator[Waiting]:
    open_ties = list(setting.memberships.tie_to_confirm()[:10])
    if len(open_ties) == 1:
        person = open_ties[0]
        title = f"Does {person.user.full_name} work for {person.service}?"
        text = "Once you say yes, they may change the service’s sheet."
        yield Waiting(title, text, _url("person_detail", setting, person.pk), "Look", 1, urgency=4)
    elif open_ties:
        title = f"{number_word(len(open_ties)).capitalize()} people say which service they work for"
        names = ", ".join(person.user.full_name for person in open_ties[:3])
        yield Waiting(
            title, f"{names}. Confirm each.", _url("person_list", setting) + "?tie=open", "Look", 3, urgency=4
        )


def _expired(setting: Setting) -> Iterator[Waiting]:
    expired = [each for each in setting.invitations.waiting() if each.is_expired]
    url = _url("person_list", setting) + "#invitations"
    if len(expired) == 1:
        who = expired[0].full_name or expired[0].email
        yield Waiting(f"{who} has not accepted", "Send it again, or withdraw it.", url, "Look", 1, urgency=6)
    elif expired:
        title = f"{number_word(len(expired)).capitalize()} invitations have run out"
        yield Waiting(title, "Send them again, or withdraw them.", url, "Look", 1, urgency=6)


def panels_for(membership: Membership) -> Iterator[Panel]:
    if membership.may(Permission.PEOPLE_READ):
        yield _today(membership)
        yield from _coming_up(membership)
    else:
        yield Panel("partnerships/_panel_reading.html", {}, order=90)


def _today(membership: Membership) -> Panel:
    """Who comes today; when nobody does, who comes on the next day that somebody does."""
    today = timezone.localdate()
    week = visits.days_of(membership.setting, [today + timedelta(days=days) for days in range(7)])
    found = next((day for day in week if day.visits), week[0])
    context = {
        "found": found,
        "is_today": found.day == today,
        "is_holiday": week[0].is_holiday,
        "may_read": membership.may(Permission.VISITOR_READ),
    }
    return Panel("partnerships/_panel_today.html", context, side=True, order=10)


def _coming_up(membership: Membership) -> Iterator[Panel]:
    soon = membership.setting.actions.for_membership(membership).open().with_owners()
    actions = list(soon.filter(due_on__gte=timezone.localdate()).order_by("due_on")[:3])
    if actions:
        yield Panel("partnerships/_panel_actions.html", {"actions": actions}, side=True, order=40)


def _url(name: str, setting: Setting, *args: object) -> str:
    return reverse(f"partnerships:{name}", args=[setting.slug, *args])
