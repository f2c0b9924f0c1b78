"""Changing what sheets say: part by part, what is missing, and many at once."""

from django.urls import URLPattern, URLResolver, path

from directory.views import editing, gaps

patterns: list[URLPattern | URLResolver] = [
    path("missing/", gaps.gap_list, name="gap_list"),
    path("grid/", gaps.edit_grid, name="edit_grid"),
    path("<uuid:pk>/edit/", editing.service_edit, name="service_edit"),
    path("<uuid:pk>/edit/<slug:part>/", editing.edit_section, name="edit_section"),
    path("<uuid:pk>/edit/<slug:part>/rows/", editing.add_row, name="add_row"),
]
