"""Did it work? What came of referrals, counted without a child, a person or a day.

A result is a need and a month. Nothing says who told it: undoing goes by a signed token that the page alone has.
Figures grow in steps: a figure takes in the months that are over once at least five more of its kind have come
together, so that no two views, early and late or of two pages, differ by one child. There are no totals.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.core import signing
from django.db.models import Count
from django.utils import timezone

from directory.models import ReferralResult, Service, ServiceAnswer, Withheld
from partnerships.access import Permission
from partnerships.models import Membership, Setting

Result, Reason = ReferralResult.Result, ReferralResult.Reason

LEAST = 5
SERVICE_FIRST_DAYS = 7
"""So long the service alone sees the month that is over."""
FORM_SALT, TOLD_SALT = "result-form", "result-told"
FORM_SECONDS, TOLD_SECONDS = 12 * 3600, 20 * 60


class TooOld(ValueError):
    """The page or the token is altered, or was opened too long ago."""


def may_tell(membership: Membership, service: Service) -> bool:
    """Those who refer; not somebody about their own service, and nothing is counted of a refuge. Needs with_parts."""
    is_refuge = any(place.withheld == Withheld.REFUGE for place in service.places.all())
    return (
        membership.may(Permission.ACTIVITY_TAKE_PART)
        and membership.service_id != service.pk
        and not is_refuge
    )


def new_form_key(setting: Setting, service: Service) -> str:
    """Goes with the buttons: pressing a second one on the same page corrects the first."""
    return signing.dumps(str(uuid.uuid4()), salt=_salt(FORM_SALT, setting, service))


def _salt(purpose: str, setting: Setting, service: Service) -> str:
    return f"{purpose}:{setting.pk}:{service.pk}"


def tell_result(*, setting: Setting, service: Service, result: str, key: str) -> str:
    """Counts it, and gives the token that can say more about it or undo it. Raises TooOld."""
    pk = _opened(key, _salt(FORM_SALT, setting, service), FORM_SECONDS)
    month = timezone.localdate().replace(day=1)
    values = {"result": result, "reason": "", "month": month}
    row, _ = ReferralResult.objects.update_or_create(id=pk, setting=setting, service=service, defaults=values)
    return signing.dumps(str(row.pk), salt=_salt(TOLD_SALT, setting, service))


def told_result(*, setting: Setting, service: Service, token: str) -> ReferralResult | None:
    """The result of the token; None once it is undone. Raises TooOld."""
    pk = _opened(token, _salt(TOLD_SALT, setting, service), TOLD_SECONDS)
    return ReferralResult.objects.filter(pk=pk, setting=setting, service=service).first()


def _opened(token: str, salt: str, seconds: int) -> uuid.UUID:
    try:
        return uuid.UUID(signing.loads(token, salt=salt, max_age=seconds))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise TooOld from None


@dataclass(frozen=True)
class Figures:
    """What may be told of a service: (words, count) of each result and each reason that reached its first step."""

    since: date
    until: date
    results: list[tuple[str, int]]
    reasons: list[tuple[str, int]]

    @property
    def is_empty(self) -> bool:
        return not self.results


def figures_of(
    service: Service, setting: Setting, *, today: date | None = None, is_own: bool = False
) -> Figures:
    """Of all schools together. `is_own`: for the service itself, a week before schools see them."""
    return _figures([service.pk], setting, today or timezone.localdate(), is_own=is_own)[service.pk]


def figures_by_service(setting: Setting, today: date) -> list[tuple[Service, Figures]]:
    """The services of the setting's directory of which something may be told, in two queries."""
    services = list(Service.visible_to(setting).filter(referral_results__isnull=False).distinct())
    figures = _figures([each.pk for each in services], setting, today, is_own=False)
    return [(each, figures[each.pk]) for each in services if not figures[each.pk].is_empty]


ByMonth = dict[str, dict[date, int]]


def _figures(
    services: Sequence[uuid.UUID], setting: Setting, today: date, *, is_own: bool
) -> dict[uuid.UUID, Figures]:
    since, until = told_months(today, is_own=is_own)
    found = ReferralResult.objects.filter(service__in=services, month__gte=since, month__lt=until)
    rows = found.values_list("service", "month", "result", "reason").annotate(many=Count("pk"))
    results: dict[uuid.UUID, ByMonth] = {pk: defaultdict(lambda: defaultdict(int)) for pk in services}
    reasons: dict[uuid.UUID, ByMonth] = {pk: defaultdict(lambda: defaultdict(int)) for pk in services}
    for service, month, result, reason, many in rows:
        results[service][result][month] += many
        if reason:
            reasons[service][reason][month] += many
    step = max(LEAST, setting.small_group)
    return {
        pk: Figures(
            since, until, _shown(results[pk], Result.choices, step), _shown(reasons[pk], Reason.choices, step)
        )
        for pk in services
    }


def told_months(today: date, *, is_own: bool) -> tuple[date, date]:
    """(the first month, the first that is not in it yet): from the September before last to the last month over."""
    year = today.year if today.month >= 9 else today.year - 1
    this_month = today.replace(day=1)
    is_early = today.day <= SERVICE_FIRST_DAYS and not is_own
    return date(year - 1, 9, 1), this_month - relativedelta(months=1) if is_early else this_month


def _shown(
    counts: Mapping[str, Mapping[date, int]], choices: Iterable[tuple[str, str]], step: int
) -> list[tuple[str, int]]:
    told = ((label, in_steps(counts.get(value, {}), step)) for value, label in choices)
    return [(label, count) for label, count in told if count]


def in_steps(by_month: Mapping[date, int], step: int) -> int:
    """The count without the last few: months join it together, once `step` of them or more have gathered."""
    told = waiting = 0
    for month in sorted(by_month):
        waiting += by_month[month]
        if waiting >= step:
            told, waiting = told + waiting, 0
    return told


def needs_of(setting: Setting, today: date | None = None) -> list[str]:
    """What a setting referred for at least five times each, the most first, and without numbers."""
    since, until = told_months(today or timezone.localdate(), is_own=False)
    found = setting.referral_results.filter(month__gte=since, month__lt=until).exclude(need="")
    counts = found.values_list("need").annotate(many=Count("pk")).filter(many__gte=setting.small_group)
    return [need for need, _ in counts.order_by("-many", "need")]


def say_answer(service: Service, *, words: str, who: str) -> None:
    """What the service says to its figures, by one of its people; the later takes the place of the earlier."""
    said = {"words": words, "said_by": f"{who}, {service.name}"[:120]}
    ServiceAnswer.objects.update_or_create(service=service, defaults=said)


def answer_of(service: Service) -> ServiceAnswer | None:
    return ServiceAnswer.objects.filter(service=service).first()
