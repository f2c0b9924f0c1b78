"""What the directory adds to the home page, the search over everything and the checklist of a new school."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from directory import keeping, search
from directory.models import ImportRow, Notice, Rules, Service
from directory.models.service import ServiceQuerySet
from directory.notices import notice_words
from directory.use import pathways
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.registry import Away, Found, Panel, SetupStep, Waiting
from partnerships.search import MOST_OF_A_KIND
from partnerships.templatetags.joined_up import number_word

SHOWN = 4
NOBODY_COMES = (Notice.Kind.AWAY, Notice.Kind.CLOSED, Notice.Kind.ENDED)


def url(name: str, setting: Setting, *args: object) -> str:
    return reverse(f"directory:{name}", args=[setting.slug, *args])


def waiting_for(membership: Membership) -> Iterator[Waiting]:
    """Rows of an import to check; for a practitioner the own sheet when it is due."""
    if membership.may(Permission.DIRECTORY_EDIT):
        yield from _rows_to_check(membership.setting)
    elif membership.service and keeping.may_edit(membership, membership.service):
        yield from _own_sheet(membership)


def _rows_to_check(setting: Setting) -> Iterator[Waiting]:
    rows = ImportRow.objects.to_check().filter(batch__setting=setting)
    numbers = list(rows.order_by("-batch__done_at", "number").values_list("batch", "number")[:100])
    if not numbers:
        return
    many = len(numbers)
    title = (
        "One row of your list to check"
        if many == 1
        else f"{number_word(many).capitalize()} rows of your list to check"
    )
    text = "Something in it could not be read. The rest is in the directory."
    yield Waiting(
        title, text, url("import_result", setting, numbers[0][0]), "Mend", min(2 * many, 15), urgency=4
    )


def _own_sheet(membership: Membership) -> Iterator[Waiting]:
    setting = membership.setting
    own = due(setting).filter(memberships=membership).first()
    if own is not None:
        text = "A minute to look through it keeps it true for everybody."
        yield Waiting(
            f"Is the sheet of {own.name} still right?",
            text,
            url("confirm_service", setting, own.pk),
            "Look",
            2,
        )


def due(setting: Setting) -> ServiceQuerySet:
    """Services of the setting that nobody has confirmed within its rule."""
    found = Service.visible_to(setting).due_for_confirmation(timezone.localdate(), setting.confirm_months)
    return found.order_by(F("confirmed_on").asc(nulls_first=True), "sort_name")


def panels_for(membership: Membership) -> Iterator[Panel]:
    """What is going stale, for those who can do something about it."""
    if not membership.may(Permission.DIRECTORY_EDIT):
        return
    setting = membership.setting
    stale = list(due(setting).select_related("agency").prefetch_related("phones"))
    if stale:
        stale.sort(key=lambda service: service.steward_id != setting.pk)  # first those that we can put right
        lines = [(service, next(iter(service.telephones), None)) for service in stale[:SHOWN]]
        context = {"lines": lines, "count": len(stale), "months": setting.confirm_months}
        yield Panel("directory/_panel_stale.html", context, order=20)


def find_services(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.DIRECTORY_READ):
        return
    setting = membership.setting
    found = search.matching(Service.visible_to(setting), words, setting).select_related("agency")
    for service in found.order_by(*search.BEST_FIRST)[: MOST_OF_A_KIND + 1]:
        text = service.profile if len(service.profile) < 140 else f"{service.profile[:139]}…"
        yield Found(
            "Services", service.name, text or service.agency.name, url("service_detail", setting, service.pk)
        )


def find_pathways(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.DIRECTORY_READ):
        return
    for pathway in pathways.matching(membership.setting, words):
        address = url("pathway_detail", membership.setting, pathway.slug)
        yield Found("Pathways", pathway.need, pathway.lead or "In school first, then who can help", address)


def away_on(setting: Setting, days: Sequence[date]) -> Away:
    """Services that have said that nobody comes to this school on a day, and in which words."""
    here = Q(setting=None) | Q(setting=setting)
    holds = Q(ends_on=None) | Q(ends_on__gte=min(days))
    ours = setting.partnerships.live().values("service")
    said = Notice.objects.filter(here, holds, ended_at=None, starts_on__lte=max(days), service__in=ours)
    return {
        (notice.service_id, day): notice_words(notice)
        for notice in said.filter(kind__in=NOBODY_COMES)
        for day in days
        if notice.starts_on <= day and (notice.ends_on is None or day <= notice.ends_on)
    }


def setup_steps(setting: Setting) -> Iterator[SetupStep]:
    yield SetupStep(
        "Bring the list of services that you keep",
        url("import_start", setting),
        Service.visible_to(setting).exists(),
    )
    yield SetupStep(
        "Say how the directory is kept",
        url("edit_rules", setting),
        Rules.objects.filter(setting=setting).exists(),
    )
    yield SetupStep(
        "Open a page for parents",
        reverse("partnerships:edit_setting_section", args=[setting.slug, "directory"]),
        setting.publishes_directory,
    )
