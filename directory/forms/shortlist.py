"""Sending a shortlist by e-mail."""

from django import forms

from config.fields import EmailField
from config.forms import BaseForm, CaseWarning

NO_CASE = "Never name a child: e-mail can go astray. Say “as we talked about”."


class SendShortlistForm(CaseWarning, BaseForm):
    submit_label = "Send it"
    to = EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Yours to begin with. Type a parent’s or a colleague’s to send it to them.",
    )
    words = forms.CharField(
        label="A few words with it",
        help_text=NO_CASE,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
