from django.urls import URLPattern, URLResolver, include, path

from directory import agency_urls, import_urls, keeping_urls, sheet_urls, use_urls
from directory.views import (
    api,
    booklet,
    downloads,
    embedding,
    keeping,
    notices,
    other_systems,
    problems,
    public,
    rules,
    services,
)

app_name = "directory"

setting: list[URLPattern | URLResolver] = [
    path("", services.service_list, name="service_list"),
    path("website/", embedding.embed_search, name="embed_search"),
    path("csv/", downloads.export_csv, name="export_csv"),
    path("xlsx/", downloads.export_xlsx, name="export_xlsx"),
    path("open-referral/", downloads.export_oruk, name="export_oruk"),
    path("rules/", rules.edit_rules, name="edit_rules"),
    path("add/", keeping.add_service, name="add_service"),
    path("off/", keeping.taken_off_list, name="taken_off_list"),
    path("off/<uuid:pk>/back/", keeping.put_back_service, name="put_back_service"),
    path("booklet/", booklet.booklet_detail, name="booklet_detail"),
    path("booklet/make/", booklet.make_booklet, name="make_booklet"),
    path("booklet/<uuid:pk>/cancel/", booklet.cancel_booklet, name="cancel_booklet"),
    path("booklet/<uuid:pk>/", booklet.booklet_paper, name="booklet_paper"),
    path("import/", include(import_urls)),
    path("", include(use_urls.setting)),
    path("", include(keeping_urls.setting)),
    path("<uuid:pk>/", services.service_detail, name="service_detail"),
    path("<uuid:pk>/paper/", services.service_paper, name="service_paper"),
    *sheet_urls.patterns,
    path("<uuid:pk>/confirm/", keeping.confirm_service, name="confirm_service"),
    *agency_urls.setting,
    path("<uuid:pk>/now/", notices.say_notice, name="say_notice"),
    path("<uuid:pk>/ended/", notices.say_ended, name="say_ended"),
    path("<uuid:pk>/now/<uuid:notice>/end/", notices.end_notice, name="end_notice"),
    path("<uuid:pk>/visibility/", keeping.service_visibility, name="service_visibility"),
    path("<uuid:pk>/partnership/", keeping.partnership_edit, name="partnership_edit"),
    path("<uuid:pk>/link/", keeping.link_service, name="link_service"),
    path("<uuid:pk>/off/", keeping.take_off_service, name="take_off_service"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/oruk/3.0", api.api_start, name="api_root"),
    path("api/oruk/3.0/", include("directory.oruk.urls")),
    path("for-other-systems/", other_systems.other_systems, name="other_systems"),
    path("s/<slug:slug>/directory/", include(setting)),
    *agency_urls.links,
    path("d/<slug:slug>/", public.public_list, name="public_list"),
    path("d/<slug:slug>/embed/", embedding.public_embed, name="public_embed"),
    path("d/<slug:slug>/<uuid:pk>/", public.public_service, name="public_service"),
    path("d/<slug:slug>/<uuid:pk>/wrong/", problems.say_problem, name="say_problem"),
    path("d/<slug:slug>/<uuid:pk>/wrong/sent/", problems.problem_sent, name="problem_sent"),
    path("d/<slug:slug>/for/", include(use_urls.public)),
]
