from django.urls import URLPattern, URLResolver, include, path

app_name = "evaluation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:slug>/check-ins/", include("evaluation.rounds.urls")),
    path("s/<slug:slug>/reports/", include("evaluation.reports.urls")),
]
