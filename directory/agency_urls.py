"""Asking agencies, and the pages that their links open."""

from django.urls import URLPattern, URLResolver, path

from directory.views import (
    agency,
    agency_parts,
    asking,
    ending,
    lasting,
    lasting_figures,
    link_suggestions,
)

setting: list[URLPattern | URLResolver] = [
    path("true/", asking.ring_list, name="ring_list"),
    path("true/ask/", asking.ask_due, name="ask_due"),
    path("<uuid:pk>/ask/", asking.ask_service, name="ask_service"),
    path("<uuid:pk>/phones/", lasting.lasting_list, name="lasting_list"),
    path("<uuid:pk>/phones/<uuid:link>/renew/", lasting.renew_link, name="renew_link"),
    path("<uuid:pk>/phones/<uuid:link>/end/", lasting.end_link, name="end_link"),
    path("<uuid:pk>/told/", asking.record_call, name="record_call"),
]
"""Below a setting's directory."""

links: list[URLPattern | URLResolver] = [
    path("confirm/<str:token>/", agency.agency_answer, name="agency_answer"),
    path("now/<str:token>/", lasting.lasting_link, name="lasting_link"),
    path("now/<str:token>/worked/", lasting_figures.lasting_figures, name="lasting_figures"),
    path("now/<str:token>/usual/", lasting.say_usual, name="say_usual"),
    path("confirm/<str:token>/moved/", agency_parts.agency_moved, name="agency_moved"),
    path("now/<str:token>/moved/", agency_parts.lasting_moved, name="lasting_moved"),
    path("confirm/<str:token>/ended/", ending.agency_ended, name="agency_ended"),
    path("confirm/<str:token>/goes-on/", ending.agency_goes_on, name="agency_goes_on"),
    path("now/<str:token>/ended/", ending.lasting_ended, name="lasting_ended"),
    path("now/<str:token>/goes-on/", ending.lasting_goes_on, name="lasting_goes_on"),
    path("confirm/<str:token>/change/<slug:part>/", agency_parts.agency_part, name="agency_part"),
    path("confirm/<str:token>/change/<slug:part>/rows/", agency_parts.agency_row, name="agency_row"),
    path("now/<str:token>/sheet/", agency_parts.lasting_sheet, name="lasting_sheet"),
    path("now/<str:token>/sheet/<slug:part>/", agency_parts.lasting_part, name="lasting_part"),
    path("now/<str:token>/sheet/<slug:part>/rows/", agency_parts.lasting_row, name="lasting_row"),
    path(
        "confirm/<str:token>/suggested/<uuid:pk>/",
        link_suggestions.agency_suggestion,
        name="agency_suggestion",
    ),
    path(
        "now/<str:token>/suggested/<uuid:pk>/",
        link_suggestions.lasting_suggestion,
        name="lasting_suggestion",
    ),
]
"""Without an account."""
