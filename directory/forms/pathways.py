"""Writing a pathway, and choosing its services."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from config.forms import BaseForm, BaseModelForm
from config.stale import StaleSave
from directory.forms.withholding import WithheldWarning, kept_back_by
from directory.models import Pathway, Service
from directory.use.pathways import current, free_slug
from partnerships.models import Setting

CLOSED = "Parents see it once the school’s public page is open"


class WordsField(SimpleArrayField):
    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class PathwayForm(StaleSave, WithheldWarning, BaseModelForm):
    free_text = ["lead", "urgent"]
    sections = [
        ("The need", ["need", "also", "lead"]),
        ("What to do", ["at_school", "how", "meanwhile", "urgent"]),
        ("Who sees it", ["is_public"]),
    ]
    also = WordsField(
        forms.CharField(max_length=60),
        label="Other words for it",
        help_text="As people would look for it, with commas between: grief, death, loss",
        required=False,
    )

    class Meta:
        model = Pathway
        fields = ["need", "also", "lead", "at_school", "how", "meanwhile", "urgent", "is_public"]
        labels = {
            "need": "What is it about?",
            "lead": "In one sentence",
            "at_school": "In school first",
            "how": "How to ask",
            "meanwhile": "While you wait",
            "urgent": "When it can’t wait",
            "is_public": "Parents may read it on the school’s public page",
        }
        help_texts = {
            "need": "In one or two words: sleep, bereavement",
            "at_school": "Who at school helps, by role, and what they do",
            "how": "How a family or a colleague asks for help from outside",
            "meanwhile": "What helps at home until then, each on a line of its own",
            "urgent": "999 is on every page already",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in {"lead": 2, "urgent": 2, "at_school": 4, "how": 4, "meanwhile": 5}.items()
        }

    def __init__(self, *args: Any, instance: Pathway, setting: Setting, **kwargs: Any) -> None:
        self.setting = setting
        super().__init__(*args, instance=instance, places=kept_back_by(setting), **kwargs)
        self.draft_key = f"pathway-{instance.slug or 'new'}"

    def prepare(self) -> None:
        if not self.setting.publishes_directory:
            self.fields["is_public"].help_text = CLOSED

    def clean_need(self) -> str:
        need = " ".join(str(self.cleaned_data["need"]).split())
        others = [each for each in current(self.setting) if each.pk != self.instance.pk]
        if need.lower() in {each.need.lower() for each in others}:
            raise forms.ValidationError("There is a page for this need already: change that one")
        return need

    def save(self, commit: bool = True) -> Any:
        if self.instance._state.adding:
            self.instance.setting = self.setting
            self.instance.slug = free_slug(self.setting, self.cleaned_data["need"])
        return super().save(commit)


class StepForm(WithheldWarning, BaseForm):
    submit_label = "Add this service"
    free_text = ["note"]
    service = forms.ModelChoiceField(queryset=Service.objects.none(), empty_label="Choose a service")
    note = forms.CharField(
        label="A word about it here",
        help_text="Like: first choice for the little ones",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        self.pathway = pathway
        super().__init__(*args, places=kept_back_by(pathway.setting), **kwargs)

    def prepare(self) -> None:
        field = self.fields["service"]
        assert isinstance(field, forms.ModelChoiceField)
        there = self.pathway.steps.values("service")
        field.queryset = Service.visible_to(self.pathway.setting).exclude(pk__in=there).order_by("sort_name")
