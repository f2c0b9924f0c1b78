"""The search for families on the school's own website: a frame to put there, and the page that says how."""

from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from config.text import one_line
from config.typing import SettingRequest
from directory.public.family_search import LONGEST, FamilySearch, Offered
from directory.public.publishing import publishing_setting
from directory.views.public import family_page
from partnerships.access import Permission, setting_view


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@family_page
def public_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """May stand in a frame of any website: it is a search box, and what it finds opens in a page of its own."""
    setting = publishing_setting(slug)
    context = {
        "setting": setting,
        "address": reverse("directory:public_list", args=[slug]),
        "need": FamilySearch.from_query(request.GET).words or one_line(request.GET.get("need", ""), LONGEST),
        "offered": Offered.by(setting),
    }
    return render(request, "directory/family/embed.html", context)


@csp_update({"frame-src": ["'self'"]})
@setting_view(Permission.DIRECTORY_EDIT)
def embed_search(request: SettingRequest) -> HttpResponse:
    slug = request.setting.slug
    page = request.build_absolute_uri(reverse("directory:public_list", args=[slug]))
    frame = request.build_absolute_uri(reverse("directory:public_embed", args=[slug]))
    context = {"page": page, "frame": FRAME.format(frame), "plain": FORM.format(page)}
    return render(request, "directory/embed_search.html", context)


FRAME = (
    '<iframe src="{}" title="Find help for your family" width="100%" height="340" loading="lazy"'
    ' referrerpolicy="no-referrer" style="border: 0"></iframe>'
)
FORM = """<form action="{}" method="get" target="_blank">
  <label for="find-help">What would help your family?</label>
  <input id="find-help" type="search" name="q" maxlength="100">
  <button type="submit">Find</button>
</form>"""
