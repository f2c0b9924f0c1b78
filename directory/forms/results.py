"""More about a result that was counted, and what a service says to its figures."""

from django import forms

from config.forms import BaseForm, BaseModelForm, CaseWarning
from config.sessionless import Sessionless
from directory.models import ReferralResult, ServiceAnswer
from directory.use.needs import CHOICES

ANY = ("", "Rather not say")


class AboutResultForm(BaseForm):
    submit_label = "Add it"
    reason = forms.ChoiceField(
        label="Why were they turned away?", choices=[ANY, *ReferralResult.Reason.choices], required=False
    )
    need = forms.ChoiceField(label="What was it about?", choices=[ANY, *CHOICES], required=False)

    @classmethod
    def about(cls, row: ReferralResult, data: object = None) -> "AboutResultForm":
        form = cls(data, initial={"need": row.need, "reason": row.reason})
        if row.result != ReferralResult.Result.TURNED_AWAY:
            del form.fields["reason"]
        return form


class AnswerForm(CaseWarning, BaseModelForm):
    class Meta:
        model = ServiceAnswer
        fields = ["words"]
        labels = {"words": "What you say to these figures"}
        help_texts = {"words": "Schools read it beside them. Speak of groups, never of one child."}
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}


class LinkFiguresForm(Sessionless, AnswerForm):
    """The same, behind the link on a practitioner's telephone."""

    purpose = "lasting-figures"
    submit_label = "Send it"
    cancel_label = "Go back"
