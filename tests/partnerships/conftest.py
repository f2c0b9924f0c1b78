"""A school and its coordinator, as most tests of settings and people need them."""

import pytest

from partnerships.models import Membership, Setting
from tests.factories import SettingFactory
from tests.partnerships.kit import member


@pytest.fixture
def school() -> Setting:
    setting: Setting = SettingFactory(name="Hillside Primary School", slug="hillside")
    return setting


@pytest.fixture
def amara(school: Setting) -> Membership:
    return member(school, name="Amara Oduya")
