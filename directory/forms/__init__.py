from directory.forms.notices import NoticeForm
from directory.forms.partnership import PartnershipForm
from directory.forms.quick import ConfirmForm, QuickAddForm
from directory.forms.sharing import VisibilityForm
from directory.forms.sheet import SHEET_FIELDS, SheetForm

__all__ = [
    "SHEET_FIELDS",
    "ConfirmForm",
    "NoticeForm",
    "PartnershipForm",
    "QuickAddForm",
    "SheetForm",
    "VisibilityForm",
]
