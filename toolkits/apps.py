from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ToolkitsConfig(AppConfig):
    name = "toolkits"

    def ready(self) -> None:
        from toolkits.instruments.sync import sync_instruments

        post_migrate.connect(sync_instruments, sender=self)
