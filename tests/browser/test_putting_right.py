"""What went wrong is put right again, as a person would: from the home page, by clicking."""

from tests.browser import steps_putting_right
from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import sign_in
from tests.browser.looking import Looker


def test_coordinator_puts_right_what_went_wrong_and_hands_a_sheet_over(new_page: NewPage) -> None:
    page, phone, look = new_page(), new_page(**PHONE), Looker()
    sign_in(page, "coordinator@demo.example")
    steps_putting_right.put_back(page, look)
    steps_putting_right.take_import_back(page, look)
    steps_putting_right.join(page, look)
    steps_putting_right.hand_over(page, phone, look)
