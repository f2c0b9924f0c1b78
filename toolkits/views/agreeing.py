"""What we agreed: the words, who agrees, the numbered versions and their papers."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from config.downloads import shown_pdf
from toolkits import commands
from toolkits.agreed import draft_paper
from toolkits.commands.locking import locked
from toolkits.forms.sessions import AgreedForm, AgreeForm
from toolkits.seats import Seat
from toolkits.stages import Stage
from toolkits.views.pages import back_to, page_of, published, session_page
from toolkits.views.seating import guest, member, runner


@runner
@require_POST
def write_agreed(request: HttpRequest, seat: Seat) -> HttpResponse:
    with transaction.atomic():
        activity = locked(seat.activity.pk)
        form = AgreedForm(request.POST, activity=activity)
        if form.is_valid():
            commands.write_agreed(by=seat, words=form.cleaned_data["words"], seen_version=activity.version)
            messages.success(request, "Kept. Everyone who takes part is asked whether they agree.")
            return back_to(seat, anchor="#what-we-agreed")
    return session_page(request, seat, agreed_form=form)


@require_POST
def _say(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return session_page(request, seat, agree_form=form)
    given = form.cleaned_data
    commands.say_agree(by=seat, agrees=given["agrees"] == "yes", because=given["because"])
    messages.success(request, "Thank you. You can change your mind until it is settled.")
    return back_to(seat, anchor="#what-we-agreed")


say_agree = member(_say)
guest_say_agree = guest(_say)


@require_safe
def _version(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """An agreed version, from what was kept of it."""
    version = get_object_or_404(seat.activity.agreed_versions.defer("pdf"), number=number)
    return page_of(request, seat, "agreed_version", {"agreed": version})


version_detail = member(_version)
guest_version_detail = guest(_version)


@require_safe
def _version_paper(request: HttpRequest, seat: Seat, number: int) -> HttpResponseBase:
    version = get_object_or_404(seat.activity.agreed_versions, number=number)
    content = published(version)
    if not content:
        return page_of(request, seat, "paper_waits", {"agreed": version}, status=503)
    return _pdf(content, f"{seat.activity.title}-{number}")


version_paper = member(_version_paper)
guest_version_paper = guest(_version_paper)


@require_safe
def _paper(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """The session on paper: what was agreed, as it was kept; before that a draft of what this person may see."""
    if seat.activity.stage == Stage.AGREED:
        last = seat.activity.agreed_versions.defer("pdf", "content").first()
        return _version_paper(request, seat, last.number if last else 0)
    pdf = draft_paper(seat.activity, seat.viewer).pdf()
    return _pdf(pdf.content, f"{seat.activity.title}-draft")


activity_paper = member(_paper)
guest_activity_paper = guest(_paper)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return shown_pdf(content, slugify(name)[:80], cache="private, no-cache")
