"""Where people arrive: the front door, my schools, a setting's home, and the pages beside it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest, UserRequest
from partnerships.access import Permission, public_view, setting_view
from partnerships.forms.account import NameForm, ThemeForm
from partnerships.held import held_about
from partnerships.home import home_of
from partnerships.views import posted

THEME_DAYS = 365


@public_view
def home(request: HttpRequest) -> HttpResponse:
    """Signed out: what this is. Signed in: the only school's home, or the list of them."""
    if not request.user.is_authenticated:
        return render(request, "partnerships/welcome.html", {"is_demo": settings.DEMO})
    current = list(request.user.memberships.current()[:2])
    return redirect(current[0].setting) if len(current) == 1 else redirect("partnerships:my")


def account_detail(request: UserRequest) -> HttpResponse:
    theme = ThemeForm(initial={"theme": request.COOKIES.get("theme", "")})
    return render(request, "partnerships/account.html", {"theme": theme})


def edit_account(request: UserRequest) -> HttpResponse:
    form = NameForm(posted(request), initial={"full_name": request.user.full_name})
    if form.is_valid():
        request.user.full_name = form.cleaned_data["full_name"]
        request.user.save(update_fields=["full_name"])
        messages.success(request, "Your name is changed.")
        return redirect("partnerships:account_detail")
    return render(request, "partnerships/account_name.html", {"form": form})


@require_POST
def choose_theme(request: UserRequest) -> HttpResponse:
    """Keeps light or dark in this browser; joined-up.js writes the same cookie."""
    form = ThemeForm(request.POST)
    response = redirect("partnerships:account_detail")
    if form.is_valid() and form.cleaned_data["theme"]:
        age = THEME_DAYS * 86_400
        response.set_cookie(
            "theme", form.cleaned_data["theme"], max_age=age, samesite="Lax", secure=settings.PRODUCTION
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def download_held(request: UserRequest) -> HttpResponse:
    """Everything that is held about the person who asks, as a file."""
    name = f"held-about-me-{timezone.localdate():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return JsonResponse(
        held_about(request.user), headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )


@setting_view(Permission.SETTING_VIEW)
def setting_home(request: SettingRequest) -> HttpResponse:
    return render(request, "partnerships/home.html", {"home": home_of(request.membership)})


@setting_view(Permission.SETTING_VIEW)
def worried(request: SettingRequest) -> HttpResponse:
    return render(request, "partnerships/worried.html")


@setting_view(Permission.SETTING_VIEW)
def more(request: SettingRequest) -> HttpResponse:
    """For phones: every place that is not in the dock, and one's own account."""
    context = {
        "may_edit_setting": request.membership.may(Permission.SETTING_EDIT),
        "may_see_visitors": request.membership.may(Permission.VISITOR_READ),
        "may_see_self": request.membership.may(Permission.PEOPLE_READ),
    }
    return render(request, "partnerships/more.html", context)
