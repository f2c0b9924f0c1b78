"""Looking changes nothing: every page is asked for while the cursor refuses to write. Sessions are excepted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access_samples import SAMPLES, World
from tests.test_access_matrix import by_name
from tests.urls import Page, pages

pytestmark = pytest.mark.django_db

WRITES = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE)\b|\b(INSERT INTO|DELETE FROM)\b", re.IGNORECASE
)


class Written(AssertionError):
    pass


def refuse_to_write(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if WRITES.search(sql) and "django_session" not in sql:
        raise Written(sql)
    return execute(sql, params, many, context)


def test_refusal_sees_a_write() -> None:
    world = World("ashgrove", "Ashgrove")
    with pytest.raises(Written), connection.execute_wrapper(refuse_to_write):
        world.add_people()


@pytest.mark.parametrize("page", pages(), ids=by_name)
def test_looking_at_a_page_writes_nothing(page: Page) -> None:
    world = World("ashgrove", "Ashgrove")
    world.add_people()
    kwargs = SAMPLES[page.name](world) if page.arguments else {}
    url = reverse(page.name, kwargs={**({"slug": world.slug} if page.is_of_setting else {}), **kwargs})
    for member in (world.coordinator, world.practitioner, None):
        client = Client()
        if member is not None:
            client.force_login(member.user)
        with connection.execute_wrapper(refuse_to_write):
            assert client.get(url).status_code in {200, 302, 304, 400, 403, 404, 405, 410, 501}
