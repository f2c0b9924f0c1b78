"""Who is in: a day, the week, the list for reception, and the people who come."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.downloads import shown_pdf
from config.typing import SettingRequest
from partnerships import visits
from partnerships.access import Permission, setting_view
from partnerships.forms.visitors import VisitorForm
from partnerships.history import saved_last_by
from partnerships.models import Visitor
from partnerships.views import posted
from partnerships.visiting_paper import reception_paper

PAGE = 30


def _day(request: SettingRequest) -> date:
    """The day that is asked for; today when it can't be read, or is years away."""
    today = timezone.localdate()
    try:
        found = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return found if abs((found - today).days) < 800 else today


@setting_view(Permission.VISITOR_READ)
def visitor_list(request: SettingRequest) -> HttpResponse:
    """One day, by the clock or by room."""
    day = _day(request)
    (found,) = visits.days_of(request.setting, [day])
    context = {
        "found": found,
        "rooms": visits.by_room(found.visits) if request.GET.get("by") == "room" else None,
        "before": day - timedelta(days=3 if day.weekday() == 0 else 1),
        "after": day + timedelta(days=3 if day.weekday() == 4 else 1),
        "today": timezone.localdate(),
        **_shared(request),
    }
    return render(request, "partnerships/visitor_list.html", context)


def _shared(request: SettingRequest) -> dict[str, Any]:
    return {
        "may_edit": request.membership.may(Permission.PEOPLE_EDIT),
        "lead": request.setting.safeguarding_name or "the safeguarding lead",
        "any_partner": request.setting.partnerships.with_live_service().exists(),
    }


@setting_view(Permission.VISITOR_READ)
def visitor_week_list(request: SettingRequest) -> HttpResponse:
    week = visits.week_of(_day(request))
    days = visits.shown_week(visits.days_of(request.setting, week))
    context = {
        "days": days,
        "monday": week[0],
        "before": week[0] - timedelta(days=7),
        "after": week[0] + timedelta(days=7),
        **_shared(request),
    }
    return render(request, "partnerships/visitor_week_list.html", context)


@setting_view(Permission.VISITOR_READ)
def visitor_person_list(request: SettingRequest) -> HttpResponse:
    """Everybody who comes, on fixed days or not, with what has been seen; and who came once, page by page."""
    people = visits.current_visitors(request.setting).order_by("partnership__service__sort_name", "name")
    context = {"people": people, **_shared(request)}
    if context["may_edit"]:
        left = Paginator(visits.past_visitors(request.setting), PAGE)
        context["page_obj"] = left.get_page(request.GET.get("page"))
    return render(request, "partnerships/visitor_person_list.html", context)


@setting_view(Permission.VISITOR_READ)
def visitor_paper(request: SettingRequest) -> HttpResponse:
    (found,) = visits.days_of(request.setting, [_day(request)])
    content = reception_paper(found, request.setting).pdf().content
    return shown_pdf(content, f"who-is-in-{found.day.isoformat()}")


@setting_view(Permission.PEOPLE_EDIT)
def add_visitor(request: SettingRequest) -> HttpResponse:
    initial = {"partnership": request.GET.get("partnership", "")[:36]}
    form = VisitorForm(posted(request), instance=Visitor(), by=request.membership, initial=initial)
    return _saved(request, form) or _form(request, form)


@setting_view(Permission.PEOPLE_EDIT)
def edit_visitor(request: SettingRequest, pk: UUID) -> HttpResponse:
    with transaction.atomic():
        visitor = get_object_or_404(visits.current_visitors(request.setting), pk=pk)
        form = VisitorForm(posted(request), instance=visitor, by=request.membership)
        saved = _saved(request, form)
        if form.stale:
            form.saved_by = saved_last_by(visitor)
    return saved or _form(request, form, visitor)


def _saved(request: SettingRequest, form: VisitorForm) -> HttpResponse | None:
    form.cancel_url = _people_url(request)
    if not form.is_valid():
        return None
    visitor = form.save()
    ready = "is ready to visit" if visitor.is_ready else "is expected; reception asks the safeguarding lead"
    messages.success(request, f"Saved. {visitor.name} {ready}.")
    return redirect(form.cancel_url)


def _people_url(request: SettingRequest) -> str:
    return reverse("partnerships:visitor_person_list", args=[request.setting.slug])


def _form(request: SettingRequest, form: VisitorForm, visitor: Visitor | None = None) -> HttpResponse:
    return render(request, "partnerships/edit_visitor.html", {"form": form, "visitor": visitor})


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def end_visits(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Somebody does not come any more. What was seen of them is kept, and can be taken up again."""
    visitor = get_object_or_404(visits.current_visitors(request.setting), pk=pk)
    visitor.left_on = timezone.localdate()
    visitor.version += 1
    visitor.save(update_fields=["left_on", "version"])
    messages.success(request, f"{visitor.name} is not expected any more. You can take them up again below.")
    return redirect(_people_url(request))


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def resume_visits(request: SettingRequest, pk: UUID) -> HttpResponse:
    visitor = get_object_or_404(visits.past_visitors(request.setting), pk=pk)
    visitor.left_on = None
    visitor.version += 1
    visitor.save(update_fields=["left_on", "version"])
    messages.success(request, f"{visitor.name} is expected again.")
    return redirect(_people_url(request))
