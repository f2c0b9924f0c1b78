"""Did it work? The service sees its own figures first, and answers them, behind the link on its telephone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from directory.agency import lasting
from directory.agency.answering import LinkOver
from directory.agency.links import Purpose, find
from directory.forms.results import LinkFiguresForm
from directory.models import AgencyLink
from directory.use import referrals
from directory.views.agency import find_speaking, link_over, too_often, unkept, within_limit
from partnerships.access import public_view


@csrf_exempt
@public_view
def lasting_figures(request: HttpRequest, token: str) -> HttpResponse:
    found = find_speaking(token, Purpose.LASTING)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = LinkFiguresForm(request=request, instance=referrals.answer_of(found.link.service))
    form.cancel_url = reverse("directory:lasting_link", args=[token])
    if form.is_valid():
        try:
            lasting.answer_figures(key=token, words=form.cleaned_data["words"])
        except LinkOver:
            return link_over(request, find(token, Purpose.LASTING))
        return redirect(f"{request.path}?said=1")
    return _shown(request, found.link, form)


def _shown(request: HttpRequest, link: AgencyLink, form: LinkFiguresForm) -> HttpResponse:
    assert link.made_by is not None
    context = {
        "service": link.service,
        "figures": referrals.figures_of(link.service, link.made_by.setting, is_own=True),
        "form": form,
        "said": request.GET.get("said") == "1",
    }
    return unkept(render(request, "directory/lasting_figures.html", context))
