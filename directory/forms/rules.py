"""How a school keeps its directory."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.fields import UKPhoneField
from config.forms import BaseModelForm
from config.stale import StaleSave
from directory.models import Level, Rules
from directory.search.synonyms import STARTING_LIST
from partnerships.models import Setting

MONTHS = forms.NumberInput(attrs={"class": "w-2", "inputmode": "numeric"})
MOST_ALIKE = 30
"""Words of one group of synonyms: each is looked for with all the others."""
LEVEL_HINTS = {
    Level.UNIVERSAL: "What every child gets",
    Level.EARLY_HELP: "When a family needs a little more",
    Level.TARGETED: "When several services work together",
    Level.SPECIALIST: "When a child is at risk, or needs specialists",
}


def _within(value: float | None, most: int, words: str) -> float | None:
    if value is not None and not -most <= value <= most:
        raise ValidationError(words)
    return value


class RulesForm(StaleSave, BaseModelForm):
    """The rules of a setting, with what is kept on the setting itself: how often sheets fall due."""

    sections = [
        ("How fresh", ["confirm_months", "waiting_months", "stale_months", "hides_stale", "asks_agencies"]),
        ("Levels of need", [*(f"level_{level}" for level in Level), "threshold_name", "threshold_link"]),
        ("Words that mean the same", ["synonyms", "ours_again"]),
        ("Whom parents can ask", ["ask_role", "ask_telephone"]),
        ("Where the school is", ["latitude", "longitude"]),
    ]
    confirm_months = forms.IntegerField(
        label="Months until a sheet has to be confirmed again", min_value=1, max_value=36, widget=MONTHS
    )
    synonyms = forms.CharField(
        label="Words",
        required=False,
        max_length=8000,
        help_text="A line for each group, with commas: “speech and language, SALT, SLT”. "
        "Whoever searches for one word of a line finds the others too",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    ours_again = forms.BooleanField(label="Put back the list that Joined Up brings", required=False)
    ask_telephone = UKPhoneField(label="Telephone", required=False)

    class Meta:
        model = Rules
        fields = [
            *(
                "waiting_months",
                "stale_months",
                "hides_stale",
                "asks_agencies",
                "threshold_name",
                "threshold_link",
            ),
            *("ask_role", "latitude", "longitude"),
        ]
        labels = {
            "waiting_months": "Months until a waiting time is no longer known",
            "stale_months": "Months until a sheet counts as not confirmed for long",
            "hides_stale": "Take sheets that are not confirmed for long off the public page",
            "asks_agencies": "Ask agencies by e-mail whether their sheets are right",
            "threshold_name": "Name of your threshold document",
            "threshold_link": "Its address on the web",
            "ask_role": "Role",
            "latitude": "Latitude",
            "longitude": "Longitude",
        }
        help_texts = {
            "waiting_months": "Then it is shown as “not known”",
            "stale_months": "It is then marked wherever it is shown",
            "threshold_name": "Like “Wexshire levels of need”. It is linked where people choose a level",
            "ask_role": "On the public page, like “family support worker”. The role, not a name",
            "latitude": "Only needed where postcodes are not loaded: distances are measured from here. Like 53.4631",
            "longitude": "Like -2.2913",
        }
        widgets = {"waiting_months": MONTHS, "stale_months": MONTHS}
        error_messages = {
            "waiting_months": {"min_value": "Enter 1 or more"},
            "stale_months": {"min_value": "Enter 1 or more"},
        }

    def __init__(self, data: Any = None, *, instance: Rules) -> None:
        super().__init__(data, instance=instance)
        self.initial.update(self._ours(instance))

    def prepare(self) -> None:
        for level in Level:
            self.fields[f"level_{level}"] = forms.CharField(
                label=level.label, help_text=LEVEL_HINTS[level], required=False, max_length=60
            )

    def current_version(self) -> int:
        """Two rows are one page: either moves it on."""
        row = self._row()
        setting = Setting.objects.only("version").get(pk=self.instance.setting_id)
        return int(setting.version) + (row.version if row else 0)

    def current_values(self) -> dict[str, Any]:
        row = self._row() or self.instance
        names = [name for name in self.fields if name in self.Meta.fields]
        return {**forms.model_to_dict(row, fields=names), **self._ours(row)}

    def _ours(self, rules: Rules) -> dict[str, Any]:
        """What the form words otherwise than the row."""
        return {
            "confirm_months": rules.setting.confirm_months,
            "synonyms": STARTING_LIST if rules.synonyms is None else rules.synonyms,
            "ask_telephone": rules.ask_telephone,
            **{f"level_{level}": words for level, words in rules.levels.items()},
        }

    def clean_latitude(self) -> float | None:
        return _within(self.cleaned_data["latitude"], 90, "Enter a latitude between -90 and 90, like 53.4631")

    def clean_longitude(self) -> float | None:
        return _within(
            self.cleaned_data["longitude"], 180, "Enter a longitude between -180 and 180, like -2.2913"
        )

    def clean_synonyms(self) -> str:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["synonyms"]).splitlines()]
        if lone := next((line for line in lines if line and "," not in line), ""):
            raise ValidationError(
                f"Put at least two words on each line, with a comma: “{lone[:40]}” stands alone"
            )
        if long := next((line for line in lines if line.count(",") >= MOST_ALIKE), ""):
            raise ValidationError(
                f"Put at most {MOST_ALIKE} words on a line: the one that begins with “{long[:40]}” has more"
            )
        return "\n".join(line for line in lines if line)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (self.cleaned_data.get("latitude") is None) != (self.cleaned_data.get("longitude") is None):
            self.add_error("latitude", "Enter both latitude and longitude, or neither")
        waiting, stale = self.cleaned_data.get("confirm_months"), self.cleaned_data.get("stale_months")
        if waiting and stale and stale < waiting:
            self.add_error(
                "stale_months", "Enter at least as many months as until a sheet has to be confirmed"
            )
        return cleaned

    def save(self, commit: bool = True) -> Rules:
        rules: Rules = self.instance
        words = self.cleaned_data["synonyms"]
        is_ours = self.cleaned_data["ours_again"] or words.split() == STARTING_LIST.split()
        rules.synonyms = None if is_ours else words
        rules.ask_telephone = self.cleaned_data["ask_telephone"]
        said = {str(level): self.cleaned_data[f"level_{level}"].strip() for level in Level}
        rules.level_words = {key: words for key, words in said.items() if words and words != Level(key).label}
        rules.version += 1
        rules.save()
        setting = rules.setting
        if setting.confirm_months != self.cleaned_data["confirm_months"]:
            setting.confirm_months = self.cleaned_data["confirm_months"]
            setting.version += 1
            setting.save(update_fields=["confirm_months", "version"])
        return rules
