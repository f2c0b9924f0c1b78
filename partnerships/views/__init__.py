"""The pages of the shared ground: home, people, invitations, actions, settings, search."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpRequest, QueryDict

from config.typing import SettingRequest


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing while it is only shown."""
    return request.POST if request.method == "POST" else None


@contextmanager
def one_at_a_time(request: SettingRequest) -> Iterator[None]:
    """For what a school has once: the form is checked, and saved, while nobody else of the school does the same."""
    with transaction.atomic():
        if request.method == "POST":
            request.setting.hold()
        yield
