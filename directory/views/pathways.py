"""Pathways inside a setting: reading, writing, choosing services, and putting them on paper."""

from collections.abc import Iterable
from dataclasses import asdict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.downloads import shown_pdf
from config.typing import SettingRequest
from directory.forms.pathways import PathwayForm, StepForm
from directory.models import Pathway, Service
from directory.paper import pathway as paper
from directory.use import pathways
from directory.use.discretion import is_of_abuse
from directory.use.pathway_texts import BY_NEED
from partnerships.access import Permission, setting_view
from partnerships.history import saved_last_by
from partnerships.views import one_at_a_time, posted


def _pathway(request: SettingRequest, need: str) -> Pathway:
    return get_object_or_404(request.setting.pathways.filter(retired_at=None), slug=need)


def _named(pathways: Iterable[Pathway], slug: str) -> Pathway | None:
    """The one that the address asks for, whatever stands there."""
    return next((each for each in pathways if each.slug == slug), None)


def _url(request: SettingRequest, pathway: Pathway) -> str:
    return reverse("directory:pathway_detail", args=[request.setting.slug, pathway.slug])


@setting_view(Permission.DIRECTORY_READ)
def pathway_list(request: SettingRequest) -> HttpResponse:
    may_edit = request.membership.may(Permission.DIRECTORY_EDIT)
    context = {
        "pathways": pathways.current(request.setting),
        "beginnings": pathways.beginnings_for(request.setting) if may_edit else [],
        "taken_off": _named(request.setting.pathways.exclude(retired_at=None), request.GET.get("off", ""))
        if may_edit
        else None,
        "may_edit": may_edit,
    }
    return render(request, "directory/pathway_list.html", context)


@setting_view(Permission.DIRECTORY_READ)
def pathway_detail(request: SettingRequest, need: str) -> HttpResponse:
    pathway = _pathway(request, need)
    may_edit = request.membership.may(Permission.DIRECTORY_EDIT)
    return _shown(request, pathway, StepForm(pathway=pathway) if may_edit else None)


def _shown(request: SettingRequest, pathway: Pathway, form: StepForm | None) -> HttpResponse:
    """`form` adds a service, for those who may."""
    context = {
        "pathway": pathway,
        "steps": pathways.steps_of(pathway, Service.visible_to(request.setting)),
        "may_edit": form is not None,
        "form": form,
        "is_open": pathway.is_public and request.setting.publishes_directory,
        "may_be_found": is_of_abuse(pathway.need),
    }
    return render(request, "directory/pathway_detail.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def add_pathway(request: SettingRequest) -> HttpResponse:
    """With ?need= it begins with our words for that need; nothing is kept before it is saved."""
    beginning = BY_NEED.get(request.GET.get("need", ""))
    initial = {**asdict(beginning), "also": beginning.also.split(", ")} if beginning else {}
    with one_at_a_time(request):
        form = PathwayForm(posted(request), instance=Pathway(), setting=request.setting, initial=initial)
        if form.is_valid():
            pathway = form.save()
            messages.success(request, "Saved. Now choose the services that help.")
            return redirect(_url(request, pathway))
    form.cancel_url = reverse("directory:pathway_list", args=[request.setting.slug])
    return render(request, "directory/edit_pathway.html", {"form": form, "pathway": None})


@setting_view(Permission.DIRECTORY_EDIT)
def edit_pathway(request: SettingRequest, need: str) -> HttpResponse:
    pathway = _pathway(request, need)
    with transaction.atomic():
        form = PathwayForm(posted(request), instance=pathway, setting=request.setting)
        if form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return redirect(_url(request, pathway))
        if form.stale:
            form.saved_by = saved_last_by(pathway)
    form.cancel_url = _url(request, pathway)
    return render(request, "directory/edit_pathway.html", {"form": form, "pathway": pathway})


@setting_view(Permission.DIRECTORY_EDIT)
def pathway_changes(request: SettingRequest, need: str) -> HttpResponse:
    pathway = _pathway(request, need)
    context = {"pathway": pathway, "changes": pathways.story_of(pathway)}
    return render(request, "directory/pathway_changes.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def add_to_pathway(request: SettingRequest, need: str) -> HttpResponse:
    pathway = _pathway(request, need)
    form = StepForm(request.POST, pathway=pathway)
    if not form.is_valid():
        return _shown(request, pathway, form)
    service, note = form.cleaned_data["service"], form.cleaned_data["note"]
    if not pathways.add_step(pathway=pathway, service=service, note=note, by=request.membership):
        messages.warning(request, f"A page holds {pathways.MOST_SERVICES} services. Take one off first.")
    return redirect(_url(request, pathway) + "#who")


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def take_off_pathway(request: SettingRequest, need: str, step: int) -> HttpResponse:
    pathway = _pathway(request, need)
    if name := pathways.remove_step(pathway=pathway, step=step, by=request.membership):
        messages.success(request, f"{name} is off this page. Its sheet stays in the directory.")
    return redirect(_url(request, pathway) + "#who")


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def move_in_pathway(request: SettingRequest, need: str, step: int) -> HttpResponse:
    pathway = _pathway(request, need)
    is_up = request.POST.get("to") == "up"
    pathways.move_step(pathway=pathway, step=step, up=is_up, by=request.membership)
    return redirect(_url(request, pathway) + "#who")


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def retire_pathway(request: SettingRequest, need: str) -> HttpResponse:
    pathway = _pathway(request, need)
    pathways.set_retired(pathway=pathway, is_retired=True, by=request.membership)
    home = reverse("directory:pathway_list", args=[request.setting.slug])
    return redirect(f"{home}?off={pathway.slug}")


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def put_back_pathway(request: SettingRequest, need: str) -> HttpResponse:
    pathway = get_object_or_404(request.setting.pathways, slug=need)
    pathways.set_retired(pathway=pathway, is_retired=False, by=request.membership)
    return redirect(_url(request, pathway))


@setting_view(Permission.DIRECTORY_READ)
def pathway_paper(request: SettingRequest, need: str) -> HttpResponse:
    """The leaflet for a family, on two sides."""
    pathway = _pathway(request, need)
    steps = pathways.steps_of(pathway, Service.visible_to(request.setting))
    return shown_pdf(paper.leaflet(pathway, steps).pdf().content, f"{pathway.slug}-leaflet")


@setting_view(Permission.DIRECTORY_READ)
def poster_paper(request: SettingRequest) -> HttpResponse:
    """A poster for the wall, of the whole public page or (?need=) of one need; ?size=a3 for the large one."""
    if not request.setting.publishes_directory:
        messages.warning(
            request,
            "The code on a poster leads to the school’s public page. A coordinator opens that page first, "
            "under the school’s settings.",
        )
        return redirect("directory:pathway_list", request.setting.slug)
    found = _named(
        request.setting.pathways.filter(retired_at=None, is_public=True), request.GET.get("need", "")
    )
    is_large = request.GET.get("size") == "a3"
    return shown_pdf(paper.poster(request.setting, found, is_large=is_large).pdf().content, "poster")
