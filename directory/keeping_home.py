"""What waits on the home page for whoever keeps sheets: changes that others suggest, and sheets that are offered."""

from collections.abc import Iterator

from directory.changes.handing_over import answered_lately, offers_for
from directory.changes.suggestion_lists import to_decide
from directory.home import SHOWN, url
from directory.models import Suggestion
from partnerships.models import Membership
from partnerships.registry import Found, Waiting
from partnerships.templatetags.joined_up import number_word

COMPARE = "Compare the old words and the new."
TAKE_OFF = "Take it off the list, or leave it there."


def suggestions_waiting(membership: Membership) -> Iterator[Waiting]:
    waiting = list(to_decide(membership).select_related("service", "setting")[:100])
    if not waiting:
        return
    setting, many = membership.setting, len(waiting)
    if many == 1:
        (one,) = waiting
        title = f"{one.service.name}: {one.get_kind_display().lower()}"
        what = TAKE_OFF if one.kind == Suggestion.Kind.CLOSED else COMPARE
        text, address = f"{one.who} says so. {what}", url("suggestion_detail", setting, one.pk)
    else:
        names = list(dict.fromkeys(one.service.name for one in waiting))
        more = " and others" if len(names) > SHOWN else ""
        title = f"{number_word(many).capitalize()} changes are suggested"
        text, address = f"{', '.join(names[:SHOWN])}{more}. {COMPARE}", url("suggestion_list", setting)
    yield Waiting(title, text, address, "Compare", min(2 * many, 15), urgency=3)


def offers_waiting(membership: Membership) -> Iterator[Waiting]:
    for offer in offers_for(membership)[:SHOWN]:
        yield Waiting(
            f"Will you look after the sheet of {offer.service.name}?",
            f"{offer.giver.name} offers you the keeping.",
            url("hand_over_detail", membership.setting, offer.pk),
            "Look",
            2,
        )


def answers_to_offers(membership: Membership) -> Iterator[Found]:
    """What became of sheets whose keeping this person offered."""
    for offer in answered_lately(membership)[:SHOWN]:
        text = f"{offer.receiver} looks after it now." if offer.accepted_at else f"{offer.outcome}."
        link = url("hand_over_detail", membership.setting, offer.pk)
        yield Found("Keeping", f"You offered the keeping of {offer.service.name}", text, link)
