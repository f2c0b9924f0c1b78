"""How the directory is used, for coordinators: a page, and each of its tables as a spreadsheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.downloads import attachment
from config.typing import SettingRequest
from directory import exports
from directory.use import figures
from directory.use import overview as use
from partnerships.access import Permission, setting_view


def _weeks(request: SettingRequest) -> int:
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(period) for period in use.PERIODS} else use.USUAL


@setting_view(Permission.DIRECTORY_EDIT)
def use_detail(request: SettingRequest) -> HttpResponse:
    weeks = _weeks(request)
    found = use.use_of(request.setting, timezone.localdate(), weeks)
    context = {
        "use": found,
        "opened": found.opened[: use.SHOWN],
        "weeks": weeks,
        "periods": use.PERIODS,
        "told_from": figures.TOLD_FROM,
    }
    return render(request, "directory/use_detail.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def export_use(request: SettingRequest, kind: str) -> HttpResponse:
    if kind not in use.KINDS:
        raise Http404
    rows = use.table_of(use.use_of(request.setting, timezone.localdate(), _weeks(request)), kind)
    return attachment(
        exports.as_csv(rows), "text/csv; charset=utf-8", f"{request.setting.slug}-use-{kind}.csv"
    )
