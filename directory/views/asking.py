"""Asking agencies, from the coordinator's side: who is due, who was asked, whom to ring."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory.agency import answering, asking
from directory.models import AgencyLink, Phone, Rules, Service
from directory.models.service import ServiceQuerySet
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.mail import MailNotSent
from partnerships.templatetags.joined_up import number_word

PAGE = 30
AT_ONCE = 30
"""Mails that leave while somebody waits."""
MORE = "Press once more for the others."
NOBODY = "Nobody was asked: they were asked today already, or have no address."
NOT_SENT = "The mail could not be sent just now. Try again in a few minutes, or ring."


@dataclass(frozen=True)
class Due:
    """A sheet that is due: the number to ring, and the question that waits for an answer."""

    service: Service
    telephone: Phone | None
    question: AgencyLink | None

    @property
    def can_be_asked(self) -> bool:
        return bool(asking.address_to_ask(self.service))

    @property
    def is_asked_today(self) -> bool:
        return self.question is not None and self.question.last_sent_on >= timezone.localdate()


def _lines(services: ServiceQuerySet) -> list[Due]:
    rows = list(services.select_related("agency").prefetch_related("phones"))
    questions = AgencyLink.asking_about(rows)
    return [Due(row, next(iter(row.telephones), None), questions.get(row.pk)) for row in rows]


@setting_view(Permission.DIRECTORY_EDIT)
def ring_list(request: SettingRequest) -> HttpResponse:
    """Whom mails did not reach comes first, with the number; then everything else that is due."""
    ring = asking.to_ring(request.setting)
    to_ring = list(ring.values_list("pk", flat=True))
    others = asking.due_here(request.setting).exclude(pk__in=to_ring)
    page = Paginator(others, PAGE).get_page(request.GET.get("page"))
    context = {
        "ring": _lines(ring[:PAGE]),
        "ring_count": len(to_ring),
        "due": _lines(others.filter(pk__in=[row.pk for row in page])),
        "page_obj": page,
        "rules": Rules.of(request.setting),
        "has_any": Service.visible_to(request.setting).exists(),
    }
    return render(request, "directory/ring_list.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def ask_service(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sheet_of(request, pk)
    try:
        link = asking.ask_now(service=service, by=request.membership)
        messages.success(request, f"{service.name} is asked by e-mail, at {link.email}.")
    except asking.NotAsked as refusal:
        messages.warning(request, f"{service.name}: {refusal}.")
    except MailNotSent:
        messages.warning(request, NOT_SENT)
    return redirect("directory:ring_list", request.setting.slug)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def ask_due(request: SettingRequest) -> HttpResponse:
    """Those that are due and were not asked today, the longest unconfirmed first; so many at a time."""
    waiting = asking.askable_here(request.setting)
    asked, problem = 0, NOBODY
    for service in waiting[:AT_ONCE]:
        try:
            asking.ask_now(service=service, by=request.membership)
            asked += 1
        except asking.NotAsked:
            continue  # by the worker, a moment ago
        except MailNotSent:
            problem = NOT_SENT
            break
    if asked:
        services = "service is" if asked == 1 else "services are"
        more = f" {MORE}" if asked == AT_ONCE and waiting.exists() else ""
        messages.success(request, f"{number_word(asked).capitalize()} {services} asked by e-mail.{more}")
    if not asked or problem == NOT_SENT:
        messages.warning(request, problem)
    return redirect("directory:ring_list", request.setting.slug)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def record_call(request: SettingRequest, pk: UUID) -> HttpResponse:
    """They told me on the telephone that all is right: one tap."""
    service = get_object_or_404(Service.visible_to(request.setting).select_related("agency"), pk=pk)
    if not answering.record_call(service=service, by=request.membership):
        raise PermissionDenied
    messages.success(request, f"Thank you. {service.name} is marked as confirmed today, by telephone.")
    return redirect("directory:ring_list", request.setting.slug)
