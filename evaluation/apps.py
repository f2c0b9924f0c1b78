from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self) -> None:
        from evaluation.reports import home as report_home
        from evaluation.rounds import home as round_home

        round_home.register()
        report_home.register()
