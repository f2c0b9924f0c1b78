"""The directory as a spreadsheet, which the import reads back without a change.

A cell that a spreadsheet would take for a formula gets an apostrophe in CSV, and is plain text in XLSX.
Nothing of a withheld address leaves.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from config.values import day_words
from directory.imports.numbered import LIKE, cells
from directory.imports.rows import SIGNS
from directory.models import Access, Agency, Cost, Level, NeedArea, Offer, Place, Referrer, Service
from directory.sheet.languages import language_words
from directory.sheet.telephones import write_phones
from directory.sheet.times import write_times
from directory.sheet.values import ASK_EMAIL, PHONE_KINDS, Values, values_to_take, without_withheld
from directory.sheet.wording import in_words
from partnerships.models import Partnership, Setting
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

FORMULA_SIGNS = (*SIGNS, "\t", "\r")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Write = Callable[[Values], str]


@dataclass(frozen=True)
class ExportColumn:
    heading: str
    write: Write
    is_private: bool = False
    """Only for those who run the directory: agreements and notes."""


def text(name: str) -> Write:
    return lambda values: str(values[name] or "")


def label(name: str, choices: list[tuple[str, str]]) -> Write:
    words = {value: str(words) for value, words in choices}
    return lambda values: words.get(values[name], "")


def people(attribute: str) -> Write:
    """Each contact's name or role, in the same order; nothing when all are empty."""

    def write(values: Values) -> str:
        parts = [str(getattr(who, attribute)).replace(";", ",") for who in values["contacts"]]
        return "; ".join(parts) if any(parts) else ""

    return write


def _public_names(values: Values) -> str:
    return "; ".join("yes" if who.is_public else "no" for who in values["contacts"])


def _each(labels: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: "; ".join(words for each, words in labels.items() if each in value)


def _listed(name: str, labels: dict[str, str]) -> Write:
    write = _each(labels)
    return lambda values: write(values[name])


def number(name: str) -> Write:
    return lambda values: "" if values[name] is None else str(values[name])


def labels(choices: list[tuple[str, str]]) -> dict[str, str]:
    return {str(value): str(words) for value, words in choices}


def _confirmed(part: int) -> Write:
    def write(values: Values) -> str:
        if not values["confirmed"]:
            return ""
        found = values["confirmed"][part]
        return day_words(found) if part == 0 else str(found)

    return write


def phones(name: str) -> Write:
    return lambda values: write_phones(values[name])


OFFER_LABELS = {str(value): str(words) for value, words in Offer.choices}
DAY_LABELS = {str(value): str(words) for value, words in Weekday.choices}

WITHHELD_WORDS = {"": "no", "coarse": "yes", "refuge": "yes, as a refuge"}

COLUMNS: tuple[ExportColumn, ...] = (
    ExportColumn("Joined Up number", text("id")),
    ExportColumn("Name of organisation or service", text("name")),
    ExportColumn("Organisation it belongs to", text("agency")),
    ExportColumn("Sector", label("sector", Sector.choices)),
    ExportColumn("Public, private or voluntary", label("status", Agency.Status.choices)),
    ExportColumn("Profile", text("profile")),
    ExportColumn("Place name", text("place_name")),
    ExportColumn("Address", text("address_1")),
    ExportColumn("Address line 2", text("address_2")),
    ExportColumn("Town or city", text("city")),
    ExportColumn("County", text("county")),
    ExportColumn("Postcode", text("postcode")),
    ExportColumn("Address withheld", lambda values: WITHHELD_WORDS[values["withheld"]]),
    ExportColumn("Kind of place", label("place_kind", Place.Kind.choices)),
    ExportColumn("Council area", text("council")),
    ExportColumn("Access at the place", _listed("access", labels(Access.choices))),
    ExportColumn("Getting there and getting in", text("access_note")),
    ExportColumn("Contact person", people("name")),
    ExportColumn("Contact role", people("title")),
    ExportColumn("Public may see the name", _public_names),
    *(
        ExportColumn(heading, phones(name))
        for name, heading in zip(PHONE_KINDS, ("Telephone", "Text messages", "Fax"), strict=True)
    ),
    ExportColumn("E-mail", text("email")),
    ExportColumn("Website", text("website")),
    ExportColumn("Opening or contact times", lambda values: write_times(values["opening_times"])),
    ExportColumn("Services offered", _listed("offers", OFFER_LABELS)),
    ExportColumn("Other service offered: which", text("offer_other")),
    ExportColumn("For a particular group: which", text("offer_group")),
    ExportColumn("Referral procedures", text("referral")),
    ExportColumn("Other information", text("other_information")),
    ExportColumn("Can take someone", label("capacity", Service.Capacity.choices)),
    ExportColumn("About places", text("capacity_note")),
    ExportColumn("Waiting time", text("waiting_time")),
    ExportColumn("Weeks to wait", number("waiting_weeks")),
    ExportColumn("Waiting time said on", lambda values: in_words("waiting_on", values["waiting_on"])),
    ExportColumn("Helps with", lambda values: "; ".join(values["topics"])),
    ExportColumn("Who it is for", text("who_for")),
    ExportColumn("Who it is not for", text("not_for")),
    ExportColumn("From age", number("min_age")),
    ExportColumn("To age", number("max_age")),
    ExportColumn("Level of need", _listed("levels", labels(Level.choices))),
    ExportColumn("Needs served (SEND)", _listed("need_areas", labels(NeedArea.choices))),
    ExportColumn("Who may refer", _listed("referrers", labels(Referrer.choices))),
    ExportColumn("Form to refer with", text("referral_link")),
    ExportColumn("Cost", label("cost", Cost.choices)),
    ExportColumn("About the cost", text("cost_note")),
    ExportColumn("Languages", lambda values: "; ".join(language_words(code) for code in values["languages"])),
    ExportColumn("About languages", text("language_note")),
    ExportColumn("Where to ask if the sheet is right", text(ASK_EMAIL), is_private=True),
    ExportColumn("Confirmed on", _confirmed(0)),
    ExportColumn("Confirmed by", _confirmed(1)),
    ExportColumn("How it was checked", _confirmed(2)),
    ExportColumn("Days in school", _listed("here_days", DAY_LABELS)),
    ExportColumn("Times in school", text("here_times")),
    ExportColumn("Room", text("here_room")),
    ExportColumn("Contact here", text("here_contact_name")),
    ExportColumn("Contact here: telephone", text("here_contact_telephone")),
    ExportColumn("Contact here: e-mail", text("here_contact_email")),
    ExportColumn("Degree of partnership", label("here_degree", Partnership.Degree.choices), is_private=True),
    ExportColumn("Agreement", text("here_agreement"), is_private=True),
    ExportColumn("Notes that only we see", text("here_notes"), is_private=True),
)


WRITE_NUMBERED: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys([like for _, like in LIKE.values()], str),
    **dict.fromkeys(PHONE_KINDS, write_phones),
    "place_kind": lambda value: labels(Place.Kind.choices)[value],
    "withheld": lambda value: WITHHELD_WORDS[value],
    "access": _each(labels(Access.choices)),
}


def table(setting: Setting, services: Iterable[Service], *, with_private: bool) -> Iterator[list[str]]:
    """The headings, then a row for each service; `services` come with their parts.

    Of further places, people's own numbers and languages there are as many columns as somebody needs.
    """
    columns = [column for column in COLUMNS if with_private or not column.is_private]
    partnerships = {each.service_id: each for each in setting.partnerships.live()}
    rows: list[tuple[list[str], dict[str, str]]] = []
    for service in services:
        values = without_withheld(values_to_take(service, partnerships.get(service.pk), setting))
        rows.append(([column.write(values) for column in columns], cells(values, WRITE_NUMBERED)))
    used = {key for _, more in rows for key in more}
    keys = [key for key in LIKE if key in used]
    yield [*(column.heading for column in columns), *(LIKE[key][0] for key in keys)]
    for row, more in rows:
        yield [_ILLEGAL.sub("", cell) for cell in (*row, *(more.get(key, "") for key in keys))]


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """UTF-8 with its mark, which Excel needs to show accents."""
    out = StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else unlike_guarded(cell)


def unlike_guarded(cell: str) -> str:
    """With one more apostrophe before those that the import would take for ours."""
    return f"'{cell}" if cell[:1] == "'" and cell.lstrip("'").startswith(SIGNS) else cell


def as_xlsx(rows: Iterable[list[str]], title: str) -> bytes:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Directory")
    sheet.freeze_panes = "A2"

    def cell(value: str, *, bold: bool) -> Any:
        made = WriteOnlyCell(sheet, value)
        made.data_type = "s"  # text, whatever it begins with
        if bold:
            made.font = Font(bold=True)
        return made

    for number, row in enumerate(rows):
        sheet.append([cell(unlike_guarded(value), bold=number == 0) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
