"""What the coordinator fills in for a report, and what a partner adds to it."""

from typing import Any, ClassVar

from django import forms

from config.forms import BaseForm, BaseModelForm, CaseWarning
from config.stale import StaleSave
from config.text import lines
from evaluation.models import Report, ReportStatement, Round
from evaluation.models.report import WORDS_TO_ADD, ReportPart
from evaluation.reports.material import rounds_for, sessions_for
from partnerships.models import Partnership, Setting
from partnerships.templatetags.joined_up import day
from toolkits.models import Activity

ONE_A_LINE = "One on each line."
LINE_LIMIT = 6


class RoundChoice(forms.ModelMultipleChoiceField[Round]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.activity.title}, closed on {day(obj.closed_at)}"


class SessionChoice(forms.ModelMultipleChoiceField[Activity]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.instrument_version.title}), agreed on {day(obj.stage_changed_at)}"


class MaterialForm(StaleSave, BaseModelForm):
    """What goes in. Only check-ins of one tool: a pattern stands for one set of questions."""

    submit_label = "Save and go on"
    marks_optional = False

    class Meta:
        model = Report
        fields = ("title", "addressed_to", "sections", "rounds", "activities")

    title = forms.CharField(max_length=120, label="Title")
    addressed_to = forms.CharField(
        max_length=120,
        label="Addressed to",
        help_text="As in “the full governing body” or “the community committee”.",
    )
    sections = forms.MultipleChoiceField(  # type: ignore[assignment]  # the field, not the headings of Look
        choices=ReportPart.choices, required=False, label="What goes in", widget=forms.CheckboxSelectMultiple
    )
    rounds = RoundChoice(
        queryset=Round.objects.none(),
        required=False,
        label="Check-ins",
        help_text="The newest gives the pattern; older ones of the same tool show the way there. "
        "What was hidden to protect people stays hidden.",
        widget=forms.CheckboxSelectMultiple,
    )
    activities = SessionChoice(
        queryset=Activity.objects.none(),
        required=False,
        label="Sessions",
        help_text="What the session agreed and its strongest cards go in; no names.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("rounds", rounds_for(setting)), ("activities", sessions_for(setting))):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelMultipleChoiceField)
            choice.queryset = queryset
            if not queryset.exists():
                del self.fields[name]

    def current_values(self) -> dict[str, Any]:
        values = super().current_values()
        for name in ("rounds", "activities"):
            if name in values:
                values[name] = [row.pk for row in values[name]]
        return values

    def clean_rounds(self) -> Any:
        rounds = self.cleaned_data["rounds"]
        if len({each.activity.instrument_version.code for each in rounds}) > 1:
            raise forms.ValidationError("Choose check-ins of one tool: the report shows one pattern")
        return rounds


class SuggestedField(forms.MultipleChoiceField):
    """Takes what is still suggested; a figure may have changed since the page was opened."""

    def to_python(self, value: Any) -> list[str]:
        return [words for words in super().to_python(value) if self.valid_value(words)]


class WordsForm(CaseWarning, StaleSave, BaseModelForm):
    """The coordinator's own words; the questions that the figures suggest can be ticked to be taken over."""

    submit_label = "Save and go on"
    marks_optional = False

    class Meta:
        model = Report
        fields = ("in_short", "better", "worries", "asks", "questions")
        labels: ClassVar[dict[str, str]] = {
            "in_short": "In short",
            "better": "What got better",
            "worries": "What worries us",
            "asks": "What we ask of you",
            "questions": "Questions worth asking",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "in_short": "Three or four sentences that stand alone on the first page. "
            "Say “a pupil” or “some families”; no names of children.",
            "better": ONE_A_LINE,
            "worries": ONE_A_LINE,
            "asks": f"{ONE_A_LINE} Begin with what they do: agree, write, name.",
            "questions": f"{ONE_A_LINE} What a good governor would ask after reading this.",
        }

    suggested = SuggestedField(
        required=False,
        label="Add to the questions",
        help_text="From the figures. They are added as they stand; you can reword them afterwards.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, suggestions: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("in_short", 5), ("questions", 9)):
            self.fields[name].widget.attrs["rows"] = rows
        written = set(lines(self.instance.questions))
        choices = [(words, words) for words in suggestions if words not in written]
        field = self.fields["suggested"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields["suggested"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in ("better", "worries", "asks"):
            if len(lines(self.cleaned_data.get(name) or "")) > LINE_LIMIT:
                self.add_error(name, f"Use at most {LINE_LIMIT} lines, so that the first page stays one page")
        return cleaned

    def clean_questions(self) -> str:
        return "\n".join(lines(self.cleaned_data["questions"]))

    def save(self, commit: bool = True) -> Any:
        added = self.cleaned_data.get("suggested") or []
        self.instance.questions = "\n".join([*lines(self.cleaned_data["questions"]), *added])
        return super().save(commit=commit)


class PartnershipChoice(forms.ModelChoiceField[Partnership]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.service.name)


class PassageForm(CaseWarning, BaseForm):
    """What the report says about one partner."""

    submit_label = "Put it in, and ask them"

    partnership = PartnershipChoice(
        queryset=Partnership.objects.none(), label="Partner", empty_label="Choose a service"
    )
    passage = forms.CharField(
        max_length=1200,
        label="What the report says about it",
        help_text="They see this passage and nothing else of the draft.",
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnerships = setting.partnerships.live().select_related("service").order_by("service__sort_name")
        choice = self.fields["partnership"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = partnerships


class StatementForm(CaseWarning, StaleSave, BaseModelForm):
    """A partner's own words on the passage about it."""

    submit_label = "Send"
    marks_optional = False

    class Meta:
        model = ReportStatement
        fields = ("words",)
        labels: ClassVar[dict[str, str]] = {"words": f"Your words, at most {WORDS_TO_ADD}"}
        help_texts: ClassVar[dict[str, str]] = {
            "words": "They are printed below the passage under the name of your service. "
            "Leave this empty if you have nothing to add."
        }
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"words": forms.Textarea}


class PublishForm(BaseForm):
    """The version that was on the screen when somebody pressed the button."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(CaseWarning, BaseForm):
    submit_label = "Withdraw it"

    reason = forms.CharField(
        max_length=300,
        label="Why is it withdrawn?",
        help_text="Governors read this where the report was. The file goes at once and can’t be brought back.",
        widget=forms.Textarea,
    )
