"""Lists that are fetched from an address each night: add one, see how it goes, say who wins."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory.forms.feeds import GROUPS, WINS, FeedForm, WinsForm
from directory.imports.feeding import GIVEN_UP
from directory.imports.previews import summary_words
from directory.models import Feed, ImportBatch
from directory.tasks import ask_for
from partnerships.access import Permission, setting_view
from partnerships.views import one_at_a_time, posted

MOST_FEEDS = 20
SHOWN = 5


def feed_of(request: SettingRequest, pk: UUID) -> Feed:
    return get_object_or_404(request.setting.feeds, pk=pk)


def to_feed(request: SettingRequest, feed: Feed) -> HttpResponse:
    return redirect("directory:feed_detail", request.setting.slug, feed.pk)


@setting_view(Permission.DIRECTORY_EDIT)
def feed_list(request: SettingRequest) -> HttpResponse:
    return render(request, "directory/feed_list.html", {"feeds": request.setting.feeds.all()})


@setting_view(Permission.DIRECTORY_EDIT)
def add_feed(request: SettingRequest) -> HttpResponse:
    feed = Feed(setting=request.setting, made_by=request.membership)
    form = FeedForm(posted(request), instance=feed)
    form.cancel_url = reverse("directory:feed_list", args=[request.setting.slug])
    with one_at_a_time(request):
        if request.method == "POST" and request.setting.feeds.count() >= MOST_FEEDS:
            form.add_error(None, f"{MOST_FEEDS} lists are fetched already. Stop one of them first")
        is_saved = form.is_valid()
        if is_saved:
            form.save()
    if is_saved:
        ask_for(feed)
        return to_feed(request, feed)
    return render(request, "directory/add_feed.html", {"form": form})


@setting_view(Permission.DIRECTORY_EDIT)
def feed_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    feed = feed_of(request, pk)
    batches = list(feed.imports.exclude(state=ImportBatch.State.DROPPED)[:SHOWN])
    rules = dict(WINS)
    context = {
        "feed": feed,
        "is_waiting": feed.asked_at is not None and feed.asked_at > timezone.now() - GIVEN_UP,
        "preview": next((each for each in batches if each.state == ImportBatch.State.PREVIEW), None),
        "batches": [(each, summary_words(each)) for each in batches],
        "is_brought": feed.records.exists(),
        "rules": [
            (words, rules[feed.wins[names[0]]]) for words, names in GROUPS.values() if feed.wins.get(names[0])
        ],
    }
    is_partial = request.htmx and request.htmx.target == "feed"
    return render(request, f"directory/{'_feed' if is_partial else 'feed_detail'}.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def fetch_now(request: SettingRequest, pk: UUID) -> HttpResponse:
    """All of it, even if nothing is new. Also starts a list again that was paused."""
    feed = feed_of(request, pk)
    whole = {"etag": "", "last_modified": ""}
    request.setting.feeds.filter(pk=feed.pk).update(paused_at=None, failures=0, problem="", **whole)
    ask_for(feed)
    return to_feed(request, feed)


@setting_view(Permission.DIRECTORY_EDIT)
def wins_edit(request: SettingRequest, pk: UUID) -> HttpResponse:
    feed = feed_of(request, pk)
    form = WinsForm(posted(request), feed=feed)
    form.cancel_url = reverse("directory:feed_detail", args=[request.setting.slug, feed.pk])
    if form.is_valid():
        feed.wins = form.wins()
        feed.save(update_fields=["wins"])
        messages.success(request, "Saved. It counts from the next time that the list is fetched.")
        return to_feed(request, feed)
    return render(request, "directory/wins_edit.html", {"form": form, "feed": feed})


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def remove_feed(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The list is no longer fetched; what came from it stays."""
    feed = feed_of(request, pk)
    feed.delete()
    messages.success(request, f"“{feed.name}” is no longer fetched. Its services stay on your list.")
    return redirect("directory:feed_list", request.setting.slug)
