from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        from directory import demo, feeds_home, held, home, keeping_home, keeping_true, tasks
        from directory.imports import batches, taking_back
        from directory.use import figures, shortlist
        from partnerships.registry import registry

        registry.waiting += [home.waiting_for, keeping_home.suggestions_waiting, keeping_home.offers_waiting]
        registry.waiting.append(shortlist.waiting_for)
        registry.waiting.append(feeds_home.waiting_for)
        registry.replies.append(keeping_home.answers_to_offers)
        registry.panels.append(home.panels_for)
        registry.held += [shortlist.held_about, held.own_suggestions, held.own_decisions]
        registry.held += [held.own_confirmations, held.own_links, held.own_offers]
        registry.left.append(shortlist.forget)
        registry.away.append(home.away_on)
        registry.search += [home.find_pathways, home.find_services]
        registry.setup_steps.append(home.setup_steps)
        registry.demo += [(20, demo.seed_directory), (20, demo.seed_riverside), (21, demo.seed_suggestions)]
        registry.demo += [(22, demo.seed_postcodes), (30, demo.seed_use)]
        registry.due_jobs += [batches.forget_unfinished, figures.forget_past_weeks]
        registry.due_jobs += [taking_back.forget_old_notes, tasks.take_up_imports, tasks.fetch_due_feeds]
        registry.due_jobs.append(tasks.renew_open_sheets)
        keeping_true.register()
