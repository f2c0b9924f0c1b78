"""The invented schools of the demo and their people. Ids are uuid5 of names, days are counted from today.

Run again, seeding restores what signs people in and leaves alone what somebody did in the demo.
"""

import uuid
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from partnerships.access import Role
from partnerships.demo_content import ACTIONS, HILLSIDE, INVITED, PEOPLE, SETTINGS, DemoAction, Person
from partnerships.models import Action, Invitation, Membership, Setting, Term, User
from partnerships.sectors import Sector
from partnerships.terms import half_terms

NAMESPACE = uuid.UUID("6f0e4d53-9a44-5c86-8f7d-0e6f4b0c9a11")
PASSWORD = "everyone round the table"  # noqa: S105 - printed for whoever looks at the demo
"""For every account of the demo, unless `seed_demo --password` says another."""
DOMAINS = ("demo.example", "other.example")
SHOWN = (
    ("coordinator@demo.example", "coordinator, Hillside Primary School"),
    ("practitioner@demo.example", "practitioner, Hillside and Riverside"),
    ("staff@demo.example", "member of staff, Hillside"),
    ("governor@demo.example", "governor, Hillside"),
    ("coordinator@other.example", "coordinator, Riverside High School"),
)
"""The accounts that `make run` prints."""


def uid(*names: str) -> uuid.UUID:
    """The same id for the same names, on every machine."""
    return uuid.uuid5(NAMESPACE, "/".join(names))


COORDINATOR = str(uid("user", "coordinator@demo.example"))
"""The id of the person who made what is in the demo, as its history tells."""


def seed_people() -> None:
    """Both schools, their terms and everybody who signs in."""
    today = timezone.localdate()
    for slug, fields in SETTINGS.items():
        setting, _ = Setting.objects.get_or_create(slug=slug, defaults={"id": uid("setting", slug), **fields})
        _seed_terms(setting, today)
        for person in PEOPLE[slug]:
            _seed_person(setting, person, today)
    for person in HILLSIDE:
        if person.also_in:
            _seed_person(Setting.objects.get(slug=person.also_in), person, today)
    _seed_invitations(Setting.objects.get(slug="hillside"), today)


def _seed_terms(setting: Setting, today: date) -> None:
    """This school year and the one before, so that there is something to compare with."""
    for day in (today - relativedelta(years=1), today):
        for term in half_terms(day):
            Term.objects.get_or_create(
                setting=setting,
                name=term.name,
                defaults={
                    "id": uid("term", setting.slug, term.name),
                    "starts": term.starts,
                    "ends": term.ends,
                },
            )


def _seed_person(setting: Setting, person: Person, today: date) -> None:
    user, _ = User.objects.update_or_create(
        email=person.email,
        defaults={"full_name": person.name, "is_active": True},
        create_defaults={"id": uid("user", person.email), "full_name": person.name},
    )
    Membership.objects.update_or_create(
        setting=setting,
        user=user,
        defaults={"roles": [person.role.value], "left_on": None},
        create_defaults={
            "id": uid("membership", setting.slug, person.email),
            "roles": [person.role.value],
            "job_title": person.job,
            "telephone": person.telephone,
            "sector": person.sector,
            "joined_on": today - timedelta(days=400 if person.role == Role.COORDINATOR else 200),
        },
    )


def _seed_invitations(setting: Setting, today: date) -> None:
    by = Membership.objects.get(setting=setting, user__email="coordinator@demo.example")
    for email, name, job, sector, days_ago in INVITED:
        sent = timezone.now() - timedelta(days=days_ago)
        Invitation.objects.get_or_create(
            id=uid("invitation", email),
            defaults={
                "setting": setting,
                "email": email,
                "full_name": name,
                "job_title": job,
                "sector": sector,
                "roles": [Role.PRACTITIONER.value],
                "invited_by": by,
                "sent_at": sent,
                "expires_at": sent + timedelta(days=14),
            },
        )


def seed_ties() -> None:
    """Who works for which service, once the directory has its services. One tie is left to be confirmed."""
    for slug, people in PEOPLE.items():
        setting = Setting.objects.get(slug=slug)
        ties = [person for person in people if person.service]
        for person in ties:
            _tie(setting, person, is_confirmed=person is not ties[-1])


def _tie(setting: Setting, person: Person, *, is_confirmed: bool) -> None:
    membership = Membership.objects.get(setting=setting, user__email=person.email)
    live = setting.partnerships.with_live_service()
    found = live.filter(service__name__istartswith=person.service).first()
    found = found or live.filter(service__sector=person.sector).first()
    if membership.service_id or found is None:
        return
    membership.service = found.service
    if is_confirmed:
        membership.tie_confirmed_on = timezone.localdate() - timedelta(days=90)
        membership.tie_confirmed_by = "Amara Oduya"
    membership.save()


def seed_actions() -> None:
    setting = Setting.objects.get(slug="hillside")
    for action in ACTIONS:
        _seed_action(setting, action, timezone.localdate())


def _seed_action(setting: Setting, action: DemoAction, today: date) -> None:
    Action.objects.get_or_create(
        id=uid("action", setting.slug, action.text),
        defaults={
            "setting": setting,
            "text": action.text,
            "due_on": today + timedelta(days=action.due_in),
            "done_on": None if action.done_ago is None else today - timedelta(days=action.done_ago),
            "outcome": action.outcome,
            "origin_words": action.origin,
            "created_by": Membership.objects.get(setting=setting, user__email="coordinator@demo.example"),
            **_owner(setting, action.owner),
        },
    )


def _owner(setting: Setting, owner: str) -> dict[str, object]:
    if "@" in owner:
        return {"owner": Membership.objects.get(setting=setting, user__email=owner)}
    if owner in Sector.values:
        partnership = setting.partnerships.with_live_service().filter(service__sector=owner).first()
        return {"owner_partnership": partnership} if partnership else {"owner_name": "A partner service"}
    return {"owner_name": owner}
