"""What people on the public page say is wrong with a sheet: it waits for the sheet's keeper."""

from django.db import transaction

from directory.changes.suggesting import make_suggestion
from directory.models import Service, Suggestion
from partnerships import limits
from partnerships.models import Setting

FROM_ONE_PLACE, PLACE_SECONDS = 10, 60 * 60
ABOUT_ONE_SHEET, SHEET_SECONDS = 30, 24 * 60 * 60


def may_report(service: Service, place: str) -> bool:
    """Counts one message; False when too many came from one place, or about one sheet. What is refused for its place
    does not count against the sheet: one sender could close it for everybody else.
    """
    from_here = limits.hit(f"problem-from:{place}", FROM_ONE_PLACE, PLACE_SECONDS)
    return from_here and limits.hit(f"problem-of:{service.pk}", ABOUT_ONE_SHEET, SHEET_SECONDS)


@transaction.atomic
def report_problem(*, service: Service, setting: Setting, kind: str, words: str, email: str) -> None:
    """Whoever keeps the sheet finds it among the suggestions. The same words sent twice wait once."""
    source = Suggestion.Source.PUBLIC
    waiting = service.suggestions.open().filter(source=source, setting=setting)
    if not waiting.filter(kind=kind, words=words, email=email).exists():
        make_suggestion(
            service=service,
            source=source,
            changes={},
            kind=kind,
            words=words,
            email=email,
            setting=setting,
        )
