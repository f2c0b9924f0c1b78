"""What people did with the invented directory: pathways, who comes, what was opened and looked for, what came of it."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from directory.models import (
    Opened,
    Pathway,
    PathwayService,
    ReferralResult,
    SearchTerm,
    Service,
    ServiceAnswer,
)
from directory.use.discretion import never_counted
from directory.use.figures import monday
from directory.use.pathway_texts import BY_NEED
from partnerships.demo import uid
from partnerships.models import Setting, Visitor

WEEKS = 12
PATHWAYS = {
    "Bereavement": ("Harbour", "School nursing", "Child and Adolescent Mental Health"),
    "Sleep": ("School nursing", "Wexcombe Family Help"),
    "Speech and language": ("Speech and Language Therapy", "Autism Outreach"),
    "Food and money": ("Money Wise", "Castle Homes", "Welcome Wexcombe"),
    "Young carers": ("Young Carers Wexcombe", "Wexcombe Family Help"),
}
MISSED = (("swimming lessons", 6, 1), ("driving to clinic", 5, 3), ("", 4, 1), ("", 7, 2))
CAME_OF_IT = (
    ("Harbour", "accepted", "", "Bereavement", 9),
    ("Harbour", "waiting", "", "Bereavement", 5),
    ("Child and Adolescent Mental Health", "waiting", "", "Anxiety", 8),
    ("Child and Adolescent Mental Health", "turned_away", "threshold", "Anxiety", 6),
    ("Speech and Language Therapy", "accepted", "", "Speech and language", 7),
)
ANSWER = (
    "Child and Adolescent Mental Health",
    "From January a practitioner reads each referral with the school first, so that fewer have to be turned away.",
    "Efua Mensah",
)
OF_THE_LAST = 7
"""Visitors of whom not everything has been seen yet: the last of so many."""


@transaction.atomic
def seed_use() -> None:
    setting = Setting.objects.get(slug="hillside")
    today = timezone.localdate()
    for need, names in PATHWAYS.items():
        _pathway(setting, need, names)
    _visitors(setting, today)
    _figures(setting, today)
    _results(setting, today)


def _named(setting: Setting, name: str) -> Service | None:
    return Service.visible_to(setting).filter(name__istartswith=name).first()


def _pathway(setting: Setting, need: str, names: tuple[str, ...]) -> None:
    words = BY_NEED[need]
    slug = need.lower().replace(" ", "-")
    pathway, is_new = Pathway.objects.get_or_create(
        setting=setting,
        slug=slug,
        defaults={
            "id": uid("pathway", setting.slug, slug),
            "need": need,
            "also": words.also.split(", "),
            "is_public": True,
            **{name: getattr(words, name) for name in ("lead", "at_school", "how", "meanwhile", "urgent")},
        },
    )
    for position, name in enumerate(names):
        service = _named(setting, name)
        if is_new and service:
            PathwayService.objects.create(pathway=pathway, service=service, position=position)


def _visitors(setting: Setting, today: date) -> None:
    """Those who are named as somebody's contact; of every seventh the checks are not complete."""
    named = setting.partnerships.with_days().exclude(contact_name="")
    for number, ours in enumerate(named.order_by("service__sort_name")):
        seen = today - timedelta(days=30 + number)
        checks = Visitor.CHECKS if number % OF_THE_LAST else Visitor.CHECKS[:1]
        known = {f"{check}_on": seen for check in checks} | {
            f"{check}_by": "Ruth Adeyemi" for check in checks
        }
        Visitor.objects.get_or_create(
            id=uid("visitor", setting.slug, ours.contact_name, str(ours.pk)),
            defaults={"partnership": ours, "name": ours.contact_name, **known},
        )


def _figures(setting: Setting, today: date) -> None:
    this_week = monday(today)
    listed = Service.visible_to(setting).order_by("sort_name")
    quiet = never_counted(listed.values_list("pk", flat=True))
    services = [each for each in listed if each.pk not in quiet][::3]
    rows = [
        Opened(
            setting=setting,
            service=service,
            week=this_week - timedelta(days=7 * back),
            inside=(number * 7 + back * 3) % (4 + number % 5),
            public=(number * 5 + back) % (2 + number % 7),
        )
        for number, service in enumerate(services)
        for back in range(WEEKS)
    ]
    Opened.objects.bulk_create(rows, ignore_conflicts=True)
    for term, visitors, back in MISSED:
        week = this_week - timedelta(days=7 * back)
        SearchTerm.objects.get_or_create(
            setting=setting, week=week, term=term, defaults={"visitors": visitors}
        )


def _results(setting: Setting, today: date) -> None:
    month = today.replace(day=1) - relativedelta(months=2)
    for name, result, reason, need, many in CAME_OF_IT:
        service = _named(setting, name)
        if service is None:
            continue
        for number in range(many):
            ReferralResult.objects.get_or_create(
                id=uid("result", name, result, str(number)),
                defaults={
                    "setting": setting,
                    "service": service,
                    "month": month,
                    "result": result,
                    "reason": reason,
                    "need": need,
                },
            )
    name, words, who = ANSWER
    if service := _named(setting, name):
        said_by = f"{who}, {service.name}"
        ServiceAnswer.objects.get_or_create(service=service, defaults={"words": words, "said_by": said_by})
