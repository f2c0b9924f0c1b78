"""The demo's outbox: what the product would have sent by e-mail."""

from itertools import islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import letters, mail
from partnerships.access import public_view

SHOWN = 50


@public_view
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    return render(request, "demo/outbox.html", {"mails": list(islice(mail.posted(), SHOWN)), "shown": SHOWN})


@public_view
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    _only_in_the_demo()
    found = mail.posted_as(name)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found, **letters.parts_of(found.text)})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
