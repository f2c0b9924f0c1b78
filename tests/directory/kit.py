"""What the tests of the directory share."""

import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from directory.changes.versions import TRACKED, event_model
from directory.models import Phone, Place, Service
from directory.sheet.saving import create_sheets
from directory.sheet.times import read_times
from directory.sheet.values import Values
from partnerships.models import Setting
from partnerships.sectors import Sector
from tests.factories import SettingFactory

SHEET: Values = {
    "name": "Harbour",
    "sector": Sector.VOLUNTARY,
    "profile": "Helps children who have lost somebody close.",
    "telephone": [("01632 960 318", "")],
    "email": "hello@harbour.example.org",
    "website": "https://www.harbour.example.org",
    "address_1": "12 Quay Lane",
    "city": "Wexcombe",
    "postcode": "WX4 2QL",
}


def school(slug: str = "hillside", **fields: Any) -> Setting:
    made: Setting = SettingFactory(slug=slug, name=f"{slug.title()} School", **fields)
    return made


def sheet(setting: Setting, **values: Any) -> Service:
    """A service with its parts, kept by the setting, which works with it."""
    visibility = values.pop("visibility", Service.Visibility.PRIVATE)
    if isinstance(values.get("opening_times"), str):
        values["opening_times"] = read_times(values["opening_times"])
    (service,) = create_sheets(setting, [{**SHEET, **values}])
    if visibility != Service.Visibility.PRIVATE:
        service.visibility = visibility
        service.save()
    return Service.objects.with_parts().get(pk=service.pk)


def url(name: str, setting: Setting, *args: object) -> str:
    return reverse(f"directory:{name}", args=[setting.slug, *args])


def asked(client: Client, setting: Setting, service: Service, part: str) -> dict[str, Any]:
    """What the form of a part of the sheet sends when nothing in it is changed."""
    page = client.get(url("edit_section", setting, service.pk, part))
    form = page.context["form"]
    typed: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is False or value in (None, "", []) or bound.name == "rows":
            continue
        typed[bound.name] = "on" if value is True else value
    return typed


def save_part(client: Client, service: Service, setting: Setting, part: str, **changes: Any) -> Any:
    """Opens a part of the sheet, changes some answers ("city_0" stands for "city-0"), and saves."""
    named = {re.sub(r"_(\d+)$", r"-\1", name): value for name, value in changes.items()}
    typed = {**asked(client, setting, service, part), **named}
    return client.post(url("edit_section", setting, service.pk, part), typed)


def bring(file: Path, setting: Setting, **options: Any) -> dict[str, Any]:
    """Runs the command on a file, and gives its report."""
    report = file.with_suffix(".report.json")
    call_command("import_services", str(file), setting=setting.slug, report=report, **options)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def csv_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def workbook(rows: list[list[Any]], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def numbers_of(service: Service, kind: str = Phone.Kind.VOICE) -> list[str]:
    return list(service.phones.filter(kind=kind).values_list("number", flat=True))


def place_of(service: Service) -> Place:
    found = service.places.get()
    assert isinstance(found, Place)
    return found


def later() -> None:
    """An hour goes by: all that was kept so far is older. A test is one transaction, and so one moment."""
    for model in TRACKED:
        kept = event_model(model)._default_manager.all()
        kept.update(pgh_created_at=F("pgh_created_at") - timedelta(hours=1))
