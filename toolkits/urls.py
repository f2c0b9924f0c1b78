from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, URLResolver, include, path

from toolkits.views import agreeing, cards, guests, people, sessions, sheet_writing, sheets, tools

app_name = "toolkits"

RUN = "s/<slug:slug>/tools/sessions/<uuid:activity>/"
GUEST = "join/<uuid:activity>/"
CARD = "cards/<uuid:card>/"


def shared(route: str, name: str, member: Callable[..., Any], guest: Callable[..., Any]) -> list[URLPattern]:
    """A page or deed of a session that members and guests reach at their own addresses."""
    return [path(f"{RUN}{route}", member, name=name), path(f"{GUEST}{route}", guest, name=f"guest_{name}")]


SHARED = [
    *shared("state/", "activity_state", sessions.activity_state, sessions.guest_activity_state),
    *shared("paper.pdf", "activity_paper", agreeing.activity_paper, agreeing.guest_activity_paper),
    *shared("agree/", "say_agree", agreeing.say_agree, agreeing.guest_say_agree),
    *shared(
        "versions/<int:number>/", "version_detail", agreeing.version_detail, agreeing.guest_version_detail
    ),
    *shared(
        "versions/<int:number>.pdf", "version_paper", agreeing.version_paper, agreeing.guest_version_paper
    ),
    *shared("cards/add/", "add_card", cards.add_card, cards.guest_add_card),
    *shared(CARD, "card_detail", cards.card_detail, cards.guest_card_detail),
    *shared(f"{CARD}remove/", "remove_card", cards.remove_card, cards.guest_remove_card),
    *shared(f"{CARD}restore/", "restore_card", cards.restore_card, cards.guest_restore_card),
    *shared(f"{CARD}vote/", "vote_card", cards.vote_card, cards.guest_vote_card),
]
SESSION: list[URLPattern | URLResolver] = [
    path("", sessions.activity_detail, name="activity_detail"),
    path("move/", sessions.move_activity, name="move_activity"),
    path("change/", sessions.edit_activity, name="edit_activity"),
    path("take-part/", sessions.take_part, name="take_part"),
    path("people/", people.session_people, name="session_people"),
    path("people/<uuid:participant>/remove/", people.uninvite_person, name="uninvite_person"),
    path("joining/open/", people.open_joining, name="open_joining"),
    path("joining/close/", people.close_joining, name="close_joining"),
    path("code/", people.join_screen, name="join_screen"),
    path("words/", agreeing.write_agreed, name="write_agreed"),
    path("merge/", cards.merge_cards, name="merge_cards"),
    path(f"{CARD}split/", cards.split_card, name="split_card"),
    path(f"{CARD}action/", cards.make_action, name="make_action"),
]
SHEET = "people/<uuid:person>/"
SHEETS: list[URLPattern | URLResolver] = [
    path("people/", sheets.sheet_list, name="sheet_list"),
    path("wishes/", sheets.wish_list, name="wish_list"),
    path(SHEET, sheets.sheet_detail, name="sheet_detail"),
    path(f"{SHEET}change/", sheet_writing.sheet_edit, name="sheet_edit"),
    path(f"{SHEET}draft/", sheet_writing.keep_draft, name="keep_draft"),
    path(f"{SHEET}draft/drop/", sheet_writing.drop_draft, name="drop_draft"),
    path(f"{SHEET}check/", sheet_writing.sheet_check, name="sheet_check"),
    path(f"{SHEET}copy/<uuid:other>/", sheet_writing.copy_sheet, name="copy_sheet"),
    path(f"{SHEET}look-again/", sheet_writing.sheet_review, name="sheet_review"),
    path(f"{SHEET}history/", sheets.sheet_history, name="sheet_history"),
    path(f"{SHEET}paper.pdf", sheets.sheet_paper, name="sheet_paper"),
]
PROFILE = {"code": "practitioner-profile"}
TOOLS: list[URLPattern | URLResolver] = [
    path("", tools.tool_list, name="tool_list"),
    path("cards/<uuid:card>/", sessions.card_origin, name="card_origin"),
    path(f"practitioner-profile/{SHEET}", sheets.sheet_detail, PROFILE, name="profile_detail"),
    path(f"practitioner-profile/{SHEET}change/", sheet_writing.sheet_edit, PROFILE, name="profile_edit"),
    path(f"practitioner-profile/{SHEET}paper.pdf", sheets.sheet_paper, PROFILE, name="profile_paper"),
    path("<slug:code>/", tools.tool_detail, name="tool_detail"),
    path("<slug:code>/start/", sessions.start_activity, name="start_activity"),
    path("<slug:code>/<slug:variant>.pdf", tools.tool_paper, name="tool_paper"),
    path("<slug:code>/", include(SHEETS)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("join/", guests.join, name="join"),
    path(GUEST, sessions.guest_activity, name="guest_activity"),
    path(f"{GUEST}enter/", guests.guest_enter, name="guest_enter"),
    path(f"{GUEST}leave/", guests.guest_leave, name="guest_leave"),
    *SHARED,
    path(RUN, include(SESSION)),
    path("s/<slug:slug>/tools/", include(TOOLS)),
]
