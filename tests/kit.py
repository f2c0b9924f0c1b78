"""A page with every component, for tests of the look."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import timezone

from config.fields import FlexibleDateField, UKPhoneField
from config.forms import BaseForm, CaseWarning
from config.stale import Difference
from partnerships.sectors import Sector

FOLDER = Path(__file__).parent / "templates"
DAYS = ("Monday", "Tuesday", "Wednesday")


class KitForm(CaseWarning, BaseForm):
    submit_label = "Save and check"
    cancel_url = "#"
    cancel_label = "Come back later"
    draft_key = "kit"
    saved_by = "Priya Raman"
    sections = (
        ("Who you are", ["job_title", "telephone", "days"]),
        ("Your work here", ["went_well", "since", "sector"]),
    )
    job_title = forms.CharField(help_text="As people here would say it.")
    telephone = UKPhoneField(label="Work telephone", help_text="Shown to staff of Hillside only.")
    days = forms.MultipleChoiceField(
        label="Days at Hillside",
        choices=[(day, day) for day in DAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    went_well = forms.CharField(
        label="What has gone well with children here",
        widget=forms.Textarea,
        max_length=300,
        help_text="Up to four points. Speak of groups, never of one child.",
    )
    since = FlexibleDateField(label="Here since", required=False, help_text="For example, 27 3 2026")
    sector = forms.ChoiceField(choices=Sector.choices)
    photo = forms.FileField(required=False)
    agrees = forms.BooleanField(label="My photo may be shown to staff", required=False)


@dataclass(frozen=True)
class KitService:
    confirmed_on: date | None
    created_at: datetime = field(default_factory=timezone.now)
    confirmed_by: str = ""
    confirmed_how: str = ""


def kit_form() -> KitForm:
    words = "Walking club: 22 children, four mornings a week\nHelped Jayden S. in 4B to sleep through"
    form = KitForm(
        {"job_title": "School nurse", "telephone": "960 277", "days": ["Monday"], "went_well": words}
    )
    form.stale = [Difference("job_title", "Job title", "School nurse", "Nurse, Mondays", "yours")]  # type: ignore[attr-defined]
    return form


def kit_context() -> dict[str, Any]:
    today = date.today()
    places = ("Home", "Directory", "People", "Tools", "Check-ins", "Actions", "Reports")
    nav = [
        {
            "name": name,
            "icon": name.lower(),
            "url": f"#{name}",
            "is_current": name == "Tools",
            "count": 7 * (name == "Actions"),
        }
        for name in places
    ]
    return {
        "nav": nav,
        "dock": [nav[at] for at in (0, 1, 3, 5)],
        "more_is_current": False,
        "sectors": Sector.values,
        "services": [
            KitService(today - timedelta(days=12)),
            KitService(today - timedelta(days=400)),
            KitService(None),
        ],
        "page_obj": Paginator(range(150), 50).page(2),
        "tri": [
            ("Can take someone", "Now, two places", "ok"),
            ("First appointment", "In about 2 weeks"),
            ("Cost", "Free"),
        ],
        "facts": [
            ("Languages", "English, Polish", "#"),
            ("Not for", ""),
            ("Open", "Monday to Thursday\nFriday until noon"),
        ],
        "zones": ["Strengths", "Weaknesses"],
        "scale": ["Not started", "Emergent", "Developing", "Embedded"],
        "today": today,
    }


def kit_setting() -> Any:
    return SimpleNamespace(
        name="Hillside Primary School",
        called="Hillside",
        slug="hillside",
        safeguarding_name="Ruth Adeyemi",
        safeguarding_lead="Ruth Adeyemi, safeguarding lead",
        safeguarding_telephone="01632 960142",
        council_telephone="01632960900",
    )


@login_not_required
def kit(request: HttpRequest, name: str = "kit.html") -> HttpResponse:
    request.setting = kit_setting()  # type: ignore[attr-defined]
    request.user = SimpleNamespace(pk=1, full_name="Amara Oduya", is_authenticated=True)  # type: ignore[assignment]
    page = engines["django"].from_string((FOLDER / name).read_text())
    form = kit_form() if name == "kit.html" else None
    return HttpResponse(page.render(kit_context() | {"setting": kit_setting(), "form": form}, request))
