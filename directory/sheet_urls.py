"""Changing what sheets say, part by part."""

from django.urls import URLPattern, URLResolver, path

from directory.views import editing

patterns: list[URLPattern | URLResolver] = [
    path("<uuid:pk>/edit/", editing.service_edit, name="service_edit"),
    path("<uuid:pk>/edit/<slug:part>/", editing.edit_section, name="edit_section"),
    path("<uuid:pk>/edit/<slug:part>/rows/", editing.add_row, name="add_row"),
]
