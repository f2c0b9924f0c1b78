"""A pathway as families read it, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from directory.public.families import ForFamilies, Today
from directory.public.family_search import FamilySearch
from directory.public.publishing import published_by, publishing_setting
from directory.use.pathways import steps_of
from directory.views.public import around, family_page


@family_page
def public_pathway_detail(request: HttpRequest, slug: str, need: str) -> HttpResponse:
    today = Today.at(publishing_setting(slug))
    public = today.setting.pathways.filter(retired_at=None, is_public=True)
    pathway = get_object_or_404(public, slug=need)
    steps = steps_of(pathway, published_by(today.setting))
    context = {
        **around(today),
        "pathway": pathway,
        "asked": FamilySearch.from_query(request.GET),
        "lines": [ForFamilies.of(step.service, today) for step in steps],
    }
    return render(request, "directory/family/pathway.html", context)
