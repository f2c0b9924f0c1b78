"""The practitioner's telephone: the page that the lasting link opens, and who makes, renews and ends such links."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from config.forms import BaseForm
from config.typing import SettingRequest
from directory.agency import lasting
from directory.agency.answering import LinkOver
from directory.agency.links import Found, Purpose, find
from directory.changes.suggestion_lists import suggested_to
from directory.forms.notices import LastingLinkForm, PhoneForm, UsualForm
from directory.models import AgencyLink, Notice
from directory.views.agency import about_end, link_over, too_often, unkept, within_limit
from directory.views.keeping import detail_url
from directory.views.notices import sayable
from partnerships.access import Permission, public_view, setting_view
from partnerships.mail import MailNotSent
from partnerships.views import posted

BUTTONS = {
    Notice.Kind.AWAY: "Not in this week",
    Notice.Kind.FULL: "List full",
    Notice.Kind.WAITING: "Waiting now",
    Notice.Kind.CLOSED: "Closed until then",
}
NOT_SENT = "The link is made, but the mail could not be sent just now. Renew it in a few minutes."


def _page(request: HttpRequest, found: Found, form: BaseForm | None = None) -> HttpResponse:
    """`form`: what was sent and could not be read."""
    assert found.link is not None
    assert found.link.made_by is not None
    context: dict[str, Any] = {
        "link": found.link,
        "service": found.link.service,
        "setting": found.link.made_by.setting,
        "holds": lasting.sayings(found.link),
        "buttons": [
            (words, PhoneForm(request=request, of_kind=kind.value)) for kind, words in BUTTONS.items()
        ],
        "usual": UsualForm(request=request, auto_id="usual_%s"),
        "suggested": suggested_to(found.link),
        "speaks": lasting.speaks_for_service(found.link),
        "said": lasting.has_just_said(found.link),
        "form": form,
        **about_end(request, found.link),
    }
    return unkept(render(request, "directory/lasting_link.html", context))


@csrf_exempt
@public_view
def lasting_link(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what holds, and says more of it: at once, for everybody. Looking changes nothing."""
    found = find(token, Purpose.LASTING)
    if not found.is_open:
        return link_over(request, found)
    kind = request.POST.get("kind", "")
    if request.method != "POST" or kind not in BUTTONS:
        return _page(request, found)
    if not within_limit(request):
        return too_often(request)
    form = PhoneForm(request=request, of_kind=kind)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        lasting.say(key=token, said=form.as_notice())
    except LinkOver:
        return link_over(request, find(token, Purpose.LASTING))
    return redirect("directory:lasting_link", token)


@csrf_exempt
@require_POST
@public_view
def say_usual(request: HttpRequest, token: str) -> HttpResponse:
    found = find(token, Purpose.LASTING)
    if not found.is_open:
        return link_over(request, found)
    if not within_limit(request):
        return too_often(request)
    form = UsualForm(request=request)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        lasting.as_usual(key=token)
    except LinkOver:
        return link_over(request, find(token, Purpose.LASTING))
    return redirect("directory:lasting_link", token)


@setting_view(Permission.DIRECTORY_READ)
def lasting_list(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The links of one service, and a new one."""
    service = sayable(request, pk)
    initial = {}
    if request.membership.service_id == service.pk:
        initial = {"person": request.membership.user.full_name, "email": request.membership.user.email}
    form = LastingLinkForm(posted(request), initial=initial)
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        try:
            lasting.make(service=service, by=request.membership, **form.cleaned_data)
            messages.success(request, f"The link is on its way to {form.cleaned_data['email']}.")
            return redirect("directory:lasting_list", request.setting.slug, service.pk)
        except lasting.NotMade as refusal:
            form.add_error(None, str(refusal))
        except MailNotSent:
            messages.warning(request, NOT_SENT)
            return redirect("directory:lasting_list", request.setting.slug, service.pk)
    links = lasting.links_at(service, request.setting)
    return render(request, "directory/lasting_list.html", {"form": form, "service": service, "links": links})


def _link_of(request: SettingRequest, pk: UUID, link: UUID) -> AgencyLink:
    found: AgencyLink = get_object_or_404(lasting.links_at(sayable(request, pk), request.setting), pk=link)
    return found


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def renew_link(request: SettingRequest, pk: UUID, link: UUID) -> HttpResponse:
    found = _link_of(request, pk, link)
    try:
        lasting.renew(link=found, by=request.membership)
        messages.success(
            request, f"A new link is on its way to {found.email}. The older one no longer works."
        )
    except MailNotSent:
        messages.warning(request, NOT_SENT)
    return redirect("directory:lasting_list", request.setting.slug, pk)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def end_link(request: SettingRequest, pk: UUID, link: UUID) -> HttpResponse:
    found = _link_of(request, pk, link)
    lasting.end(link=found)
    messages.success(request, f"The link of {found.person or found.email} no longer works.")
    return redirect("directory:lasting_list", request.setting.slug, pk)
