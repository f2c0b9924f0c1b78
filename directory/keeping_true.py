"""What keeping the sheets true adds to the home page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from directory import demo, keeping, notices
from directory.agency import answering, asking, telling
from directory.agency import links as agency_links
from directory.changes.ending import ended_here
from directory.freshness import freshness_of
from directory.home import SHOWN, url
from directory.models import Notice, Service
from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Dated, Found, Panel, Waiting, registry
from partnerships.templatetags.joined_up import number_word

REPLY_DAYS = 30
WEEK = 7


def register() -> None:
    registry.waiting += [waiting_to_ring, services_that_ended]
    registry.panels.append(shortlist_panel)
    registry.calendar.append(sheet_due)
    registry.replies += [words_back, said_to_end]
    registry.demo.append((23, demo.seed_asking))
    registry.due_jobs += [
        agency_links.end_links_of_moved_sheets,
        answering.confirm_what_was_decided,
    ]
    registry.mail_jobs += [asking.ask_agencies, telling.tell_agencies]


def waiting_to_ring(membership: Membership) -> Iterator[Waiting]:
    """The services that did not answer a mail, or cannot get one."""
    if not membership.may(Permission.DIRECTORY_EDIT):
        return
    many = asking.to_ring(membership.setting).count()
    if many:
        title = f"{number_word(many).capitalize()} service{'' if many == 1 else 's'} to ring"
        text = "No answer to our mails, or no e-mail address. Ask whether their sheet is still right."
        yield Waiting(title, text, url("ring_list", membership.setting), "Ring", min(4 * many, 20), urgency=5)


def services_that_ended(membership: Membership) -> Iterator[Waiting]:
    """What is still on the list of this school, though it is said to be over."""
    if not membership.may(Permission.DIRECTORY_EDIT):
        return
    setting = membership.setting
    for service in ended_here(setting)[:SHOWN]:
        text = "Take it off your list, so that nobody turns to it in vain."
        link = url("take_off_service", setting, service.pk)
        yield Waiting(f"{service.name} has ended", text, link, "Take it off", 1, urgency=4)


def shortlist_panel(membership: Membership) -> Iterator[Panel]:
    """What holds now for services that somebody put aside."""
    if not membership.may(Permission.DIRECTORY_READ):
        return
    put_aside = membership.shortlist.values("service")
    held = notices.holding(membership.setting).filter(service__in=put_aside, service__retired_at=None)
    found = list(held.select_related("service")[:SHOWN])
    if found:
        yield Panel("directory/_panel_shortlist_now.html", {"held": found}, side=True, order=20)


def sheet_due(membership: Membership, days: Sequence[date]) -> Iterator[Dated]:
    """The day on which the own sheet is to be confirmed again."""
    service = membership.service
    if service is None or service.retired_at or not keeping.may_edit(membership, service):
        return
    due_on = freshness_of(service, membership.setting).due_on
    if due_on is not None and due_on in days:
        link = url("confirm_service", membership.setting, service.pk)
        yield Dated(due_on, f"Is the sheet of {service.name} still right?", url=link)


def said_to_end(membership: Membership) -> Iterator[Found]:
    """The end of services: of all for those who keep the list, else of what somebody put aside. Told for a week."""
    if not membership.may(Permission.DIRECTORY_READ):
        return
    said = Notice.objects.endings().filter(said_at__gte=timezone.now() - timedelta(days=WEEK))
    services = Service.visible_to(membership.setting)
    if not membership.may(Permission.DIRECTORY_EDIT):
        services = services.filter(pk__in=membership.shortlist.values("service"))
    for notice in said.filter(service__in=services).select_related("service")[:SHOWN]:
        instead = f" Who does it now: {notice.words}" if notice.words else ""
        text = f"{notices.notice_words(notice)}.{instead}"
        link = url("service_detail", membership.setting, notice.service_id)
        yield Found("Services", notice.service.name, text, link)


def words_back(membership: Membership) -> Iterator[Found]:
    """What became of changes that somebody suggested lately."""
    since = timezone.now() - timedelta(days=REPLY_DAYS)
    closed = membership.suggestions.filter(closed_at__gte=since).select_related("service")
    for suggestion in closed.prefetch_related("changes").order_by("-closed_at")[:SHOWN]:
        text = f"{suggestion.outcome}. {suggestion.reply}".strip()
        link = url("suggestion_detail", membership.setting, suggestion.pk)
        yield Found("Suggestions", f"What you said about {suggestion.service.name}", text, link)
