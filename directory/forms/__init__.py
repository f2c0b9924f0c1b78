from directory.forms.handing_over import HandOverForm
from directory.forms.notices import NoticeForm
from directory.forms.partnership import PartnershipForm
from directory.forms.quick import ConfirmForm, QuickAddForm
from directory.forms.restoring import RestoreForm
from directory.forms.sharing import VisibilityForm
from directory.forms.sheet import SHEET_FIELDS, SheetForm
from directory.forms.suggestions import DecideForm

__all__ = [
    "SHEET_FIELDS",
    "ConfirmForm",
    "DecideForm",
    "HandOverForm",
    "NoticeForm",
    "PartnershipForm",
    "QuickAddForm",
    "RestoreForm",
    "SheetForm",
    "VisibilityForm",
]
