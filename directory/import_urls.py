"""Addresses of bringing lists, below a school's directory."""

from django.urls import URLPattern, URLResolver, include, path

from directory.views import checking, imports
from directory.views import feeds as feed_views

feeds: list[URLPattern | URLResolver] = [
    path("", feed_views.feed_list, name="feed_list"),
    path("add/", feed_views.add_feed, name="add_feed"),
    path("<uuid:pk>/", feed_views.feed_detail, name="feed_detail"),
    path("<uuid:pk>/fetch/", feed_views.fetch_now, name="fetch_now"),
    path("<uuid:pk>/wins/", feed_views.wins_edit, name="wins_edit"),
    path("<uuid:pk>/remove/", feed_views.remove_feed, name="remove_feed"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", imports.import_start, name="import_start"),
    path("all/", imports.import_list, name="import_list"),
    path("feeds/", include(feeds)),
    path("<uuid:pk>/", imports.import_detail, name="import_detail"),
    path("<uuid:pk>/columns/", imports.import_columns, name="import_columns"),
    path("<uuid:pk>/headings/", imports.choose_headings, name="choose_headings"),
    path("<uuid:pk>/preview/", imports.import_preview, name="import_preview"),
    path("<uuid:pk>/choices/", imports.choose_rows, name="choose_rows"),
    path("<uuid:pk>/bring/", imports.bring_in, name="bring_in"),
    path("<uuid:pk>/again/", imports.read_again, name="read_again"),
    path("<uuid:pk>/drop/", imports.drop_import, name="drop_import"),
    path("<uuid:pk>/undo/", imports.undo_import, name="undo_import"),
    path("<uuid:pk>/result/", checking.import_result, name="import_result"),
    path("<uuid:pk>/rows/", checking.download_rows, name="download_rows"),
    path("<uuid:pk>/rows/<int:number>/", checking.mend_row, name="mend_row"),
    path("<uuid:pk>/rows/<int:number>/leave/", checking.leave_row, name="leave_row"),
]
