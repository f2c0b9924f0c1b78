"""Asking another school to let its sheet of a service go into ours: a suggestion that leads to the page for joining."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from directory.changes.suggesting import conclude, locked
from directory.keeping import may_decide
from directory.models import Service, Suggestion
from partnerships.models import Membership

ONE_SHEET = "The two are one sheet now."


@transaction.atomic
def ask_to_join(*, kept: Service, other: Service, words: str, by: Membership) -> Suggestion:
    """Asks the school that keeps `other` to let it go into `kept`, which is ours. Asked twice, it waits once."""
    if not may_ask_to_join(by, kept, other):
        raise PermissionDenied
    other = locked(other.pk)
    waiting = other.suggestions.open().filter(setting=by.setting, same_as=kept).first()
    return waiting or Suggestion.objects.create(
        service=other,
        source=Suggestion.Source.SETTING,
        kind=Suggestion.Kind.SAME,
        same_as=kept,
        words=words.strip(),
        said_by=by.user.full_name,
        membership=by,
        setting=by.setting,
    )


def may_ask_to_join(by: Membership, kept: Service, other: Service) -> bool:
    """Ours has to be one that they can see, or they could not look at both."""
    is_seen = kept.visibility != Service.Visibility.PRIVATE
    return is_seen and may_decide(by, kept) and other.steward_id not in (None, by.setting_id)


def answer_same(one: Service, two: Service, *, by: Membership) -> None:
    """They are joined: whoever asked for it is told."""
    pair = [one.pk, two.pk]
    for suggestion in Suggestion.objects.open().filter(service__in=pair, same_as__in=pair):
        conclude(suggestion, reply=ONE_SHEET, by=by)
