"""The list for reception: who is expected on a day, ready or not, with room to sign in and out."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.dateformat import format as format_date

from partnerships.models import Setting
from partnerships.paper import Fact, Paper, School
from partnerships.sectors import Sector
from partnerships.visits import Day, Visit


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    name: str
    role: str
    service: str
    sector: Sector
    times: str
    room: str
    is_ready: bool
    away: str

    @classmethod
    def of(cls, visit: Visit) -> "VisitLine":
        service = visit.partnership.service
        return cls(
            name=visit.name or "Somebody of the service",
            role=visit.role,
            service=service.name,
            sector=Sector(service.sector),
            times=visit.times,
            room=visit.room,
            is_ready=visit.is_ready,
            away=visit.away,
        )


@dataclass(frozen=True, kw_only=True)
class ReceptionPaper(Paper):
    template: ClassVar[str] = "paper/visitors.html"

    lines: tuple[VisitLine, ...] = ()
    lead: str = ""
    is_holiday: bool = False


def reception_paper(found: Day, setting: Setting) -> ReceptionPaper:
    lead = ", ".join(filter(None, [setting.safeguarding_name, setting.safeguarding_telephone]))
    expected = found.expected
    ready = sum(visit.is_ready for visit in expected)
    return ReceptionPaper(
        school=School.of(setting),
        title=format_date(found.day, "l j F Y"),
        kicker="Who is in today: for reception",
        tool="Who is in",
        on=found.day,
        corner="For reception",
        facts=(
            Fact(label="Expected", text=str(len(expected))),
            Fact(label="Ready to visit", text=str(ready)),
            Fact(label="Not ready? Ask", text=lead or "The safeguarding lead"),
        ),
        lines=tuple(VisitLine.of(visit) for visit in found.visits),
        lead=lead,
        is_holiday=found.is_holiday,
    )
