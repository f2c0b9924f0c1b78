"""What keeping the sheets true adds to the home page."""

from collections.abc import Iterator

from directory import agency_links, answering, asking, notices
from directory.home import SHOWN, url
from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Panel, Waiting, registry
from partnerships.templatetags.joined_up import number_word


def register() -> None:
    registry.waiting.append(waiting_to_ring)
    registry.panels.append(shortlist_panel)
    registry.due_jobs += [
        agency_links.end_links_of_moved_sheets,
        answering.confirm_what_was_decided,
        asking.ask_agencies,
    ]


def waiting_to_ring(membership: Membership) -> Iterator[Waiting]:
    """The services that mails did not reach."""
    if not membership.may(Permission.DIRECTORY_EDIT):
        return
    many = asking.to_ring(membership.setting).count()
    if many:
        title = f"{number_word(many).capitalize()} service{'' if many == 1 else 's'} to ring"
        text = "Our mails did not reach them. Ask whether their sheet is still right."
        yield Waiting(title, text, url("ring_list", membership.setting), "Ring", min(4 * many, 20), urgency=5)


def shortlist_panel(membership: Membership) -> Iterator[Panel]:
    """What holds now for services that somebody put aside."""
    if not membership.may(Permission.DIRECTORY_READ):
        return
    put_aside = membership.shortlist.values("service")
    held = notices.holding(membership.setting).filter(service__in=put_aside, service__retired_at=None)
    found = list(held.select_related("service")[:SHOWN])
    if found:
        yield Panel("directory/_panel_shortlist_now.html", {"held": found}, side=True, order=20)
