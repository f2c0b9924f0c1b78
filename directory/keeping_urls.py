"""Addresses below the directory of a setting: what others say about a sheet, and its history."""

from django.urls import URLPattern, URLResolver, include, path

from directory.views import restoring, suggestions

suggesting: list[URLPattern | URLResolver] = [
    path("", suggestions.suggestion_list, name="suggestion_list"),
    path("<uuid:pk>/", suggestions.suggestion_detail, name="suggestion_detail"),
    path("<uuid:pk>/take/", suggestions.take_suggestion, name="take_suggestion"),
    path("<uuid:pk>/decline/", suggestions.decline_suggestion, name="decline_suggestion"),
]

setting: list[URLPattern | URLResolver] = [
    path("suggestions/", include(suggesting)),
    path("<uuid:pk>/changes/", restoring.service_changes, name="service_changes"),
    path("<uuid:pk>/changes/<int:moment>/", restoring.restore_service, name="restore_service"),
]
