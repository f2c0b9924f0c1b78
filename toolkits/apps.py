from datetime import date

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ToolkitsConfig(AppConfig):
    name = "toolkits"

    def ready(self) -> None:
        from partnerships.registry import registry
        from toolkits import demo, home
        from toolkits.instruments.sync import sync_instruments

        post_migrate.connect(sync_instruments, sender=self)
        registry.waiting += [home.waiting_sessions, home.waiting_sheets]
        registry.panels.append(home.session_panels)
        registry.person_panels.append(home.sheet_panels)
        registry.search.append(home.find_sessions)
        registry.held.append(home.held_work)
        registry.left.append(home.forget_unfinished)
        registry.origins["card"] = "toolkits:card_origin"
        registry.due_jobs.append(_keep_pdfs)
        registry.demo.append((demo.ORDER, demo.seed_tools))


def _keep_pdfs(today: date) -> None:
    from toolkits.commands import keep_missing_pdfs

    keep_missing_pdfs()
