from django.urls import URLPattern, URLResolver

app_name = "toolkits"

urlpatterns: list[URLPattern | URLResolver] = []
