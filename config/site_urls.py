"""Pages of the site itself."""

from django.urls import path

from config import health, outbox
from partnerships.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("demo/outbox/", outbox.mail_list, name="outbox"),
    path("demo/outbox/<str:name>/", outbox.mail_detail, name="outbox_mail"),
]
