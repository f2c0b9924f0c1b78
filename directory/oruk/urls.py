"""The addresses of the API, below ROOT."""

from django.urls import URLPattern, URLResolver, path, re_path

from directory.views import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", api.api_start, name="api_start"),
    path("openapi.json", api.api_openapi, name="api_openapi"),
    path("services", api.api_services, name="api_services"),
    path("services/<uuid:pk>", api.api_service, name="api_service"),
    path("service_at_locations", api.api_at_locations, name="api_at_locations"),
    path("service_at_locations/<uuid:pk>", api.api_at_location, name="api_at_location"),
    path("organizations", api.api_organizations, name="api_organizations"),
    path("organizations/<uuid:pk>", api.api_organization, name="api_organization"),
    path("taxonomies", api.api_taxonomies, name="api_taxonomies"),
    path("taxonomies/<uuid:pk>", api.api_taxonomy, name="api_taxonomy"),
    path("taxonomy_terms", api.api_terms, name="api_terms"),
    path("taxonomy_terms/<uuid:pk>", api.api_term, name="api_term"),
    re_path(r"^(?P<path>.*)$", api.api_nothing, name="api_nothing"),
]
