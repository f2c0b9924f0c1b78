"""The settings page as summary lists."""

from dataclasses import dataclass
from typing import Any

from partnerships.forms.settings import LABELS, SECTIONS, Section
from partnerships.models import Setting


@dataclass(frozen=True)
class SectionFacts:
    key: str
    section: Section
    facts: list[tuple[str, str]]


def sections_of(setting: Setting) -> list[SectionFacts]:
    return [
        SectionFacts(key, section, [(LABELS[name], _words(setting, name)) for name in section.fields])
        for key, section in SECTIONS.items()
    ]


def _words(setting: Setting, name: str) -> str:
    value: Any = getattr(setting, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "\n".join(value)
    if name == "kind":
        return str(setting.get_kind_display())
    return str(value)
