"""What somebody of an agency fills in through a link, without an account: all correct, or what is different."""

from functools import cache
from typing import Any, ClassVar

from django import forms

from config.forms import BaseForm
from config.sessionless import Sessionless
from config.stale import LookedThrough
from directory.forms.sheet import SectionForm
from directory.forms.sheet_fields import block, line
from directory.forms.withholding import WithheldWarning
from directory.models import AgencyLink, Withheld


class AnswerForm(Sessionless, WithheldWarning, LookedThrough, BaseForm):
    """All is right, or all the rest, of the sheet as it is shown: its version comes along."""

    purpose: ClassVar[str] = "agency-answer"
    submit_label = "All correct"
    words = block("Something that fits nowhere above?", rows=3, limit=1000)
    who = line("Your name", 120, "So that people know who said so")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, link: AgencyLink, **kwargs: Any) -> None:
        self.link = link
        initial = {"version": link.service.version, "who": link.person}
        super().__init__(initial=initial, **kwargs)
        self.asks_of_any = link.service.places.exclude(withheld=Withheld.NO).exists()

    def prepare(self) -> None:
        if self.link.suggestions.exists():
            self.submit_label = "The rest is right"
        if self.link.steward_id is None:
            del self.fields["words"]  # nobody else would read them


class MovedForm(Sessionless, BaseForm):
    """One button: the place has changed."""

    purpose = "agency-moved"


@cache
def by_link(part: type[SectionForm]) -> type[SectionForm]:
    """The form of a part, sent without a session."""
    return type(f"{part.__name__}ByLink", (Sessionless, part), {"purpose": "agency-change"})
