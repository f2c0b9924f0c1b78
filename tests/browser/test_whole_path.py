"""The main job end to end, on the real server: two browsers, a guest, a parent’s phone and a governor."""

import pytest
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from tests.browser import chapters, steps_report
from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import sign_in
from tests.browser.looking import Looker, arrived
from tests.browser.steps_check_in import inside
from tests.browser.steps_people import Look
from tests.browser.steps_session import Room


@pytest.fixture
def database(demo_template: str) -> str:
    """Where the site keeps its data."""
    return demo_template.replace("_demo", "_copy")


def stays_live(page: Page) -> None:
    """Nothing: the page brings itself up to date."""


def load_again(page: Page) -> None:
    """What people do where nothing comes by itself, once the page stands: its own last step is over by then."""
    page.wait_for_load_state()
    page.reload()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
def test_main_job_from_spreadsheet_to_governor(
    new_page: NewPage, database: str, django_db_blocker: DjangoDbBlocker, has_scripts: bool
) -> None:
    """With JavaScript every page is looked at by axe, and nobody loads a page again to see what others did."""
    options = {"java_script_enabled": has_scripts}
    look: Look = Looker() if has_scripts else arrived
    fresh = stays_live if has_scripts else load_again
    coordinator, practitioner = new_page(**options), new_page(**options)
    phone, governor = new_page(**{**PHONE, **options}), new_page(**options)
    sign_in(coordinator, "coordinator@other.example")
    look(coordinator)
    chapters.bring_services(coordinator, phone, look)
    chapters.invite_and_introduce(coordinator, practitioner, look)
    chapters.agree_in_session(Room(coordinator, practitioner, phone, look, fresh))
    chapters.check_in(coordinator, practitioner, look, database, django_db_blocker)
    chapters.report(coordinator, look)
    inside(database, django_db_blocker, chapters.add_governor)
    sign_in(governor, chapters.GOVERNOR)
    steps_report.read_as_governor(governor, look)
