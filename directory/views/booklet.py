"""The directory as a booklet: chosen, made in the background with its progress on the page, downloaded."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from config.downloads import attachment
from config.typing import SettingRequest
from directory.booklet.making import begin_booklet, write_booklet
from directory.booklet.pages import AT_ONCE
from directory.booklet.wanted import EDITIONS, Wanted
from directory.forms.booklet import BookletForm
from directory.models import Booklet, Service
from directory.tasks import make_booklet as make_booklet_task
from partnerships.access import Permission, setting_view

State = Booklet.State


@setting_view(Permission.DIRECTORY_READ)
def booklet_detail(request: SettingRequest) -> HttpResponse:
    is_partial = request.htmx and request.htmx.target == "booklet"
    return _page(request, _form(request, None), "_booklet" if is_partial else "booklet_detail")


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def make_booklet(request: SettingRequest) -> HttpResponse:
    """A second click while one is being made changes nothing."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, "booklet_detail")
    latest = _latest(request)
    if latest is None or not latest.is_under_way:
        wanted = form.wanted()
        count = wanted.services(request.setting).count()
        booklet = begin_booklet(request.setting, request.membership, wanted, count)
        if count <= AT_ONCE:
            write_booklet(booklet.pk)
        else:
            make_booklet_task.enqueue(str(booklet.pk))
    return redirect("directory:booklet_detail", request.setting.slug)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def cancel_booklet(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Whoever makes it notices within a second or two, and stops."""
    booklet = get_object_or_404(request.setting.booklets.defer("content"), pk=pk)
    request.setting.booklets.filter(pk=booklet.pk).exclude(state=State.READY).delete()
    return redirect("directory:booklet_detail", request.setting.slug)


@setting_view(Permission.DIRECTORY_READ)
def booklet_paper(request: SettingRequest, pk: UUID) -> HttpResponse:
    booklet = get_object_or_404(request.setting.booklets.filter(state=State.READY), pk=pk)
    assert booklet.content is not None
    name = f"{request.setting.slug}-directory-{Wanted.read(booklet.wanted).edition}.pdf"
    return attachment(bytes(booklet.content), "application/pdf", name)


def _latest(request: SettingRequest) -> Booklet | None:
    return request.setting.booklets.defer("content").first()


def _form(request: SettingRequest, data: Any) -> BookletForm:
    """With what was chosen the last time."""
    latest = _latest(request)
    before = Wanted.read(latest.wanted) if latest else Wanted()
    return BookletForm(data, setting=request.setting, before=before)


def _page(request: SettingRequest, form: BookletForm, template: str) -> HttpResponse:
    latest = _latest(request)
    ready = request.setting.booklets.defer("content").filter(state=State.READY)
    context = {
        "booklet": latest,
        "is_waiting": latest is not None and latest.is_under_way,
        "ready": [(each, EDITIONS[Wanted.read(each.wanted).edition].partition(":")[0]) for each in ready],
        "count": Service.visible_to(request.setting).count(),
        "may_make": request.membership.may(Permission.DIRECTORY_EDIT),
        "form": form,
    }
    response = render(request, f"directory/{template}.html", context)
    if template == "_booklet" and not context["is_waiting"]:
        response["HX-Refresh"] = "true"  # the whole page, with its form
    return response
