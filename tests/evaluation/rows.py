"""A setting with things to report on: a closed check-in, an agreed session, actions, services."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.groups import plan
from evaluation.models import Report, Round
from evaluation.tally import Answer, tally
from partnerships.access import Role
from partnerships.models import Action, Membership, Partnership, Setting, Term
from partnerships.sectors import Sector
from tests.factories import MembershipFactory, PartnershipFactory, ServiceFactory, SettingFactory, UserFactory
from toolkits.instruments import instrument
from toolkits.models import Activity, InstrumentVersion, Stage

ALL_SECTORS = {"education": 6, "health": 6, "voluntary": 2}
LEVELS = {"education": "in_place", "health": "not_in_place", "voluntary": "partly"}


def new_setting(**fields: Any) -> Setting:
    setting: Setting = SettingFactory.create(**fields)
    return setting


def member(setting: Setting, role: Role = Role.COORDINATOR, name: str = "", **fields: Any) -> Membership:
    user = UserFactory.create(full_name=name) if name else UserFactory.create()
    membership: Membership = MembershipFactory.create(setting=setting, user=user, roles=[role], **fields)
    return membership


def closed_round(
    setting: Setting,
    *,
    people: Mapping[str, int] = ALL_SECTORS,
    levels: Mapping[str, str] = LEVELS,
    is_anonymous: bool = True,
    days_ago: int = 10,
    evidence: str = "",
    term: Term | None = None,
    shared: bool = True,
) -> Round:
    """A closed check-in in which everyone of a sector gives the same level to every statement."""
    tool = instrument("team-building")
    groups = plan(people, grouping="sectors", minimum=5, is_anonymous=is_anonymous).groups
    answers = [
        Answer(group=_group(groups, sector), answers=_answers(levels[sector], evidence))
        for sector, count in people.items()
        for _ in range(count)
    ]
    results = tally(instrument=tool, groups=groups, answers=answers, minimum=5, is_anonymous=is_anonymous)
    moment = timezone.now() - timedelta(days=days_ago)
    activity = Activity.objects.create(
        setting=setting,
        instrument_version=version_of("team-building"),
        title=f"How we work together {days_ago}",
        stage=Stage.DISCUSS,
        is_anonymous=is_anonymous,
    )
    return Round.objects.create(
        setting=setting,
        activity=activity,
        term=term,
        opens_on=moment.date() - timedelta(days=14),
        closes_on=moment.date(),
        opened_at=moment - timedelta(days=14),
        closed_at=moment,
        shared_at=moment if shared else None,
        groups=[group.to_json() for group in groups],
        results=results.to_json(),
    )


def _group(groups: Sequence[Any], sector: str) -> str:
    return next(str(group.key) for group in groups if sector in group.sectors)


def _answers(level: str, evidence: str) -> dict[str, dict[str, str]]:
    keys = (statement.key for statement in instrument("team-building").statements)
    return {key: {"level": level, "evidence": evidence} for key in keys}


def version_of(code: str) -> InstrumentVersion:
    return InstrumentVersion.objects.get(setting=None, code=code, version=instrument(code).version)


def agreed_session(
    setting: Setting, *, title: str = "Sharing information", words: str = "We use one referral form."
) -> Activity:
    activity = Activity.objects.create(
        setting=setting, instrument_version=version_of("swot"), title=title, stage=Stage.AGREED
    )
    content = {
        "title": title,
        "run_by": "Amara Oduya",
        "words": words,
        "actions": [],
        "zones": [
            {
                "key": "strengths",
                "text": "Strengths",
                "hint": "",
                "cards": [
                    {"text": "People know each other", "sectors": ["health"], "votes": 4, "merged": []},
                    {"text": "A card nobody chose", "sectors": ["health"], "votes": 0, "merged": []},
                ],
            }
        ],
        "people": [
            {"name": "Priya Raman", "agency": "Trust", "sector": "health", "agrees": True, "because": ""},
            {
                "name": "Gwen Guest",
                "agency": "Homes",
                "sector": "housing",
                "agrees": False,
                "because": "Our list is too long for that.",
            },
        ],
    }
    activity.agreed_versions.create(number=1, content=content, words=words, agreed_by="Amara Oduya")
    return activity


def action(setting: Setting, text: str = "Share the calendar", *, due_in: int = 10, **fields: Any) -> Action:
    owner = (
        {} if {"owner", "owner_partnership", "owner_name"} & fields.keys() else {"owner_name": "Gwen Guest"}
    )
    due_on = timezone.localdate() + timedelta(days=due_in)
    return Action.objects.create(setting=setting, text=text, due_on=due_on, **owner, **fields)


def service(
    setting: Setting, name: str, *, sector: Sector = Sector.HEALTH, days: Sequence[str] = (), **fields: Any
) -> Partnership:
    """A partnership with a service of its own."""
    row = ServiceFactory.create(name=name, sector=sector, steward=setting, **fields)
    partnership: Partnership = PartnershipFactory.create(setting=setting, service=row, days=list(days))
    return partnership


def draft(setting: Setting, by: Membership, **fields: Any) -> Report:
    """A draft that could be published: everything there is, with words."""
    from evaluation.reports.commands import start_report

    report = start_report(setting=setting, by=by)
    for name, value in {"in_short": "We trust each other more than a year ago.", **fields}.items():
        setattr(report, name, value)
    report.save()
    return report


def published(setting: Setting, by: Membership, **fields: Any) -> Report:
    from evaluation.reports.commands import publish_report

    report = draft(setting, by, **fields)
    return publish_report(report=report, by=by, seen_version=report.version)


def confirmed(days_ago: int) -> dict[str, Any]:
    return {"confirmed_on": date.today() - timedelta(days=days_ago), "confirmed_by": "Post"}


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def url(name: str, *args: Any) -> str:
    """A page of reports at the school `hillside`."""
    return reverse(f"evaluation:{name}", args=["hillside", *args])


def read(response: Any) -> str:
    return str(response.content.decode())


def hidden(form: Any) -> dict[str, Any]:
    """What a form carries so that a stale save is noticed."""
    return {name: form[name].value() for name in ("version", "seen")}
