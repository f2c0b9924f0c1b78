from django.urls import URLPattern, URLResolver, include, path

app_name = "evaluation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:slug>/check-ins/", include("evaluation.round_urls")),
    path("s/<slug:slug>/reports/", include("evaluation.report_urls")),
]
