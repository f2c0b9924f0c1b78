"""What is filtered of the directory, as a file."""

from django.http import HttpResponse

from config.downloads import attachment
from config.typing import SettingRequest
from directory import search
from directory.downloads import FORMATS, Format
from directory.models import Service
from partnerships.access import Permission, setting_view


@setting_view(Permission.DIRECTORY_READ)
def export_csv(request: SettingRequest) -> HttpResponse:
    return _exported(request, FORMATS["csv"])


@setting_view(Permission.DIRECTORY_READ)
def export_xlsx(request: SettingRequest) -> HttpResponse:
    return _exported(request, FORMATS["xlsx"])


@setting_view(Permission.DIRECTORY_READ)
def export_oruk(request: SettingRequest) -> HttpResponse:
    return _exported(request, FORMATS["oruk"])


def _exported(request: SettingRequest, chosen: Format) -> HttpResponse:
    asked = search.find(request.setting, search.Filter.from_query(request.GET))
    found = search.in_order(Service.visible_to(request.setting).with_parts(), asked.pks)
    content = chosen.write(request.setting, found, request.membership.may(Permission.DIRECTORY_EDIT))
    return attachment(content, chosen.content_type, f"{request.setting.slug}-directory.{chosen.ending}")
