from directory.forms.handing_over import HandOverForm
from directory.forms.joining import AskToJoinForm, JoinForm
from directory.forms.notices import NoticeForm
from directory.forms.partnership import PartnershipForm
from directory.forms.problem import WrongForm
from directory.forms.quick import ConfirmForm, QuickAddForm
from directory.forms.restoring import RestoreForm
from directory.forms.sharing import VisibilityForm
from directory.forms.sheet import SectionForm
from directory.forms.sheet_parts import (
    AboutForm,
    AudienceForm,
    CapacityForm,
    CostForm,
    OffersForm,
    ReachForm,
    ReferForm,
)
from directory.forms.sheet_people import PeopleForm
from directory.forms.sheet_places import PlacesForm
from directory.forms.sheet_rows import RowsForm
from directory.forms.sheet_summaries import SummariesForm
from directory.forms.sheet_times import TimesForm
from directory.forms.suggestions import DecideForm

SECTIONS: dict[str, type[SectionForm]] = {
    form.key: form
    for form in (
        *(AboutForm, AudienceForm, ReferForm, CapacityForm, ReachForm, PeopleForm, TimesForm),
        *(PlacesForm, OffersForm, CostForm, SummariesForm),
    )
}
"""The parts of a sheet in the order in which they are shown, each a page of its own to change."""

SHEET_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("about", "name"),
    "profile": ("about", "profile"),
    "places": ("places", "address_1", "address_2", "city", "county", "postcode", "withheld"),
    "contacts": ("contacts", "name", "title", "is_public"),
    "phones.voice": ("reach", "telephone"),
    "phones.fax": ("reach", "fax"),
    "email": ("reach", "email"),
    "website": ("reach", "website"),
    "opening_times": ("times", "days", "opens", "closes", "words"),
    "offers": ("offers", "offers", "offer_other", "offer_group"),
    "referral": ("refer", "referral"),
    "other_information": ("about", "other_information"),
}
"""The fields of the printed sheet, by what they show of a Service: the part that asks for each, and its names there."""

__all__ = [
    "SECTIONS",
    "SHEET_FIELDS",
    "AskToJoinForm",
    "ConfirmForm",
    "DecideForm",
    "HandOverForm",
    "JoinForm",
    "NoticeForm",
    "PartnershipForm",
    "QuickAddForm",
    "RestoreForm",
    "RowsForm",
    "SectionForm",
    "VisibilityForm",
    "WrongForm",
]
