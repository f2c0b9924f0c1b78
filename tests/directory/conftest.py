"""Two schools and their people, as most tests of the directory need them."""

import pytest

from directory.models import Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet
from tests.partnerships.kit import member


@pytest.fixture
def hillside() -> Setting:
    return school()


@pytest.fixture
def amara(hillside: Setting) -> Membership:
    return member(hillside, name="Amara Oduya")


@pytest.fixture
def tom(hillside: Setting) -> Membership:
    return member(hillside, Role.STAFF, "Tom Whitlock")


@pytest.fixture
def riverside() -> Setting:
    return school("riverside")


@pytest.fixture
def marcus(riverside: Setting) -> Membership:
    return member(riverside, name="Marcus Bellamy")


@pytest.fixture
def harbour(hillside: Setting, riverside: Setting) -> Service:
    """A sheet that Hillside keeps and Riverside works with too."""
    service = sheet(hillside, visibility="listed")
    riverside.partnerships.create(service=service)
    return service
