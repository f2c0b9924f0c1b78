"""The directory as a booklet: made in the background, with its progress on the page."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory.booklet import AT_ONCE
from directory.models import Booklet, Service
from directory.tasks import make_booklet as make_booklet_task
from directory.tasks import write_booklet
from directory.views.services import attachment
from partnerships.access import Permission, setting_view

SECONDS_A_SHEET = 0.2
GIVEN_UP = timedelta(minutes=10)


@setting_view(Permission.DIRECTORY_READ)
def booklet_detail(request: SettingRequest) -> HttpResponse:
    latest = request.setting.booklets.defer("content").first()
    context = {
        "booklet": latest,
        "is_waiting": latest is not None and _is_waiting(latest),
        "count": Service.visible_to(request.setting).count(),
        "seconds": max(2, round(latest.sheets * SECONDS_A_SHEET)) if latest else 0,
        "may_make": request.membership.may(Permission.DIRECTORY_EDIT),
    }
    is_partial = request.htmx and request.htmx.target == "booklet"
    return render(request, f"directory/{'_booklet' if is_partial else 'booklet_detail'}.html", context)


def _is_waiting(booklet: Booklet) -> bool:
    pending = booklet.state in {Booklet.State.WAITING, Booklet.State.MAKING}
    return pending and booklet.created_at > timezone.now() - GIVEN_UP


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def make_booklet(request: SettingRequest) -> HttpResponse:
    """A second click while one is being made changes nothing."""
    latest = request.setting.booklets.defer("content").first()
    if latest is None or not _is_waiting(latest):
        count = Service.visible_to(request.setting).count()
        booklet = request.setting.booklets.create(by=request.membership, sheets=count)
        if count <= AT_ONCE:
            write_booklet(booklet.pk)
        else:
            make_booklet_task.enqueue(str(booklet.pk))
    return redirect("directory:booklet_detail", request.setting.slug)


@setting_view(Permission.DIRECTORY_READ)
def booklet_paper(request: SettingRequest, pk: UUID) -> HttpResponse:
    booklet = get_object_or_404(request.setting.booklets.filter(state=Booklet.State.READY), pk=pk)
    assert booklet.content is not None
    return attachment(bytes(booklet.content), "application/pdf", f"{request.setting.slug}-directory.pdf")
