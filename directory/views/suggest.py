"""Suggesting from inside: a colleague, or another school, that sees a sheet but does not keep it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.changes.suggesting import suggest_from_inside, withholds
from directory.commands import Refused
from directory.forms import SectionForm, WrongForm
from directory.forms.sheet import differing
from directory.forms.suggestions import add_words
from directory.models import Rules, Service, Suggestion
from directory.sheet.values import Values, values_of
from directory.views.keeping import detail_url
from directory.views.parts import overview, part_of, placed, rows_of
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted

THANKS = "Thank you. Whoever keeps the sheet looks at it. Here you see what became of it."


@setting_view(Permission.DIRECTORY_SUGGEST)
def suggest_change(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The parts of the sheet, each to suggest something for."""
    service = sheet_of(request, pk)
    values, rules = values_of(service), Rules.of(request.setting)
    context = {
        "service": service,
        "parts": overview(values, rules, lambda part: _address(request, pk, "suggest_section", part)),
        "keeper": keeping.keeper_words(service, request.setting),
        "is_withheld": withholds(values),
    }
    return render(request, "directory/suggest_change.html", context)


@setting_view(Permission.DIRECTORY_SUGGEST)
def suggest_section(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    service = sheet_of(request, pk)
    form = _form(request, service, part_of(values_of(service), part), _as_of_now(request, service))
    if form.is_valid():
        said = form.as_changes()
        changes = {name: said[name] for name in differing(_typed_on(request, service), said)}
        made = _made(request, service, form, changes=changes, words=form.cleaned_data["why"])
        if made is not None:
            messages.success(request, THANKS)
            return redirect("directory:suggestion_detail", request.setting.slug, made.pk)
    return _shown(request, service, form)


def _typed_on(request: SettingRequest, service: Service) -> Values:
    """What stood on the sheet that was typed on: this one, or one that was joined with it meanwhile."""
    gone = request.POST.get("typed_on", "")
    found = service.merged_from.with_parts() if gone else ()
    return values_of(next((each for each in found if str(each.pk) == gone), service))


@require_POST
@setting_view(Permission.DIRECTORY_SUGGEST)
def suggest_row(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    """Shows what was typed again, with an empty row more. Nothing is kept."""
    service = sheet_of(request, pk)
    kind = rows_of(part_of(values_of(service), part))
    return _shown(request, service, _form(request, service, kind, None, typed=request.POST))


@setting_view(Permission.DIRECTORY_SUGGEST)
def suggest_words(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Something is wrong, in words alone."""
    service = sheet_of(request, pk)
    form = WrongForm(posted(request))
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        made = _made(request, service, form, changes={}, **form.cleaned_data)
        if made is not None:
            messages.success(request, THANKS)
            return redirect("directory:suggestion_detail", request.setting.slug, made.pk)
    return render(request, "directory/suggest_words.html", {"service": service, "form": form})


def _as_of_now(request: SettingRequest, service: Service) -> QueryDict | None:
    """A suggestion stands beside whatever the sheet says: it is never too late for one."""
    data = posted(request)
    if data is None:
        return None
    data = data.copy()
    data["version"] = str(service.version)
    return data


def _form(
    request: SettingRequest,
    service: Service,
    kind: type[SectionForm],
    data: QueryDict | None,
    **kwargs: QueryDict,
) -> SectionForm:
    form = kind(data, instance=service, setting=request.setting, is_whole=False, **kwargs)
    form.submit_label = "Suggest it"
    form.draft_key = ""
    add_words(form)
    return form


def _made(
    request: SettingRequest,
    service: Service,
    form: SectionForm | WrongForm,
    *,
    changes: Values,
    words: str,
    kind: str = Suggestion.Kind.CHANGE,
) -> Suggestion | None:
    """None when there was nothing to suggest; the form says so."""
    try:
        return suggest_from_inside(
            service=service, changes=changes, kind=kind, words=words, by=request.membership
        )
    except Refused as problem:
        form.add_error(None, str(problem))
        return None


def _address(request: SettingRequest, pk: UUID, name: str, *part: str) -> str:
    return reverse(f"directory:{name}", args=[request.setting.slug, pk, *part])


def _shown(request: SettingRequest, service: Service, form: SectionForm) -> HttpResponse:
    placed(
        form,
        back=_address(request, service.pk, "suggest_change"),
        here=_address(request, service.pk, "suggest_section", form.key),
        rows=_address(request, service.pk, "suggest_row", form.key),
    )
    return render(request, "directory/suggest_section.html", {"form": form, "service": service})
