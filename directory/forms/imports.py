"""Forms of an import: the file, what each column is, and mending a row."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.forms import BaseForm, CaseWarning
from directory.imports import columns, mending
from directory.imports.rows import MAX_BYTES, TOO_BIG
from directory.models import ImportBatch, ImportRow
from partnerships.sectors import Sector

NO_NAME = "Say which column holds the name of the service"
TWICE = "Only one column can be “{}”. Choose something else for the others"
NOT_USED = ("", "Not used")


class UploadForm(BaseForm):
    submit_label = "Go on"
    marks_optional = False
    file = forms.FileField(
        label="Your spreadsheet",
        help_text="CSV, Excel, OpenDocument or Open Referral JSON, up to 20 MB and 20,000 rows. With any headings",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,.txt,.tsv,.json"}),
        error_messages={"empty": "This file is empty. Choose the file that has your list of services"},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


class MappingForm(BaseForm):
    """A select for each of their columns, `column_0` …, in their order."""

    submit_label = "Look at what happens"
    marks_optional = False
    sector = forms.ChoiceField(
        label="Sector of services that name none",
        choices=[("", "Decide later"), *((value, label) for value, label in Sector.choices)],
        required=False,
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        self.batch = batch
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        choices = [NOT_USED, *columns.choices(self.batch.mapping.values())]
        for at, heading in enumerate(self.batch.headings):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=self.batch.mapping.get(heading, ""),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        keys = [self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.batch.headings))]
        if "name" not in keys:
            self.add_error(None, NO_NAME)
        for at, key in enumerate(keys):
            if key and key in keys[:at] and not columns.BY_KEY[key].join:
                self.add_error(f"column_{at}", TWICE.format(columns.BY_KEY[key].label))
        return cleaned

    def mapping(self) -> dict[str, str]:
        return {heading: self.cleaned_data[f"column_{at}"] for at, heading in enumerate(self.batch.headings)}


class MendForm(CaseWarning, BaseForm):
    """A line for each thing of a row that could not be read. Left empty, it stays out.

    `others` are put right on the sheet: (what it is, what was said, what to do).
    """

    submit_label = "Save"

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.others = [
            (mending.label(problem["field"]), problem["value"], problem["problem"])
            for problem in self.row.problems
            if not mending.is_mendable(problem["field"])
        ]
        for at, problem in self.mendable():
            is_name = problem["field"] == "name"
            self.fields[mending.field_name(at)] = forms.CharField(
                label=mending.label(problem["field"]),
                help_text=problem["problem"]
                if is_name
                else f"{problem['problem']}. Leave it empty to do without",
                initial=problem["value"],
                required=is_name,
                max_length=4000,
                widget=forms.Textarea if len(problem["value"]) > 120 else forms.TextInput,
            )

    def clean(self) -> dict[str, Any] | None:
        for at, problem in self.mendable():
            name = mending.field_name(at)
            try:
                mending.check(problem["field"], self.cleaned_data.get(name, ""))
            except ValueError as words:
                self.add_error(name, str(words))
        return super().clean()

    def answers(self) -> dict[int, str]:
        return {at: self.cleaned_data[mending.field_name(at)] for at, _ in self.mendable()}

    def mendable(self) -> list[tuple[int, dict[str, str]]]:
        """(its place, the problem)"""
        return [(at, each) for at, each in enumerate(self.row.problems) if mending.is_mendable(each["field"])]
