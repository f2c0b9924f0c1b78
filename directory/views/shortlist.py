"""The own shortlist: putting services aside, and what to do with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.downloads import shown_pdf
from config.typing import SettingRequest
from config.values import is_uuid
from directory.forms.shortlist import SendShortlistForm
from directory.models import Service
from directory.models.service import ServiceQuerySet
from directory.notices import with_notices
from directory.paper.handout import handout_paper
from directory.use import shortlist
from directory.use.comparing import compared, lines_of
from partnerships.access import Permission, setting_view
from partnerships.limits import hit
from partnerships.mail import MailNotSent
from partnerships.views import posted

MAILS_AN_HOUR = 20


def _services(request: SettingRequest) -> ServiceQuerySet:
    """With everything that is said of them now."""
    return with_notices(shortlist.services_of(request.membership).with_parts(), request.setting)


@setting_view(Permission.DIRECTORY_READ)
def shortlist_detail(request: SettingRequest) -> HttpResponse:
    services = _services(request)
    context = {
        "lines": lines_of(services, request.setting),
        "most": shortlist.MOST_COMPARED,
        "undo": request.GET.get("cleared", "")[:4000],
        "sent": request.membership.mails_sent.filter(kind=shortlist.SENT).first(),
    }
    return render(request, "directory/shortlist_detail.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def add_to_shortlist(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = get_object_or_404(Service.visible_to(request.setting), pk=pk)
    try:
        shortlist.add_to_shortlist(service=service, by=request.membership)
    except shortlist.Full:
        messages.warning(
            request, f"A shortlist holds {shortlist.MOST} services. Take one off before you add another."
        )
        return _after(request, reverse("directory:shortlist_detail", args=[request.setting.slug]))
    return _button_or_back(request, service)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def remove_from_shortlist(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = get_object_or_404(Service.visible_to(request.setting), pk=pk)
    shortlist.remove_from_shortlist(service=service, by=request.membership)
    return _button_or_back(request, service)


def _button_or_back(request: SettingRequest, service: Service) -> HttpResponse:
    """The button alone for htmx; else the page that somebody came from, at the service."""
    if request.htmx:
        has_link = "/shortlist/" not in (request.htmx.current_url or "/shortlist/")
        context = {"service": service, "has_link": has_link}
        return render(request, "directory/_shortlist_pressed.html", context)
    back = request.POST.get("back", "")
    home = reverse("directory:shortlist_detail", args=[request.setting.slug])
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/s/")
    return redirect(back if is_ours else home)


def _after(request: SettingRequest, url: str) -> HttpResponse:
    if not request.htmx:
        return redirect(url)
    response = HttpResponse()
    response["HX-Redirect"] = url
    return response


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def clear_shortlist(request: SettingRequest) -> HttpResponse:
    token = shortlist.clear_shortlist(by=request.membership)
    query = QueryDict(mutable=True)
    query["cleared"] = token
    home = reverse("directory:shortlist_detail", args=[request.setting.slug])
    return redirect(f"{home}?{query.urlencode()}" if token else home)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def put_back_shortlist(request: SettingRequest) -> HttpResponse:
    if shortlist.restore_shortlist(token=request.POST.get("token", ""), by=request.membership):
        messages.success(request, "Your shortlist is back.")
    else:
        messages.warning(request, "It is too late to put it back. Choose the services again.")
    return redirect("directory:shortlist_detail", request.setting.slug)


@setting_view(Permission.DIRECTORY_READ)
def compare_services(request: SettingRequest) -> HttpResponse:
    """The chosen ones side by side; without a choice the first four of the shortlist."""
    services = _services(request)
    chosen = [value for value in request.GET.getlist("service") if is_uuid(value)]
    if chosen:
        services = services.filter(pk__in=chosen)
    found = list(services)
    context = {
        "table": compared(found[: shortlist.MOST_COMPARED], request.setting),
        "too_many": len(found) > shortlist.MOST_COMPARED,
        "most": shortlist.MOST_COMPARED,
    }
    return render(request, "directory/compare_services.html", context)


@setting_view(Permission.DIRECTORY_READ)
def shortlist_paper(request: SettingRequest) -> HttpResponse:
    services = list(_services(request))
    if not services:
        messages.warning(request, "Put a service on your shortlist first, then print it.")
        return redirect("directory:shortlist_detail", request.setting.slug)
    content = handout_paper(services, request.setting).pdf().content
    return shown_pdf(content, "people-who-can-help")


@setting_view(Permission.DIRECTORY_READ)
def send_shortlist(request: SettingRequest) -> HttpResponse:
    services = _services(request)
    home = reverse("directory:shortlist_detail", args=[request.setting.slug])
    if not services.exists():
        messages.warning(request, "Put a service on your shortlist first, then send it.")
        return redirect(home)
    form = SendShortlistForm(posted(request), initial={"to": request.user.email})
    form.cancel_url = home
    if form.is_valid() and _send(request, form, services):
        messages.success(request, f"Sent to {form.cleaned_data['to']}.")
        return redirect(home)
    return render(request, "directory/send_shortlist.html", {"form": form, "services": services})


def _send(request: SettingRequest, form: SendShortlistForm, services: ServiceQuerySet) -> bool:
    if not hit(f"shortlist-mail:{request.membership.pk}", MAILS_AN_HOUR, 3600):
        form.add_error(None, f"You have sent {MAILS_AN_HOUR} lists in an hour. Try again in an hour")
        return False
    try:
        shortlist.send_shortlist(
            services=services,
            to=form.cleaned_data["to"],
            words=form.cleaned_data["words"],
            by=request.membership,
        )
    except MailNotSent:
        form.add_error(None, "The mail server did not take it. Try again in a few minutes, or print the list")
        return False
    return True
