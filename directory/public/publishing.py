"""What the public may read: public sheets of settings that publish, with a live partnership."""

from django.shortcuts import get_object_or_404

from directory.models import Service
from directory.models.service import ServiceQuerySet
from partnerships.models import Setting


def publishing_setting(slug: str) -> Setting:
    """404 alike for a setting that does not publish and one that does not exist."""
    return get_object_or_404(Setting.objects.publishing().select_related("directory_rules"), slug=slug)


def published_by(setting: Setting) -> ServiceQuerySet:
    """The public sheets of this setting's public page."""
    return Service.published(by=setting)
