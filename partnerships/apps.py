from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self) -> None:
        from partnerships import calendar, demo, held, home, search, weekly
        from partnerships.registry import registry

        registry.setup_steps.insert(0, home.setup_steps)
        registry.waiting.append(home.waiting_for)
        registry.panels.append(home.panels_for)
        registry.calendar += [calendar.days_in_school, calendar.actions_due]
        registry.mail_jobs.append(weekly.send_weekly_mails)
        registry.search += [search.find_people, search.find_actions]
        registry.held += [held.own_details, held.own_versions, held.own_actions, held.own_invitations]
        registry.held += [held.own_visits, held.own_mails]
        registry.demo += [(10, demo.seed_people), (25, demo.seed_ties), (60, demo.seed_actions)]
