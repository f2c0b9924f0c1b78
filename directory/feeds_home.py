"""What lists that are fetched add to the home page."""

from collections.abc import Iterator

from django.urls import reverse

from directory.models import Feed
from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Waiting


def waiting_for(membership: Membership) -> Iterator[Waiting]:
    """Lists that are no longer fetched, because they failed again and again or were taken back."""
    if not membership.may(Permission.DIRECTORY_EDIT):
        return
    setting = membership.setting
    for feed in Feed.objects.filter(setting=setting).exclude(paused_at=None):
        address = reverse("directory:feed_detail", args=[setting.slug, feed.pk])
        yield Waiting(
            f"“{feed.name}” is no longer fetched", f"{feed.problem}.", address, "Look", 3, urgency=6
        )
