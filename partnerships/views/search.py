"""One box that finds services, people, sessions and actions."""

from django.http import HttpResponse
from django.shortcuts import render

from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from partnerships.search import SHORTEST
from partnerships.search import search as find


@setting_view(Permission.SETTING_VIEW)
def search(request: SettingRequest) -> HttpResponse:
    """The whole page, or while somebody types only the hits."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    kinds = find(request.membership, words)
    context = {
        "words": words,
        "kinds": kinds,
        "count": sum(len(kind.hits) for kind in kinds),
        "too_short": 0 < len(words) < SHORTEST,
    }
    is_partial = request.htmx and not request.htmx.boosted and request.htmx.target == "hits"
    return render(request, "partnerships/_hits.html" if is_partial else "partnerships/search.html", context)
