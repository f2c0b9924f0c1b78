"""A shortlist on paper, for a parent to take home."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from directory.models import Rules, Service
from directory.paper.leaflet import LeafletPaper, Qr, helper_of, urgent_words
from directory.public.families import SchoolPerson, Today
from partnerships.models import Setting
from partnerships.paper import School
from partnerships.templatetags.joined_up import phone_words

UNBROKEN = "\u00a0"
"""Keeps a telephone number on one line."""


def handout_paper(services: list[Service], setting: Setting) -> LeafletPaper:
    """For services with their parts, in the order in which they are printed."""
    today = Today.at(setting)
    ours = {each.service_id: each for each in setting.partnerships.live()}
    return LeafletPaper(
        school=School.of(setting),
        title="People who can help",
        kicker="For you to take home",
        tool="Chosen for you",
        on=timezone.localdate(),
        corner="A list to take home",
        lead="You decide whom to ring. If ringing is hard, we can do it with you.",
        helpers=tuple(helper_of(service, today, ours.get(service.pk)) for service in services),
        at_school=("We know these people. Tell us how it went, or if nobody answers.",),
        at_school_person=person_at_school(setting),
        urgent=urgent_words(),
        qr=public_code(setting),
        is_list=True,
    )


def person_at_school(setting: Setting) -> str:
    """A role and a number, never a name: "Pastoral lead, 01632 960142"."""
    person = SchoolPerson.of(setting, Rules.of(setting))
    number = phone_words(person.telephone).replace(" ", UNBROKEN) if person.telephone else ""
    return ", ".join(filter(None, [person.role[:1].upper() + person.role[1:], number]))


def public_code(setting: Setting, path: str = "") -> Qr | None:
    """The code that opens the school's public page, or a page of it; none while it publishes nothing."""
    if not setting.publishes_directory:
        return None
    return Qr.of(settings.SITE_URL + (path or reverse("directory:public_list", args=[setting.slug])))
