from django.urls import include, path

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("accounts/", include("config.accounts_urls")),
    path("", include("config.site_urls")),
    path("", include("partnerships.urls")),
    path("", include("directory.urls")),
    path("", include("toolkits.urls")),
    path("", include("evaluation.urls")),
]
