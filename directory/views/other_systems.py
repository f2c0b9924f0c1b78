"""What people who run other systems read before they use the open API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.oruk.terms import ROOT
from partnerships.access import public_view


@public_view
def other_systems(request: HttpRequest) -> HttpResponse:
    context = {"root": f"{settings.SITE_URL}{ROOT}", "a_minute": f"{settings.API_REQUESTS_A_MINUTE:,}"}
    return render(request, "directory/other_systems.html", context)
