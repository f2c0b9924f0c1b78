""" "Something is wrong" on a public sheet: anybody may say so, without signing in and without a cookie."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from directory.commands import Refused
from directory.forms.problem import ProblemForm
from directory.models import Service
from directory.public.families import Today
from directory.public.problems import may_report, report_problem
from directory.public.publishing import publishing_setting
from directory.views.public import around, family_page, public_sheet
from partnerships.access import public_view
from partnerships.limits import place_of
from partnerships.models import Setting

TOO_MANY = "Many messages came from here in a short time. Please try again later, or ring the school"


@csrf_exempt  # the form has a ticket instead: config/sessionless.py
@never_cache
@public_view
def say_problem(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    today = Today.at(publishing_setting(slug))
    service = public_sheet(today.setting, pk)
    form = ProblemForm(request=request)
    form.cancel_url = reverse("directory:public_service", args=[slug, pk])
    if form.is_valid() and _sent(form, service, today.setting, place_of(request)):
        return redirect("directory:problem_sent", slug, pk)
    return render(
        request, "directory/family/problem.html", {**around(today), "service": service, "form": form}
    )


def _sent(form: ProblemForm, service: Service, setting: Setting, place: str) -> bool:
    if not may_report(service, place):
        form.add_error(None, TOO_MANY)
        return False
    try:
        report_problem(service=service, setting=setting, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@family_page
def problem_sent(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    today = Today.at(publishing_setting(slug))
    context = {**around(today), "service": public_sheet(today.setting, pk)}
    return render(request, "directory/family/problem_sent.html", context)
