"""The kit's pages beside the product's own."""

from django.urls import include, path

from tests.kit import kit

urlpatterns = [
    path("kit/", kit),
    path("kit/public/", kit, {"name": "kit_public.html"}),
    path("kit/guest/", kit, {"name": "kit_guest.html"}),
    path("", include("config.urls")),
]
