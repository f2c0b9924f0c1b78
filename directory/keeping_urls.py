"""Addresses below the directory of a setting: what others say about a sheet, and its history."""

from django.urls import URLPattern, URLResolver, include, path

from directory.views import handing_over, joining, restoring, suggest, suggestions

suggesting: list[URLPattern | URLResolver] = [
    path("", suggestions.suggestion_list, name="suggestion_list"),
    path("<uuid:pk>/", suggestions.suggestion_detail, name="suggestion_detail"),
    path("<uuid:pk>/take/", suggestions.take_suggestion, name="take_suggestion"),
    path("<uuid:pk>/take-off/", suggestions.take_off_suggestion, name="take_off_suggestion"),
    path("<uuid:pk>/decline/", suggestions.decline_suggestion, name="decline_suggestion"),
]

handing: list[URLPattern | URLResolver] = [
    path("<uuid:pk>/", handing_over.hand_over_detail, name="hand_over_detail"),
    path("<uuid:pk>/accept/", handing_over.accept_hand_over, name="accept_hand_over"),
    path("<uuid:pk>/end/", handing_over.end_hand_over, name="end_hand_over"),
]

same: list[URLPattern | URLResolver] = [
    path("", joining.same_list, name="same_list"),
    path("<uuid:pk>/<uuid:other>/", joining.join_services, name="join_services"),
    path("<uuid:pk>/<uuid:other>/not/", joining.dismiss_same, name="dismiss_same"),
    path("<uuid:pk>/<uuid:other>/ask/", joining.ask_to_join, name="ask_to_join"),
]

setting: list[URLPattern | URLResolver] = [
    path("suggestions/", include(suggesting)),
    path("hand-over/", include(handing)),
    path("same/", include(same)),
    path("<uuid:pk>/suggest/", suggest.suggest_change, name="suggest_change"),
    path("<uuid:pk>/suggest/words/", suggest.suggest_words, name="suggest_words"),
    path("<uuid:pk>/suggest/<slug:part>/", suggest.suggest_section, name="suggest_section"),
    path("<uuid:pk>/suggest/<slug:part>/row/", suggest.suggest_row, name="suggest_row"),
    path("<uuid:pk>/same/", joining.choose_same, name="choose_same"),
    path("<uuid:pk>/hand-over/", handing_over.offer_hand_over, name="offer_hand_over"),
    path("<uuid:pk>/changes/", restoring.service_changes, name="service_changes"),
    path("<uuid:pk>/changes/<int:moment>/", restoring.restore_service, name="restore_service"),
]
