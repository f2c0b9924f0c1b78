"""My schools: what all of them ask, one calendar, one weekly mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.typing import UserRequest
from partnerships import calendar
from partnerships.my import my_schools, schools_of


def my(request: UserRequest) -> HttpResponse:
    mine = my_schools(request.user, timezone.localdate(), calendar.SHOWN_DAYS)
    context = {
        "mine": mine,
        "memberships": mine.memberships,
        "days": calendar.by_day(mine.entries),
        "left": request.user.memberships.left().order_by("-left_on"),
    }
    return render(request, "partnerships/my.html", context)


@require_safe
def download_calendar(request: UserRequest) -> HttpResponse:
    """For the calendar on one's own telephone or computer."""
    days = calendar.days_from(timezone.localdate(), calendar.FILE_DAYS)
    content = calendar.as_file(calendar.entries_of(schools_of(request.user), days))
    headers = {"Content-Disposition": 'attachment; filename="my-schools.ics"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
def choose_weekly(request: UserRequest) -> HttpResponse:
    """Switches the mail on Monday on or off."""
    request.user.weekly_mail = request.POST.get("weekly") == "on"
    request.user.save(update_fields=["weekly_mail"])
    words = "You get one mail on Monday." if request.user.weekly_mail else "You get no more mails on Monday."
    messages.success(request, words)
    return redirect("partnerships:my")
