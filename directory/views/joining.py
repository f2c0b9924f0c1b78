"""Sheets that may be the same: proposed in pairs, looked at side by side, joined or not."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.text import one_line
from config.typing import SettingRequest
from directory import keeping
from directory.changes import asking_to_join, merging, sameness
from directory.commands import Refused
from directory.forms import AskToJoinForm, JoinForm
from directory.models import Service
from directory.views.keeping import detail_url
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted

PAGE = 20


@setting_view(Permission.DIRECTORY_EDIT)
def same_list(request: SettingRequest) -> HttpResponse:
    pairs = sameness.pairs_of(request.membership)
    page = Paginator(pairs, PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/same_list.html", {"page_obj": page})


@setting_view(Permission.DIRECTORY_EDIT)
def choose_same(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Which other sheet is this one? Proposed, or looked for by name."""
    service = sheet_of(request, pk)
    words = one_line(request.GET.get("q", ""), 100)
    context = {
        "service": service,
        "words": words,
        "pairs": sameness.pairs_of(request.membership, only=service),
        "found": sameness.named(request.membership, service, words) if words else [],
    }
    return render(request, "directory/choose_same.html", context)


def two_sheets(request: SettingRequest, pk: UUID, other: UUID) -> tuple[Service, Service]:
    found = sameness.joinable(request.setting, [pk, other])
    if len(found) != 2:
        raise Http404
    return found[pk], found[other]


@setting_view(Permission.DIRECTORY_EDIT)
def join_services(request: SettingRequest, pk: UUID, other: UUID) -> HttpResponse:
    """`pk` stays, `other` goes into it."""
    kept, going = two_sheets(request, pk, other)
    if not merging.may_join(request.membership, kept, going):
        raise PermissionDenied
    is_direct = keeping.may_decide(request.membership, kept)
    rows = merging.rows_of(kept, going, is_whole=is_direct)
    versions = (kept.version, going.version)
    form = JoinForm(posted(request), rows=rows, versions=versions)
    if form.is_valid():
        try:
            merging.join(kept=kept, other=going, take=form.taken(), seen=form.seen(), by=request.membership)
        except Refused as problem:
            messages.warning(request, f"{problem}.")
            return redirect("directory:join_services", request.setting.slug, pk, other)
        messages.success(request, f"Joined. {going.name} leads to this sheet from now on.")
        return redirect(detail_url(request, kept))
    context = {
        "kept": kept,
        "other": going,
        "form": form,
        "is_direct": is_direct,
        "is_ours": kept.steward_id == request.setting.pk,
        "may_swap": merging.may_join(request.membership, going, kept),
        "keeper": keeping.keeper_words(kept, request.setting),
        "may_ask": asking_to_join.may_ask_to_join(request.membership, going, kept),
        "users": merging.users_of(going, request.setting),
    }
    return render(request, "directory/join_services.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def ask_to_join(request: SettingRequest, pk: UUID, other: UUID) -> HttpResponse:
    """`pk` is ours and would stay; the school that keeps `other` is asked to let it go."""
    ours, theirs = two_sheets(request, pk, other)
    if not asking_to_join.may_ask_to_join(request.membership, ours, theirs):
        raise Http404
    form = AskToJoinForm(posted(request))
    form.cancel_url = reverse("directory:join_services", args=[request.setting.slug, other, pk])
    keeper = keeping.keeper_words(theirs, request.setting)
    if form.is_valid():
        words = form.cleaned_data["words"]
        made = asking_to_join.ask_to_join(kept=ours, other=theirs, words=words, by=request.membership)
        messages.success(request, f"Asked. {keeper} looks at both. Here you see what became of it.")
        return redirect("directory:suggestion_detail", request.setting.slug, made.pk)
    context = {"ours": ours, "theirs": theirs, "keeper": keeper, "form": form}
    return render(request, "directory/ask_to_join.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def dismiss_same(request: SettingRequest, pk: UUID, other: UUID) -> HttpResponse:
    one = get_object_or_404(Service.linkable_by(request.setting), pk=pk)
    two = get_object_or_404(Service.linkable_by(request.setting).exclude(pk=one.pk), pk=other)
    sameness.say_not_the_same(one, two, by=request.membership)
    messages.success(request, f"{one.name} and {two.name} stay two sheets. You are not asked again.")
    return redirect("directory:same_list", request.setting.slug)
