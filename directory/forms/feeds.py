"""Forms of lists that are fetched: their address, and who wins."""

from typing import Any

from django import forms

from config.fetching import NotFetched, check_address
from config.forms import BaseForm, BaseModelForm
from directory.models import Feed
from directory.sheet.values import PHONE_KINDS, WAITING_FIELDS
from directory.sheet.whereabouts import PLACE_FIELDS

WINS = [
    ("", "Theirs, unless changed here"),
    ("theirs", "Always theirs"),
    ("ours", "Always ours"),
]
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "names": ("Name and organisation", ("name", "agency", "status")),
    "profile": ("Profile and what it helps with", ("profile", "topics", "sector")),
    "places": ("Addresses and places", (*PLACE_FIELDS, "more_places")),
    "contacts": ("Contact persons", ("contacts",)),
    "phones": ("Telephone, text and fax", tuple(PHONE_KINDS)),
    "web": ("E-mail and website", ("email", "website")),
    "times": ("Opening times", ("opening_times",)),
    "offers": ("Services offered", ("offers", "offer_other", "offer_group")),
    "referral": ("How to refer", ("referral", "referrers", "referral_link")),
    "waiting": ("Places and waiting time", tuple(sorted({*WAITING_FIELDS, "waiting_on"}))),
    "whom": (
        "Who it is for: ages, level, needs",
        ("who_for", "not_for", "min_age", "max_age", "levels", "need_areas"),
    ),
    "cost": ("Cost", ("cost", "cost_note")),
    "languages": ("Languages", ("languages", "language_note", "summaries")),
    "other": ("Other information", ("other_information",)),
    "confirmed": ("When it was confirmed, and by whom", ("confirmed",)),
}
"""What a person decides about at once: the words, and the names of the values (directory.sheet.values.LABELS)."""


class FeedForm(BaseModelForm):
    submit_label = "Fetch it"
    marks_optional = False

    class Meta:
        model = Feed
        fields = ("name", "address")
        labels = {"name": "What you call this list", "address": "Its address"}
        help_texts = {
            "name": "For example “Council directory”",
            "address": "Of an Open Referral feed; it often ends with /services",
        }

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        try:
            check_address(address)
        except NotFetched as problem:
            raise forms.ValidationError(str(problem)) from None
        others = Feed.objects.filter(setting=self.instance.setting, address=address).exclude(
            pk=self.instance.pk
        )
        if others.exists():
            raise forms.ValidationError(
                "This list is fetched already. Open it under “Lists that are fetched”"
            )
        return address


class WinsForm(BaseForm):
    """A choice for each group of values."""

    marks_optional = False

    def __init__(self, *args: Any, feed: Feed, **kwargs: Any) -> None:
        self.feed = feed
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        for key, (words, names) in GROUPS.items():
            self.fields[key] = forms.ChoiceField(
                label=words, choices=WINS, required=False, initial=self.feed.wins.get(names[0], "")
            )

    def wins(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[key]
            for key, (_, names) in GROUPS.items()
            if self.cleaned_data[key]
            for name in names
        }
